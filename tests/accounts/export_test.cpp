#include "support/orders_fixture.hpp"
#include "support/problems.hpp"

#include <nlohmann/json.hpp>

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "correct horse battery";

struct ExportFixture : OrdersFixture {
  Accounts& accounts = shop.accounts();
  Session guest = shop.guest();

  Session person(const std::string& name) {
    RegisterInput input;
    input.username = name;
    input.email = name + "@example.com";
    input.password = k_password;
    accounts.register_customer(guest, input);
    LogInInput in;
    in.login = name;
    in.password = k_password;
    return accounts.log_in(guest, in).session;
  }
  void prove(const Session& session, StepUp action) {
    StepUpInput input;
    input.action = action;
    input.password = k_password;
    accounts.step_up(session, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(ExportFixture, "a person gets all that the shop knows of it, and no one else's") {
  const auto ann = person("ann");
  const auto bob = person("bob");
  const auto mug = sell("Mug", 1000, 50);
  const auto product = shop.catalog().variant(host, mug).product_id;
  for (int i = 0; i < 3; ++i) {
    shop.cart().add(ann, 0, {mug, 1 + i, {}});
    if (i == 0) {
      shop.cart().deliver_to(ann, 0,
                             {"Ann \"A\" Smith", {}, "1 High St", {}, "AB1", "Town", {}, "GB", {}});
    }
    shop.orders().place(ann, 0, paid_in_cash(std::to_string(i)));
  }
  shop.cart().add(bob, 0, {mug, 9, {}});
  shop.orders().place(bob, 0, paid_in_cash("b"));
  shop.wishlist().add(ann, {.product_id = product});
  shop.wishlist().create(ann, "Later");
  CHECK(code_of([&] { return accounts.export_me(ann); }) == Code::step_up_required);
  prove(ann, StepUp::data_export);
  const auto told = nlohmann::json::parse(accounts.export_me(ann));
  REQUIRE(told["orders"].size() == 3);
  std::int64_t units = 0;
  bool addressed = false;
  for (const auto& order : told["orders"]) {
    CHECK(order["total"]["currency"] == "GBP");
    units += order["lines"][0]["quantity"].get<std::int64_t>();
    CHECK(order["lines"][0]["title"] == "Mug");
    if (order.contains("address")) {
      addressed = order["address"]["name"] == "Ann \"A\" Smith";
    }
  }
  CHECK(units == 6);
  CHECK(addressed);
  REQUIRE(told["wishlists"].size() == 2);
  std::size_t wishes = 0;
  for (const auto& list : told["wishlists"]) wishes += list["products"].size();
  CHECK(wishes == 1);
  CHECK(told["sessions"].size() == 1);
  CHECK(told["notifications"].is_array());
  CHECK(told.dump().find("bob") == std::string::npos);
  CHECK(told.dump().find(k_password) == std::string::npos);
}

TEST_CASE_FIXTURE(ExportFixture, "codes by mail are few an hour, for anybody's name") {
  const auto ann = person("ann");
  const auto until_limited = [](const auto& call) {
    for (int tries = 0; tries < 100; ++tries) {
      try {
        call();
      } catch (const Error& error) {
        if (error.code() == Code::rate_limited) return tries;
      }
    }
    return 100;
  };
  CHECK(until_limited([&] { accounts.request_password_reset(guest, "nobody"); }) < 20);
  CHECK(until_limited([&] { accounts.request_password_reset(guest, "ann"); }) < 20);
  CHECK(code_of([&] { accounts.request_password_reset(guest, "ann"); }) == Code::rate_limited);
  CHECK(until_limited([&] {
          accounts.reset_password(guest, {"ann", "000000", "another horse", "another horse"});
        }) < 100);
  CHECK(until_limited([&] { accounts.request_email_code(ann); }) < 20);
  prove(ann, StepUp::email);
  CHECK(code_of([&] { accounts.change_email(ann, "new@example.com"); }) == Code::rate_limited);
  person("bob");
  CHECK(problems_of(error_of([&] { accounts.change_email(ann, "BOB@example.com"); })) ==
        Problems{"email taken"});
  CHECK(problems_of([&] { accounts.change_email(ann, "bob"); }) == Problems{"email invalid"});
  NewUserInput nameless;
  nameless.username = "books";
  const auto books = accounts.log_in_as(host, accounts.create_user(host, nameless).id).session;
  CHECK(code_of([&] { accounts.request_email_code(books); }) == Code::conflict);
  accounts.request_password_reset(guest, "books");
  CHECK(accounts.me(ann).email == "ann@example.com");
}
