#pragma once

#include "db/tx.hpp"

#include <string>
#include <string_view>

/// Indexes that are away while many rows are written: made in one go, sorted, they cost a tenth of
/// what they cost row by row. Part of the dialect: another database says its own way what an index
/// is.
namespace shop::db {

/// Takes an index away. Result: how it is made again, for make_index().
std::string drop_index(Tx& tx, std::string_view name);

/// False when the index is to be unique and the rows are not: then there is none.
bool make_index(Tx& tx, const std::string& definition);

}  // namespace shop::db
