#include "shop/loyalty.hpp"
#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct ReferralFixture : OrdersFixture {
  Id mug = sell("Mug", 1000, 10);
  Session ann = customer("ann");

  ReferralFixture() {
    LoyaltyRuleInput rule;
    rule.kind = LoyaltyRuleKind::referral;
    rule.name = "Bring a friend";
    rule.points = 100;
    rule.friend_points = 50;
    shop.loyalty().save_rule(host, rule);
  }

  RegisterInput a_friend(const std::string& name, const std::string& code) {
    RegisterInput input;
    input.username = name;
    input.email = name + "@example.com";
    input.password = "a passphrase of many words";
    input.referral_code = code;
    return input;
  }

  std::int64_t points(const Session& who) { return shop.loyalty().account(who).balance; }
};

}  // namespace

TEST_CASE_FIXTURE(ReferralFixture,
                  "a code given at registration pays once, after the first completed order") {
  const auto code = shop.loyalty().referral(ann).code;
  const auto bob_id = shop.accounts().register_customer(shop.guest(), a_friend("bob", code)).id;
  const auto bob = shop.accounts().log_in_as(host, bob_id).session;
  CHECK(points(ann) == 0);
  const auto order_for = [&](const std::string& key) {
    shop.cart().add(bob, 0, {mug, 1, {}});
    return shop.orders().place(bob, 0, paid_in_cash(key));
  };
  const auto first = order_for("a");
  CHECK(points(ann) == 0);
  shop.orders().ship(host, first.id, {});
  shop.orders().deliver(host, first.id);
  CHECK(points(ann) == 100);
  CHECK(points(bob) == 50);
  const auto second = order_for("b");
  shop.orders().ship(host, second.id, {});
  shop.orders().deliver(host, second.id);
  CHECK(points(ann) == 100);
  CHECK(code_of([&] {
          shop.loyalty().refer(ann, code);
          return 0;
        }) == Code::conflict);  // not oneself
  check_verified();
}

TEST_CASE_FIXTURE(ReferralFixture, "nobody registers with a code that nobody has") {
  const auto error = error_of([&] {
    return shop.accounts().register_customer(shop.guest(), a_friend("bob", "NO-SUCH-CODE"));
  });
  CHECK(error.code() == Code::not_found);
  CHECK(error.details().front().path == "referral_code");
  CHECK(shop.accounts().register_customer(shop.guest(), a_friend("bob", {})).username == "bob");
}
