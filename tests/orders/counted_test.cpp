#include "shop/recommend.hpp"
#include "support/orders_fixture.hpp"

#include <vector>

using namespace shop;
using namespace shop::test;

// An order counts by its own rows until it is folded into the figures with a few hundred others.

namespace {

struct CountedFixture : OrdersFixture {
  Id mug = sell("Mug", 1000, 10'000);
  Id tea = sell("Tea", 300, 10'000);

  Order buy_both(const std::string& key, const std::string& country = "GB") {
    CartInput input;
    input.country = country;
    const auto cart = shop.cart().create(host, input);
    shop.cart().add(host, cart.id, {mug, 1, {}});
    shop.cart().add(host, cart.id, {mug, 1, "as a gift"});
    shop.cart().add(host, cart.id, {tea, 1, {}});
    return shop.orders().place(host, cart.id, paid_in_cash(key));
  }
  static PlaceInput paid_by_card(const std::string& key) {
    auto input = paid_in_cash(key);
    input.payments.front().tender = Tender::card;
    return input;
  }
  std::int64_t sold(Id variant) {
    for (const auto& row : shop.reports().top_selling(host, {})) {
      if (row.product_id == product_of(variant)) return row.units;
    }
    return 0;
  }
  Id product_of(Id variant) {
    for (const auto& card : shop.catalog().products(host, {}, ProductOrder::newest, {}).items) {
      if (shop.catalog().product(host, card.id).variants.front().id == variant) return card.id;
    }
    return 0;
  }
  std::string best_sold() {
    return shop.catalog().products(host, {}, ProductOrder::best_sold, {}).items.front().title;
  }
};

}  // namespace

TEST_CASE_FIXTURE(CountedFixture, "figures are exact with each order, folded or not") {
  std::vector<Order> orders;
  for (int i = 1; i <= 5; ++i) {
    orders.push_back(buy_both(std::to_string(i), i % 2 == 0 ? "GB" : "FR"));
    const auto total = shop.reports().dashboard(host, {}).total;
    CHECK(total.orders == i);
    CHECK(total.units == 3 * i);
    CHECK(total.revenue.minor == 2300 * i);
    CHECK(sold(mug) == 2 * i);
  }
  CHECK(shop.reports().countries(host, {}).size() == 2);
  check_verified();
  CHECK(best_sold() == "Mug");  // folds the counts of the lists, and nothing else
  CHECK(sold(mug) == 10);
  check_verified();
}

TEST_CASE_FIXTURE(CountedFixture, "what changes an order that is not folded counts once") {
  (void)buy_both("1");  // the first of a day folds what there is
  const auto changed = buy_both("2");
  const auto canceled = buy_both("3");
  const auto kept = buy_both("4");
  shop.orders().cancel(host, canceled.id, {});
  CHECK(sold(mug) == 6);
  check_verified();
  OrderEditInput edit;
  edit.idempotency_key = "e";
  edit.reason = "the customer rang";
  edit.lines = {{1, 5}};
  (void)shop.orders().edit(host, changed.id, edit);
  CHECK(sold(mug) == 10);
  check_verified();
  shop.orders().cancel(host, changed.id, {});
  CHECK(sold(mug) == 4);
  CHECK(shop.reports().dashboard(host, {}).total.orders == 2);
  check_verified();
  CHECK(kept.units == 3);
}

TEST_CASE_FIXTURE(CountedFixture, "what comes back without a receipt was not sold by an order") {
  LooseReturnInput loose;
  loose.idempotency_key = "loose";
  loose.country = "France";
  loose.lines = {{mug, 3, {100, {}}, false, {}}};
  (void)shop.orders().return_loose(host, loose);
  const auto counted = [&] {
    (void)best_sold();
    return shop.catalog().product(host, product_of(mug)).sold;
  };
  CHECK(counted() == 0);
  (void)buy(mug, 2, "two");
  CHECK(counted() == 2);
  CHECK(shop.reports().dashboard(host, {}).total.returned_units == 3);
  check_verified();
}

TEST_CASE_FIXTURE(CountedFixture,
                  "what came back of an order that is canceled then is sold and returned") {
  for (const bool folded : {false, true}) {
    const auto order = buy(mug, 3, folded ? "folded" : "waits");
    if (folded) {
      clock->advance(86'400'000'000);
      (void)buy(tea, 1, "folds");
    }
    ReturnInput back;
    back.idempotency_key = order.number;
    back.lines = {{1, 1, false, {}}};
    (void)shop.orders().return_items(host, order.id, back);
    (void)shop.orders().cancel(host, order.id, "after all");
    check_verified();
  }
  const auto total = shop.reports().dashboard(host, {}).total;
  CHECK(total.orders == 1);  // of tea
  CHECK(total.units == 3);
  CHECK(total.returned_units == 2);
  CHECK(total.net.minor == 300);
  (void)best_sold();
  CHECK(shop.catalog().product(host, product_of(mug)).sold == 0);
  CHECK(shop.inventory().level(host, mug).on_hand == 10'000);
}

TEST_CASE_FIXTURE(CountedFixture, "a thousand orders are folded on the way") {
  receive(mug, 10'000);
  for (int i = 1; i <= 1'100; ++i) (void)buy_both(std::to_string(i));
  CHECK(sold(mug) == 2'200);
  CHECK(shop.reports().dashboard(host, {}).total.orders == 1'100);
  check_verified();
  clock->advance(86'400'000'000);  // the first of the next day folds the rest
  (void)buy_both("next day");
  CHECK(sold(mug) == 2'202);
  CHECK(best_sold() == "Mug");
  check_verified();
  shop.recommend().refresh(host);
  RecommendQuery query;
  query.product_ids = {product_of(tea)};
  const auto together = shop.recommend().bought_together(host, query);
  REQUIRE(together.size() == 1);
  CHECK(together.front().support == 1'101);
}

// A turn counts 1,024 products: the first order of a day begins, the next ones go on.
TEST_CASE_FIXTURE(CountedFixture, "what many products sold is counted in parts") {
  constexpr int k_sold_products = 1'200;
  constexpr int k_at_once = 50;
  std::vector<Id> variants;
  for (int i = 0; i < k_sold_products; ++i)
    variants.push_back(sell("P" + std::to_string(i), 100, 50));
  const auto shown = [&](Id product) { return shop.catalog().product(host, product).sold; };
  std::vector<Id> products;
  std::vector<Order> orders;
  for (int first = 0; first < k_sold_products; first += k_at_once) {
    const auto cart = shop.cart().create(host, {});
    std::vector<CartItem> items;
    for (int i = first; i < first + k_at_once; ++i) {
      items.push_back({variants[static_cast<std::size_t>(i)], 2, {}});
    }
    shop.cart().add_all(host, cart.id, items);
    orders.push_back(shop.orders().place(host, cart.id, paid_in_cash(std::to_string(first))));
    for (const auto& line : orders.back().lines) products.push_back(line.product_id);
  }
  CHECK(shown(products.back()) == 0);
  clock->advance(86'400'000'000);
  (void)buy(mug, 1, "next day");
  CHECK(shown(products.front()) == 2);
  CHECK(shown(products.back()) == 0);
  check_verified();

  SUBCASE("the next part follows with later orders") {
    (void)buy(mug, 1, "second");
    CHECK(shown(products.front()) == 2);
    CHECK(shown(products.back()) == 2);
  }
  SUBCASE("who asks for a list by sales has all of them, once") {
    shop.orders().cancel(host, orders.front().id, {});
    shop.orders().cancel(host, orders.back().id, {});
    CHECK(best_sold() == "P1149");
    CHECK(shown(products.front()) == 0);
    CHECK(shown(products.back()) == 0);
  }
  SUBCASE("the day after, what is left is counted once") {
    clock->advance(86'400'000'000);
    (void)buy(mug, 1, "the day after");
    CHECK(shown(products.front()) == 2);
    CHECK(shown(products.back()) == 2);
  }
  (void)best_sold();
  std::int64_t all = 0;
  for (const auto product : products) all += shown(product);
  std::int64_t kept = 0;
  for (const auto& order : orders) {
    if (shop.orders().get(host, order.id).status != OrderStatus::canceled) kept += order.units;
  }
  CHECK(all == kept);
  check_verified();
}

TEST_CASE_FIXTURE(CountedFixture, "a customer's next cart is another one") {
  const auto buyer = customer("buyer");
  const auto first = shop.cart().add(buyer, 0, {mug, 1, {}});
  const auto id = shop.cart().read(buyer, 0).id;
  Address address;
  address.name = "Ann";
  address.country = "GB";
  shop.cart().deliver_to(buyer, 0, address);
  (void)shop.orders().place(buyer, 0, paid_by_card("1"));
  CHECK(code_of([&] { (void)shop.cart().read(buyer, 0); }) == Code::not_found);
  CHECK(code_of([&] { (void)shop.cart().read(buyer, id); }) == Code::not_found);
  CHECK(code_of([&] { (void)shop.orders().place(buyer, id, paid_by_card("2")); }) ==
        Code::not_found);
  CHECK(shop.cart().list(buyer).empty());
  shop.cart().add(buyer, 0, {tea, 1, {}});
  const auto next = shop.cart().read(buyer, 0);
  CHECK(next.id > id);
  CHECK_FALSE(next.address);
  CHECK(next.country.empty());
  CHECK(code_of([&] { (void)shop.cart().read(buyer, id); }) == Code::not_found);

  shop.cart().park(buyer, "later");
  shop.cart().add(buyer, 0, {mug, 1, {}});
  (void)shop.orders().place(buyer, 0, paid_by_card("3"));
  CHECK(shop.cart().list(buyer).size() == 1);
  shop.cart().resume(buyer, next.id);  // where the cart of the order was
  CHECK(shop.cart().read(buyer, 0).id == next.id);
  (void)shop.orders().place(buyer, 0, paid_by_card("4"));
  CHECK(shop.cart().create(buyer, {}).id > next.id);
  CHECK(code_of([&] { (void)shop.cart().create(buyer, {}); }) == Code::already_exists);
  CHECK(first.line_no == 1);
  check_verified();
}

TEST_CASE_FIXTURE(CountedFixture, "an order that was canceled is nobody's first") {
  const auto ann = customer("ann");
  const auto buy_as_ann = [&](const std::string& key) {
    shop.cart().add(ann, 0, {mug, 1, {}});
    return shop.orders().place(ann, 0, paid_in_cash(key));
  };
  const auto check = [&](std::int64_t fresh, std::int64_t returning) {
    const auto total = shop.reports().dashboard(host, {}).total;
    CHECK(total.new_orders == fresh);
    CHECK(total.returning_orders == returning);
    check_verified();
  };
  const auto first = buy_as_ann("1");
  shop.orders().cancel(host, first.id, {});
  check(0, 0);
  const auto second = buy_as_ann("2");
  check(1, 0);
  clock->advance(40 * 86'400'000'000);
  const auto third = buy_as_ann("3");
  check(1, 1);
  shop.orders().cancel(host, second.id, {});
  check(1, 0);
  CHECK(shop.reports().sales(host, {.step = ReportStep::month}).back().figures.new_orders == 1);
  REQUIRE(shop.reports().cohorts(host, {}).size() == 1);
  (void)buy_as_ann("4");
  check(1, 1);
  shop.orders().cancel(host, third.id, {});
  check(1, 0);
}
