#include "accounts/second_factor.hpp"
#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <string>

// Who gets power that nobody gave them: by editing the file, by another right, by the clock.

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_minute = 60'000'000;

OpenOptions keyed(const std::shared_ptr<Clock>& clock = {}) {
  OpenOptions out;
  out.host_key.assign(32, std::byte{7});
  out.password_preset = PasswordPreset::for_tests;
  out.clock = clock;
  return out;
}

Id make(Engine& shop, const std::string& username, Role role, std::vector<Id> groups = {}) {
  NewUserInput input;
  input.role = role;
  input.username = username;
  input.email = username + "@example.com";
  input.group_ids = std::move(groups);
  return shop.accounts().create_user(shop.host(), input).id;
}

struct InFile {
  TempFolder folder;
  std::string path = folder.path("shop");
  Engine shop = Engine::open(path, keyed());

  /// Closes the shop, edits its file, opens it again.
  void edit(const std::string& sql) {
    shop.close();
    edit_file(path, sql);
    shop = Engine::open(path, keyed());
  }
  Session as(Id user) { return shop.accounts().log_in_as(shop.host(), user).session; }
};

/// What the host does with the outbox, and the owner of a phone with a secret.
struct Letter {
  Engine& shop;

  std::string newest() {
    std::string sealed;
    for (const auto& event : shop.events().list(shop.host(), {{}, 500, false}).items) {
      const auto at = event.payload.find("\"sealed\":\"");
      if (event.type != "user.code" || at == std::string::npos) continue;
      sealed = event.payload.substr(at + 10, event.payload.find('"', at + 10) - at - 10);
    }
    return sealed;
  }
  void set_password(const std::string& username, const std::string& password) {
    auto& accounts = shop.accounts();
    accounts.request_password_reset(shop.guest(), username);
    const auto opened = accounts.open_message(shop.host(), newest());
    ResetPasswordInput input;
    input.login = username;
    input.code = opened.substr(opened.find("\"code\":\"") + 8, 11);
    input.new_password = password;
    accounts.reset_password(shop.guest(), input);
  }
  std::string totp(const std::string& base32) {
    const std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string key;
    unsigned bits = 0;
    int have = 0;
    for (const char c : base32) {
      bits = bits << 5 | static_cast<unsigned>(alphabet.find(c));
      have += 5;
      if (have >= 8) {
        have -= 8;
        key += static_cast<char>(bits >> have & 0xFF);
      }
    }
    const auto digits =
        std::to_string(accounts::totp_at(key, shop.clock().now() / (30 * 1'000'000)));
    return std::string(6 - digits.size(), '0') + digits;
  }
};

}  // namespace

TEST_CASE_FIXTURE(InFile, "a customer who is made somebody's seller in the file is found out") {
  const auto sue = make(shop, "sue", Role::customer);
  const auto eve = make(shop, "eve", Role::customer);
  const auto seller = shop.sellers().apply(as(sue), {"Sue's", "+44 20 7946 0001", "", ""});
  if (seller.status != SellerStatus::approved) shop.sellers().approve(shop.host(), seller.id);
  ProductInput product;
  product.title = "Lamp";
  const auto lamp = shop.catalog().create_product(as(sue), product);
  const auto eves = as(eve);
  edit("UPDATE account SET seller_id = " + std::to_string(seller.id) + " WHERE username = 'eve'");
  CHECK(code_of([&] {
          shop.catalog().archive_product(eves, lamp.id);
          return 0;
        }) == Code::tampered);
  CHECK(code_of([&] { return shop.orders().seller_parts(eves, {}, {}); }) == Code::tampered);
  CHECK_FALSE(shop.verify().ok());
}

TEST_CASE_FIXTURE(InFile, "a permission group that was edited in the file gives nobody anything") {
  const auto group = shop.accounts().create_group(shop.host(), {"Some", {"order_view"}}).id;
  const auto sam = make(shop, "sam", Role::staff, {group});
  const auto sams = as(sam);
  const auto refused = [&](auto&& call) { CHECK(code_of(call) == Code::tampered); };
  SUBCASE("its permissions") {
    edit("UPDATE permission_group SET permissions = -1");
    CHECK(code_of([&] { return shop.accounts().users(sams, {}, {}); }) == Code::forbidden);
    refused([&] { return shop.accounts().groups(shop.host()); });
    CHECK_FALSE(shop.verify().ok());
    refused([&] {
      return shop.accounts().update_group(shop.host(), group, {"Other", {"order_view"}});
    });
    refused([&] { return make(shop, "new", Role::staff, {group}); });
    refused([&] { return shop.accounts().set_role(shop.host(), sam, Role::staff, {group}); });
  }
  SUBCASE("its members") {
    const auto eve = make(shop, "eve", Role::staff);
    edit("INSERT INTO account_group SELECT id, " + std::to_string(group) +
         " FROM account WHERE username = 'eve'");
    CHECK(code_of([&] { return shop.orders().list(as(eve), {}, {}); }) == Code::forbidden);
    refused([&] {
      return shop.accounts().update_group(shop.host(), group, {"Some", {"order_view"}});
    });
    refused([&] {
      shop.accounts().delete_group(shop.host(), group);
      return 0;
    });
    CHECK(code_of([&] { return shop.orders().list(as(eve), {}, {}); }) == Code::forbidden);
  }
  SUBCASE("nobody edits it, and the keys change") {
    auto two = keyed();
    two.host_key.assign(32, std::byte{8});
    shop.rotate_host_key(shop.host(), two.host_key);
    CHECK(shop.accounts().groups(shop.host()).size() == 1);
    shop.accounts().update_group(shop.host(), group, {"Some", {"customer_view"}});
    CHECK(shop.accounts().users(as(sam), {}, {}).items.size() == 1);
    CHECK(shop.verify().ok());
  }
}

TEST_CASE_FIXTURE(ShopFixture, "who manages customers does not disable staff") {
  auto& accounts = shop.accounts();
  const auto group = accounts.create_group(host, {"Customers", {"customer_manage"}}).id;
  const auto sam = make(shop, "sam", Role::staff, {group});
  const auto tom = make(shop, "tom", Role::staff);
  const auto ann = make(shop, "ann", Role::customer);
  const auto password = "another passphrase of words";
  Letter{shop}.set_password("sam", password);
  LogInInput log_in;
  log_in.login = "sam";
  log_in.password = password;
  const auto session = accounts.log_in(shop.guest(), log_in).session;
  const auto prove = [&] {
    StepUpInput proof;
    proof.action = StepUp::roles;
    proof.password = password;
    accounts.step_up(session, proof);
  };
  prove();
  CHECK(accounts.set_enabled(session, ann, false).status == UserStatus::disabled);
  CHECK(code_of([&] { return accounts.set_enabled(session, tom, false); }) == Code::forbidden);
  CHECK(code_of([&] { return accounts.set_enabled(session, sam, false); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(ShopFixture, "only the host reads the codes of others in the outbox") {
  auto& accounts = shop.accounts();
  const auto group = accounts.create_group(host, {"Mail", {"event_consume"}}).id;
  const auto mail = make(shop, "mail", Role::staff, {group});
  (void)owner();
  accounts.request_password_reset(shop.guest(), "mail");
  const auto sealed = Letter{shop}.newest();
  REQUIRE_FALSE(sealed.empty());
  CHECK_FALSE(accounts.open_message(host, sealed).empty());
  const auto staff = accounts.log_in_as(host, mail).session;
  CHECK_FALSE(shop.events().list(staff, {}).items.empty());
  for (const auto& who : {staff, admin(), owner(), customer("ann"), shop.guest()}) {
    const auto code = code_of([&] { return accounts.open_message(who, sealed); });
    CHECK((code == Code::forbidden || code == Code::unauthenticated));
  }
}

TEST_CASE("a clock that is set back while the shop is closed revives no token") {
  const TempFolder folder;
  const auto path = folder.path("shop");
  auto clock = std::make_shared<ManualClock>(start_of_test);
  std::string token;
  {
    auto shop = Engine::open(path, keyed(clock));
    const auto ann = make(shop, "ann", Role::customer);
    const auto live = shop.accounts().log_in_as(shop.host(), ann);
    token = live.access_token;
    CHECK(shop.accounts().resume(token).user_id == ann);
    clock->advance(20 * k_minute);
    CHECK(code_of([&] { return shop.accounts().resume(token); }) == Code::session_expired);
    SUBCASE("the program was started anew") {}
    SUBCASE("the machine was started anew, after somebody used the shop") {
      ProfileUpdate update;
      update.name = "Ann";
      shop.accounts().update_me(live.session, update);
      clock = std::make_shared<ManualClock>(start_of_test);
    }
  }
  clock->jump(start_of_test + 5 * k_minute);
  auto shop = Engine::open(path, keyed(clock));
  CHECK(code_of([&] { return shop.accounts().resume(token); }) == Code::session_expired);
}

TEST_CASE_FIXTURE(InFile, "sealed fields that were moved to another row do not open") {
  make(shop, "ann", Role::customer);
  const auto eve = make(shop, "eve", Role::customer);
  edit(
      "UPDATE account SET email = (SELECT email FROM account WHERE username = 'ann') "
      "WHERE username = 'eve'");
  CHECK(code_of([&] { return shop.accounts().user(shop.host(), eve); }) == Code::tampered);
  CHECK_FALSE(shop.verify().ok());
}

TEST_CASE_FIXTURE(ShopFixture, "a lost password is no way round the second factor") {
  auto& accounts = shop.accounts();
  const auto ann = make(shop, "ann", Role::customer);
  Letter letters{shop};
  letters.set_password("ann", "a first good passphrase");
  LogInInput log_in;
  log_in.login = "ann";
  log_in.password = "a first good passphrase";
  const auto session = accounts.log_in(shop.guest(), log_in).session;
  accounts.step_up(session, {StepUp::two_factor, log_in.password, {}, {}});
  const auto secret = accounts.begin_totp(session).secret;
  accounts.confirm_totp(session, letters.totp(secret));
  letters.set_password("ann", "a second good passphrase");
  CHECK(code_of([&] { return accounts.me(session); }) == Code::session_revoked);
  log_in.password = "a second good passphrase";
  CHECK(code_of([&] { return accounts.log_in(shop.guest(), log_in); }) ==
        Code::second_factor_required);
  clock->advance(k_minute);
  log_in.code = letters.totp(secret);
  CHECK(accounts.log_in(shop.guest(), log_in).user_id == ann);
}

TEST_CASE_FIXTURE(ShopFixture, "codes of gift cards and coupons cannot be guessed at will") {
  auto& payments = shop.payments();
  const auto card = payments.issue_gift_card(host, {"card", {500, {}}, "12345678", {}}).code;
  const auto balance = [&](const Session& who, const std::string& code) {
    try {
      return payments.gift_card(who, code).balance.minor == 500 ? Code::ok : Code::internal;
    } catch (const Error& error) {
      return error.code();
    }
  };
  SUBCASE("by one customer, whether by asking or by paying") {
    const auto ann = customer("ann");
    ProductInput product;
    product.title = "Lamp";
    product.simple.price = {100, {}};
    const auto lamp = shop.catalog().create_product(host, product).variants.front().id;
    shop.inventory().receive(host, {lamp, 10, 0, {}});
    shop.cart().add(ann, 0, {lamp, 1, {}});
    PlaceInput place;
    place.idempotency_key = "order";
    place.payments.emplace_back();
    place.payments[0].tender = Tender::gift_card;
    for (int i = 0; i < 20; ++i) {
      const auto code = "0000000" + std::to_string(i);
      place.payments[0].code = code;
      if (i % 2 == 0) {
        CHECK(balance(ann, code) == Code::not_found);
      } else {
        CHECK(code_of([&] { return shop.orders().place(ann, 0, place); }) ==
              Code::payment_mismatch);
      }
    }
    CHECK(balance(ann, card) == Code::rate_limited);
    place.payments[0].code = card;
    CHECK(code_of([&] { return shop.orders().place(ann, 0, place); }) == Code::rate_limited);
    CHECK(balance(customer("bob"), card) == Code::ok);
    CHECK(balance(host, card) == Code::ok);
    clock->advance(k_minute);
    CHECK(shop.orders().place(ann, 0, place).payment_status == PaymentStatus::paid);
  }
  SUBCASE("by ever new guests, who do not learn which was right either") {
    for (int i = 0; i < 200; ++i) {
      CHECK(balance(shop.guest(), "0000" + std::to_string(1000 + i)) == Code::not_found);
    }
    CHECK(balance(shop.guest(), "00000000") == Code::rate_limited);
    CHECK(balance(shop.guest(), card) == Code::rate_limited);
    CHECK(balance(customer("ann"), card) == Code::ok);
    clock->advance(2'000'000);
    CHECK(balance(shop.guest(), card) == Code::ok);
  }
  SUBCASE("coupons by ever new guests") {
    Promotion promotion;
    promotion.name = "Welcome";
    promotion.needs_code = true;
    promotion.benefit.kind = BenefitKind::free_shipping;
    const auto id = shop.pricing().put_promotion(host, promotion).id;
    Coupon coupon;
    coupon.promotion_id = id;
    coupon.code = "RIGHT";
    shop.pricing().put_coupon(host, coupon);
    const auto attempt = [&](const std::string& code) {
      return code_of([&] {
        shop.cart().add_coupon(shop.guest(), 0, code);
        return 0;
      });
    };
    for (int i = 0; i < 200; ++i) {
      CHECK(attempt("WRONG" + std::to_string(i)) == Code::coupon_rejected);
    }
    CHECK(attempt("WRONG") == Code::rate_limited);
    CHECK(attempt("RIGHT") == Code::rate_limited);
  }
}
