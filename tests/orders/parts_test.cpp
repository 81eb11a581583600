#include "support/orders_fixture.hpp"
#include "support/people.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct Keeper {
  Session session;
  Id seller_id = 0;
};

struct PartsFixture : OrdersFixture {
  Keeper anna = keeper(1, "Anna");
  Keeper ben = keeper(2, "Ben");
  Session carol = a_customer(shop, 9);
  Id bowl = offer(anna, "Bowl", 2500);
  Id lamp = offer(ben, "Lamp", 4000);
  Id mug = sell("Mug", 1000, 10);

  Keeper keeper(int number, const std::string& name) {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    auto session = a_customer(shop, number);
    const auto id = shop.sellers().apply(session, {name, "+44 20 7946 0018", {}, {}}).id;
    return {session, id};
  }

  Id offer(const Keeper& keeper, const std::string& title, std::int64_t minor) {
    ProductInput input;
    input.title = title;
    input.simple.price = {minor, {}};
    const auto product = shop.catalog().create_product(keeper.session, input);
    receive(product.variants.front().id, 10);
    return product.variants.front().id;
  }

  Order bought(const std::string& key = "a") {
    shop.cart().add_all(carol, 0, {{bowl, 2, {}}, {lamp, 1, {}}, {mug, 1, {}}});
    return shop.orders().place(carol, 0, paid_in_cash(key));
  }

  FulfilmentStatus state_of(Id order_id) {
    return shop.orders().get(host, order_id).fulfilment_status;
  }
};

}  // namespace

TEST_CASE_FIXTURE(PartsFixture, "an order over several sellers has a part for each") {
  const auto order = bought();
  const auto parts = shop.orders().parts(carol, order.id);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].seller_id == 0);
  CHECK(parts[0].total.minor == 1000);
  CHECK(parts[1].seller_id == anna.seller_id);
  CHECK(parts[1].units == 2);
  CHECK(parts[1].total.minor == 5000);
  CHECK(parts[1].lines.size() == 1);
  CHECK(parts[2].summary == "to_ship");
  CHECK(order.total.minor == 10000);
  CHECK(shop.notify().list(anna.session, {}, {}).items.front().title ==
        "New order " + order.number);
  check_verified();
  const auto own = shop.orders().seller_parts(anna.session, {}, {.with_total = true});
  CHECK(own.total == 1);
  CHECK(own.items.front().order_id == order.id);
  CHECK(own.items.front().number == order.number);
  CHECK(own.items.front().lines.empty());
  CHECK(shop.orders().part(anna.session, order.id, 0).lines.front().variant_id == bowl);
}

TEST_CASE_FIXTURE(PartsFixture, "an order of the shop alone has no parts") {
  const auto order = buy(mug, 1, "x");
  CHECK(shop.orders().parts(host, order.id).empty());
  CHECK(code_of([&] { return shop.orders().part(host, order.id, 0); }) == Code::not_found);
  CHECK(shop.orders().shipments(host, order.id).empty());
  shop.orders().ship(host, order.id, {});
  CHECK(shop.orders().deliver(host, order.id).status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "each part goes its own way, and the order follows") {
  const auto order = bought();
  const auto shipped = shop.orders().ship_part(anna.session, order.id, 0, {{}, "Post", "A-1"});
  CHECK(shipped.fulfilment_status == FulfilmentStatus::shipped);
  REQUIRE(shipped.shipments.size() == 1);
  CHECK(shipped.shipments.front().tracking_code == "A-1");
  CHECK(state_of(order.id) == FulfilmentStatus::part);
  CHECK(shop.orders().deliver_part(anna.session, order.id, 0).summary == "delivered");
  CHECK(shop.orders().deliver_part(anna.session, order.id, 0).summary == "delivered");
  CHECK(state_of(order.id) == FulfilmentStatus::part);
  shop.orders().ship_part(host, order.id, ben.seller_id, {{}, {}, "B-1"});
  shop.orders().ship_part(host, order.id, 0, {{}, {}, "S-1"});
  CHECK(state_of(order.id) == FulfilmentStatus::shipped);
  check_verified();
  shop.orders().deliver_part(ben.session, order.id, ben.seller_id);
  CHECK(state_of(order.id) == FulfilmentStatus::shipped);
  shop.orders().deliver_part(host, order.id, 0);
  CHECK(shop.orders().get(host, order.id).status == OrderStatus::completed);
  CHECK(shop.orders().shipments(carol, order.id).size() == 3);
  const auto history = shop.orders().history(carol, order.id);
  CHECK(std::count_if(history.begin(), history.end(), [&](const OrderStep& step) {
          return step.seller_id == anna.seller_id;
        }) == 2);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "shipping or delivering the whole order moves every part") {
  const auto order = bought();
  shop.orders().ship(host, order.id, {{{1, 1}}, {}, "X"});
  CHECK(shop.orders().part(anna.session, order.id, 0).fulfilment_status == FulfilmentStatus::part);
  shop.orders().ship(host, order.id, {});
  CHECK(state_of(order.id) == FulfilmentStatus::shipped);
  CHECK(shop.orders().shipments(host, order.id).size() == 4);
  shop.orders().deliver(host, order.id);
  for (const auto& part : shop.orders().parts(host, order.id)) {
    CHECK(part.fulfilment_status == FulfilmentStatus::delivered);
  }
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "a part that comes back is returned, the order only when all is") {
  const auto order = bought();
  shop.orders().ship(host, order.id, {});
  shop.orders().deliver_part(host, order.id, anna.seller_id);
  ReturnInput back;
  back.idempotency_key = "r";
  back.lines = {{1, 2, false, "too small"}};
  shop.orders().return_items(host, order.id, back);
  CHECK(shop.orders().part(anna.session, order.id, 0).fulfilment_status ==
        FulfilmentStatus::returned);
  CHECK(state_of(order.id) == FulfilmentStatus::shipped);
  back.idempotency_key = "s";
  back.lines = {{2, 1, false, {}}, {3, 1, false, {}}};
  shop.orders().return_items(host, order.id, back);
  CHECK(state_of(order.id) == FulfilmentStatus::returned);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "what comes back before it leaves keeps no one from canceling") {
  const auto order = bought();
  ReturnInput back;
  back.idempotency_key = "r";
  back.lines = {{1, 2, false, "too small"}};
  shop.orders().return_items(host, order.id, back);
  CHECK(shop.orders().part(anna.session, order.id, 0).fulfilment_status ==
        FulfilmentStatus::returned);
  CHECK(state_of(order.id) == FulfilmentStatus::none);
  check_verified();
  const auto other = bought("b");
  back.idempotency_key = "s";
  shop.orders().return_items(host, other.id, back);
  CHECK(shop.orders().cancel(carol, order.id, {}).status == OrderStatus::canceled);
  CHECK(shop.inventory().level(host, bowl).on_hand == 10);
  CHECK(shop.inventory().level(host, lamp).on_hand == 9);
  check_verified();
  shop.orders().ship(host, other.id, {});
  CHECK(state_of(other.id) == FulfilmentStatus::shipped);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "what had left and came back is no reason to cancel") {
  const auto order = bought();
  shop.orders().ship_part(anna.session, order.id, 0, {});
  ReturnInput back;
  back.idempotency_key = "r";
  back.lines = {{1, 2, false, {}}};
  shop.orders().return_items(host, order.id, back);
  CHECK(state_of(order.id) == FulfilmentStatus::part);
  CHECK(code_of([&] { return shop.orders().cancel(carol, order.id, {}); }) ==
        Code::illegal_transition);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "an order is over when its last part comes back before it leaves") {
  shop.cart().add_all(carol, 0, {{bowl, 2, {}}, {lamp, 1, {}}});
  const auto order = shop.orders().place(carol, 0, paid_in_cash("a"));
  shop.orders().ship_part(anna.session, order.id, 0, {});
  shop.orders().deliver_part(anna.session, order.id, 0);
  CHECK(state_of(order.id) == FulfilmentStatus::part);
  ReturnInput input;
  input.idempotency_key = "r";
  input.lines = {{2, 1, false, {}}};
  shop.orders().return_items(host, order.id, input);
  const auto over = shop.orders().get(host, order.id);
  CHECK(over.fulfilment_status == FulfilmentStatus::delivered);
  CHECK(over.payment_status == PaymentStatus::part_refunded);
  CHECK(over.status == OrderStatus::completed);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "a seller neither sees nor ships what is not its own") {
  const auto order = bought();
  CHECK(code_of([&] { return shop.orders().part(anna.session, order.id, ben.seller_id); }) ==
        Code::not_found);
  CHECK(code_of([&] { return shop.orders().get(anna.session, order.id); }) == Code::not_found);
  CHECK(code_of([&] { return shop.orders().parts(anna.session, order.id); }) == Code::not_found);
  CHECK(code_of([&] {
          return shop.orders().ship_part(anna.session, order.id, ben.seller_id, {});
        }) == Code::not_found);
  const auto foreign = error_of([&] {
    return shop.orders().ship_part(anna.session, order.id, 0, {{{2, 1}}, {}, {}});
  });
  CHECK(foreign.code() == Code::not_found);
  CHECK(foreign.details().front().path == "lines[0].line_no");
  CHECK(code_of([&] {
          return shop.orders().seller_parts(anna.session, {.seller_id = ben.seller_id}, {});
        }) == Code::forbidden);
  CHECK(code_of([&] { return shop.orders().seller_parts(carol, {}, {}); }) == Code::forbidden);
  CHECK(code_of([&] { return shop.orders().ship_part(carol, order.id, 0, {}); }) ==
        Code::forbidden);
  CHECK(first_path(error_of([&] {
          return shop.orders().ship_part(anna.session, order.id, 0, {{{1, 3}}, {}, {}});
        })) == "lines[0].quantity");
  CHECK(code_of([&] { return shop.orders().deliver_part(anna.session, order.id, 0); }) ==
        Code::illegal_transition);
  shop.orders().cancel(host, order.id, "no");
  CHECK(code_of([&] { return shop.orders().ship_part(anna.session, order.id, 0, {}); }) ==
        Code::illegal_transition);
  check_verified();
}

TEST_CASE_FIXTURE(PartsFixture, "a seller's discounts touch its own goods alone") {
  Promotion tenth;
  tenth.name = "A tenth off";
  tenth.benefit.rate_ppm = 100'000;
  const auto annas = shop.pricing().put_promotion(anna.session, tenth);
  CHECK(annas.seller_id == anna.seller_id);
  CHECK(annas.conditions.front().kind == ConditionKind::sellers);
  tenth.benefit.rate_ppm = 200'000;
  const auto bens = shop.pricing().put_promotion(ben.session, tenth);
  tenth.benefit.rate_ppm = 500'000;
  tenth.conditions = {{ConditionKind::sellers, {0 + ben.seller_id}, {}, {}, 0}};
  tenth.id = annas.id;
  const auto again = shop.pricing().put_promotion(anna.session, tenth);
  CHECK(again.conditions.size() == 1);
  CHECK(again.conditions.front().ids.front() == anna.seller_id);
  const auto order = bought();
  CHECK(order.lines[0].discount.minor == 2500);
  CHECK(order.lines[1].discount.minor == 800);
  CHECK(order.lines[2].discount.minor == 0);
  CHECK(shop.pricing().promotions(anna.session).size() == 1);
  CHECK(shop.pricing().promotions(host).size() == 2);
  check_verified();

  tenth.id = bens.id;
  CHECK(code_of([&] { return shop.pricing().put_promotion(anna.session, tenth); }) ==
        Code::not_found);
  tenth.id = 0;
  tenth.benefit = {};
  tenth.benefit.kind = BenefitKind::free_shipping;
  CHECK(first_path(error_of([&] { return shop.pricing().put_promotion(anna.session, tenth); })) ==
        "benefit.kind");
  CHECK(code_of([&] { return shop.pricing().put_promotion(carol, annas); }) == Code::forbidden);
  CHECK(code_of([&] { return shop.pricing().promotions(carol); }) == Code::forbidden);
  auto coded = annas;
  coded.id = 0;
  coded.needs_code = true;
  coded.name = "With a code";
  coded = shop.pricing().put_promotion(anna.session, coded);
  Coupon coupon;
  coupon.code = "ANNA";
  coupon.promotion_id = coded.id;
  CHECK(shop.pricing().put_coupon(anna.session, coupon).code == "ANNA");
  CHECK(shop.pricing().coupons(anna.session, coded.id, {}).items.size() == 1);
  CHECK(code_of([&] { return shop.pricing().coupons(ben.session, coded.id, {}); }) ==
        Code::not_found);
  coupon.promotion_id = bens.id;
  CHECK(code_of([&] { return shop.pricing().put_coupon(ben.session, coupon); }) ==
        Code::already_exists);
}
