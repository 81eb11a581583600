/* measure <shop.db> <seconds>: nanoseconds of a product by slug and of a page of 50, in C. Each is
 * the best of many short rounds, which other programs on the machine disturb least. */
#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUND = 50 };

static volatile int64_t touched;

static double now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int read_product(shop_session* session) {
  const shop_product* product = NULL;
  if (shop_catalog_product_by_slug(session, "shirt-500", &product, NULL) != SHOP_OK) return 0;
  touched += (int64_t)product->title.size + product->price.minor;
  shop_result_free(product);
  return 1;
}

static int read_page(shop_session* session) {
  const shop_product_card_page* page = NULL;
  if (shop_catalog_products(session, NULL, SHOP_PRODUCT_ORDER_NEWEST, NULL, &page, NULL) !=
      SHOP_OK) {
    return 0;
  }
  const int whole = page->count == 50;
  shop_result_free(page);
  return whole;
}

static double best(int (*work)(shop_session*), shop_session* session, double seconds) {
  double least = 1e18;
  const double until = now_ns() + seconds * 1e9;
  while (now_ns() < until) {
    const double start = now_ns();
    for (int i = 0; i < ROUND; ++i) {
      if (!work(session)) exit(1);
    }
    const double took = (now_ns() - start) / ROUND;
    if (took < least) least = took;
  }
  return least;
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const double seconds = atof(argv[2]);
  shop_engine* engine = NULL;
  shop_session* session = NULL;
  if (shop_engine_open(argv[1], NULL, &engine, NULL) != SHOP_OK) return 1;
  if (shop_session_host(engine, &session, NULL) != SHOP_OK) return 1;
  printf("%.0f %.0f\n", best(read_product, session, seconds), best(read_page, session, seconds));
  shop_session_close(session, NULL);
  shop_engine_close(engine, NULL);
  return 0;
}
