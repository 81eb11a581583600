#pragma once

#include "catalog/listing_store.hpp"
#include "db/tx.hpp"
#include "search/find.hpp"
#include "shop/search.hpp"

#include <optional>
#include <vector>

namespace shop::search {

/// A search that was found, on its way to a page.
struct Found {
  ParsedQuery query;
  catalog::store::ListPlan plan;
  Matches matches;
};

/// Finds what has the words, then leaves out what short lists of the filter do not have.
Found search(db::Tx& tx, std::string_view text, const catalog::store::ListPlan& plan);

struct RankedPage {
  std::vector<ProductCard> cards;
  std::optional<Match> last;  ///< of a page by relevance with more behind
  std::optional<catalog::store::ListPosition> last_place;  ///< of one in another order
};

RankedPage by_relevance(db::Tx& tx, Found& found, const Match* after, std::size_t limit);
RankedPage by_order(db::Tx& tx, Found& found, const catalog::store::ListPosition* after,
                    std::size_t limit);

/// The best products that pass the filter, at most `limit`.
std::vector<Id> best(db::Tx& tx, Found& found, std::size_t limit);
/// How many pass the filter.
std::int64_t count(db::Tx& tx, Found& found);

}  // namespace shop::search
