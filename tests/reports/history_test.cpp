#include "core/time.hpp"
#include "reports_fixture.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"

#include <random>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

// Random histories of orders, edits, cancellations and returns over several sellers and customers.
struct HistoryFixture : OrdersFixture {
  std::mt19937_64 random{11};
  std::vector<Id> variants;
  std::vector<Id> customers;
  std::vector<Order> orders;
  std::int64_t key = 0;
  int edits = 0;

  HistoryFixture() {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    std::vector<Session> keepers{host};
    for (int i = 1; i <= 2; ++i) {
      keepers.push_back(a_customer(shop, i));
      shop.sellers().apply(keepers.back(), {"Seller " + std::to_string(i), "12345", {}, {}});
    }
    for (int i = 0; i < 9; ++i) {
      ProductInput input;
      input.title = "Product " + std::to_string(i);
      input.simple.price = {100 + i * 37, {}};
      const auto product =
          shop.catalog().create_product(keepers[static_cast<std::size_t>(i) % 3], input);
      variants.push_back(product.variants.front().id);
      receive(variants.back(), 100'000);
    }
    for (int i = 3; i < 8; ++i) customers.push_back(a_customer(shop, i).user_id());
  }

  std::size_t pick(std::size_t count) { return random() % count; }

  void place() {
    CartInput input;
    input.country = pick(2) == 0 ? "GB" : "FR";
    if (pick(3) != 0) input.customer_id = customers[pick(customers.size())];
    const auto cart = shop.cart().create(host, input);
    for (auto left = 1 + pick(4); left > 0; --left) {
      shop.cart().add(
          host, cart.id,
          {variants[pick(variants.size())], static_cast<std::int64_t>(1 + pick(5)), {}});
    }
    orders.push_back(
        shop.orders().place(host, cart.id, paid_in_cash("place " + std::to_string(++key))));
  }

  void cancel() {
    if (orders.empty()) return;
    const auto& order = orders[pick(orders.size())];
    try {
      shop.orders().cancel(host, order.id, "changed their mind");
    } catch (const Error& error) {
      CHECK(error.code() == Code::illegal_transition);
    }
  }

  void edit() {
    if (orders.empty()) return;
    auto& order = orders[pick(orders.size())];
    OrderEditInput input;
    input.idempotency_key = "edit " + std::to_string(++key);
    input.reason = "changed their mind";
    input.lines = {{order.lines[pick(order.lines.size())].line_no,
                    static_cast<std::int64_t>(pick(order.lines.size() > 1 ? 4 : 3) + 1) - 1}};
    if (pick(3) == 0) input.items = {{variants[pick(variants.size())], 1, {}}};
    try {
      order = shop.orders().edit(host, order.id, input);
    } catch (const Error& error) {
      const bool expected = error.code() == Code::illegal_transition ||
                            error.code() == Code::validation || error.code() == Code::not_found ||
                            error.code() == Code::conflict;
      CHECK_MESSAGE(expected, error.what());
      if (error.code() == Code::validation || error.code() == Code::not_found) return;
    }
    ++edits;
  }

  void take_back() {
    if (orders.empty()) return;
    const auto& order = orders[pick(orders.size())];
    ReturnInput input;
    input.idempotency_key = "return " + std::to_string(++key);
    const auto& line = order.lines[pick(order.lines.size())];
    input.lines = {{.line_no = line.line_no, .quantity = 1}};
    try {
      shop.orders().return_items(host, order.id, input);
    } catch (const Error& error) {
      const auto expected =
          error.code() == Code::limit_reached || error.code() == Code::illegal_transition;
      CHECK(expected);
    }
  }
};

}  // namespace

TEST_CASE_FIXTURE(HistoryFixture, "the sums equal the orders after any history") {
  for (int step = 1; step <= 900; ++step) {
    clock->advance(static_cast<std::int64_t>(random() % 9) * core::microseconds_per_hour);
    const auto what = pick(12);
    if (what < 7) {
      place();
    } else if (what < 8) {
      cancel();
    } else if (what < 10) {
      edit();
    } else {
      take_back();
    }
    if (step % 300 == 0) check_verified();
  }
  const auto board = shop.reports().dashboard(host, {});
  CHECK(board.total.orders > 400);
  CHECK(board.total.returns > 50);
  CHECK(edits > 50);
  std::int64_t revenue = 0;
  for (const auto& row : shop.reports().products(host, {}, {}).items) revenue += row.revenue.minor;
  CHECK(revenue == board.total.revenue.minor);
}

TEST_CASE_FIXTURE(ReportsFixture, "verify finds sums that no order accounts for") {
  sell(product("Tea"), 3, 5);
  core::Findings findings;
  database.read([&](db::Tx& tx) { reports::verify(tx, findings); });
  const auto report = findings.take();
  CHECK(report.problems.size() >= 5);
}
