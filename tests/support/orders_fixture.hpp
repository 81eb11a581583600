#pragma once

#include "shop/cart.hpp"
#include "shop/catalog.hpp"
#include "shop/inventory.hpp"
#include "shop/orders.hpp"
#include "shop/shop.hpp"
#include "support/shop_fixture.hpp"

#include <cstdint>
#include <string>

namespace shop::test {

/// A shop in which things can be put on sale and bought in a line.
struct OrdersFixture : ShopFixture {
  /// A simple product in stock. Result: its variant.
  Id sell(const std::string& title, std::int64_t price_minor, std::int64_t stock) {
    ProductInput input;
    input.title = title;
    input.simple.price = {price_minor, {}};
    const auto product = shop.catalog().create_product(host, input);
    const Id variant = product.variants.front().id;
    if (stock > 0) receive(variant, stock);
    return variant;
  }

  void receive(Id variant, std::int64_t quantity);

  static PlaceInput paid_in_cash(const std::string& key) {
    PlaceInput input;
    input.idempotency_key = key;
    input.payments.emplace_back();
    return input;
  }

  Order buy(Id variant, std::int64_t quantity, const std::string& key,
            const std::string& country = {}) {
    CartInput input;
    input.country = country;
    const auto cart = shop.cart().create(host, input);
    shop.cart().add(host, cart.id, {variant, quantity, {}});
    return shop.orders().place(host, cart.id, paid_in_cash(key));
  }

  void check_verified() {
    for (const auto& problem : shop.verify().problems) {
      FAIL_CHECK(problem.check << " " << problem.where << ": " << problem.message);
    }
  }
};

}  // namespace shop::test
