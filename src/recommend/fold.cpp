#include "orders/facts.hpp"
#include "recommend/recommend.hpp"
#include "recommend/recommend_sql.hpp"
#include "recommend/rules.hpp"
#include "recommend/store.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

// How orders become figures. Placing an order writes nothing here: every few hundred orders, those
// placed since the last time become one row each. When what waits costs more than k_fold_at (pairs
// and products), a bounded part of it is folded: with three lines that is once in a thousand
// orders. An order of 500 lines becomes one row of 4 kB at once; its 124,750 pairs are counted in
// steps of k_fold_at by the orders that follow it, by refresh() and by readers. Beyond
// max_paired_products an order says nothing about taste and its pairs are left out.
namespace shop::recommend {
namespace {

constexpr std::int64_t k_fold_at = 8'192;
constexpr std::int64_t k_baskets_per_fold = 4'000;
constexpr std::size_t k_kept_buyers = 32;
constexpr std::size_t k_few_lines = 8;  // what waits of 256 such orders costs little
constexpr std::size_t k_many_lines = 50;

struct PairChange {
  Id a = 0;
  Id b = 0;
  std::int64_t change = 0;
};

/// What a fold has read and counted, in memory until it is written in the order of the keys.
class Folding {
 public:
  explicit Folding(db::Tx& tx) : tx_(tx) {}

  [[nodiscard]] std::int64_t spent() const { return spent_; }

  void count_products(const store::Basket& basket) {
    orders_ += basket.sign;
    spent_ += std::ssize(basket.products);
    for (const Id product : basket.products) {
      auto found = tastes_.find(product);
      if (found == tastes_.end())
        found = tastes_.emplace(product, store::taste(tx_, product)).first;
      auto& taste = found->second;
      taste.orders = std::max<std::int64_t>(0, taste.orders + basket.sign);
      taste.heat = basket.sign > 0 ? heated(taste.heat, basket.at) : cooled(taste.heat, basket.at);
      if (basket.customer_id != 0) count_buyer(product, basket);
    }
  }

  void count_buyer(Id product, const store::Basket& basket) {
    auto found = buyers_.find(product);
    if (found == buyers_.end()) {
      found = buyers_.emplace(product, store::buyers(tx_, product)).first;
    }
    auto& buyers = found->second;
    std::erase(buyers, basket.customer_id);
    if (basket.sign > 0) buyers.push_back(basket.customer_id);
    if (buyers.size() > k_kept_buyers) buyers.erase(buyers.begin());
  }

  // Pairs the products from `row` on with all later ones while the budget lasts. Result: the first
  // that is not paired yet; the number of products when all are.
  std::int64_t count_pairs(const store::Basket& basket, std::int64_t budget) {
    const auto& products = basket.products;
    if (products.size() > max_paired_products) return std::ssize(products);
    auto row = static_cast<std::size_t>(std::max<std::int64_t>(0, basket.row_done - 1));
    for (; row < products.size() && spent_ < budget; ++row) {
      for (auto other = row + 1; other < products.size(); ++other) {
        pairs_.push_back({products[row], products[other], basket.sign});
      }
      spent_ += std::ssize(products) - static_cast<std::int64_t>(row) - 1;
    }
    return static_cast<std::int64_t>(row);
  }

  void write() {
    std::vector<store::Hot> hot;
    for (const auto& [product, taste] : tastes_) {
      store::put_taste(tx_, product, taste);
      hot.push_back({product, taste.heat});
    }
    for (const auto& [product, buyers] : buyers_) store::put_buyers(tx_, product, buyers);
    store::rank(tx_, hot);
    std::sort(pairs_.begin(), pairs_.end(), [](const PairChange& x, const PairChange& y) {
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    for (std::size_t i = 0; i < pairs_.size();) {
      auto sum = pairs_[i];
      for (++i; i < pairs_.size() && pairs_[i].a == sum.a && pairs_[i].b == sum.b; ++i) {
        sum.change += pairs_[i].change;
      }
      store::change_pair(tx_, sum.a, sum.b, sum.change);
    }
    if (orders_ != 0) store::add_orders(tx_, orders_);
  }

 private:
  db::Tx& tx_;
  std::map<Id, store::Taste> tastes_;
  std::map<Id, std::vector<Id>> buyers_;
  std::vector<PairChange> pairs_;
  std::int64_t orders_ = 0;
  std::int64_t spent_ = 0;
};

void append(db::Tx& tx, store::Basket basket, Id customer_id) {
  basket.products = basket_of(std::move(basket.products));
  if (customer_id != 0 && allowed(tx, customer_id).profiling) basket.customer_id = customer_id;
  const auto cost = pairs_of(basket.products.size()) + std::ssize(basket.products) + 1;
  store::add_basket(tx, basket, cost);
}

void append(db::Tx& tx, const Order& order, std::int64_t sign) {
  store::Basket basket;
  basket.sign = sign;
  basket.at = order.placed_at;
  for (const auto& line : order.lines) basket.products.push_back(line.product_id);
  append(tx, std::move(basket), order.customer_id.value_or(0));
}

void append_placed(db::Tx& tx) {
  const auto last = orders::last_placed(tx);
  orders::each_placed(tx, store::counted(tx), last, [&](const orders::SaleFact& fact) {
    store::Basket basket;
    basket.sign = 1;
    basket.at = fact.at;
    for (const auto& line : fact.lines) basket.products.push_back(line.product_id);
    append(tx, std::move(basket), fact.customer_id);
  });
  store::set_counted(tx, last);
}

bool fold_if_due(db::Tx& tx) {
  if (store::waiting_cost(tx) < k_fold_at) return false;
  fold(tx, k_fold_at);
  return true;
}

}  // namespace

void take_in(db::Tx& tx, std::int64_t most_folds) {
  append_placed(tx);
  for (std::int64_t i = 0; i < most_folds && fold_if_due(tx); ++i) {
  }
}

void on_order_placed(db::Tx& tx, const Order& order) {
  if (order.lines.size() > k_many_lines) {
    take_in(tx, 1);
  } else if (order.lines.size() > k_few_lines) {
    fold_if_due(tx);
  }
}

void on_order_canceled(db::Tx& tx, const Order& order) {
  append_placed(tx);
  append(tx, order, -1);
  fold_if_due(tx);
}

void add_order(db::Tx& tx, const Order& order) {
  append(tx, order, +1);
  fold_if_due(tx);
}

std::int64_t fold(db::Tx& tx, std::int64_t budget) {
  Folding folding{tx};
  std::int64_t done = 0;
  Id last_done = 0;
  for (const auto& basket : store::baskets(tx, k_baskets_per_fold)) {
    if (folding.spent() >= budget) break;
    // Products are counted before their pairs, and taken out after them: no pair ever seems to be
    // in more orders than one of its products.
    if (basket.sign > 0 && basket.row_done == 0) folding.count_products(basket);
    const auto row = folding.count_pairs(basket, budget);
    if (row + 1 < std::ssize(basket.products)) {  // the last product has no later one
      store::note_progress(tx, basket.id, row + 1);
      break;
    }
    if (basket.sign < 0) folding.count_products(basket);
    last_done = basket.id;
    ++done;
  }
  folding.write();
  if (last_done != 0) store::remove_baskets(tx, last_done);
  return done;
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto pairs = tx.query(sql::k_verify_pairs);
  while (pairs.next()) {
    findings.add("recommend.pairs",
                 fmt::format("products {} and {}", pairs.integer(0), pairs.integer(1)),
                 fmt::format("{} orders with both, more than with one", pairs.integer(2)));
  }
  findings.checked();
  auto views = tx.query(sql::k_verify_views);
  while (views.next()) {
    findings.add("recommend.views", fmt::format("viewer {}", views.integer(0)),
                 fmt::format("{} views are kept", views.integer(1)));
  }
}

}  // namespace shop::recommend
