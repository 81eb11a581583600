/* The same few lines as quickstart.cpp, .py and .mjs: stock a shirt, sell two, look at the books.
 */
#include "shop.h"

#include <stdio.h>
#include <string.h>

static int failed(const char* what, shop_error* error) {
  fprintf(stderr, "%s: %s (%s)\n", what, error->message.data, error->name.data);
  shop_result_free(error);
  return 1;
}

static shop_str text(const char* literal) {
  const shop_str made = {literal, strlen(literal)};
  return made;
}

int main(void) {
  shop_error* error = NULL;
  shop_engine* shop = NULL;
  shop_session* host = NULL;
  shop_open_input options;
  SHOP_INIT(&options);
  options.currency = text("GBP");
  if (shop_engine_open_memory(&options, &shop, &error)) return failed("open", error);
  if (shop_session_host(shop, &host, &error)) return failed("host", error);

  const shop_product* shirt = NULL;
  shop_variant_input variant;
  shop_product_input product;
  SHOP_INIT(&variant);
  variant.sku = text("OX-1");
  variant.price.minor = 2450;
  SHOP_INIT(&product);
  product.title = text("Oxford shirt");
  product.simple = &variant;
  if (shop_catalog_create_product(host, &product, &shirt, &error)) return failed("shirt", error);
  const shop_id variant_id = shirt->variants->items->id;

  const shop_stock_level* level = NULL;
  shop_receive_input delivery;
  SHOP_INIT(&delivery);
  delivery.variant_id = variant_id;
  delivery.quantity = 10;
  if (shop_inventory_receive(host, &delivery, &level, &error)) return failed("stock", error);
  shop_result_free(level);

  const shop_cart* cart = NULL;
  const shop_cart_line* line = NULL;
  shop_cart_input new_cart;
  shop_cart_item_input item;
  SHOP_INIT(&new_cart);
  if (shop_cart_create(host, &new_cart, &cart, &error)) return failed("cart", error);
  SHOP_INIT(&item);
  item.variant_id = variant_id;
  item.quantity = 2;
  if (shop_cart_add(host, cart->id, &item, &line, &error)) return failed("add", error);

  const shop_order* order = NULL;
  shop_payment_input cash;
  shop_payment_input_list payments = {sizeof payments, sizeof cash, 1, &cash};
  shop_place_input place;
  SHOP_INIT(&cash);
  cash.tender = SHOP_TENDER_CASH;
  SHOP_INIT(&place);
  place.idempotency_key = text("till-1-0001");
  place.payments = &payments;
  if (shop_orders_place(host, cart->id, &place, &order, &error)) return failed("place", error);
  printf("%s: %lld for %lld %s minor units\n", order->number.data, (long long)order->units,
         (long long)order->total.minor, order->total.currency);

  if (shop_inventory_level(host, variant_id, &level, &error)) return failed("level", error);
  printf("left in stock: %lld\n", (long long)level->on_hand);
  const shop_verify_report* report = NULL;
  if (shop_engine_verify(shop, &report, &error)) return failed("verify", error);
  printf("problems in the books: %llu\n", (unsigned long long)report->problems->count);

  shop_result_free(report);
  shop_result_free(level);
  shop_result_free(order);
  shop_result_free(line);
  shop_result_free(cart);
  shop_result_free(shirt);
  shop_session_close(host, NULL);
  shop_engine_close(shop, NULL);
  return 0;
}
