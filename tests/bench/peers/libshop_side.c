/* libshop_side FOLDER FILE FULL|NORMAL: libshop through its C API, a side as sides.py describes it.
 * FOLDER/libshop.txt has the delivery method and the buyers, then the baskets by variant. */
#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUESTIONS = 4096, BUYERS = 16, LINES = 3, WORD = 100 };

static shop_engine* engine;
static shop_session *host, *guest, *buyers[BUYERS];
static const char* sync_mode;
static shop_id shipping;
static char slugs[QUESTIONS][WORD], categories[QUESTIONS][WORD];
static shop_cart_item_input baskets[QUESTIONS][LINES];
static shop_error* error;

static void check(int right, const char* what) {
  if (right) return;
  fprintf(stderr, "libshop_side: %s: %s\n", what, error != NULL ? error->message.data : "wrong");
  exit(1);
}

static void ok(shop_status status) {
  check(status == SHOP_OK, shop_status_name(status));
}

static shop_str text(const char* from) {
  const shop_str out = {from, strlen(from)};
  return out;
}

static FILE* open_file(const char* folder, const char* name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = fopen(path, "r");
  check(file != NULL, path);
  return file;
}

static void read_words(const char* folder, const char* name, char (*out)[WORD]) {
  FILE* file = open_file(folder, name);
  for (int i = 0; i < QUESTIONS; ++i) check(fscanf(file, "%99s", out[i]) == 1, name);
  fclose(file);
}

static void read_questions(const char* folder) {
  read_words(folder, "slugs.txt", slugs);
  read_words(folder, "categories.txt", categories);
  FILE* file = open_file(folder, "libshop.txt");
  check(fscanf(file, "%ld", &shipping) == 1, "libshop.txt");
  for (int i = 0; i < BUYERS; ++i) {
    shop_id id = 0;
    const shop_log_in* done = NULL;
    check(fscanf(file, "%ld", &id) == 1, "libshop.txt");
    ok(shop_accounts_log_in_as(host, id, &buyers[i], &done, &error));
    shop_result_free(done);
  }
  for (int i = 0; i < QUESTIONS * LINES; ++i) {
    shop_cart_item_input* item = &baskets[i / LINES][i % LINES];
    SHOP_INIT(item);
    check(fscanf(file, "%ld %ld", &item->variant_id, &item->quantity) == 2, "libshop.txt");
  }
  fclose(file);
}

static void slug(long turn) {
  const shop_product* product = NULL;
  ok(shop_catalog_product_by_slug(guest, slugs[turn % QUESTIONS], &product, &error));
  shop_result_free(product);
}

static void page(long turn) {
  shop_product_filter filter;
  SHOP_INIT(&filter);
  filter.category = text(categories[turn % QUESTIONS]);
  shop_page_query first;
  SHOP_INIT(&first);
  first.limit = 20;
  first.with_total = 1;
  const shop_product_card_page* cards = NULL;
  ok(shop_catalog_products(guest, &filter, SHOP_PRODUCT_ORDER_PRICE_UP, &first, &cards, &error));
  check(cards->count == 20 && cards->total >= 20, "a page of 20");
  shop_result_free(cards);
}

static void add_to(shop_session* buyer, long turn) {
  const shop_cart_line* line = NULL;
  ok(shop_cart_add(buyer, 0, baskets[turn % QUESTIONS], &line, &error));
  shop_result_free(line);
}

static void add(long turn) {
  add_to(buyers[turn % BUYERS], turn);
}

static void add_all(long turn) {
  const shop_cart_item_input_list items = {sizeof items, sizeof **baskets, LINES,
                                           baskets[turn % QUESTIONS]};
  const shop_cart_line_list* lines = NULL;
  ok(shop_cart_add_all(buyers[turn % BUYERS], 0, &items, &lines, &error));
  shop_result_free(lines);
}

static void empty_carts(long first, long count) {
  (void)count;
  for (int i = 0; i < BUYERS; ++i) {
    add_to(buyers[i], first + i);
    ok(shop_cart_clear(buyers[i], 0, &error));
  }
}

static void fill_carts(long first, long count) {
  empty_carts(first, count);
  for (long turn = first; turn < first + count; ++turn) add_all(turn);
}

static void place(long turn, const char* name) {
  char key[100];
  snprintf(key, sizeof key, "%s-%s-%ld", sync_mode, name, turn);
  shop_payment_input payment;
  SHOP_INIT(&payment);
  payment.tender = SHOP_TENDER_CARD;
  const shop_payment_input_list payments = {sizeof payments, sizeof payment, 1, &payment};
  shop_place_input input;
  SHOP_INIT(&input);
  input.idempotency_key = text(key);
  input.payments = &payments;
  const shop_order* order = NULL;
  ok(shop_orders_place(buyers[turn % BUYERS], 0, &input, &order, &error));
  check(order->lines->count == LINES && order->paid.minor == order->total.minor, "a paid order");
  shop_result_free(order);
}

static void order(long turn) {
  place(turn, "order");
}

static void purchase(long turn) {
  shop_session* buyer = buyers[turn % BUYERS];
  shop_address_input address;
  SHOP_INIT(&address);
  address.name = text("A Buyer");
  address.line1 = text("1 High Street");
  address.city = text("London");
  address.postal_code = text("N1 1AA");
  address.country = text("GB");
  add_all(turn);
  ok(shop_cart_deliver_to(buyer, 0, &address, &error));
  ok(shop_cart_set_shipping(buyer, 0, shipping, &error));
  place(turn, "purchase");
}

static struct {
  const char* name;
  void (*op)(long turn);
  long batch;
  void (*prepare)(long first, long count);
  long turn;
} works[] = {
    {"slug", slug, 4 * BUYERS, NULL, 0},     {"slug_bare", slug, 4 * BUYERS, NULL, 0},
    {"page", page, 4 * BUYERS, NULL, 0},     {"add", add, 4 * BUYERS, empty_carts, 0},
    {"order", order, BUYERS, fill_carts, 0}, {"purchase", purchase, BUYERS, empty_carts, 0}};

static double now_s(void) {
  const char* wanted = getenv("PEERS_CLOCK");
  const int cpu = wanted != NULL && strcmp(wanted, "cpu") == 0;
  struct timespec now;
  clock_gettime(cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void answer(const char* name, double limit_s) {
  size_t i = 0;
  while (i < sizeof works / sizeof *works && strcmp(works[i].name, name) != 0) ++i;
  check(i < sizeof works / sizeof *works, name);
  const long first = works[i].turn;
  double seconds = 0;
  while (seconds < limit_s) {
    if (works[i].prepare != NULL) works[i].prepare(works[i].turn, works[i].batch);
    const double start = now_s();
    for (long k = 0; k < works[i].batch; ++k) works[i].op(works[i].turn++);
    seconds += now_s() - start;
  }
  printf("%ld %.9f\n", works[i].turn - first, seconds);
  fflush(stdout);
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  sync_mode = argv[3];
  shop_open_input options;
  SHOP_INIT(&options);
  options.durability =
      strcmp(sync_mode, "FULL") == 0 ? SHOP_DURABILITY_FULL : SHOP_DURABILITY_NORMAL;
  options.password_preset = SHOP_PASSWORD_PRESET_FOR_TESTS;
  ok(shop_engine_open(argv[2], &options, &engine, &error));
  ok(shop_session_host(engine, &host, &error));
  ok(shop_session_guest(engine, &guest, &error));
  read_questions(argv[1]);
  printf("libshop %s, its C API\n", shop_abi_info()->version.data);
  fflush(stdout);
  char name[32];
  int limit_ms = 0;
  while (scanf("%31s %d", name, &limit_ms) == 2) answer(name, limit_ms / 1000.0);
  for (int i = 0; i < BUYERS; ++i) ok(shop_session_close(buyers[i], &error));
  ok(shop_session_close(guest, &error));
  ok(shop_session_close(host, &error));
  ok(shop_engine_close(engine, &error));
  return 0;
}
