#include "search/page.hpp"

#include "catalog/catalog.hpp"
#include "catalog/facts.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace shop::search {
namespace {

namespace lists = catalog::store;

// Looking a product up costs about as much as reading so many ids of a list.
constexpr std::size_t k_ids_per_probe = 6;
// So many cards are sorted rather than found along a list in the wanted order.
constexpr std::size_t k_sorted_cards = 2000;
constexpr std::int64_t k_code_score = std::int64_t{1} << 50;
// A code that only begins as was typed comes after what has the words.
constexpr std::int64_t k_code_prefix_score = -1;
// Of codes that begin like the query so many products are found, and so many looked at.
constexpr std::size_t k_code_prefixes = 100;
constexpr std::size_t k_codes_read = 2000;
// Products that are not on sale are not in the index: so many are read through.
constexpr std::size_t k_unlisted = 2000;

bool is_by_code(const Match& match) {
  return match.score >= k_code_score || match.score == k_code_prefix_score;
}

bool better(const Match& a, const Match& b) {
  return a.score != b.score ? a.score > b.score : a.product_id > b.product_id;
}

/// Keeps the matches that are in a list of ids, both newest first.
void keep(std::vector<Match>& found, const std::vector<Id>& ids) {
  std::size_t kept = 0;
  auto id = ids.begin();
  for (const auto& match : found) {
    while (id != ids.end() && *id > match.product_id) ++id;
    if (id == ids.end()) break;
    if (*id == match.product_id) found[kept++] = match;
  }
  found.resize(kept);
}

bool short_list(db::Tx& tx, Id list, std::size_t matches) {
  return static_cast<std::size_t>(lists::scope_count(tx, list)) < matches * k_ids_per_probe;
}

std::vector<Match>::iterator place_of(std::vector<Match>& found, Id product_id) {
  return std::lower_bound(found.begin(), found.end(), product_id,
                          [](const Match& match, Id id) { return match.product_id > id; });
}

/// Words of letters alone are none: codes have digits or signs between.
bool may_begin_code(std::string_view text) {
  constexpr std::size_t k_least = 3;
  return text.size() >= k_least && text.find_first_of(" \"*") == std::string_view::npos &&
         text.find_first_of("0123456789-_./") != std::string_view::npos;
}

/// The card of a match that passes filter and phrases.
std::optional<ProductCard> card_of(db::Tx& tx, lists::Probe& probe, const Found& found,
                                   const Match& match) {
  auto card = probe.card(match.product_id);
  if (!card) return std::nullopt;
  const bool by_code = is_by_code(match);
  if (!by_code && !has_phrases(tx, found.query, match.product_id)) return std::nullopt;
  // A product found by its code may be off sale, and lists without conditions do not look.
  if (by_code && !found.plan.status && !catalog::is_listed(tx, card->id)) return std::nullopt;
  return card;
}

void add_code_prefixes(db::Tx& tx, std::string_view text, Found& found) {
  lists::Probe probe{tx, found.plan};
  std::size_t added = 0;
  std::size_t read = 0;
  auto& matches = found.matches;
  const auto add = [&](Id id) {
    if (added == k_code_prefixes || read == k_codes_read) return false;
    ++read;
    const auto at = place_of(matches.found, id);
    if (at != matches.found.end() && at->product_id == id) return true;
    const Match match{id, k_code_prefix_score};
    if (!card_of(tx, probe, found, match)) return true;
    matches.found.insert(at, match);
    ++added;
    return true;
  };
  if (!catalog::products_by_code(tx, text, add)) matches.complete = false;
}

/// Whoever types a code wants that product, whatever else has such words.
void add_codes(db::Tx& tx, std::string_view text, Found& found) {
  auto& matches = found.matches;
  bool any = false;
  const auto add = [&](std::string_view code) {
    const auto id = catalog::product_by_code(tx, code);
    if (!id) return;
    any = true;
    const auto at = place_of(matches.found, *id);
    if (at != matches.found.end() && at->product_id == *id) {
      at->score = k_code_score;
    } else {
      matches.found.insert(at, {*id, k_code_score});
    }
  };
  const auto trimmed = core::trim(text);
  if (trimmed.empty()) return;
  add(trimmed);
  const bool whole = trimmed.back() != text.back();  // a blank follows
  if (!any && !whole && may_begin_code(trimmed)) add_code_prefixes(tx, trimmed, found);
  if (!matches.found.empty()) return;
  // Nothing has all the words: perhaps one of them is a code.
  for (std::size_t at = 0; at < trimmed.size();) {
    const auto stop = std::min(trimmed.find(' ', at), trimmed.size());
    if (stop > at && stop - at < trimmed.size()) add(trimmed.substr(at, stop - at));
    at = stop + 1;
  }
}

bool has_word(const std::vector<std::string>& words, const QueryWord& wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return wanted.prefix ? word.starts_with(wanted.word) : word == wanted.word;
  });
}

/// Finds among products that are not on sale.
Matches find_unlisted(db::Tx& tx, const ParsedQuery& query, Id scope) {
  Matches out;
  if (query.words.empty()) return out;
  auto ids = lists::scope_ids(tx, scope);
  out.complete = ids.size() <= k_unlisted;
  if (!out.complete) ids.resize(k_unlisted);
  for (const auto id : ids) {
    const auto text = catalog::text_of_product(tx, id);
    auto all = text.title + ' ' + text.description + ' ' + text.brand;
    for (const auto* more : {&text.tags, &text.translations}) {
      for (const auto& one : *more) all += ' ' + one;
    }
    const auto words = words_of(all);
    const bool has_all =
        std::all_of(query.words.begin(), query.words.end(),
                    [&](const QueryWord& wanted) { return has_word(words, wanted); });
    if (has_all) out.found.push_back({id, 0});
  }
  return out;
}

bool is_plain(const Found& found) {
  return found.query.phrases.empty() && !found.plan.filtered() &&
         found.plan.scope == lists::scope_all;
}

}  // namespace

Found search(db::Tx& tx, std::string_view text, const lists::ListPlan& plan) {
  Found found;
  found.query = parse_query(text);
  found.plan = plan;
  const bool ranked = plan.order == ProductOrder::relevance;
  if (plan.scope == lists::scope_drafts) found.plan.status = ProductStatus::draft;
  if (plan.scope == lists::scope_archived) found.plan.status = ProductStatus::archived;
  if (found.plan.status) {
    found.matches = find_unlisted(tx, found.query, plan.scope);
  } else {
    found.matches = find(tx, found.query, ranked ? relevance_bound : SIZE_MAX);
  }
  add_codes(tx, text, found);
  auto& matches = found.matches.found;
  if (plan.scope != lists::scope_all && short_list(tx, plan.scope, matches.size())) {
    keep(matches, lists::scope_ids(tx, plan.scope));
    found.plan.scope = lists::scope_all;
  }
  if (plan.brand_id && short_list(tx, *plan.brand_id, matches.size())) {
    keep(matches, lists::facet_ids(tx, *plan.brand_id));
    found.plan.brand_id.reset();
  }
  std::erase_if(found.plan.facets, [&](Id facet) {
    if (!short_list(tx, facet, matches.size())) return false;
    keep(matches, lists::facet_ids(tx, facet));
    return true;
  });
  return found;
}

RankedPage by_relevance(db::Tx& tx, Found& found, const Match* after, std::size_t limit) {
  RankedPage out;
  auto& matches = found.matches.found;
  if (after != nullptr) {
    std::erase_if(matches, [&](const Match& match) { return !better(*after, match); });
  }
  lists::Probe probe{tx, found.plan};
  // The best few hundred are sorted first; mostly they fill the page.
  std::size_t sorted = 0;
  Match last;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (i == sorted) {
      const auto step = std::max<std::size_t>(256, sorted * 3);
      const auto begin = matches.begin() + static_cast<std::ptrdiff_t>(sorted);
      sorted = std::min(matches.size(), sorted + step);
      const auto end = matches.begin() + static_cast<std::ptrdiff_t>(sorted);
      if (end != matches.end()) std::nth_element(begin, end, matches.end(), better);
      std::sort(begin, end, better);
    }
    auto card = card_of(tx, probe, found, matches[i]);
    if (!card) continue;
    if (out.cards.size() == limit) {
      out.last = last;
      return out;
    }
    out.cards.push_back(std::move(*card));
    last = matches[i];
  }
  return out;
}

namespace {

RankedPage sorted_cards(db::Tx& tx, Found& found, const lists::ListPosition* after,
                        std::size_t limit) {
  const auto order = found.plan.order;
  lists::Probe probe{tx, found.plan};
  std::vector<lists::ListedCard> rows;
  for (const auto& match : found.matches.found) {
    auto card = card_of(tx, probe, found, match);
    if (!card) continue;
    auto position = lists::position_of(*card, order);
    if (after != nullptr && !lists::comes_before(*after, position, order)) continue;
    rows.push_back({std::move(*card), std::move(position)});
  }
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    return lists::comes_before(a.position, b.position, order);
  });
  RankedPage out;
  if (rows.size() > limit) {
    out.last_place = rows[limit - 1].position;
    rows.resize(limit);
  }
  for (auto& row : rows) out.cards.push_back(std::move(row.card));
  return out;
}

}  // namespace

RankedPage by_order(db::Tx& tx, Found& found, const lists::ListPosition* after, std::size_t limit) {
  const auto& matches = found.matches.found;
  if (matches.size() <= k_sorted_cards || found.plan.status) {
    return sorted_cards(tx, found, after, limit);
  }
  RankedPage out;
  lists::Probe probe{tx, found.plan};
  lists::ListPosition last;
  lists::walk(tx, found.plan, after, [&](const lists::ListPosition& position) {
    const auto at =
        std::lower_bound(matches.begin(), matches.end(), position.product_id,
                         [](const Match& match, Id wanted) { return match.product_id > wanted; });
    if (at == matches.end() || at->product_id != position.product_id) return true;
    auto card = card_of(tx, probe, found, *at);
    if (!card) return true;
    if (out.cards.size() == limit) {
      out.last_place = last;
      return false;
    }
    out.cards.push_back(std::move(*card));
    last = position;
    return true;
  });
  return out;
}

std::vector<Id> best(db::Tx& tx, Found& found, std::size_t limit) {
  std::vector<Id> out;
  auto page = by_relevance(tx, found, nullptr, limit);
  for (const auto& card : page.cards) out.push_back(card.id);
  return out;
}

std::int64_t count(db::Tx& tx, Found& found) {
  auto& matches = found.matches.found;
  if (is_plain(found)) {
    const bool coded = std::any_of(matches.begin(), matches.end(), is_by_code);
    if (!coded) return static_cast<std::int64_t>(matches.size());
  }
  lists::Probe probe{tx, found.plan};
  return std::count_if(matches.begin(), matches.end(), [&](const Match& match) {
    return card_of(tx, probe, found, match).has_value();
  });
}

}  // namespace shop::search
