#include "shop/loyalty.hpp"
#include "shop/payments.hpp"
#include "shop/pricing.hpp"
#include "shop/reports.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/run_seed.hpp"

#include <cstdlib>
#include <map>
#include <random>

// Whatever is ordered, edited, shipped, returned and canceled by chance: the books balance at every
// step, and canceling leaves every ledger as it was before the order.
using namespace shop;
using namespace shop::test;

namespace {

int rounds() {
  return std::getenv("SHOP_LONG") != nullptr ? 4'000 : 60;
}

struct LedgerFixture : OrdersFixture {
  std::mt19937_64 chance{run_seed()};
  Session anna = a_customer(shop, 1);
  Session carol = a_customer(shop, 9);
  std::vector<Id> variants;
  std::string card;
  Promotion coded;
  int key = 0;

  LedgerFixture() {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}});
    for (int i = 0; i < 4; ++i) {
      variants.push_back(sell("Thing " + std::to_string(i), 100 + 333 * i, 1'000'000));
    }
    ProductInput bowl;
    bowl.title = "Bowl";
    bowl.simple.price = {2500, {}};
    variants.push_back(shop.catalog().create_product(anna, bowl).variants.front().id);
    receive(variants.back(), 1'000'000);
    set_up_prices();
    card = shop.payments().issue_gift_card(host, {"card", {100'000'000, {}}, {}, {}}).code;
    LoyaltyRuleInput rule;
    rule.name = "Points";
    rule.points = 1;
    rule.per = Money{100, {}};
    shop.loyalty().save_rule(host, rule);
  }

  void set_up_prices() {
    TaxZone zone;
    zone.name = "Everywhere";
    zone.places = {{{}, {}}};
    zone.rates = {{0, "VAT", 200'000}};
    shop.pricing().put_tax_zone(host, zone);
    coded.name = "With a code";
    coded.needs_code = true;
    coded.benefit.rate_ppm = 150'000;
    coded = shop.pricing().put_promotion(host, coded);
    Coupon coupon;
    coupon.code = "CODE";
    coupon.promotion_id = coded.id;
    coupon.use_limit = 1'000'000;
    shop.pricing().put_coupon(host, coupon);
    Promotion own;
    own.name = "Three for two";
    own.lane = 1;
    own.benefit = {BenefitKind::buy_get, 1'000'000, {}, 2, 1, 0};
    shop.pricing().put_promotion(host, own);
    ScheduledPrice flash;
    flash.variant_id = variants[1];
    flash.name = "Flash";
    flash.price = {50, {}};
    flash.starts_at = clock->now();
    flash.unit_limit = 1'000'000;
    shop.pricing().schedule_price(host, flash);
  }

  std::int64_t any(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::string next_key() { return "k" + std::to_string(++key); }
  Id a_variant() { return variants[static_cast<std::size_t>(any(0, 4))]; }

  /// Every ledger that an order touches.
  std::map<std::string, std::int64_t> ledgers() {
    std::map<std::string, std::int64_t> out;
    for (const auto variant : variants) {
      out["stock " + std::to_string(variant)] = shop.inventory().level(host, variant).on_hand;
    }
    out["code"] = shop.pricing().coupons(host, coded.id, {}).items.front().used;
    out["flash"] = shop.pricing().scheduled_prices(host, variants[1]).front().sold;
    out["card"] = shop.payments().gift_card(host, card).balance.minor;
    out["points"] = shop.loyalty().account(carol).balance;
    out["revenue"] = shop.reports().dashboard(host, {}).total.revenue.minor;
    out["orders"] = shop.reports().dashboard(host, {}).total.orders;
    for (const auto& balance : shop.payments().balances(host)) {
      out["money " + std::to_string(static_cast<int>(balance.account))] = balance.balance.minor;
    }
    return out;
  }

  std::vector<PaymentInput> tenders() {
    std::vector<PaymentInput> out;
    if (any(0, 2) == 0) {
      PaymentInput part;
      part.tender = Tender::gift_card;
      part.code = card;
      part.amount = Money{any(1, 9), {}};  // less than any order
      out.push_back(part);
    }
    if (any(0, 5) != 0) {
      PaymentInput rest;
      rest.tender = any(0, 1) == 0 ? Tender::cash : Tender::card;
      rest.authorize_only = rest.tender == Tender::card && any(0, 3) == 0;
      out.push_back(rest);
    }
    return out;
  }

  Order an_order() {
    const auto& who = any(0, 1) == 0 ? carol : host;
    const auto cart = shop.cart().create(who, {.name = next_key()});
    for (auto lines = any(1, 4); lines > 0; --lines) {
      shop.cart().add(who, cart.id, {a_variant(), any(1, 4), {}});
    }
    if (any(0, 1) == 0) shop.cart().add_coupon(host, cart.id, "CODE");
    PlaceInput input;
    input.idempotency_key = next_key();
    input.payments = tenders();
    return shop.orders().place(who, cart.id, input);
  }

  void edit(const Order& order) {
    OrderEditInput input;
    input.idempotency_key = next_key();
    input.reason = "by chance";
    const auto& line = order.lines[static_cast<std::size_t>(
        any(0, static_cast<std::int64_t>(order.lines.size()) - 1))];
    input.lines = {{line.line_no, any(order.lines.size() > 1 ? 0 : 1, 5)}};
    if (any(0, 1) == 0) input.items = {{a_variant(), any(1, 3), {}}};
    if (any(0, 1) == 0) input.payments.emplace_back();
    shop.orders().edit(host, order.id, input);
  }

  void send_back(const Order& order) {
    const auto& line = order.lines.front();
    if (any(0, 1) == 0) {
      ReturnInput back;
      back.idempotency_key = next_key();
      back.lines = {{line.line_no, any(1, line.quantity), any(0, 3) == 0, {}}};
      shop.orders().return_items(host, order.id, back);
      return;
    }
    ExchangeInput input;
    input.idempotency_key = next_key();
    input.lines = {{line.line_no, any(1, line.quantity), false, {}}};
    input.items = {{a_variant(), any(1, 3), {}}};
    if (any(0, 1) == 0) input.payments.emplace_back();
    shop.orders().exchange(host, order.id, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(LedgerFixture, "canceling leaves every ledger as it was") {
  for (int round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    clock->advance(60'000'000);  // a customer may try so many codes in a minute
    const auto before = ledgers();
    const auto order = an_order();
    for (auto edits = any(0, 2); edits > 0; --edits) {
      edit(shop.orders().get(host, order.id));
    }
    shop.orders().cancel(host, order.id, "by chance");
    const auto after = ledgers();
    for (const auto& now : after) {
      CAPTURE(now.first);
      const auto was = before.find(now.first);
      CHECK(now.second == (was == before.end() ? 0 : was->second));
    }
    if (round % 20 == 0) an_order();
  }
  check_verified();
}

TEST_CASE_FIXTURE(LedgerFixture, "every invariant holds along random histories") {
  for (int round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    const auto order = an_order();
    if (any(0, 1) == 0) edit(order);
    auto now = shop.orders().get(host, order.id);
    const auto what = any(0, 4);
    if (what == 0) shop.orders().cancel(host, order.id, {});
    if (what >= 2) {
      if (now.status == OrderStatus::pending) shop.orders().confirm(host, order.id, {});
      shop.orders().ship(host, order.id, {});
      if (what >= 3) shop.orders().deliver(host, order.id);
      if (what == 4) send_back(now);
    }
    clock->advance(any(0, 20) * 3'600'000'000);
    if (round % 10 == 9) check_verified();
  }
  check_verified();
  std::int64_t sum = 0;
  for (const auto& balance : shop.payments().balances(host)) {
    sum += balance.balance.minor;
    if (balance.account == MoneyAccount::exchange) CHECK(balance.balance.minor == 0);
  }
  CHECK(sum == 0);
}
