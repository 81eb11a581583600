#include "orders/facts.hpp"
#include "reports/calendar.hpp"
#include "reports/figures.hpp"
#include "reports/record_sql.hpp"
#include "reports/reports.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <string>
#include <vector>

// Adds up in memory what was sold since the last time, and writes each sum once, in the order of
// its table: a thousand orders mostly sell the same things to the same people on the same day.
namespace shop::reports {
namespace {

// What the sums are kept by.
struct VariantDay {
  std::int64_t day = 0;
  Id seller_id = 0;
  Id product_id = 0;
  Id variant_id = 0;
  auto operator<=>(const VariantDay&) const = default;
};
struct CategoryDay {
  std::int64_t day = 0;
  Id category_id = 0;
  auto operator<=>(const CategoryDay&) const = default;
};
struct Customer {
  Id scope = 0;
  Id customer_id = 0;
  auto operator<=>(const Customer&) const = default;
};
struct CustomerMonth {
  Id scope = 0;
  std::int64_t month = 0;
  Id customer_id = 0;
  auto operator<=>(const CustomerMonth&) const = default;
};
struct Day {
  Id scope = 0;
  std::int64_t day = 0;
  auto operator<=>(const Day&) const = default;
};
struct Hour {
  Id scope = 0;
  std::int64_t day = 0;
  std::int64_t hour = 0;
  auto operator<=>(const Hour&) const = default;
};
struct RegionDay {
  Id scope = 0;
  std::int64_t day = 0;
  std::string country;
  std::string region;
  auto operator<=>(const RegionDay&) const = default;
};

struct CustomerSums {
  Id first_order_id = 0;  ///< 0: none yet
  std::int64_t first_month = 0;
  Timestamp last_at = 0;
  std::int64_t orders = 0;
  std::int64_t revenue = 0;
  std::int64_t returned = 0;
};

struct CustomerOrder {
  Customer customer;
  std::int64_t day = 0;
  Id order_id = 0;
  std::int64_t orders = 0;
};

class Folding {
 public:
  explicit Folding(db::Tx& tx) : tx_(tx) {}

  /// False: nothing waits.
  bool read() {
    auto lines = tx_.query(sql::k_waiting_lines);
    while (lines.next()) read_line(lines);
    auto orders = tx_.query(sql::k_waiting_orders);
    while (orders.next()) read_order(orders);
    return !variants_.empty();
  }

  [[nodiscard]] std::int64_t oldest_day() const { return variants_.begin()->first.day; }
  [[nodiscard]] std::int64_t newest_day() const { return variants_.rbegin()->first.day; }

  void write() {
    for (const auto& [key, sums] : variants_) add(1, key.day, key, sums);
    for (const auto& [key, sums] : categories_) {
      tx_.exec(sql::k_category_add, key.day, key.category_id, sums.orders, sums.units, sums.revenue,
               sums.returned_units, sums.returned);
    }
    write_customers();
    write_days();
    for (const auto& [key, sums] : hours_) {
      tx_.exec(sql::k_hour_add, key.scope, key.day, key.hour, sums.orders, sums.units,
               sums.revenue);
    }
    for (const auto& [key, sums] : regions_) {
      tx_.exec(sql::k_region_add, key.scope, key.day, key.country, key.region, sums.orders,
               sums.units, sums.revenue, sums.returned_units, sums.returned);
    }
  }

  /// Brings what is of days that are in their months and in the whole already to those, too.
  void write_late(std::int64_t rolled_day) {
    for (const auto& [key, sums] : variants_) {
      if (key.day > rolled_day) break;
      add(2, month_of_day(key.day), key, sums);
      add(3, 0, key, sums);
    }
  }

 private:
  void add(int grain, std::int64_t period, const VariantDay& key, const Sums& sums) {
    tx_.exec(sql::k_product_add, grain, period, key.seller_id, key.product_id, key.variant_id,
             sums.orders, sums.units, sums.revenue, sums.returned_units, sums.returned);
  }

  void read_line(const db::Query& row) {
    const auto day = row.integer(0);
    Sums sums{row.integer(5), row.integer(7), row.integer(8), row.integer(9), row.integer(10)};
    variants_[{day, row.integer(4), row.integer(1), row.integer(2)}] += sums;
    sums.orders = row.integer(6);
    categories_[{day, row.integer(3)}] += sums;
  }

  // What became of it is in the row of a change: the sign of a cancellation, what was returned.
  void read_order(const db::Query& row) {
    const Id scope = row.integer(0);
    const auto day = row.integer(1);
    const bool is_return = row.integer(15) != 0;
    const Sums sums{row.integer(9), row.integer(10), row.integer(11), row.integer(16),
                    row.integer(17)};
    DaySums of_day;
    of_day.orders = sums.orders;
    of_day.units = sums.units;
    of_day.revenue = sums.revenue;
    of_day.discount = row.integer(12);
    of_day.tax = row.integer(13);
    of_day.shipping = row.integer(14);
    of_day.returns = row.integer(15);
    of_day.returned_units = sums.returned_units;
    of_day.returned = sums.returned;
    days_[{scope, day}] += of_day;
    if (!is_return) hours_[{scope, day, row.integer(3)}] += sums;
    regions_[{scope, day, row.text(7), row.text(8)}] += sums;

    const Customer customer{scope, row.integer(6)};
    if (customer.customer_id == 0) return;
    const auto month = row.integer(2);
    const auto add_to = [&](CustomerSums& to) {
      to.orders += sums.orders;
      to.revenue += sums.revenue;
      to.returned += sums.returned;
    };
    add_to(months_[{scope, month, customer.customer_id}]);
    auto& of_customer = customers_[customer];
    add_to(of_customer);
    if (is_return) return;
    const Id order_id = row.integer(5);
    of_customer.last_at = std::max(of_customer.last_at, row.integer(4));
    if (of_customer.first_order_id == 0 || order_id < of_customer.first_order_id) {
      of_customer.first_order_id = order_id;
    }
    if (of_customer.first_month == 0 || month < of_customer.first_month) {
      of_customer.first_month = month;
    }
    orders_.push_back({customer, day, order_id, sums.orders});
  }

  void write_customers() {
    for (auto& [key, sums] : customers_) {
      auto before = tx_.query(sql::k_customer, key.scope, key.customer_id);
      if (before.next()) {
        if (before.integer(0) != 0) sums.first_order_id = before.integer(0);
        if (before.integer(1) != 0) sums.first_month = before.integer(1);
        sums.last_at = std::max(sums.last_at, before.integer(2));
        sums.orders += before.integer(3);
        sums.revenue += before.integer(4);
        sums.returned += before.integer(5);
      }
      tx_.exec(sql::k_customer_put, key.scope, key.customer_id, sums.first_order_id,
               sums.first_month, sums.last_at, sums.orders, sums.revenue, sums.returned);
    }
    for (const auto& [key, sums] : months_) {
      tx_.exec(sql::k_customer_month_add, key.scope, key.month, key.customer_id, sums.orders,
               sums.revenue, sums.returned);
    }
  }

  // After the customers, who say which order was their first.
  void write_days() {
    for (const auto& order : orders_) {
      auto& day = days_[{order.customer.scope, order.day}];
      const bool is_first = customers_[order.customer].first_order_id == order.order_id;
      (is_first ? day.new_orders : day.repeat_orders) += order.orders;
    }
    for (const auto& [key, sums] : days_) {
      tx_.exec(sql::k_day_add, key.scope, key.day, sums.orders, sums.new_orders, sums.repeat_orders,
               sums.units, sums.revenue, sums.discount, sums.tax, sums.shipping, sums.returns,
               sums.returned_units, sums.returned);
    }
  }

  db::Tx& tx_;
  std::map<VariantDay, Sums> variants_;
  std::map<CategoryDay, Sums> categories_;
  std::map<Customer, CustomerSums> customers_;
  std::map<CustomerMonth, CustomerSums> months_;
  std::map<Day, DaySums> days_;
  std::map<Hour, Sums> hours_;
  std::map<RegionDay, Sums> regions_;
  std::vector<CustomerOrder> orders_;
};

// Adds the days that are over to their months and to the whole.
bool roll(db::Tx& tx, FoldState& now, std::int64_t newest_day) {
  bool rolled = false;
  for (;;) {
    const auto next = tx.integer(sql::k_next_day, now.rolled_day);
    if (!next || *next >= newest_day) return rolled;
    tx.exec(sql::k_roll_product, *next, 2, month_of_day(*next));
    tx.exec(sql::k_roll_product, *next, 3, 0);
    now.rolled_day = *next;
    rolled = true;
  }
}

}  // namespace

void fold(db::Tx& tx) {
  Folding folding{tx};
  const bool any = folding.read();
  orders::mark_counted(tx);
  if (!any) return;
  auto now = fold_state(tx);
  const bool late = folding.oldest_day() <= now.rolled_day;
  folding.write();
  if (late) folding.write_late(now.rolled_day);
  tx.exec(sql::k_clear_lines);
  tx.exec(sql::k_clear_orders);
  const bool rolled = roll(tx, now, folding.newest_day());
  tx.exec(sql::k_state_put, now.rolled_day, now.generation + (late || rolled ? 1 : 0));
}

}  // namespace shop::reports
