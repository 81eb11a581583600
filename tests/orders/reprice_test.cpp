#include "shop/sellers.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct RepriceFixture : OrdersFixture {
  Pricing& pricing = shop.pricing();

  static OrderEditInput because(const std::string& key) {
    OrderEditInput input;
    input.idempotency_key = key;
    input.reason = "the customer rang";
    return input;
  }
  void offer(Id variant, std::int64_t minor, Timestamp from, std::optional<Timestamp> until) {
    ScheduledPrice price;
    price.variant_id = variant;
    price.name = "Offer";
    price.price = {minor, {}};
    price.starts_at = from;
    price.ends_at = until;
    pricing.schedule_price(host, price);
  }
  Error refused(Id order_id, const OrderEditInput& input) {
    return error_of([&] { return shop.orders().edit(host, order_id, input); });
  }
};

constexpr std::int64_t hour = std::int64_t{3'600} * 1'000'000;

}  // namespace

TEST_CASE_FIXTURE(RepriceFixture, "what stays keeps the price and the discount given by hand") {
  const auto mug = sell("Mug", 1000, 20);
  const auto tea = sell("Tea", 500, 20);
  const auto cart = shop.cart().create(host, {}).id;
  shop.cart().add(host, cart, {mug, 2, {}});
  shop.cart().add(host, cart, {tea, 4, {}});
  shop.cart().set_price(host, cart, 1, Money{800, {}}, "price match");
  shop.cart().set_discount(host, cart, 2, {100, {}}, "torn bag");
  const auto order = shop.orders().place(host, cart, paid_in_cash("k"));
  REQUIRE(order.total.minor == 1600 + 1900);
  VariantChange dearer;
  dearer.price = Money{9999, {}};
  shop.catalog().update_variant(host, mug, dearer);
  auto input = because("e");
  input.lines = {{1, 3}};
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.lines[0].unit_price.minor == 800);
  CHECK(edited.lines[0].price_name == "price match");
  CHECK(edited.lines[1].discount.minor == 100);
  CHECK(edited.total.minor == 2400 + 1900);
  check_verified();
}

TEST_CASE_FIXTURE(RepriceFixture, "what was bought in an offer keeps it; what is new has today's") {
  const auto category = shop.catalog().create_category(host, {"Home", {}});
  ProductInput product;
  product.title = "Lamp";
  product.category_ids = {category.id};
  product.simple.price.minor = 1000;
  const auto lamp = shop.catalog().create_product(host, product).variants.front().id;
  receive(lamp, 20);
  const auto tea = sell("Tea", 500, 20);
  Promotion promotion;
  promotion.name = "Home week";
  promotion.benefit.rate_ppm = 100'000;
  promotion.conditions.resize(1);
  promotion.conditions[0].kind = ConditionKind::categories;
  promotion.conditions[0].ids = {category.id};
  pricing.put_promotion(host, promotion);
  offer(lamp, 700, clock->now(), clock->now() + hour);
  const auto order = buy(lamp, 1, "k");
  CHECK(order.total.minor == 630);
  clock->advance(2 * hour);
  offer(tea, 400, clock->now() + hour, {});
  auto input = because("e1");
  input.lines = {{1, 2}};
  input.items = {{lamp, 1, "another"}, {tea, 1, {}}};
  auto edited = shop.orders().edit(host, order.id, input);
  REQUIRE(edited.lines.size() == 3);
  CHECK(edited.lines[0].unit_price.minor == 700);
  CHECK(edited.lines[1].unit_price.minor == 1000);
  CHECK(edited.lines[2].unit_price.minor == 500);
  clock->advance(2 * hour);
  input = because("e2");
  input.items = {{tea, 1, "later"}};
  edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.lines.back().unit_price.minor == 400);
  check_verified();
}

TEST_CASE_FIXTURE(RepriceFixture, "what may not be sold may not be added, and the field says why") {
  const auto order = buy(sell("Mug", 1000, 5), 2, "k");
  auto input = because("e");
  const auto wrong = [&](Id variant, Code code, const char* why) {
    input.items = {{variant, 1, {}}};
    const auto error = refused(order.id, input);
    CHECK(error.code() == code);
    CHECK(problems_of(error) == Problems{std::string{"items[0].variant_id "} + why});
  };
  wrong(4711, Code::not_found, "not_found");
  const auto gone = sell("Gone", 100, 5);
  shop.catalog().archive_product(host, shop.catalog().variant(host, gone).product_id);
  wrong(gone, Code::not_for_sale, "not_for_sale");
  const auto gin = sell("Gin", 100, 5);
  const auto product = shop.catalog().product(host, shop.catalog().variant(host, gin).product_id);
  ProductChange change;
  change.version = product.version;
  change.minimum_age = 18;
  shop.catalog().update_product(host, product.id, change);
  wrong(gin, Code::age_restricted, "age_restricted");
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto seller = shop.sellers().apply(a_customer(shop), {"Anna", "+44 1234", {}, {}}).id;
  ProductInput theirs;
  theirs.title = "Theirs";
  theirs.seller_id = seller;
  theirs.simple.price.minor = 100;
  const auto withheld = shop.catalog().create_product(host, theirs).variants.front().id;
  receive(withheld, 5);
  shop.sellers().suspend(host, seller, "late");
  wrong(withheld, Code::not_for_sale, "seller_suspended");

  input.items = {{gin, 1, {}}};
  input.age_confirmed = true;
  CHECK(shop.orders().edit(host, order.id, input).total.minor == 2100);
  input = because("e2");
  input.lines = {{1, 0}, {2, 0}};
  CHECK(problems_of(refused(order.id, input)) == Problems{"lines empty"});
  input = because("e3");
  input.lines = {{1, 1}, {1, 2}};
  CHECK(refused(order.id, input).code() == Code::validation);
  input.lines = {{9, 1}};
  CHECK(refused(order.id, input).code() != Code::ok);
  CHECK(shop.orders().get(host, order.id).total.minor == 2100);
  check_verified();
}

TEST_CASE_FIXTURE(RepriceFixture,
                  "an edit needs a delivery that goes there, and pays only what is due") {
  ShippingMethod post;
  post.name = "Post";
  post.bands = {{"GB", {}, {}, {}, {300, {}}}};
  post = pricing.put_shipping_method(host, post);
  const auto mug = sell("Mug", 1000, 5);
  CartInput made;
  made.country = "GB";
  const auto cart = shop.cart().create(host, made).id;
  shop.cart().add(host, cart, {mug, 1, {}});
  shop.cart().set_shipping(host, cart, post.id);
  const auto order = shop.orders().place(host, cart, paid_in_cash("k"));
  CHECK(order.total.minor == 1300);
  auto input = because("e1");
  input.address = Address{};
  input.address->country = "FR";
  CHECK(problems_of(refused(order.id, input)) ==
        Problems{"shipping_method_id shipping_unavailable"});
  ShippingMethod far = post;
  far.id = 0;
  far.name = "Far";
  far.bands = {{"FR", {}, {}, {}, {900, {}}}};
  far = pricing.put_shipping_method(host, far);
  input.shipping_method_id = far.id;
  input.payments.emplace_back();
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.total.minor == 1900);
  CHECK(edited.payment_status == PaymentStatus::paid);
  CHECK(edited.shipping_name == "Far");
  check_verified();
}

TEST_CASE_FIXTURE(RepriceFixture,
                  "an edit knows neither later promotions nor that its delivery was retired") {
  ShippingMethod post;
  post.name = "Post";
  post.bands = {{"", {}, {}, {}, {300, {}}}};
  post = pricing.put_shipping_method(host, post);
  auto other = post;
  other.id = 0;
  other.name = "Other";
  other = pricing.put_shipping_method(host, other);
  Promotion before;
  before.name = "Before";
  before.benefit.rate_ppm = 100'000;
  pricing.put_promotion(host, before);
  const auto mug = sell("Mug", 1000, 5);
  const auto cart = shop.cart().create(host, {}).id;
  shop.cart().add(host, cart, {mug, 1, {}});
  shop.cart().set_shipping(host, cart, post.id);
  const auto order = shop.orders().place(host, cart, paid_in_cash("k"));
  REQUIRE(order.total.minor == 900 + 300);
  Promotion after;
  after.name = "After";
  after.lane = 5;
  after.benefit.rate_ppm = 500'000;
  pricing.put_promotion(host, after);
  post.active = false;
  pricing.put_shipping_method(host, post);
  other.active = false;
  pricing.put_shipping_method(host, other);
  auto input = because("e");
  input.address = Address{};
  input.address->country = "GB";
  const auto edited = shop.orders().edit(host, order.id, input);
  CHECK(edited.total.minor == 900 + 300);
  CHECK(edited.shipping_method_id == post.id);
  input = because("other");
  input.shipping_method_id = other.id;
  CHECK(problems_of(refused(order.id, input)) ==
        Problems{"shipping_method_id shipping_unavailable"});
  check_verified();
}
