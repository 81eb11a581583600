#include "catalog/catalog.hpp"
#include "catalog/product_sql.hpp"
#include "catalog/product_store.hpp"
#include "catalog/store.hpp"
#include "core/money.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace shop::catalog {
namespace {

// Edges of the price bands in whole units of the currency.
constexpr std::array<std::int64_t, 10> k_edges{0, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000};
constexpr std::size_t k_values_max = 50;

using Counts = std::unordered_map<Id, std::int64_t>;

/// The most frequent first, at most fifty.
std::vector<std::pair<Id, std::int64_t>> top(const Counts& counts) {
  std::vector<std::pair<Id, std::int64_t>> out{counts.begin(), counts.end()};
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (out.size() > k_values_max) out.resize(k_values_max);
  return out;
}

class Counter {
 public:
  explicit Counter(db::Tx& tx) : tx_(&tx), facets_() {
    const int exponent = core::currency_exponent(tx.env().currency).value_or(2);
    for (int i = 0; i < exponent; ++i) unit_ *= 10;
    facets_.ratings.assign(5, 0);
  }

  void add(Id id) {
    std::int64_t parts = 0;
    Id category = 0;
    {
      auto query = tx_->query(sql::k_facet_row, id);
      if (!query.next()) return;
      if (query.integer(0) != 0) ++brands_[query.integer(0)];
      const auto whole = query.integer(1) / unit_;
      const auto* edge = std::upper_bound(k_edges.begin(), k_edges.end(), whole);
      ++bands_[static_cast<std::size_t>(edge - k_edges.begin()) - 1];
      for (std::size_t star = 0; star < 5; ++star) {
        const auto at_least = static_cast<std::int64_t>(star + 1) * 1000;
        if (query.integer(2) >= at_least) ++facets_.ratings[star];
      }
      parts = query.integer(3);
      category = query.integer(4);
    }
    ++facets_.counted;
    if ((parts & part_more_categories) != 0) {
      for (const auto other : store::product_categories(*tx_, id)) ++categories_[other];
    } else if (category != 0) {
      ++categories_[category];
    }
    if ((parts & part_labels) == 0) return;
    auto query = tx_->query(sql::k_labels, id);
    while (query.next()) {
      auto& kind = query.as<FacetKind>(1) == FacetKind::tag ? tags_ : attributes_;
      ++kind[query.integer(0)];
    }
  }

  Facets take() {
    for (const auto& [id, count] : top(categories_)) {
      if (const auto category = store::category_by_id(*tx_, id)) {
        facets_.categories.push_back({{}, category->slug, category->name, count});
      }
    }
    name(brands_, facets_.brands);
    name(tags_, facets_.tags);
    name(attributes_, facets_.attributes);
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      if (bands_[i] == 0) continue;
      PriceBand band{k_edges[i] * unit_, std::nullopt, bands_[i]};
      if (i + 1 < k_edges.size()) band.below_minor = k_edges[i + 1] * unit_;
      facets_.prices.push_back(band);
    }
    return std::move(facets_);
  }

 private:
  void name(const Counts& counts, std::vector<FacetCount>& out) {
    for (const auto& [id, count] : top(counts)) {
      auto query = tx_->query(sql::k_facet_by_id, id);
      if (query.next()) out.push_back({query.text(1), query.text(2), query.text(2), count});
    }
  }

  db::Tx* tx_;
  Facets facets_;
  std::int64_t unit_ = 1;
  Counts categories_;
  Counts brands_;
  Counts tags_;
  Counts attributes_;
  std::array<std::int64_t, k_edges.size()> bands_{};
};

}  // namespace

Facets count_facets(db::Tx& tx, const std::vector<Id>& product_ids) {
  Counter counter{tx};
  for (const auto id : product_ids) counter.add(id);
  return counter.take();
}

}  // namespace shop::catalog
