#include "search/find.hpp"

#include "catalog/catalog.hpp"
#include "search/index_store.hpp"

#include <algorithm>
#include <cmath>

namespace shop::search {
namespace {

constexpr std::int64_t k_prefix_scan = 400;  // words looked at behind a beginning
constexpr std::size_t k_prefix_words = 32;   // of which the most frequent count
constexpr std::size_t k_typo_words = 4;
constexpr std::int64_t k_exact_parts = 10;  // a word as it is written counts ten tenths
constexpr std::int64_t k_prefix_parts = 7;
constexpr std::int64_t k_typo_parts = 5;

/// One of the words of the index that a word of the query may mean.
struct Choice {
  store::Term term;
  std::int64_t factor = 0;  // of a posting's weight: rare words say more
};

/// All that a word of the query may mean.
struct Group {
  std::vector<Choice> choices;
  std::int64_t documents = 0;
};

class Finder {
 public:
  Finder(db::Tx& tx, std::size_t bound)
      : tx_(&tx), bound_(bound), products_(catalog::listed_count(tx)) {}

  Matches find(const ParsedQuery& query) {
    Matches out;
    std::vector<Group> groups;
    for (const auto& word : query.words) {
      groups.push_back(group_of(word, out.corrected));
      if (groups.back().choices.empty()) return {};
    }
    if (!typo_) out.corrected.clear();
    std::sort(groups.begin(), groups.end(),
              [](const Group& a, const Group& b) { return a.documents < b.documents; });
    out.found = all_of(groups.front(), out.complete);
    for (std::size_t i = 1; i < groups.size() && !out.found.empty(); ++i) {
      intersect(out.found, groups[i]);
    }
    return out;
  }

 private:
  void add(Group& group, const store::Term& term, std::int64_t parts) {
    const auto rarity =
        std::log2(static_cast<double>(products_ + 1) / static_cast<double>(term.documents + 1));
    const auto factor = static_cast<std::int64_t>(16.0 * (1.0 + std::max(rarity, 0.0)));
    group.choices.push_back({term, factor * parts});
    group.documents += term.documents;
  }

  Group group_of(const QueryWord& word, std::string& corrected) {
    Group group;
    const auto exact = store::term(*tx_, word.word);
    if (exact && exact->documents > 0) add(group, *exact, k_exact_parts);
    if (word.prefix) add_prefix(group, word.word);
    auto meant = word.word;
    if (group.choices.empty()) add_typos(group, word.word, meant);
    if (!corrected.empty()) corrected += ' ';
    corrected += meant;
    return group;
  }

  void add_prefix(Group& group, const std::string& prefix) {
    auto words = store::terms_from(*tx_, prefix, k_prefix_scan);
    std::erase_if(words, [&](const auto& one) { return one.word == prefix; });
    keep_frequent(words, k_prefix_words);
    for (const auto& one : words) add(group, one.term, k_prefix_parts);
  }

  void add_typos(Group& group, const std::string& word, std::string& meant) {
    std::vector<store::NamedTerm> words;
    for (auto& similar : store::similar_words(*tx_, word)) {
      const auto term = store::term(*tx_, similar);
      if (term && term->documents > 0) words.push_back({std::move(similar), *term});
    }
    keep_frequent(words, k_typo_words);
    if (words.empty()) return;
    typo_ = true;
    meant = words.front().word;
    for (const auto& one : words) add(group, one.term, k_typo_parts);
  }

  static void keep_frequent(std::vector<store::NamedTerm>& words, std::size_t most) {
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
      return a.term.documents > b.term.documents;
    });
    if (words.size() > most) words.resize(most);
  }

  /// Every product that has one of the choices, with the best score of them.
  std::vector<Match> all_of(const Group& group, bool& complete, Id not_below = 0) {
    std::vector<Match> out;
    std::vector<Posting> postings;
    for (const auto& choice : group.choices) {
      postings.clear();
      complete &= store::newest(*tx_, choice.term.id, bound_, not_below, postings);
      for (const auto& posting : postings) {
        out.push_back({posting.product_id, posting.weight * choice.factor});
      }
    }
    if (group.choices.size() < 2) return out;
    std::sort(out.begin(), out.end(), [](const Match& a, const Match& b) {
      return a.product_id != b.product_id ? a.product_id > b.product_id : a.score > b.score;
    });
    const auto same = [](const Match& a, const Match& b) { return a.product_id == b.product_id; };
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
    if (out.size() > bound_) {
      out.resize(bound_);
      complete = false;
    }
    return out;
  }

  /// Keeps what has one of the choices too: by reading their lists, or where those are long and
  /// the candidates few, by looking into the one block that can have each.
  void intersect(std::vector<Match>& found, const Group& group) {
    const auto blocks =
        static_cast<std::size_t>(group.documents) / block_postings_max + group.choices.size();
    if (found.size() * group.choices.size() < blocks) {
      look_up(found, group);
      return;
    }
    const auto bound = std::exchange(bound_, SIZE_MAX);
    bool complete = true;
    const auto others = all_of(group, complete, found.back().product_id);
    bound_ = bound;
    std::size_t kept = 0;
    auto other = others.begin();
    for (const auto& match : found) {
      while (other != others.end() && other->product_id > match.product_id) ++other;
      if (other == others.end()) break;
      if (other->product_id != match.product_id) continue;
      found[kept++] = {match.product_id, match.score + other->score};
    }
    found.resize(kept);
  }

  void look_up(std::vector<Match>& found, const Group& group) {
    std::vector<std::int64_t> best(found.size(), -1);
    for (const auto& choice : group.choices) {
      std::optional<store::Block> block;
      for (std::size_t i = 0; i < found.size(); ++i) {
        const auto id = found[i].product_id;
        if (!block || id < block->first_id) block = store::block_at(*tx_, choice.term.id, id);
        if (!block) break;
        const auto at = std::lower_bound(
            block->postings.begin(), block->postings.end(), id,
            [](const Posting& posting, Id wanted) { return posting.product_id < wanted; });
        if (at == block->postings.end() || at->product_id != id) continue;
        best[i] = std::max(best[i], at->weight * choice.factor);
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (best[i] >= 0) found[kept++] = {found[i].product_id, found[i].score + best[i]};
    }
    found.resize(kept);
  }

  db::Tx* tx_;
  std::size_t bound_;
  std::int64_t products_;
  bool typo_ = false;
};

bool has_phrase(const std::vector<std::string>& words, const std::vector<std::string>& phrase) {
  return std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
}

}  // namespace

Matches find(db::Tx& tx, const ParsedQuery& query, std::size_t bound) {
  if (query.words.empty()) return {};
  return Finder{tx, bound}.find(query);
}

bool has_phrases(db::Tx& tx, const ParsedQuery& query, Id product_id) {
  if (query.phrases.empty()) return true;
  const auto text = catalog::text_of_product(tx, product_id);
  std::vector<std::vector<std::string>> texts{words_of(text.title), words_of(text.description),
                                              words_of(text.brand)};
  for (const auto& tag : text.tags) texts.push_back(words_of(tag));
  for (const auto& title : text.translations) texts.push_back(words_of(title));
  return std::all_of(query.phrases.begin(), query.phrases.end(), [&](const auto& phrase) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const auto& words) { return has_phrase(words, phrase); });
  });
}

}  // namespace shop::search
