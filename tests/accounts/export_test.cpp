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

TEST_CASE_FIXTURE(ExportFixture, "a person gets what it wrote, owns, awaits and looked at") {
  const auto ann = person("ann");
  const auto mug = sell("Mug", 1000, 5);
  const auto none = sell("Gone", 1000, 0);
  const auto product = shop.catalog().variant(host, mug).product_id;
  shop.reviews().set_settings(host, {.requirement = ReviewRequirement::anyone});
  shop.loyalty().set_program(host, {100, {1, {}}, 365});
  shop.reviews().add(ann, {product, 4, "Fine", "My words.", "Ann"});
  shop.wishlist().add(ann, {.product_id = product, .note = "for mother"});
  shop.wishlist().wait_for(ann, none);
  shop.sellers().apply(ann, {"Ann's Corner", "+44 20 7946 0018", {}, "Knitted."});
  shop.cart().add(ann, 0, {mug, 1, "for Zoe"});
  shop.orders().place(ann, 0, paid_in_cash("noted"));
  shop.cart().add(ann, 0, {mug, 3, "blue"});
  shop.loyalty().adjust(host, {ann.user_id(), 70, "welcome"});
  shop.payments().grant_credit(host, ann.user_id(), "c", {250, {}}, "sorry");
  shop.recommend().view(ann, product);
  prove(ann, StepUp::data_export);
  const auto told = nlohmann::json::parse(accounts.export_me(ann));
  REQUIRE(told["reviews"].size() == 1);
  CHECK(told["reviews"][0]["text"] == "My words.");
  CHECK(told["wishlists"][0]["products"][0]["note"] == "for mother");
  CHECK(told["waiting_for"][0]["variant_id"] == none);
  CHECK(told["seller"]["name"] == "Ann's Corner");
  CHECK(told["seller"]["phone"] == "+44 20 7946 0018");
  REQUIRE(told["carts"].size() == 1);
  CHECK(told["carts"][0]["lines"][0]["quantity"] == 3);
  CHECK(told["carts"][0]["lines"][0]["note"] == "blue");
  CHECK(told["orders"][0]["lines"][0]["note"] == "for Zoe");
  CHECK(told["points"]["balance"] == 70);
  CHECK(told["points"]["entries"][0]["note"] == "welcome");
  CHECK(told["store_credit"]["minor"] == 250);
  CHECK(told["viewed"][0] == product);
}

TEST_CASE_FIXTURE(ExportFixture, "of who is erased no words are left, and no application") {
  const auto ann = person("ann");
  const Id user = ann.user_id();
  ProfileUpdate profile;
  profile.name = "Ann Zorblax";
  profile.country = "Zorblax Land";
  accounts.update_me(ann, profile);
  shop.cart().add(ann, 0, {sell("Mug", 1000, 5), 1, {}});
  const auto order = shop.orders().place(ann, 0, paid_in_cash("a")).id;
  shop.orders().cancel(host, order, "Zorblax moved");
  shop.notify().send(host, {user, "Dear Zorblax", "Zorblax"});
  shop.loyalty().adjust(host, {user, 70, "Zorblax"});
  accounts.request_email_code(ann);
  const auto seller =
      shop.sellers().apply(ann, {"Zorblax Shop", "+44 20 7946 0018", {}, "Zorblax"}).id;
  const auto before = shop.events().list(host, {.limit = 500}).items;
  accounts.erase(host, user);
  const auto after = shop.events().list(host, {.limit = 500}).items;
  REQUIRE(after.size() >= before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].payload.find("Zorblax") == std::string::npos);
    if (i < before.size()) CHECK(after[i].id == before[i].id);
    if (i < before.size()) CHECK(after[i].type == before[i].type);
    if (after[i].type != "user.code") continue;
    CHECK(nlohmann::json::parse(after[i].payload)["sealed"] == "");
  }
  CHECK(accounts.user(host, user).country.empty());
  const auto left = shop.sellers().get(host, seller);
  CHECK(left.status == SellerStatus::rejected);
  CHECK(left.name.find("Zorblax") == std::string::npos);
  CHECK(left.slug.find("zorblax") == std::string::npos);
  CHECK(left.phone.empty());
  CHECK(left.description.empty());
  CHECK(code_of([&] { return shop.sellers().approve(host, seller); }) == Code::conflict);
  CHECK(accounts.user(host, user).role == Role::customer);
  for (const auto& step : shop.orders().history(host, order)) CHECK(step.note.empty());
  CHECK(shop.sellers().apply(person("bob"), {"Zorblax Shop", "+44 1", {}, {}}).slug ==
        "zorblax-shop");
  check_verified();
}

TEST_CASE_FIXTURE(ExportFixture, "of who is erased no reason and no note of a line is left") {
  const auto ann = person("ann");
  const Id user = ann.user_id();
  const auto mug = sell("Mug", 1000, 20);
  shop.cart().add(ann, 0, {mug, 2, "for Zorblax"});
  const auto order = shop.orders().place(ann, 0, paid_in_cash("a")).id;
  OrderEditInput edit;
  edit.idempotency_key = "e";
  edit.reason = "Zorblax rang";
  edit.items = {{mug, 1, "from Zorblax"}};
  edit.payments.emplace_back();
  shop.orders().edit(host, order, edit);
  ReturnInput back;
  back.idempotency_key = "r";
  back.reason = "Zorblax came";
  back.lines = {{1, 1, false, "Zorblax broke it"}};
  shop.orders().return_items(host, order, back);
  LooseReturnInput loose;
  loose.idempotency_key = "l";
  loose.customer_id = user;
  loose.reason = "Zorblax again";
  loose.lines = {{mug, 1, Money{500, {}}, false, "Zorblax broke it"}};
  shop.orders().return_loose(host, loose);
  auto nobody = loose;
  nobody.idempotency_key = "n";
  nobody.customer_id = {};
  shop.orders().return_loose(host, nobody);
  accounts.erase(host, user);
  for (const auto& line : shop.orders().get(host, order).lines) CHECK(line.note.empty());
  for (const auto& step : shop.orders().edits(host, order)) CHECK(step.reason.empty());
  const auto returns = shop.orders().returns(host, order);
  REQUIRE(returns.size() == 1);
  CHECK(returns[0].reason.empty());
  CHECK(returns[0].lines[0].reason.empty());
  for (const auto& entry : shop.payments().entries(host, order)) {
    CHECK(entry.reference.find("Zorblax") == std::string::npos);
  }
  // The same keys again show what was written.
  CHECK(shop.orders().return_loose(host, loose).reason.empty());
  CHECK(shop.orders().return_loose(host, loose).lines[0].reason.empty());
  CHECK(shop.orders().return_loose(host, nobody).reason == "Zorblax again");
  check_verified();
}
