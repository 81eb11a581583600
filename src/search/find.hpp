#pragma once

#include "db/tx.hpp"
#include "search/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shop::search {

/// A product that has all words of a query.
struct Match {
  Id product_id = 0;
  std::int64_t score = 0;
};

struct Matches {
  std::vector<Match> found;  ///< newest product first
  bool complete = true;      ///< false: older products were left out for the bound
  std::string corrected;     ///< the query with words that exist, if one was a typo
};

/// Relevance is decided among so many of the newest products that have the rarest word.
inline constexpr std::size_t relevance_bound = 65'536;

/// What has all words of the query. With a bound of SIZE_MAX nothing is left out.
Matches find(db::Tx& tx, const ParsedQuery& query, std::size_t bound);

/// Whether a product has the words of each phrase one after the other, in one of its texts.
bool has_phrases(db::Tx& tx, const ParsedQuery& query, Id product_id);

}  // namespace shop::search
