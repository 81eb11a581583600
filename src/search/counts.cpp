#include "search/search.hpp"
#include "search/search_sql.hpp"

namespace shop::search {

void each_count(db::Tx& tx, std::int64_t limit,
                core::FunctionRef<void(std::string, std::int64_t, std::int64_t)> use) {
  auto query = tx.query(sql::k_counts_all, limit);
  while (query.next()) use(query.text(0), query.integer(1), query.integer(2));
}

}  // namespace shop::search
