#include "transfer/store.hpp"

#include "transfer/transfer_sql.hpp"

namespace shop::transfer::store {

Id header(db::Tx& tx, const Header& header) {
  if (const auto known = tx.integer(sql::k_header_find, header.columns, header.final_newline)) {
    return *known;
  }
  const auto id = tx.next_id();
  tx.exec(sql::k_header_add, id, header.columns, header.final_newline);
  return id;
}

std::vector<Header> headers(db::Tx& tx) {
  std::vector<Header> out;
  auto query = tx.query(sql::k_headers);
  while (query.next()) out.push_back({query.text(0), query.boolean(1), query.integer(2)});
  return out;
}

std::optional<Id> header_of(db::Tx& tx, Id product_id) {
  return tx.integer(sql::k_extra_header, product_id);
}

void add_extra(db::Tx& tx, Id product_id, Id header_id, const Extra& extra) {
  tx.exec(sql::k_extra_add, product_id, header_id, extra.rows, extra.cells);
}

std::optional<Extra> extra(db::Tx& tx, Id product_id) {
  auto query = tx.query(sql::k_extra, product_id);
  if (!query.next()) return std::nullopt;
  return Extra{query.integer(0), query.text(1)};
}

}  // namespace shop::transfer::store
