#pragma once

#include "db/tx.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace shop::db {

/// Looks up rows by id, several with one statement: `of_4` and `of_8` take so many ids and give
/// rows that begin with the id, at most one for each. Calls `row(query, i)` for every one that is
/// found, `i` being its place in `ids`. What is looked up costs less than the statement around it.
template <class Row>
void in_portions(Tx& tx, std::span<const Id> ids, const Sql& of_4, const Sql& of_8, Row row) {
  const auto look_up = [&]<std::size_t... I>(const Sql& sql, std::size_t from,
                                             std::index_sequence<I...>) {
    const auto count = std::min(sizeof...(I), ids.size() - from);
    auto query = tx.query(sql, (I < count ? ids[from + I] : Id{0})...);
    for (std::size_t i = from; query.next() && i < from + count; ++i) {
      const auto id = query.integer(0);
      while (i < from + count && ids[i] != id) ++i;  // what is not there has no row
      if (i < from + count) row(query, i);
    }
  };
  for (std::size_t from = 0; from < ids.size();) {
    if (ids.size() - from > 4) {
      look_up(of_8, from, std::make_index_sequence<8>{});
      from += 8;
    } else {
      look_up(of_4, from, std::make_index_sequence<4>{});
      from += 4;
    }
  }
}

}  // namespace shop::db
