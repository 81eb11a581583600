#pragma once

#include "db/tx.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::transfer::store {

struct Header {
  std::string columns;  ///< as a CSV line
  bool final_newline = true;
  Id id = 0;  ///< not looked at when one is written
};

/// The id of a header, made when it is new.
Id header(db::Tx& tx, const Header& header);
std::vector<Header> headers(db::Tx& tx);
/// Of the file that a product came from.
std::optional<Id> header_of(db::Tx& tx, Id product_id);

struct Extra {
  std::int64_t rows = 0;
  std::string cells;
};
void add_extra(db::Tx& tx, Id product_id, Id header_id, const Extra& extra);
std::optional<Extra> extra(db::Tx& tx, Id product_id);

}  // namespace shop::transfer::store
