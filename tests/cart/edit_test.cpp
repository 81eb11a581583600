#include "shop/pricing.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct CartFixture : OrdersFixture {
  Carts& carts = shop.cart();

  Id coupon(const std::string& code) {
    Promotion promotion;
    promotion.name = "For " + code;
    promotion.benefit.rate_ppm = 100'000;
    promotion.needs_code = true;
    Coupon made;
    made.code = code;
    made.promotion_id = shop.pricing().put_promotion(host, promotion).id;
    return shop.pricing().put_coupon(host, made).id;
  }
  std::map<Id, std::int64_t> quantities(const Session& who) {
    std::map<Id, std::int64_t> out;
    for (const auto& line : carts.read(who, 0).lines) out[line.variant_id] += line.quantity;
    return out;
  }
};

using Quantities = std::map<Id, std::int64_t>;

}  // namespace

TEST_CASE_FIXTURE(CartFixture, "what is put on a line is refused with its field") {
  const auto mug = sell("Mug", 1000, 10);
  const auto ann = a_customer(shop);
  const auto id = carts.create(ann, {}).id;
  carts.add(ann, id, {mug, 1, {}});
  CHECK(problems_of([&] { carts.set_note(ann, id, 1, std::string(501, 'x')); }) ==
        Problems{"note too_long"});
  CHECK(first_path(error_of([&] { carts.set_note(ann, id, 9, "x"); })) == "line_no");
  CHECK(carts.set_note(ann, id, 1, "gift\nwrapped").note == "gift\nwrapped");

  CHECK(problems_of([&] {
          carts.set_discount(host, id, 1, {100, "USD"}, "");
        }) == Problems{"discount currency_mismatch", "reason required"});
  CHECK(problems_of([&] {
          carts.set_discount(host, id, 1, {-1, {}}, "");
        }) == Problems{"discount out_of_range"});
  CHECK(code_of([&] { carts.set_discount(ann, id, 1, {100, {}}, "mine"); }) == Code::forbidden);
  carts.set_discount(host, id, 1, {100, {}}, "scratched");
  auto cart = carts.read(ann, id);
  CHECK(cart.quote.total.minor == 900);
  CHECK(cart.lines.front().manual_reason == "scratched");
  carts.set_price(host, id, 1, Money{800, {}}, "price match");
  carts.set_discount(host, id, 1, {0, {}}, "");
  cart = carts.read(ann, id);
  CHECK(cart.quote.total.minor == 800);
  CHECK(cart.lines.front().manual_reason == "price match");
  CHECK(carts.explain(ann, id).find("price set by hand: price match") != std::string::npos);
  carts.set_price(host, id, 1, {}, "");
  carts.set_discount(host, id, 1, {0, {}}, "");
  CHECK(carts.read(ann, id).lines.front().manual_reason.empty());
  CHECK(carts.read(ann, id).quote.total.minor == 1000);
}

TEST_CASE_FIXTURE(CartFixture, "an address is refused with each field that is too long") {
  const auto ann = a_customer(shop);
  const auto id = carts.create(ann, {}).id;
  const std::string much(201, 'x');
  CHECK(problems_of([&] {
          carts.deliver_to(ann, id, {much, much, much, much, much, much, much, {}, much});
        }) ==
        Problems{"address.name too_long", "address.company too_long", "address.line1 too_long",
                 "address.line2 too_long", "address.postal_code too_long", "address.city too_long",
                 "address.region too_long", "address.country required", "address.phone too_long"});
  CHECK_FALSE(carts.read(ann, id).address);
  carts.deliver_to(ann, id, {"Ann", {}, "1 High St", {}, "AB1", "Town", "R", "GB", {}});
  CHECK(carts.read(ann, id).address->city == "Town");
  CHECK(carts.read(ann, id).country == "GB");
}

TEST_CASE_FIXTURE(CartFixture, "a cart takes ten codes, each once, and gives them back") {
  const auto ann = a_customer(shop);
  const auto id = carts.create(ann, {}).id;
  for (int i = 0; i < 11; ++i) coupon("CODE" + std::to_string(i));
  for (int i = 0; i < 10; ++i) carts.add_coupon(ann, id, "code" + std::to_string(i));
  CHECK(code_of([&] { carts.add_coupon(ann, id, "CODE10"); }) == Code::limit_reached);
  CHECK(carts.read(ann, id).coupons.size() == 10);
  const auto unknown = error_of([&] { carts.add_coupon(ann, id, "NONE"); });
  CHECK(unknown.code() == Code::coupon_rejected);
  CHECK(problems_of(unknown) == Problems{"code coupon_unknown"});
  CHECK(problems_of([&] { carts.add_coupon(ann, id, " "); }) == Problems{"code required"});
  CHECK(problems_of([&] { carts.remove_coupon(ann, id, ""); }) == Problems{"code required"});
  CHECK(code_of([&] { carts.remove_coupon(ann, id, "NONE"); }) == Code::not_found);
  carts.remove_coupon(ann, id, "cOdE3");
  CHECK(carts.read(ann, id).coupons.size() == 9);
}

TEST_CASE_FIXTURE(CartFixture, "who tries many wrong codes has to wait") {
  const auto ann = a_customer(shop);
  const auto id = carts.create(ann, {}).id;
  Code last = Code::coupon_rejected;
  int tries = 0;
  for (; last == Code::coupon_rejected && tries < 200; ++tries) {
    last = code_of([&] { carts.add_coupon(ann, id, "GUESS" + std::to_string(tries)); });
  }
  CHECK(last == Code::rate_limited);
  CHECK(tries > 3);
  coupon("REAL");
  CHECK(code_of([&] { carts.add_coupon(ann, id, "REAL"); }) == Code::rate_limited);
  CHECK(carts.read(ann, id).coupons.empty());
}

TEST_CASE_FIXTURE(CartFixture, "stock is put aside for a cart, for all its lines of one thing") {
  const auto mug = sell("Mug", 1000, 5);
  const auto plate = sell("Plate", 1000, 5);
  VariantChange later;
  later.policy = StockPolicy::backorder;
  shop.catalog().update_variant(host, plate, later);
  const auto ann = a_customer(shop);
  const auto id = carts.create(ann, {}).id;
  CHECK(problems_of([&] { carts.reserve(ann, id, -1); }) == Problems{"minutes out_of_range"});
  CHECK(problems_of([&] { carts.reserve(ann, id, 1441); }) == Problems{"minutes out_of_range"});
  carts.add(ann, id, {mug, 2, {}});
  carts.add(ann, id, {mug, 2, "engraved"});
  carts.add(ann, id, {plate, 50, {}});
  const auto until = carts.reserve(ann, id, 30);
  CHECK(until > clock->now());
  CHECK(shop.inventory().level(host, mug).held == 4);
  CHECK(shop.inventory().level(host, plate).held == 0);
  CHECK(carts.reserve(ann, id, 10) < until);
  CHECK(shop.inventory().level(host, mug).held == 4);

  const auto bob = a_customer(shop, 2);
  const auto other = carts.create(bob, {}).id;
  carts.add(bob, other, {mug, 2, {}});
  const auto error = error_of([&] { carts.reserve(bob, other, 10); });
  CHECK(error.code() == Code::out_of_stock);
  CHECK(problems_of(error) == Problems{"lines[0].quantity out_of_stock"});
  CHECK(carts.reserve(ann, id, 0) == 0);
  CHECK(shop.inventory().level(host, mug).held == 0);
  carts.reserve(bob, other, 10);
  carts.drop(bob, other);
  CHECK(shop.inventory().level(host, mug).held == 0);
  check_verified();
}

TEST_CASE_FIXTURE(CartFixture, "parked carts have names of their own, and one is current") {
  const auto mug = sell("Mug", 1000, 5);
  const auto ann = a_customer(shop);
  carts.add(ann, 0, {mug, 1, {}});
  const auto first = carts.read(ann, 0).id;
  CHECK(problems_of([&] { carts.park(ann, " "); }) == Problems{"name required"});
  carts.park(ann, "Party");
  CHECK(code_of([&] { carts.park(ann, "Later"); }) == Code::not_found);
  carts.add(ann, 0, {mug, 2, {}});
  CHECK(problems_of(error_of([&] { carts.park(ann, "PARTY"); })) == Problems{"name taken"});
  CHECK(code_of([&] { carts.resume(ann, first); }) == Code::already_exists);
  carts.clear(ann, 0);
  carts.resume(ann, first);
  CHECK(carts.read(ann, 0).id == first);
  carts.resume(ann, first);
  CHECK(carts.read(ann, 0).lines.size() == 1);
  CHECK(code_of([&] { carts.resume(a_customer(shop, 2), first); }) == Code::not_found);
  CHECK(code_of([&] { carts.set_shipping(ann, 0, 4711); }) == Code::not_found);
  carts.set_shipping(ann, 0, {});
}

TEST_CASE_FIXTURE(CartFixture, "a delivery that is switched off cannot be chosen") {
  ShippingMethod method;
  method.name = "Post";
  method.bands = {{{}, {}, {}, {}, {500, {}}}};
  method = shop.pricing().put_shipping_method(host, method);
  const auto ann = a_customer(shop);
  carts.add(ann, 0, {sell("Mug", 1000, 5), 1, {}});
  carts.set_shipping(ann, 0, method.id);
  CHECK(carts.read(ann, 0).quote.shipping_total.minor == 500);
  method.active = false;
  shop.pricing().put_shipping_method(host, method);
  CHECK(code_of([&] { carts.set_shipping(ann, 0, method.id); }) == Code::not_found);
}

TEST_CASE_FIXTURE(CartFixture, "a guest's cart joins the customer's by the rule") {
  const auto mug = sell("Mug", 1000, 50);
  const auto plate = sell("Plate", 500, 50);
  const auto knife = sell("Knife", 700, 50);
  coupon("GUEST");
  int number = 0;
  const auto joined = [&](std::optional<CartJoin> rule, bool has_cart, bool guest_has_cart) {
    if (rule) CHECK(carts.set_join_rule(host, *rule) == *rule);
    NewUserInput person;
    person.username = "joiner-" + std::to_string(++number);
    person.password = "correct horse " + person.username;
    const auto user = shop.accounts().create_user(host, person);
    const auto customer = shop.accounts().log_in_as(host, user.id).session;
    if (has_cart) {
      carts.add(customer, 0, {mug, 3, {}});
      carts.add(customer, 0, {plate, 1, {}});
    }
    const auto guest = shop.guest();
    if (guest_has_cart) {
      carts.add(guest, 0, {mug, 2, {}});
      carts.add(guest, 0, {mug, 1, "blue"});
      carts.add(guest, 0, {knife, 1, {}});
      carts.add_coupon(guest, 0, "guest");
    }
    LogInInput input;
    input.login = person.username;
    input.password = *person.password;
    const auto in = shop.accounts().log_in(guest, input);
    return quantities(in.session);
  };
  CHECK(carts.join_rule(host) == CartJoin::add_up);
  CHECK(joined({}, true, true) == Quantities{{mug, 6}, {plate, 1}, {knife, 1}});
  CHECK(joined(CartJoin::larger, true, true) == Quantities{{mug, 4}, {plate, 1}, {knife, 1}});
  CHECK(joined(CartJoin::replace, true, true) == Quantities{{mug, 3}, {knife, 1}});
  CHECK(joined(CartJoin::keep, true, true) == Quantities{{mug, 3}, {plate, 1}});
  CHECK(joined(CartJoin::keep, false, true) == Quantities{{mug, 3}, {knife, 1}});
  CHECK(joined(CartJoin::add_up, true, false) == Quantities{{mug, 3}, {plate, 1}});
  CHECK(problems_of([&] { carts.set_join_rule(host, static_cast<CartJoin>(5)); }) ==
        Problems{"rule out_of_range"});
  CHECK(code_of([&] { carts.set_join_rule(a_customer(shop), CartJoin::keep); }) == Code::forbidden);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(CartFixture, "a cart belongs to whom it belongs") {
  const auto ann = a_customer(shop);
  const auto bob = a_customer(shop, 2);
  const auto id = carts.create(ann, {}).id;
  for (const auto& who : {bob, shop.guest()}) {
    CHECK(code_of([&] { carts.read(who, id); }) == Code::not_found);
    CHECK(code_of([&] { carts.drop(who, id); }) == Code::not_found);
  }
  const Session nobody{Role::guest, 0, 0, 0};
  CHECK(code_of([&] { carts.read(nobody, 0); }) == Code::unauthenticated);
  CHECK(code_of([&] { carts.add(nobody, 0, {1, 1, {}}); }) == Code::unauthenticated);
  CartInput for_ann;
  for_ann.customer_id = ann.user_id();
  CHECK(code_of([&] { carts.create(bob, for_ann); }) == Code::forbidden);
  CHECK(problems_of(error_of([&] { carts.create(host, for_ann); })) == Problems{"name taken"});
  for_ann.name = "By phone";
  CHECK(carts.create(host, for_ann).customer_id == ann.user_id());
}
