#include "search/index_store.hpp"

#include "core/encoding.hpp"
#include "search/search_sql.hpp"
#include "search/words.hpp"

#include <algorithm>

namespace shop::search::store {
namespace {

// Behind every text that begins with a prefix.
std::string behind(std::string_view prefix) {
  return std::string{prefix} + "\xF4\x8F\xBF\xBF";
}

std::optional<Block> one_block(db::Query&& query) {
  if (!query.next()) return std::nullopt;
  Block block;
  block.first_id = query.integer(0);
  block.postings.reserve(static_cast<std::size_t>(query.integer(1)) + 1);
  decode(block.first_id, query.blob(2), block.postings);
  return block;
}

}  // namespace

std::optional<Term> term(db::Tx& tx, std::string_view word) {
  auto query = tx.query(sql::k_term, word);
  if (!query.next()) return std::nullopt;
  return Term{query.integer(0), query.integer(1)};
}

std::vector<NamedTerm> terms_from(db::Tx& tx, std::string_view prefix, std::int64_t limit) {
  std::vector<NamedTerm> out;
  auto query = tx.query(sql::k_terms_from, prefix, behind(prefix), limit);
  while (query.next()) out.push_back({query.text(0), {query.integer(1), query.integer(2)}});
  return out;
}

Id add_term(db::Tx& tx, std::string_view word, std::int64_t documents) {
  const auto id = tx.next_id();
  tx.exec(sql::k_term_add, word, id, documents);
  for (const auto& deletion : deletions(word)) tx.exec(sql::k_typo_add, deletion, word);
  return id;
}

void change_documents(db::Tx& tx, std::string_view word, std::int64_t by) {
  tx.exec(sql::k_term_count, word, by);
}

std::optional<Block> block_at(db::Tx& tx, Id term_id, Id product_id) {
  return one_block(tx.query(sql::k_block_at, term_id, product_id));
}

std::optional<Block> first_block(db::Tx& tx, Id term_id) {
  return one_block(tx.query(sql::k_block_first, term_id));
}

bool newest(db::Tx& tx, Id term_id, std::size_t limit, Id not_below, std::vector<Posting>& out) {
  std::vector<Posting> block;
  const auto before = out.size();
  auto query = tx.query(sql::k_blocks_down, term_id);
  while (query.next()) {
    if (out.size() - before >= limit) return false;
    block.clear();
    decode(query.integer(0), query.blob(2), block);
    out.insert(out.end(), block.rbegin(), block.rend());
    if (query.integer(0) <= not_below) return true;
  }
  return true;
}

void put_block(db::Tx& tx, Id term_id, Id old_first_id, const std::vector<Posting>& postings) {
  const auto first_id = postings.empty() ? 0 : postings.front().product_id;
  if (old_first_id != 0 && old_first_id != first_id) {
    tx.exec(sql::k_block_remove, term_id, old_first_id);
  }
  std::string bytes;
  for (std::size_t at = 0; at < postings.size(); at += block_postings_max) {
    const auto size = std::min(block_postings_max, postings.size() - at);
    const std::span part{postings.data() + at, size};
    encode(part, bytes);
    tx.exec(sql::k_block_put, term_id, part.front().product_id, size, core::as_bytes(bytes));
  }
}

std::vector<std::string> similar_words(db::Tx& tx, std::string_view word) {
  const auto shorter = deletions(word);
  if (shorter.empty()) return {};
  std::vector<std::string> out;
  const auto look = [&](const std::string& deletion) {
    auto query = tx.query(sql::k_typos, deletion);
    while (query.next()) out.push_back(query.text(0));
  };
  look(std::string{word});  // one letter is missing in what was typed
  for (const auto& deletion : shorter) {
    look(deletion);
    if (term(tx, deletion)) out.push_back(deletion);  // one letter too many was typed
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::erase_if(out, [&](const std::string& other) { return !one_typo_apart(word, other); });
  return out;
}

void clear(db::Tx& tx) {
  tx.exec(sql::k_blocks_remove);
  tx.exec(sql::k_typos_remove);
  tx.exec(sql::k_terms_remove);
}

Totals totals(db::Tx& tx) {
  Totals out;
  std::vector<Term> terms;
  {
    auto query = tx.query(sql::k_terms_all);
    while (query.next()) terms.push_back({query.integer(0), query.integer(1)});
  }
  std::vector<Posting> postings;
  for (const auto& term : terms) {
    out.by_terms += term.documents;
    postings.clear();
    newest(tx, term.id, SIZE_MAX, 0, postings);
    out.by_blocks += static_cast<std::int64_t>(postings.size());
    for (std::size_t i = 1; i < postings.size(); ++i) {
      if (postings[i].product_id >= postings[i - 1].product_id) ++out.unordered;
    }
  }
  return out;
}

void add_count(db::Tx& tx, const CountedQuery& counted) {
  tx.exec(sql::k_count_add, counted.query, counted.searches, counted.results);
}

std::vector<CountedQuery> counted(db::Tx& tx, bool fruitless, std::int64_t limit) {
  std::vector<CountedQuery> out;
  auto query = tx.query(fruitless ? sql::k_fruitless : sql::k_popular, limit);
  while (query.next()) out.push_back({query.text(0), query.integer(1), query.integer(2)});
  return out;
}

std::vector<std::string> counted_from(db::Tx& tx, std::string_view prefix, std::size_t limit) {
  std::vector<CountedQuery> found;
  auto query = tx.query(sql::k_counts_from, prefix, behind(prefix));
  while (query.next()) found.push_back({query.text(0), query.integer(1), 0});
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.searches > b.searches; });
  std::vector<std::string> out;
  for (auto& one : found) {
    if (out.size() == limit) break;
    out.push_back(std::move(one.query));
  }
  return out;
}

}  // namespace shop::search::store
