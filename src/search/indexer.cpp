#include "catalog/catalog.hpp"
#include "catalog/text_follower.hpp"
#include "core/text.hpp"
#include "search/index_store.hpp"
#include "search/search.hpp"
#include "search/words.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace shop::search {
namespace {

// What a word says by where it stands: any title above any description.
constexpr int k_title = 100;
constexpr int k_title_share = 100;  // divided by the words of the title
constexpr int k_translation = 80;
constexpr int k_brand = 60;
constexpr int k_tag = 50;
constexpr int k_description = 10;
constexpr int k_description_again = 3;
constexpr int k_description_most = 22;

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class T>
using WordMap = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

/// The words of one product with their weights.
class Weigher {
 public:
  using Words = std::vector<std::pair<std::string_view, int>>;

  const Words& weigh(const catalog::ProductText& text) {
    found_.clear();
    buffers_.clear();
    buffers_.reserve(4 + text.tags.size() + text.translations.size());
    split(text.title);
    const auto words = static_cast<int>(views_.size());
    for (const auto& word : views_) raise(word, k_title + k_title_share / words);
    for (const auto& title : text.translations) add_all(title, k_translation);
    add_all(text.brand, k_brand);
    for (const auto& tag : text.tags) add_all(tag, k_tag);
    split(text.description);
    for (const auto& word : views_) raise_description(word);
    std::sort(found_.begin(), found_.end());
    // Of several places the best one counts, of several in the description their number.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (kept > 0 && found_[kept - 1].first == found_[i].first) {
        auto& weight = found_[kept - 1].second;
        if (found_[i].second == k_description && weight <= k_description_most) {
          weight = std::min(weight + k_description_again, k_description_most);
        } else {
          weight = std::max(weight, found_[i].second);
        }
      } else {
        found_[kept++] = found_[i];
      }
    }
    found_.resize(kept);
    return found_;
  }

 private:
  void split(const std::string& text) {
    views_.clear();
    if (text.empty()) return;
    append_words(core::fold(text), views_, buffers_.emplace_back());
  }
  void add_all(const std::string& text, int weight) {
    split(text);
    for (const auto& word : views_) raise(word, weight);
  }
  void raise(std::string_view word, int weight) { found_.emplace_back(word, weight); }
  void raise_description(std::string_view word) { found_.emplace_back(word, k_description); }

  std::vector<std::string> buffers_;  // what the views look at; never grown beyond its capacity
  std::vector<std::string_view> views_;
  Words found_;
};

/// What happens to one word: postings to be put in, and products to be taken out.
struct WordChange {
  std::vector<Posting> put;
  std::vector<Id> taken;
};

/// Merges changes into a block's postings. Result: by how many it grew.
std::int64_t merge(std::vector<Posting>& postings, std::span<const Posting> put,
                   std::span<const Id> taken) {
  const auto before = static_cast<std::int64_t>(postings.size());
  const auto by_id = [](const Posting& a, const Posting& b) { return a.product_id < b.product_id; };
  for (const auto id : taken) {
    const auto at = std::lower_bound(postings.begin(), postings.end(), Posting{id, 0}, by_id);
    if (at != postings.end() && at->product_id == id) postings.erase(at);
  }
  if (postings.empty() || (!put.empty() && put.front().product_id > postings.back().product_id)) {
    postings.insert(postings.end(), put.begin(), put.end());
  } else {
    for (const auto& posting : put) {
      const auto at = std::lower_bound(postings.begin(), postings.end(), posting, by_id);
      if (at != postings.end() && at->product_id == posting.product_id) {
        at->weight = posting.weight;
      } else {
        postings.insert(at, posting);
      }
    }
  }
  return static_cast<std::int64_t>(postings.size()) - before;
}

void apply_put(db::Tx& tx, Id term_id, std::span<const Posting> put, std::int64_t& grown) {
  while (!put.empty()) {
    auto block = store::block_at(tx, term_id, put.front().product_id);
    if (!block) block = store::first_block(tx, term_id);
    if (!block) block.emplace();
    const auto old_first = block->first_id;
    // All that go behind the last posting of the last block, or one at a time into the middle.
    std::size_t count = 1;
    if (block->postings.empty() || block->postings.back().product_id < put.front().product_id) {
      const auto next = store::block_at(tx, term_id, put.back().product_id);
      if (!next || next->first_id == old_first) count = put.size();
    }
    grown += merge(block->postings, put.first(count), {});
    store::put_block(tx, term_id, old_first, block->postings);
    put = put.subspan(count);
  }
}

void apply_taken(db::Tx& tx, Id term_id, std::span<const Id> taken, std::int64_t& grown) {
  for (const auto id : taken) {
    auto block = store::block_at(tx, term_id, id);
    if (!block) continue;
    grown += merge(block->postings, {}, {&id, 1});
    store::put_block(tx, term_id, block->first_id, block->postings);
  }
}

void apply(db::Tx& tx, std::string_view word, WordChange& change) {
  const auto by_id = [](const Posting& a, const Posting& b) { return a.product_id < b.product_id; };
  if (!std::is_sorted(change.put.begin(), change.put.end(), by_id)) {
    std::sort(change.put.begin(), change.put.end(), by_id);
  }
  const auto known = store::term(tx, word);
  if (!known && change.put.empty()) return;
  if (!known) {  // then it has no postings either: most words of an import are new
    const auto term_id = store::add_term(tx, word, std::ssize(change.put));
    store::put_block(tx, term_id, 0, change.put);
    return;
  }
  const auto term_id = known->id;
  std::int64_t grown = 0;
  apply_taken(tx, term_id, change.taken, grown);
  apply_put(tx, term_id, change.put, grown);
  if (grown != 0) store::change_documents(tx, word, grown);
}

class Indexer final : public catalog::TextFollower {
 public:
  void add(catalog::TextChange change) override {
    const bool seen = saw(change.product_id);
    static const Weigher::Words none;
    const auto& old_words = change.was_listed ? before_.weigh(change.before) : none;
    const auto& new_words = change.is_listed ? after_.weigh(change.after) : none;
    for (const auto& word : old_words) {
      const auto same = [&](const auto& other) { return other.first == word.first; };
      if (std::none_of(new_words.begin(), new_words.end(), same)) {
        again(change_of(word.first), change.product_id, seen).taken.push_back(change.product_id);
      }
    }
    for (const auto& word : new_words) {
      if (std::binary_search(old_words.begin(), old_words.end(), word)) continue;
      again(change_of(word.first), change.product_id, seen)
          .put.push_back({change.product_id, static_cast<std::uint8_t>(word.second)});
    }
  }

  void write(db::Tx& tx) override {
    std::vector<std::pair<const std::string, WordChange>*> sorted;
    sorted.reserve(words_.size());
    for (auto& entry : words_) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (auto* entry : sorted) apply(tx, entry->first, entry->second);
    words_.clear();
    ascending_.clear();
    others_.clear();
  }

 private:
  WordChange& change_of(std::string_view word) {
    const auto found = words_.find(word);
    return found != words_.end() ? found->second : words_[std::string{word}];
  }

  /// What an earlier change of the same product put in no longer counts.
  static WordChange& again(WordChange& word, Id product_id, bool seen) {
    if (seen) {
      std::erase_if(word.put, [&](const auto& put) { return put.product_id == product_id; });
    }
    return word;
  }

  /// Whether there was a change of the product since the last write().
  bool saw(Id product_id) {
    if (ascending_.empty() || product_id > ascending_.back()) {
      ascending_.push_back(product_id);
      return false;
    }
    if (std::binary_search(ascending_.begin(), ascending_.end(), product_id)) return true;
    return !others_.insert(product_id).second;
  }

  WordMap<WordChange> words_;
  std::vector<Id> ascending_;  // products that were added in order; the others
  std::unordered_set<Id> others_;
  Weigher before_;
  Weigher after_;
};

}  // namespace

void connect() noexcept {
  catalog::follow_texts(
      []() -> std::unique_ptr<catalog::TextFollower> { return std::make_unique<Indexer>(); });
}

void rebuild(db::Tx& tx) {
  store::clear(tx);
  Indexer indexer;
  Id last = 0;
  for (;;) {
    const auto ids = catalog::listed_products(tx, last, 10'000);
    if (ids.empty()) return;
    for (const auto id : ids) {
      indexer.add({id, false, true, {}, catalog::text_of_product(tx, id)});
    }
    indexer.write(tx);
    last = ids.back();
  }
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  const auto totals = store::totals(tx);
  std::int64_t expected = 0;
  Weigher weigher;
  Id last = 0;
  for (;;) {
    const auto ids = catalog::listed_products(tx, last, 1000);
    if (ids.empty()) break;
    for (const auto id : ids) {
      expected += static_cast<std::int64_t>(weigher.weigh(catalog::text_of_product(tx, id)).size());
    }
    last = ids.back();
  }
  if (totals.by_terms != expected || totals.by_blocks != expected || totals.unordered != 0) {
    findings.add("search.index", "index",
                 fmt::format("expected {} postings, found {} by words and {} by blocks, {} out of "
                             "order",
                             expected, totals.by_terms, totals.by_blocks, totals.unordered));
  }
}

}  // namespace shop::search
