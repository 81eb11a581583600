#include "shop/accounts.hpp"
#include "shop/payments.hpp"
#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "a passphrase of many words";

struct PolicyFixture : OrdersFixture {
  Session adam = person("adam");
  Session eve = person("eve");
  Id lamp = sell("Lamp", 30'000, 10);

  Session person(const std::string& name) {
    NewUserInput input;
    input.role = Role::admin;
    input.username = name;
    input.email = name + "@example.com";
    input.password = k_password;
    shop.accounts().create_user(host, input);
    LogInInput log_in;
    log_in.login = name;
    log_in.password = k_password;
    return shop.accounts().log_in(shop.guest(), log_in).session;
  }

  void prove(const Session& session, StepUp action) {
    StepUpInput input;
    input.action = action;
    input.password = k_password;
    shop.accounts().step_up(session, input);
  }

  Code refund(const Session& session, const Order& order, std::int64_t minor) {
    try {
      const auto key = "r" + std::to_string(++keys);
      shop.payments().refund(session, order.id, 1, key, Money{minor, {}}, {});
      return Code::ok;
    } catch (const Error& error) {
      return error.code();
    }
  }
  int keys = 0;
};

}  // namespace

TEST_CASE_FIXTURE(PolicyFixture, "a large refund needs a fresh proof, wherever it happens") {
  CHECK(shop.payments().refund_policy(adam).step_up_above.minor == 10'000);
  const auto order = buy(lamp, 1, "a");
  CHECK(refund(adam, order, 10'000) == Code::ok);
  CHECK(refund(adam, order, 10'001) == Code::step_up_required);
  CHECK(refund(adam, order, 1) == Code::step_up_required);  // in slices
  CHECK(shop.payments().refund(adam, order.id, 1, "r1", Money{10'000, {}}, {}).refunded.minor ==
        10'000);  // the same key does nothing again
  const auto whole = buy(lamp, 1, "b");
  CHECK(code_of([&] { return shop.orders().cancel(adam, whole.id, {}); }) ==
        Code::step_up_required);
  ReturnInput back;
  back.idempotency_key = "x";
  back.lines = {{1, 1, false, {}}};
  CHECK(code_of([&] { return shop.orders().return_items(adam, whole.id, back); }) ==
        Code::step_up_required);
  OrderEditInput edit;
  edit.idempotency_key = "e";
  edit.reason = "fewer";
  const auto two = buy(lamp, 2, "c");
  edit.lines = {{1, 1}};
  CHECK(code_of([&] { return shop.orders().edit(adam, two.id, edit); }) == Code::step_up_required);
  CHECK(shop.orders().get(host, two.id).total.minor == 60'000);
  check_verified();
  prove(adam, StepUp::refunds);
  CHECK(refund(adam, order, 10'001) == Code::ok);
  CHECK(shop.orders().edit(adam, two.id, edit).edit_refunded.minor == 30'000);
  CHECK(shop.orders().cancel(adam, whole.id, {}).status == OrderStatus::canceled);
  check_verified();
}

TEST_CASE_FIXTURE(PolicyFixture, "a very large refund needs another person, once") {
  RefundPolicy policy;
  policy.step_up_above = {1'000'000, {}};
  policy.second_person_above = Money{20'000, {}};
  CHECK(shop.payments().set_refund_policy(host, policy).second_person_above->minor == 20'000);
  const auto order = buy(lamp, 2, "a");
  CHECK(refund(adam, order, 20'000) == Code::ok);
  const auto refused = error_of([&] {
    return shop.payments().refund(adam, order.id, 1, "x", Money{20'001, {}}, {});
  });
  CHECK(refused.code() == Code::forbidden);
  CHECK(refused.details().front().code == "second_person");
  shop.payments().approve_refund(adam, order.id, {30'000, {}});
  CHECK(refund(adam, order, 20'001) == Code::forbidden);  // not by oneself
  shop.payments().approve_refund(eve, order.id, {20'000, {}});
  CHECK(refund(adam, order, 20'001) == Code::forbidden);  // not more than was approved
  shop.payments().approve_refund(eve, order.id, {30'000, {}});
  clock->advance(61 * 60'000'000LL);
  CHECK(refund(adam, order, 20'001) == Code::forbidden);  // not later
  CHECK(shop.payments().approve_refund(eve, order.id, {30'000, {}}).approved_by == eve.user_id());
  CHECK(refund(adam, order, 20'001) == Code::ok);
  CHECK(refund(adam, order, 19'999) == Code::forbidden);  // in slices
  shop.payments().approve_refund(eve, order.id, {19'999, {}});
  CHECK(refund(adam, order, 19'999) == Code::ok);
  CHECK(code_of([&] {
          return shop.payments().approve_refund(host, order.id, {1, {}});
        }) == Code::unauthenticated);
  CHECK(code_of([&] {
          return shop.payments().approve_refund(eve, 4711, {1, {}});
        }) == Code::not_found);
  CHECK(first_path(error_of([&] {
          return shop.payments().approve_refund(eve, order.id, {0, {}});
        })) == "amount");
  check_verified();
}

TEST_CASE_FIXTURE(PolicyFixture, "goods without a receipt are counted together for a day") {
  int number = 0;
  const auto loose = [&](const Session& who, std::int64_t minor) {
    LooseReturnInput back;
    back.idempotency_key = "l" + std::to_string(++number);
    back.lines = {{lamp, 1, {minor, {}}, false, {}}};
    try {
      shop.orders().return_loose(who, back);
    } catch (const Error& error) {
      return error.code();
    }
    return Code::ok;
  };
  CHECK(loose(adam, 6'000) == Code::ok);
  CHECK(loose(host, 50'000) == Code::ok);
  CHECK(loose(adam, 4'000) == Code::ok);
  CHECK(loose(adam, 1) == Code::step_up_required);
  CHECK(loose(eve, 10'000) == Code::ok);  // each for oneself
  clock->advance(25 * 3'600'000'000LL);
  LogInInput log_in;
  log_in.login = "adam";
  log_in.password = k_password;
  const auto later = shop.accounts().log_in(shop.guest(), log_in).session;
  CHECK(loose(later, 10'000) == Code::ok);
  check_verified();
}

TEST_CASE_FIXTURE(PolicyFixture, "the policy itself is checked and kept") {
  RefundPolicy policy;
  policy.step_up_above = {-1, {}};
  CHECK(first_path(error_of([&] { return shop.payments().set_refund_policy(host, policy); })) ==
        "step_up_above");
  policy.step_up_above = {5, {}};
  shop.payments().set_refund_policy(host, policy);
  CHECK(shop.payments().refund_policy(host).step_up_above.minor == 5);
  CHECK_FALSE(shop.payments().refund_policy(host).second_person_above);
  CHECK(code_of([&] { return shop.payments().refund_policy(customer("ann")); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(PolicyFixture, "codes cannot be guessed at will") {
  const auto ann = customer("ann");
  shop.cart().add(ann, 0, {lamp, 1, {}});
  const auto guess = [&](const std::string& code) {
    return code_of([&] {
      shop.cart().add_coupon(ann, 0, code);
      return 0;
    });
  };
  for (int i = 0; i < 20; ++i) CHECK(guess("NOPE" + std::to_string(i)) == Code::coupon_rejected);
  CHECK(guess("NOPE") == Code::rate_limited);
  CHECK(code_of([&] {
          shop.cart().add_coupon(host, shop.cart().create(host, {}).id, "NOPE");
          return 0;
        }) == Code::coupon_rejected);  // people of the shop may try
}

TEST_CASE_FIXTURE(PolicyFixture, "the host and the customer's own cancellation are free of it") {
  const auto order = buy(lamp, 1, "a");
  CHECK(refund(host, order, 30'000) == Code::ok);
  const auto ann = customer("ann");
  shop.cart().add(ann, 0, {lamp, 1, {}});
  const auto hers = shop.orders().place(ann, 0, paid_in_cash("b"));
  CHECK(shop.orders().cancel(ann, hers.id, {}).refunded.minor == 30'000);
}

TEST_CASE_FIXTURE(PolicyFixture, "an approval is for one order, an hour and the record") {
  RefundPolicy policy;
  policy.step_up_above = {1'000'000, {}};
  policy.second_person_above = Money{0, {}};
  const auto kept = shop.payments().set_refund_policy(host, policy);
  CHECK(kept.second_person_above->minor == 0);
  CHECK(shop.payments().refund_policy(host).second_person_above->minor == 0);
  const auto changed = shop.audit().entries(host, {}, {{}, 1, false}).items.at(0);
  CHECK(changed.action == "refund.policy");
  CHECK(changed.before.find("second_person") == std::string::npos);
  CHECK(changed.after.find("second_person") != std::string::npos);
  const auto order = buy(lamp, 1, "a");
  CHECK(refund(adam, order, 1) == Code::forbidden);
  const auto approval = shop.payments().approve_refund(eve, order.id, {500, {}});
  CHECK(approval.order_id == order.id);
  CHECK(approval.amount.minor == 500);
  CHECK(approval.approved_by == eve.user_id());
  CHECK(approval.expires_at == start_of_test + 3'600'000'000);
  const auto entry = shop.audit().entries(host, {}, {{}, 1, false}).items.at(0);
  CHECK(entry.action == "refund.approve");
  CHECK(entry.object_id == order.id);
  clock->advance(3'600'000'000);
  CHECK(refund(adam, order, 1) == Code::forbidden);
  shop.payments().approve_refund(eve, order.id, {500, {}});
  CHECK(refund(adam, order, 501) == Code::forbidden);
  CHECK(refund(eve, order, 1) == Code::forbidden);
  CHECK(refund(adam, order, 500) == Code::ok);
  CHECK(refund(adam, order, 1) == Code::forbidden);
  CHECK(code_of([&] {
          return shop.payments().approve_refund(eve, 4711, {1, {}});
        }) == Code::not_found);
  CHECK(code_of([&] {
          return shop.payments().approve_refund(host, order.id, {1, {}});
        }) == Code::unauthenticated);
  CHECK(first_path(error_of([&] {
          return shop.payments().approve_refund(eve, order.id, {0, {}});
        })) == "amount");
  CHECK(shop.payments().approve_refund(eve, 0, {1, {}}).order_id == 0);
}
