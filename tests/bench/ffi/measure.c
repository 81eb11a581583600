/* measure <shop.db> <calls>: nanoseconds of a product by slug and of a page of 50, in C. */
#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int calls = atoi(argv[2]);
  shop_engine* engine = NULL;
  shop_session* session = NULL;
  if (shop_engine_open(argv[1], NULL, &engine, NULL) != SHOP_OK) return 1;
  if (shop_session_host(engine, &session, NULL) != SHOP_OK) return 1;
  double start = now_ns();
  for (int i = 0; i < calls; ++i) {
    const shop_product* product = NULL;
    if (shop_catalog_product_by_slug(session, "shirt-500", &product, NULL) != SHOP_OK) return 1;
    shop_result_free(product);
  }
  const double product_ns = (now_ns() - start) / calls;
  start = now_ns();
  for (int i = 0; i < calls / 10; ++i) {
    const shop_product_card_page* page = NULL;
    if (shop_catalog_products(session, NULL, SHOP_PRODUCT_ORDER_NEWEST, NULL, &page, NULL) !=
        SHOP_OK) {
      return 1;
    }
    if (page->count != 50) return 1;
    shop_result_free(page);
  }
  printf("%.0f %.0f\n", product_ns, (now_ns() - start) / (calls / 10));
  shop_session_close(session, NULL);
  shop_engine_close(engine, NULL);
  return 0;
}
