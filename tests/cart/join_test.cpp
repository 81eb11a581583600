#include "shop/pricing.hpp"
#include "shop/wishlist.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "correct horse battery";

struct JoinFixture : OrdersFixture {
  Carts& carts = shop.cart();
  std::int64_t put_aside(Id variant) { return shop.inventory().level(host, variant).held; }

  Session person(const std::string& name) {
    NewUserInput input;
    input.username = name;
    input.password = k_password;
    return shop.accounts().log_in_as(host, shop.accounts().create_user(host, input).id).session;
  }
  Session log_in(const Session& guest, const std::string& name) {
    LogInInput input;
    input.login = name;
    input.password = k_password;
    return shop.accounts().log_in(guest, input).session;
  }
  void fill(const Session& who, Id variant, int lines, const std::string& note) {
    std::vector<CartItem> items;
    for (int i = 0; i < lines; ++i) items.push_back({variant, 1, note + std::to_string(i)});
    carts.add_all(who, 0, items);
  }
  void wish(const Session& who, Id product_id) {
    WishInput input;
    input.product_id = product_id;
    shop.wishlist().add(who, input);
  }
  std::size_t told(const Session& who) { return shop.notify().list(who, {}, {}).items.size(); }
};

}  // namespace

TEST_CASE_FIXTURE(JoinFixture, "a cart that others join has no more lines than another") {
  const auto lamp = sell("Lamp", 100, 10'000);
  const auto anna = person("anna");
  fill(anna, lamp, 600, "a");
  const auto guest = shop.guest();
  fill(guest, lamp, 600, "b");
  log_in(guest, "anna");
  CHECK(carts.read(anna, 0).lines.size() == 1000);
  CHECK(carts.read(guest, 0).lines.size() == 200);  // nothing is lost
  const auto order = shop.orders().place(anna, 0, paid_in_cash("a"));
  CHECK(order.lines.size() == 1000);
  CHECK(shop.orders().get(host, order.id).lines.size() == 1000);
  log_in(guest, "anna");
  CHECK(carts.read(anna, 0).lines.size() == 200);
  CHECK(code_of([&] { return carts.read(guest, 0); }) == Code::not_found);
  check_verified();
}

TEST_CASE_FIXTURE(JoinFixture, "the item that a cart has no room for is named") {
  const auto lamp = sell("Lamp", 100, 10'000);
  const auto anna = person("anna");
  fill(anna, lamp, 999, "n");
  const auto error = error_of([&] {
    return carts.add_all(anna, 0, {{lamp, 1, "a"}, {lamp, 1, "b"}});
  });
  CHECK(error.code() == Code::limit_reached);
  REQUIRE(error.details().size() == 1);
  CHECK(error.details()[0].path == "items[1].variant_id");
}

TEST_CASE_FIXTURE(JoinFixture, "joined carts have ten codes at most, each once") {
  Promotion promotion;
  promotion.name = "Ten";
  promotion.benefit.rate_ppm = 100'000;
  promotion.needs_code = true;
  const auto id = shop.pricing().put_promotion(host, promotion).id;
  const auto lamp = sell("Lamp", 100, 100);
  const auto anna = person("anna");
  const auto guest = shop.guest();
  carts.add(anna, 0, {lamp, 1, {}});
  carts.add(guest, 0, {lamp, 1, {}});
  for (int i = 0; i < 16; ++i) {
    Coupon coupon;
    coupon.code = "CODE" + std::to_string(i);
    coupon.promotion_id = id;
    shop.pricing().put_coupon(host, coupon);
    if (i < 8) carts.add_coupon(anna, 0, coupon.code);
    if (i >= 6) carts.add_coupon(guest, 0, coupon.code);
  }
  log_in(guest, "anna");
  CHECK(carts.read(anna, 0).coupons.size() == 10);
  check_verified();
}

TEST_CASE_FIXTURE(JoinFixture, "what is put aside does not stand in its owner's way") {
  const auto clock_ = sell("Clock", 1000, 1);
  const auto anna = person("anna");
  for (const auto rule : {CartJoin::add_up, CartJoin::replace, CartJoin::keep}) {
    carts.set_join_rule(host, rule);
    const bool own = rule == CartJoin::replace;  // the customer's is given up, else the guest's
    const auto guest = shop.guest();
    const auto& first = own ? anna : guest;
    const auto& second = own ? guest : anna;
    carts.add(first, 0, {clock_, 1, {}});
    carts.reserve(first, 0, 60);
    CHECK(put_aside(clock_) == 1);
    carts.add(second, 0, {clock_, 1, {}});
    log_in(guest, "anna");
    CHECK(put_aside(clock_) == 0);
    carts.clear(anna, 0);
    check_verified();
  }
  carts.set_join_rule(host, CartJoin::add_up);
  const auto guest = shop.guest();
  carts.add(guest, 0, {clock_, 1, {}});
  carts.reserve(guest, 0, 60);
  carts.add(anna, 0, {sell("Bulb", 100, 5), 1, {}});
  log_in(guest, "anna");
  CHECK(shop.orders().place(anna, 0, paid_in_cash("a")).lines.size() == 2);
  check_verified();
}

TEST_CASE_FIXTURE(JoinFixture, "what is put aside follows what the cart holds") {
  const auto vase = sell("Vase", 1000, 10);
  const auto yves = a_customer(shop);
  carts.add(yves, 0, {vase, 3, {}});
  carts.add(yves, 0, {vase, 4, "gift"});
  carts.reserve(yves, 0, 60);
  carts.add(yves, 0, {vase, 2, {}});  // not put aside
  CHECK(put_aside(vase) == 7);
  carts.set_quantity(yves, 0, 2, 3);
  CHECK(put_aside(vase) == 7);
  carts.set_quantity(yves, 0, 2, 1);
  CHECK(put_aside(vase) == 6);
  carts.remove(yves, 0, 1);
  CHECK(put_aside(vase) == 1);
  CHECK(code_of([&] {
          carts.remove(yves, 0, 1);
          return 0;
        }) == Code::not_found);
  carts.clear(yves, 0);
  CHECK(put_aside(vase) == 0);
  check_verified();

  carts.add(yves, 0, {vase, 1, {}});
  carts.park(yves, "Later");
  const auto parked = carts.list(yves).front().id;
  carts.add(yves, 0, {vase, 2, {}});
  carts.reserve(yves, 0, 60);
  carts.clear(yves, 0);
  carts.resume(yves, parked);
  CHECK(put_aside(vase) == 0);
  check_verified();
}

TEST_CASE_FIXTURE(JoinFixture, "what was put aside too long can be put aside for another") {
  const auto lamp = sell("Lamp", 1000, 1);
  const auto ann = a_customer(shop);
  const auto ben = a_customer(shop, 2);
  carts.add(ann, 0, {lamp, 1, {}});
  carts.add(ben, 0, {lamp, 1, {}});
  carts.reserve(ann, 0, 10);
  CHECK(code_of([&] { return carts.reserve(ben, 0, 10); }) == Code::out_of_stock);
  clock->advance(2 * 3'600'000'000LL);
  CHECK(carts.reserve(ben, 0, 10) > clock->now());
  CHECK(put_aside(lamp) == 1);
  check_verified();
}

TEST_CASE_FIXTURE(JoinFixture, "who waits is told when what was put aside is given up") {
  ProductInput input;
  input.title = "Radio";
  input.simple.price = {1000, {}};
  const auto product = shop.catalog().create_product(host, input);
  const auto radio = product.variants.front().id;
  receive(radio, 2);
  const auto ben = a_customer(shop, 2);
  const auto ann = a_customer(shop);
  std::size_t news = 0;
  const auto wanted = [&] {
    carts.add(ann, 0, {radio, 2, {}});
    carts.reserve(ann, 0, 60);
    wish(ben, product.id);
    CHECK(told(ben) == news);
  };
  wanted();
  carts.drop(ann, carts.read(ann, 0).id);
  CHECK(told(ben) == ++news);
  wanted();
  carts.clear(ann, 0);
  CHECK(told(ben) == ++news);
  wanted();
  carts.set_quantity(ann, 0, 1, 1);
  CHECK(told(ben) == ++news);
  carts.clear(ann, 0);
  wanted();
  carts.reserve(ann, 0, 30);  // anew: nothing came back
  CHECK(told(ben) == news);
  carts.reserve(ann, 0, 0);
  CHECK(told(ben) == ++news);
  carts.clear(ann, 0);
  wanted();
  shop.orders().place(ann, 0, paid_in_cash("a"));  // sold, not given up
  CHECK(told(ben) == news);
  check_verified();
}
