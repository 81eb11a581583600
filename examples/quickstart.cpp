// The same few lines as quickstart.c, .py and .mjs: stock a shirt, sell two, look at the books.
#include "shop/shop.hpp"

#include <iostream>

int main() try {
  shop::OpenOptions options;
  options.currency = "GBP";
  auto engine = shop::Engine::open_memory(options);
  const shop::Session host = engine.host();

  shop::ProductInput input;
  input.title = "Oxford shirt";
  input.simple.sku = "OX-1";
  input.simple.price = {2450, "GBP"};
  const shop::Product shirt = engine.catalog().create_product(host, input);
  const shop::Id variant = shirt.variants.front().id;

  shop::ReceiveInput delivery;
  delivery.variant_id = variant;
  delivery.quantity = 10;
  engine.inventory().receive(host, delivery);

  const shop::Cart cart = engine.cart().create(host, {});
  shop::CartItem item;
  item.variant_id = variant;
  item.quantity = 2;
  engine.cart().add(host, cart.id, item);

  shop::PlaceInput place;
  place.idempotency_key = "till-1-0001";
  place.payments.emplace_back();  // cash, all of it
  const shop::Order order = engine.orders().place(host, cart.id, place);
  std::cout << order.number << ": " << order.units << " for " << order.total.minor << ' '
            << order.total.currency.view() << " minor units\n";
  std::cout << "left in stock: " << engine.inventory().level(host, variant).on_hand << '\n';
  std::cout << "problems in the books: " << engine.verify().problems.size() << '\n';
} catch (const shop::Error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
