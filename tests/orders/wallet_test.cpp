// Gift cards and store credit, and what verify says of money.

#include "support/edit_file.hpp"
#include "tender_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(TenderFixture, "a gift card is sold, found as people type it, and unique") {
  clock->advance(3);
  GiftCardInput input;
  input.idempotency_key = "g";
  input.amount = {1500, {}};
  input.code = "abyz-2345";
  input.paid_with = Tender::card;
  input.expires_at = start_of_test + 1'000'000;
  const auto card = payments.issue_gift_card(host, input);
  CHECK(card.code == "abyz-2345");
  CHECK(balances() == Balances{{MoneyAccount::card, 1500}, {MoneyAccount::wallet, -1500}});
  const auto again = payments.issue_gift_card(host, input);
  CHECK(again.code.empty());
  CHECK(again.wallet.id == card.wallet.id);
  for (const auto* code : {"abyz-2345", "ABYZ2345", "abyz 2345", "a-b-y-z-2-3-4-5"}) {
    const auto wallet = payments.gift_card(host, code);
    CHECK(wallet.id == card.wallet.id);
    CHECK(wallet.kind == WalletKind::gift_card);
    CHECK(wallet.hint == "2345");
    CHECK_FALSE(wallet.customer_id);
    CHECK(wallet.balance.minor == 1500);
    CHECK(wallet.active);
    CHECK(wallet.created_at == start_of_test + 3);
    CHECK(wallet.expires_at == start_of_test + 1'000'000);
  }
  CHECK(code_of([&] { return payments.gift_card(host, "abyz-2346"); }) == Code::not_found);
  input.idempotency_key = "h";
  const auto taken = error_of([&] { return payments.issue_gift_card(host, input); });
  CHECK(taken.code() == Code::already_exists);
  CHECK(first_path(taken) == "code");
  const auto path_of = [&](GiftCardInput wrong) {
    return first_path(error_of([&] { return payments.issue_gift_card(host, wrong); }));
  };
  auto wrong = input;
  wrong.code = "1234567";
  CHECK(path_of(wrong) == "code");
  wrong.code = std::string(101, 'c');
  CHECK(path_of(wrong) == "code");
  wrong = input;
  wrong.idempotency_key.clear();
  CHECK(path_of(wrong) == "idempotency_key");
  wrong.idempotency_key = std::string(201, 'k');
  CHECK(path_of(wrong) == "idempotency_key");
  wrong = input;
  wrong.amount = {0, {}};
  CHECK(path_of(wrong) == "amount");
  for (const auto kind : {Tender::gift_card, Tender::store_credit}) {
    wrong = input;
    wrong.paid_with = kind;
    CHECK(path_of(wrong) == "paid_with");
  }
  GiftCardInput given;
  given.idempotency_key = std::string(200, 'k');
  given.amount = {1, {}};
  given.code = std::string(100, 'c');
  given.given = true;
  given.paid_with = Tender::gift_card;  // nobody pays
  CHECK(payments.issue_gift_card(host, given).wallet.balance.minor == 1);
  CHECK(balances()[MoneyAccount::given] == 1);
  const auto entries = payments.entries(host, card.wallet.id);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].kind == MoneyEntryKind::issue);
  CHECK(entries[0].owner_id == card.wallet.id);
  CHECK(entries[0].debit == MoneyAccount::card);
  CHECK(entries[0].credit == MoneyAccount::wallet);
  CHECK(entries[0].amount.minor == 1500);
  const auto made = gift_card(5, "made").code;
  REQUIRE(made.size() == 19);
  for (std::size_t i = 0; i < made.size(); ++i) CHECK((made[i] == '-') == (i % 5 == 4));
  CHECK(made != gift_card(5, "another").code);
  const auto entry = shop.audit().entries(host, {}, {{}, 1, false}).items.at(0);
  CHECK(entry.action == "gift_card.issue");
  CHECK(entry.object_type == "wallet");
  CHECK(entry.after.find("\"active\":true") != std::string::npos);
}

TEST_CASE_FIXTURE(TenderFixture, "a gift card pays what it has, until it ends or is blocked") {
  const auto card = gift_card(1500, "g", start_of_test + 100);
  auto input = with_card(card);
  input.authorize_only = true;
  auto error = place_error(input);
  CHECK(error.code() == Code::payment_mismatch);
  CHECK(first_path(error) == "payments[0].authorize_only");
  input = with_card(card);
  input.code = "NOSUCHCODE";
  error = place_error(input);
  CHECK(error.code() == Code::payment_mismatch);
  CHECK(first_path(error) == "payments[0].code");
  error = place_error(with_card(card, 1001));
  CHECK(first_path(error) == "payments[0].amount");
  CHECK(payments.gift_card(host, card.code).balance.minor == 1500);
  const auto order = place({with_card(card, 600), tender(Tender::cash)}, "a");
  CHECK(order.payments[0].captured.minor == 600);
  CHECK(order.payments[1].captured.minor == 400);
  CHECK(balances()[MoneyAccount::wallet] == -900);
  error = place_error(with_card(card, 901));
  CHECK(error.code() == Code::insufficient_funds);
  CHECK(first_path(error) == "payments[0].amount");
  CHECK(error.details()[0].params[0] == std::pair<std::string, std::string>{"available", "900"});
  CHECK(error.details()[0].params[1] == std::pair<std::string, std::string>{"requested", "901"});
  CHECK(payments.block_wallet(host, card.wallet.id, true).active == false);
  error = place_error(with_card(card, 100));
  CHECK(error.details()[0].params[0].second == "0");
  CHECK(payments.block_wallet(host, card.wallet.id, false).active);
  const auto noted = shop.audit().entries(host, {}, {{}, 1, false}).items.at(0);
  CHECK(noted.action == "wallet.block");
  CHECK(noted.object_id == card.wallet.id);
  CHECK(code_of([&] { return payments.block_wallet(host, 4711, true); }) == Code::not_found);
  clock->advance(99);
  const auto second = place({with_card(card, 100), tender(Tender::cash)}, "b");
  clock->advance(1);
  CHECK(place_error(with_card(card, 100)).code() == Code::insufficient_funds);
  shop.orders().cancel(host, second.id, {});
  CHECK(payments.gift_card(host, card.code).balance.minor == 900);
  const auto entries = payments.wallet_entries(host, card.wallet.id);
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].kind == MoneyEntryKind::issue);
  CHECK(entries[0].owner_id == card.wallet.id);
  CHECK(entries[1].kind == MoneyEntryKind::redeem);
  CHECK(entries[1].owner_id == order.id);
  CHECK(entries[1].entry_no == 1);
  CHECK(entries[1].payment_no == 1);
  CHECK(entries[1].debit == MoneyAccount::wallet);
  CHECK(entries[1].credit == MoneyAccount::sales);
  CHECK(entries[1].amount.minor == 600);
  CHECK(entries[1].at == start_of_test);
  CHECK(entries[2].owner_id == second.id);
  CHECK(entries[2].at == start_of_test + 99);
  CHECK(entries[3].kind == MoneyEntryKind::refund);
  CHECK(entries[3].credit == MoneyAccount::wallet);
  CHECK(entries[3].actor_role == Role::host);
  CHECK(code_of([&] { return payments.wallet_entries(host, 4711); }) == Code::not_found);
  CHECK(code_of([&] { return payments.wallet_entries(ann, card.wallet.id); }) == Code::forbidden);
  CHECK(code_of([&] { return payments.entries(ann, order.id); }) == Code::forbidden);
  CHECK(code_of([&] { return payments.balances(ann); }) == Code::forbidden);
  CHECK(code_of([&] { return payments.block_wallet(ann, card.wallet.id, true); }) ==
        Code::forbidden);
  check_verified();
}

TEST_CASE_FIXTURE(TenderFixture, "the host may try as many codes of gift cards as it likes") {
  for (int i = 0; i < 30; ++i) {
    CHECK(code_of([&] { return payments.gift_card(host, "NOSUCHCODE"); }) == Code::not_found);
  }
}

TEST_CASE_FIXTURE(TenderFixture,
                  "store credit is one customer's, adds up, and pays only for them") {
  CHECK(code_of([&] { return payments.credit(ann); }) == Code::not_found);
  CHECK(code_of([&] { return payments.credit(host); }) == Code::not_found);
  clock->advance(2);
  const auto granted = payments.grant_credit(host, ann.user_id(), "c1", {700, {}}, "for the delay");
  CHECK(granted.kind == WalletKind::store_credit);
  CHECK(granted.customer_id == ann.user_id());
  CHECK(granted.balance.minor == 700);
  CHECK(granted.created_at == start_of_test + 2);
  CHECK(granted.hint.empty());
  CHECK(payments.grant_credit(host, ann.user_id(), "c1", {700, {}}, {}).balance.minor == 700);
  CHECK(payments.grant_credit(host, ann.user_id(), "c2", {50, {}}, {}).id == granted.id);
  const auto noted = shop.audit().entries(host, {}, {{}, 1, false}).items.at(0);
  CHECK(noted.action == "credit.grant");
  CHECK(noted.object_id == granted.id);
  CHECK(payments.credit(ann).balance.minor == 750);
  CHECK(payments.credit(ann).id == granted.id);
  CHECK(payments.credit(ann).customer_id == ann.user_id());
  CHECK(balances() == Balances{{MoneyAccount::given, 750}, {MoneyAccount::wallet, -750}});
  const auto entries = payments.wallet_entries(host, granted.id);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].reference == "for the delay");
  CHECK(entries[0].kind == MoneyEntryKind::issue);
  CHECK(entries[0].debit == MoneyAccount::given);
  CHECK(entries[1].amount.minor == 50);
  CHECK(entries[1].entry_no == 2);
  const auto ben = customer("ben");
  CHECK(code_of([&] { return payments.credit(ben); }) == Code::not_found);
  CHECK(place_error(tender(Tender::store_credit)).code() == Code::payment_mismatch);
  const auto order = place_as_ann({tender(Tender::store_credit), tender(Tender::card)}, "a");
  CHECK(order.payments[0].captured.minor == 750);
  CHECK(order.payments[1].captured.minor == 250);
  CHECK(payments.credit(ann).balance.minor == 0);
  payments.refund(host, order.id, 1, "r", Money{200, {}}, {});
  CHECK(payments.credit(ann).balance.minor == 200);
  const auto path_of = [&](Id who, const std::string& key, std::int64_t minor,
                           const std::string& why) {
    return first_path(error_of([&] {
      return payments.grant_credit(host, who, key, {minor, {}}, why);
    }));
  };
  CHECK(path_of(0, "k", 1, {}) == "customer_id");
  CHECK(path_of(424'242, "k", 1, {}) == "customer_id");
  CHECK(code_of([&] {
          return payments.grant_credit(host, 424'242, "k", {1, {}}, {});
        }) == Code::not_found);
  CHECK(path_of(ann.user_id(), "", 1, {}) == "idempotency_key");
  CHECK(path_of(ann.user_id(), std::string(201, 'k'), 1, {}) == "idempotency_key");
  CHECK(path_of(ann.user_id(), "k", 0, {}) == "amount");
  CHECK(path_of(ann.user_id(), "k", 1, std::string(201, 'w')) == "reference");
  CHECK(
      payments
          .grant_credit(host, ann.user_id(), std::string(200, 'k'), {1, {}}, std::string(200, 'w'))
          .balance.minor == 201);
  CHECK(code_of([&] {
          return payments.grant_credit(ann, ann.user_id(), "k", {1, {}}, {});
        }) == Code::forbidden);
  check_verified();
}

TEST_CASE("verify names each payment and wallet that its entries do not support") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  OpenOptions options;
  options.currency = "GBP";
  Id order_id = 0;
  Id wallet_id = 0;
  {
    auto shop = Engine::open(path, options);
    const auto host = shop.host();
    ProductInput product;
    product.title = "Mug";
    product.simple.price = {1000, {}};
    const auto variant = shop.catalog().create_product(host, product).variants.front().id;
    shop.inventory().receive(host, {variant, 1, 0, {}});
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {variant, 1, {}});
    PlaceInput input;
    input.idempotency_key = "k";
    input.payments = {tender(Tender::card)};
    order_id = shop.orders().place(host, cart.id, input).id;
    GiftCardInput card;
    card.idempotency_key = "g";
    card.amount = {10, {}};
    wallet_id = shop.payments().issue_gift_card(host, card).wallet.id;
    CHECK(shop.verify().ok());
  }
  const auto where = "order " + std::to_string(order_id) + " payment 1";
  const auto problems = [&](const std::string& change, const std::string& back) {
    edit_file(path, change.c_str());
    std::vector<std::string> out;
    for (const auto& one : Engine::open(path, options).verify().problems) {
      if (one.check.starts_with("payments.")) out.push_back(one.where + ": " + one.message);
    }
    edit_file(path, back.c_str());
    return out;
  };
  using Found = std::vector<std::string>;
  CHECK(problems("UPDATE payment SET captured = 900", "UPDATE payment SET captured = 1000") ==
        Found{where + ": on hold is 100, its entries say 0",
              where + ": captured is 900, its entries say 1000"});
  CHECK(problems("UPDATE money_entry SET payment_no = 2 WHERE payment_no = 1",
                 "UPDATE money_entry SET payment_no = 1 WHERE payment_no = 2") ==
        Found{where + ": captured is 1000, its entries say 0"});
  CHECK(problems("UPDATE payment SET refunded = 1", "UPDATE payment SET refunded = 0") ==
        Found{where + ": refunded is 1, its entries say 0"});
  CHECK(problems("UPDATE payment SET authorized = 1001", "UPDATE payment SET authorized = 1000") ==
        Found{where + ": on hold is 1, its entries say 0"});
  const auto wallet = problems("UPDATE money_entry SET minor = 11 WHERE minor = 10",
                               "UPDATE money_entry SET minor = 10 WHERE minor = 11");
  CHECK(wallet == Found{"wallet " + std::to_string(wallet_id) + ": holds 10, its entries say 11"});
}
