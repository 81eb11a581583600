#pragma once

#include "db/tx.hpp"
#include "search/postings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The tables of the text index: the part of a search that another database may do its own way.
namespace shop::search::store {

struct Term {
  Id id = 0;
  std::int64_t documents = 0;
};

struct NamedTerm {
  std::string word;
  Term term;
};

std::optional<Term> term(db::Tx& tx, std::string_view word);
/// Up to `limit` words that begin with `prefix`, in alphabetical order.
std::vector<NamedTerm> terms_from(db::Tx& tx, std::string_view prefix, std::int64_t limit);
/// Adds a word that so many products have, with its misspellings.
Id add_term(db::Tx& tx, std::string_view word, std::int64_t documents);
void change_documents(db::Tx& tx, std::string_view word, std::int64_t by);

struct Block {
  Id first_id = 0;
  std::vector<Posting> postings;
};

/// The block that has or would have a product; nothing when the word has no block up to there.
std::optional<Block> block_at(db::Tx& tx, Id term_id, Id product_id);
std::optional<Block> first_block(db::Tx& tx, Id term_id);
/// The newest postings, descending: at least `limit` of them if there are so many, and all of
/// products from `not_below` on. True when nothing was left out for the limit.
bool newest(db::Tx& tx, Id term_id, std::size_t limit, Id not_below, std::vector<Posting>& out);

/// Writes a block in place of the one that began at `old_first_id` (0: none), split if it is
/// large, removed if it is empty.
void put_block(db::Tx& tx, Id term_id, Id old_first_id, const std::vector<Posting>& postings);

/// Words that are one typo away from a word that is none.
std::vector<std::string> similar_words(db::Tx& tx, std::string_view word);

/// Removes everything.
void clear(db::Tx& tx);
/// Postings over all words by the counts of the words and by the blocks themselves.
struct Totals {
  std::int64_t by_terms = 0;
  std::int64_t by_blocks = 0;
  std::int64_t unordered = 0;  ///< postings not after the one before
};
Totals totals(db::Tx& tx);

// ---- Searches counted
// ----------------------------------------------------------------------------

struct CountedQuery {
  std::string query;
  std::int64_t searches = 0;
  std::int64_t results = 0;
};
void add_count(db::Tx& tx, const CountedQuery& counted);
std::vector<CountedQuery> counted(db::Tx& tx, bool fruitless, std::int64_t limit);
/// Fruitful ones that begin with a folded text, the most frequent first.
std::vector<std::string> counted_from(db::Tx& tx, std::string_view prefix, std::size_t limit);

}  // namespace shop::search::store
