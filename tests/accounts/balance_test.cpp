#include "core/encoding.hpp"
#include "core/keyring.hpp"
#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <sqlite3.h>

using namespace shop;
using namespace shop::test;

namespace {

OpenOptions keyed(unsigned char key) {
  OpenOptions out;
  out.host_key.assign(32, std::byte{key});
  out.password_preset = PasswordPreset::for_tests;
  out.currency = "GBP";
  return out;
}

/// A shop in a file in which Ann has store credit and points, and there are two gift cards.
struct Balances {
  TempFolder folder;
  std::string path = folder.path("shop");
  std::string small;
  std::string large;
  Id ann = 0;
  Id eve = 0;
  Id lamp = 0;

  Balances() {
    auto shop = Engine::open(path, keyed(1));
    const auto host = shop.host();
    ProductInput product;
    product.title = "Lamp";
    product.simple.price = {1000, {}};
    lamp = shop.catalog().create_product(host, product).variants.front().id;
    shop.inventory().receive(host, {lamp, 1000, 0, {}});
    NewUserInput user;
    user.username = "ann";
    ann = shop.accounts().create_user(host, user).id;
    user.username = "eve";
    eve = shop.accounts().create_user(host, user).id;
    shop.payments().grant_credit(host, ann, "credit", {5000, {}}, "");
    small = shop.payments().issue_gift_card(host, {"small", {100, {}}, {}, {}}).code;
    large = shop.payments().issue_gift_card(host, {"large", {90'000, {}}, {}, {}}).code;
    shop.loyalty().set_program(host, {100, {100, {}}, 0});
    shop.loyalty().adjust(host, {ann, 700, "a gift"});
  }

  Session as(Engine& shop, Id user) const {
    return shop.accounts().log_in_as(shop.host(), user).session;
  }
  void pay(Engine& shop, Id user, Tender tender, const std::string& code = {}) const {
    const auto who = as(shop, user);
    shop.cart().add(who, 0, {lamp, 1, {}});
    PlaceInput place;
    place.idempotency_key = "order";
    place.payments.emplace_back();
    place.payments[0].tender = tender;
    place.payments[0].code = code;
    shop.orders().place(who, 0, place);
  }
};

using Use = std::function<void(const Balances&, Engine&)>;

Code code_of_use(const Use& use, const Balances& balances, Engine& shop) {
  return code_of([&] {
    use(balances, shop);
    return 0;
  });
}

struct Edit {
  const char* sql;
  Use use;
};

const Use k_pay_credit = [](const Balances& b, Engine& shop) {
  b.pay(shop, b.ann, Tender::store_credit);
};
const Use k_pay_small = [](const Balances& b, Engine& shop) {
  b.pay(shop, b.eve, Tender::gift_card, b.small);
};
const Use k_pay_points = [](const Balances& b, Engine& shop) {
  b.pay(shop, b.ann, Tender::points);
};

bool finds(const VerifyReport& report, const std::string& check) {
  return std::any_of(report.problems.begin(), report.problems.end(),
                     [&](const auto& problem) { return problem.check == check; });
}

}  // namespace

TEST_CASE_FIXTURE(Balances, "balances that nobody edited are used, and survive a change of keys") {
  {
    auto shop = Engine::open(path, keyed(1));
    CHECK(shop.verify().ok());
    shop.rotate_host_key(shop.host(), keyed(2).host_key);
    CHECK(shop.payments().gift_card(shop.host(), large).balance.minor == 90'000);
    CHECK(code_of([&] {
            return shop.payments().issue_gift_card(shop.host(), {"x", {1, {}}, large, {}});
          }) == Code::already_exists);
  }
  auto shop = Engine::open(path, keyed(2));
  pay(shop, ann, Tender::store_credit);
  CHECK(shop.payments().credit(as(shop, ann)).balance.minor == 4000);
  CHECK(shop.loyalty().account(as(shop, ann)).balance == 700);
  shop.loyalty().adjust(shop.host(), {ann, 50, "again"});
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(Balances, "a balance that was edited in the file is refused and named") {
  const std::vector<Edit> wallets{
      {"UPDATE wallet SET balance = 9000000 WHERE kind = 2", k_pay_credit},
      {"UPDATE wallet SET balance = 9000000 WHERE balance = 100", k_pay_small},
      {"UPDATE wallet SET balance = 90000, mac = (SELECT mac FROM wallet WHERE balance = 90000) "
       "WHERE balance = 100",
       k_pay_small},
      {"UPDATE wallet SET mac = X'' WHERE balance = 100", k_pay_small},
      {"UPDATE wallet SET expires_at = 9000000000000000 WHERE balance = 100", k_pay_small},
      {"UPDATE wallet SET customer_id = (SELECT id FROM account WHERE username = 'eve') "
       "WHERE kind = 2",
       [](const Balances& b, Engine& shop) { b.pay(shop, b.eve, Tender::store_credit); }},
      {"CREATE TEMP TABLE t AS SELECT code_hash h FROM wallet WHERE balance = 100; "
       "UPDATE wallet SET code_hash = X'00' WHERE balance = 100; "
       "UPDATE wallet SET code_hash = (SELECT h FROM t) WHERE balance = 90000",
       k_pay_small},
  };
  const std::vector<Edit> points{
      {"UPDATE points_account SET balance = 70000; UPDATE points_entry SET remaining = 70000, "
       "points = 70000, balance = 70000",
       k_pay_points},
      {"UPDATE points_entry SET remaining = 70000",
       [](const Balances& b, Engine& shop) { (void)shop.loyalty().account(b.as(shop, b.ann)); }},
      {"UPDATE points_account SET tier_points = 70000",
       [](const Balances& b, Engine& shop) { (void)shop.loyalty().account(b.as(shop, b.ann)); }},
      {"INSERT INTO points_account SELECT (SELECT id FROM account WHERE username = 'eve'), "
       "balance, "
       "owed, tier_points, tier, mac FROM points_account",
       [](const Balances& b, Engine& shop) { b.pay(shop, b.eve, Tender::points); }},
  };
  int number = 0;
  const auto check = [&](const Edit& edit, const char* finding) {
    CAPTURE(edit.sql);
    const auto copy = folder.path("copy" + std::to_string(++number));
    std::filesystem::copy_file(path, copy);
    edit_file(copy, edit.sql);
    auto shop = Engine::open(copy, keyed(1));
    CHECK(code_of_use(edit.use, *this, shop) == Code::tampered);
    const auto report = shop.verify();
    CHECK(finds(report, finding));
  };
  for (const auto& edit : wallets) check(edit, "payments.wallet_mac");
  for (const auto& edit : points) {
    const bool lots_only = std::string{edit.sql}.starts_with("UPDATE points_entry");
    check(edit, lots_only ? "loyalty.balance" : "loyalty.mac");
  }
}

TEST_CASE_FIXTURE(Balances, "a blocked card that is freed in the file stays refused") {
  {
    auto shop = Engine::open(path, keyed(1));
    const auto card = shop.payments().gift_card(shop.host(), large);
    shop.payments().block_wallet(shop.host(), card.id, true);
  }
  edit_file(path, "UPDATE wallet SET active = 1");
  auto shop = Engine::open(path, keyed(1));
  CHECK(code_of([&] {
          pay(shop, eve, Tender::gift_card, large);
          return 0;
        }) == Code::tampered);
}

TEST_CASE_FIXTURE(Balances, "a change of keys does not take an edited balance over") {
  for (const auto* sql : {"UPDATE wallet SET balance = 9000000 WHERE kind = 2",
                          "UPDATE points_account SET balance = 70000"}) {
    CAPTURE(sql);
    const auto copy = folder.path("copy");
    std::filesystem::remove(copy);
    std::filesystem::copy_file(path, copy);
    edit_file(copy, sql);
    {
      auto shop = Engine::open(copy, keyed(1));
      CHECK(code_of([&] {
              shop.rotate_host_key(shop.host(), keyed(2).host_key);
              return 0;
            }) == Code::tampered);
    }
    CHECK(code_of([&] { return Engine::open(copy, keyed(2)); }) == Code::wrong_host_key);
  }
}

TEST_CASE_FIXTURE(Balances, "the file does not tell which code a gift card has") {
  auto shop = Engine::open(path, keyed(1));
  shop.payments().issue_gift_card(shop.host(), {"chosen", {700, {}}, "WELCOME-2026", {}});
  const auto image = shop.snapshot();
  const std::string bytes{reinterpret_cast<const char*>(image.bytes().data()),
                          image.bytes().size()};
  for (const auto& code : {small, large, std::string{"WELCOME-2026"}, std::string{"WELCOME2026"}}) {
    CHECK(bytes.find(code) == std::string::npos);
  }
  CHECK(shop.payments().gift_card(shop.host(), "welcome 2026").balance.minor == 700);
}

TEST_CASE("a role forged under a data key of the past is refused, also by a change of keys") {
  const TempFolder folder;
  const auto path = folder.path("shop");
  auto open_file = keyed(1);
  open_file.host_key.clear();
  Id eve = 0;
  LogIn live;
  {
    auto shop = Engine::open(path, open_file);
    NewUserInput user;
    user.username = "eve";
    eve = shop.accounts().create_user(shop.host(), user).id;
  }
  // Without a host key the data key lies in the file; somebody has read it there.
  std::string old_key;
  {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(db, "SELECT wrapped FROM data_key WHERE id = 1", -1, &statement,
                               nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
    old_key.assign(static_cast<const char*>(sqlite3_column_blob(statement, 0)), 32);
    sqlite3_finalize(statement);
    sqlite3_close(db);
  }
  {
    auto shop = Engine::open(path, open_file);
    shop.rotate_host_key(shop.host(), keyed(1).host_key);
    live = shop.accounts().log_in_as(shop.host(), eve);
  }
  core::KeyRing ring;
  ring.add(1, core::Key{std::as_bytes(std::span{old_key})});
  const auto part = [](std::int64_t number) { return core::number_part(number); };
  const auto mac =
      ring.mac(core::Purpose::authority,
               {part(eve), part(static_cast<std::int64_t>(Role::admin)),
                part(static_cast<std::int64_t>(UserStatus::active)), part(0), part(0)});
  edit_file(path,
            "UPDATE account SET role = " + std::to_string(static_cast<std::int64_t>(Role::admin)) +
                ", authority_mac = X'" + core::to_hex(mac) + "' WHERE username = 'eve'");
  {
    auto shop = Engine::open(path, keyed(1));
    CHECK(code_of([&] { return shop.accounts().me(live.session); }) == Code::tampered);
    CHECK(code_of([&] {
            shop.rotate_host_key(shop.host(), keyed(2).host_key);
            return 0;
          }) == Code::tampered);
  }
  auto shop = Engine::open(path, keyed(1));
  CHECK(finds(shop.verify(), "account.authority"));
}
