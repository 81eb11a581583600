#include "recommend/candidates.hpp"

#include "catalog/facts.hpp"
#include "core/fields.hpp"
#include "core/time.hpp"
#include "orders/purchases.hpp"
#include "recommend/store.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

// Where recommendations come from, and which of them somebody gets to see. Each source looks at a
// bounded number of rows, so that an answer takes as long in a large shop as in a small one.
namespace shop::recommend {
namespace {

constexpr std::int64_t k_partners = 300;
constexpr std::int64_t k_partners_per_signal = 24;
constexpr std::size_t k_signals = 12;
constexpr std::size_t k_seeds_of_likeness = 6;
constexpr std::size_t k_like_customers = 15;
constexpr std::int64_t k_neighbours = 60;
constexpr std::int64_t k_trending = 200;
constexpr std::int64_t k_just_bought = 30 * core::microseconds_per_day;

void best_first(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& x, const Candidate& y) {
    return x.score != y.score ? x.score > y.score : x.product_id < y.product_id;
  });
}

/// Adds scores up by product; the reason is that of the largest part.
class Tally {
 public:
  void add(const Candidate& candidate) {
    const auto [at, fresh] = index_.emplace(candidate.product_id, candidates_.size());
    if (fresh) {
      candidates_.push_back(candidate);
      largest_.push_back(candidate.score);
      return;
    }
    auto& kept = candidates_[at->second];
    const double sum = kept.score + candidate.score;
    if (candidate.score > largest_[at->second]) {
      largest_[at->second] = candidate.score;
      kept = candidate;
    }
    kept.score = sum;
  }
  std::vector<Candidate> take() {
    best_first(candidates_);
    return std::move(candidates_);
  }

 private:
  std::vector<Candidate> candidates_;
  std::vector<double> largest_;
  std::unordered_map<Id, std::size_t> index_;
};

/// How many orders products were in, read once each.
class Orders {
 public:
  explicit Orders(db::Tx& tx) : tx_(tx), all_(store::all_orders(tx)) {}
  std::int64_t of(Id product_id) {
    const auto [at, fresh] = counts_.emplace(product_id, 0);
    if (fresh) at->second = store::orders_of(tx_, product_id);
    return at->second;
  }
  [[nodiscard]] std::int64_t all() const { return all_; }

 private:
  db::Tx& tx_;
  std::int64_t all_;
  std::unordered_map<Id, std::int64_t> counts_;
};

double score_of(const Candidate& candidate, TogetherMeasure measure) {
  switch (measure) {
    case TogetherMeasure::lift:
      return candidate.figures.lift;
    case TogetherMeasure::confidence:
      return candidate.figures.confidence;
    case TogetherMeasure::support:
      break;
  }
  return static_cast<double>(candidate.support);
}

// Partners of what the customer likes: by the cosine of the two, which no bestseller dominates.
void add_partners(db::Tx& tx, const Signal& signal, Orders& orders, Tally& tally) {
  const auto own = orders.of(signal.product_id);
  for (const auto& partner : store::partners(tx, signal.product_id, 2, k_partners_per_signal)) {
    const auto other = orders.of(partner.product_id);
    const auto cosine = static_cast<double>(partner.support) /
                        std::sqrt(static_cast<double>(own) * static_cast<double>(other));
    tally.add({partner.product_id, signal.weight * cosine, signal.reason, signal.product_id,
               partner.support, figures(partner.support, own, other, orders.all())});
  }
}

// Who bought the same things lately, and what else they bought.
void add_like_customers(db::Tx& tx, Id customer_id, std::span<const Signal> signals, Tally& tally) {
  std::unordered_map<Id, double> shared;
  std::size_t seeds = 0;
  for (const auto& signal : signals) {
    if (signal.reason != RecommendReason::bought_together || ++seeds > k_seeds_of_likeness)
      continue;
    for (const Id buyer : store::buyers(tx, signal.product_id)) {
      if (buyer != customer_id) shared[buyer] += signal.weight;
    }
  }
  std::vector<std::pair<double, Id>> like;
  for (const auto& [buyer, weight] : shared) like.emplace_back(weight, buyer);
  std::sort(like.begin(), like.end(), [](const auto& x, const auto& y) {
    return x.first != y.first ? x.first > y.first : x.second < y.second;
  });
  if (like.size() > k_like_customers) like.resize(k_like_customers);
  for (const auto& [weight, buyer] : like) {
    for (const auto& purchase : orders::recent_purchases(tx, buyer, 4, 20)) {
      tally.add({purchase.product_id, 0.05 * weight, RecommendReason::like_customers});
    }
  }
}

double likeness(db::Tx& tx, const catalog::ProductFacts& a, const std::vector<Id>& a_labels,
                const catalog::ProductFacts& b) {
  double score = price_likeness(a.price.minor, b.price.minor);
  if (a.category_id != 0 && a.category_id == b.category_id) score += 1;
  if (a.brand_id != 0 && a.brand_id == b.brand_id) score += 0.7;
  score += 2 * words_in_common(a.title_folded, b.title_folded);
  const auto b_labels = catalog::label_ids(tx, b.id);
  const auto common = std::count_if(b_labels.begin(), b_labels.end(), [&](Id label) {
    return std::find(a_labels.begin(), a_labels.end(), label) != a_labels.end();
  });
  const auto all = a_labels.size() + b_labels.size() - static_cast<std::size_t>(common);
  if (all > 0) score += static_cast<double>(common) / static_cast<double>(all);
  return score;
}

}  // namespace

std::vector<Candidate> together(db::Tx& tx, const RecommendQuery& query) {
  Orders orders{tx};
  Tally tally;
  for (const Id product : query.product_ids) {
    const auto own = orders.of(product);
    for (const auto& partner : store::partners(tx, product, query.min_support, k_partners)) {
      Candidate candidate{partner.product_id, 0, RecommendReason::bought_together, product,
                          partner.support};
      candidate.figures =
          figures(partner.support, own, orders.of(partner.product_id), orders.all());
      candidate.score = score_of(candidate, query.measure);
      tally.add(candidate);
    }
  }
  return tally.take();
}

std::vector<Candidate> similar(db::Tx& tx, const RecommendQuery& query) {
  Tally tally;
  for (const Id product : query.product_ids) {
    const auto own = catalog::product_facts(tx, product);
    if (!own) continue;
    const auto labels = catalog::label_ids(tx, product);
    std::unordered_set<Id> near{product};
    const auto add = [&](Id other, double more) {
      if (!near.insert(other).second) return;
      const auto facts = catalog::product_facts(tx, other);
      if (!facts) return;
      tally.add(
          {other, likeness(tx, *own, labels, *facts) + more, RecommendReason::similar, product});
    };
    for (const auto& partner : store::partners(tx, product, 2, k_partners_per_signal)) {
      add(partner.product_id, 0.2);
    }
    if (own->category_id == 0) continue;
    for (const Id other : catalog::best_sold_in(tx, own->category_id, k_neighbours)) add(other, 0);
  }
  return tally.take();
}

std::vector<Candidate> trending(db::Tx& tx) {
  std::vector<Candidate> out;
  for (const auto& hot : store::trending(tx, k_trending)) {
    out.push_back({hot.product_id, hot.heat, RecommendReason::trending});
  }
  return out;
}

std::vector<Candidate> for_signals(db::Tx& tx, Id customer_id, std::span<const Signal> signals) {
  Orders orders{tx};
  Tally tally;
  for (const auto& signal : signals.subspan(0, std::min(k_signals, signals.size()))) {
    add_partners(tx, signal, orders, tally);
    if (signal.reason == RecommendReason::viewed) {
      tally.add({signal.product_id, 0.1 * signal.weight, RecommendReason::viewed});
    }
  }
  add_like_customers(tx, customer_id, signals, tally);
  return tally.take();
}

std::vector<Recommendation> presentable(db::Tx& tx, Id customer_id, const RecommendQuery& query,
                                        const std::vector<Candidate>& candidates) {
  std::unordered_set<Id> left_out(query.product_ids.begin(), query.product_ids.end());
  if (customer_id != 0) {
    for (const auto& purchase : orders::recent_purchases(tx, customer_id, 20, 300)) {
      if (purchase.at > tx.now() - k_just_bought) left_out.insert(purchase.product_id);
    }
  }
  std::vector<Recommendation> out;
  for (const auto& candidate : candidates) {
    if (std::ssize(out) == query.limit) break;
    if (!left_out.insert(candidate.product_id).second) continue;
    const auto facts = catalog::product_facts(tx, candidate.product_id);
    if (!facts || !facts->for_sale()) continue;
    if (facts->minimum_age > query.age.value_or(0)) continue;
    if (!facts->in_stock) continue;
    Recommendation shown;
    shown.product_id = candidate.product_id;
    shown.slug = facts->slug;
    shown.title = facts->title;
    shown.price = facts->price;
    shown.score = candidate.score;
    shown.reason = candidate.reason;
    if (candidate.because_product_id != 0) shown.because_product_id = candidate.because_product_id;
    if (candidate.support > 0) {
      shown.support = candidate.support;
      shown.confidence = candidate.figures.confidence;
      shown.lift = candidate.figures.lift;
    }
    out.push_back(std::move(shown));
  }
  return out;
}

void check(const RecommendQuery& query) {
  core::Fields fields;
  fields.range("limit", query.limit, 1, 100);
  fields.range("min_support", query.min_support, 2);
  fields.check(query.product_ids.size() <= 20, "product_ids", "too_many", "are at most 20");
  fields.check(query.measure >= TogetherMeasure::lift && query.measure <= TogetherMeasure::support,
               "measure", "unknown", "is no measure");
  if (query.age) fields.range("age", *query.age, 0, 150);
  fields.throw_if_any();
}

}  // namespace shop::recommend
