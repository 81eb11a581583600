#pragma once

#include "support/orders_fixture.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shop::test {

using Balances = std::map<MoneyAccount, std::int64_t>;

inline PaymentInput tender(Tender kind, std::optional<std::int64_t> minor = {}) {
  PaymentInput out;
  out.tender = kind;
  if (minor) out.amount = Money{*minor, {}};
  return out;
}

/// A till, a customer and everything that can be paid with.
struct TenderFixture : OrdersFixture {
  Payments& payments = shop.payments();
  Session ann = customer("ann");
  Id mug = sell("Mug", 1000, 100);

  Order place(std::vector<PaymentInput> inputs, const std::string& key) {
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {mug, 1, {}});
    PlaceInput input;
    input.idempotency_key = key;
    input.payments = std::move(inputs);
    return shop.orders().place(host, cart.id, input);
  }
  Order place_as_ann(std::vector<PaymentInput> inputs, const std::string& key) {
    shop.cart().add(ann, 0, {mug, 1, {}});
    PlaceInput input;
    input.idempotency_key = key;
    input.payments = std::move(inputs);
    return shop.orders().place(ann, 0, input);
  }
  GiftCard gift_card(std::int64_t minor, const std::string& key,
                     std::optional<Timestamp> expires_at = {}) {
    GiftCardInput input;
    input.idempotency_key = key;
    input.amount = {minor, {}};
    input.expires_at = expires_at;
    return payments.issue_gift_card(host, input);
  }
  static PaymentInput with_card(const GiftCard& card, std::optional<std::int64_t> minor = {}) {
    auto out = tender(Tender::gift_card, minor);
    out.code = card.code;
    return out;
  }
  std::map<MoneyAccount, std::int64_t> balances() {
    std::map<MoneyAccount, std::int64_t> out;
    for (const auto& one : payments.balances(host)) {
      if (one.balance.minor != 0) out[one.account] = one.balance.minor;
    }
    return out;
  }
  Error place_error(const PaymentInput& input) {
    return error_of([&] { return place({input}, "wrong"); });
  }
};

}  // namespace shop::test
