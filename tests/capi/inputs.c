/* Records of wrong sizes, NULL and broken text, lengths beyond reason. */
#include "check.h"

static shop_session *session;
static const shop_category *category;

static shop_status create(const shop_category_input *input, shop_error **error) {
  shop_result_free(category);
  return shop_catalog_create_category(session, input, &category, error);
}

static void struct_sizes(void) {
  struct {
    shop_category_input known;
    uint64_t unknown[4];
  } newer;
  shop_category_input input;

  CHECK_CODE(create(NULL, &error), SHOP_E_INVALID_ARGUMENT);

  SHOP_INIT(&input);
  input.name = text("zero");
  input.struct_size = 0;
  CHECK_CODE(create(&input, &error), SHOP_E_BAD_STRUCT);
  input.struct_size = 8;
  CHECK_CODE(create(&input, &error), SHOP_E_BAD_STRUCT);
  input.struct_size = (uint32_t)sizeof input - 8;
  CHECK_CODE(create(&input, &error), SHOP_E_BAD_STRUCT);
  input.struct_size = UINT32_MAX;
  CHECK_CODE(create(&input, &error), SHOP_E_BAD_STRUCT);
  CHECK(category == NULL);

  memset(&newer, 0, sizeof newer);
  newer.known.struct_size = (uint32_t)sizeof newer;
  newer.known.name = text("from the future");
  OK(create(&newer.known, &error));
  newer.known.name = text("asks for too much");
  newer.unknown[3] = 1;
  CHECK_CODE(create(&newer.known, &error), SHOP_E_UNSUPPORTED);

  SHOP_INIT(&input);
  input.name = text("bits");
  input.fields = UINT64_C(1) << 63;
  CHECK_CODE(create(&input, &error), SHOP_E_UNSUPPORTED);
  SHOP_INIT(&input);
  input.name = text("reserved");
  input.unused = 1;
  CHECK_CODE(create(&input, &error), SHOP_E_BAD_STRUCT);
}

static void broken_text(void) {
  static const char *const bad[] = {"\xc3",  "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                    "a\xff", "\xe2\x82", "\x80"};
  shop_category_input input;
  SHOP_INIT(&input);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    input.name = text(bad[i]);
    CHECK_PATH(create(&input, &error), SHOP_E_INVALID_UTF8, "name");
    CHECK_PATH(shop_catalog_category(session, bad[i], &category, &error), SHOP_E_INVALID_UTF8,
               "slug");
  }
  input.name.data = "a\0b";
  input.name.size = 3;
  CHECK_PATH(create(&input, &error), SHOP_E_INVALID_UTF8, "name");
  input.name.data = NULL;
  CHECK_PATH(create(&input, &error), SHOP_E_INVALID_ARGUMENT, "name");
  input.name.size = 0;
  CHECK_PATH(create(&input, &error), SHOP_E_VALIDATION, "name");
  CHECK_PATH(shop_catalog_category(session, NULL, &category, &error), SHOP_E_INVALID_ARGUMENT,
             "slug");
}

static void lengths(void) {
  const size_t size = (size_t)100 << 20;
  char *long_text = malloc(size + 1);
  shop_category_input input;
  memset(long_text, 'x', size);
  long_text[size] = '\0';
  SHOP_INIT(&input);
  input.name.data = long_text;
  input.name.size = size;
  CHECK_PATH(create(&input, &error), SHOP_E_TOO_LARGE, "name");
  input.name.size = SIZE_MAX; /* refused before it is read */
  CHECK_PATH(create(&input, &error), SHOP_E_TOO_LARGE, "name");
  CHECK_PATH(shop_catalog_category(session, long_text, &category, &error), SHOP_E_TOO_LARGE,
             "slug");
  input.name.size = 1000;
  CHECK_PATH(create(&input, &error), SHOP_E_VALIDATION, "name");
  free(long_text);
}

/* Bytes and lists: NULL with a size, sizes beyond reason, heads that no version has. */
static void lists(void) {
  const shop_image *image = NULL;
  const shop_promotion *promotion = NULL;
  const shop_user *made = NULL;
  shop_image_input picture;
  shop_new_user_input user;
  shop_promotion_input offer;
  shop_promotion_condition_input condition;
  shop_promotion_condition_input_list conditions;
  shop_promotion_benefit_input benefit;
  const int64_t one_id = 1;
  const shop_str one_text = text("GB");

  CHECK_PATH(shop_engine_rotate_host_key(session, NULL, 32, &error), SHOP_E_INVALID_ARGUMENT,
             "new_key");
  CHECK_PATH(shop_engine_rotate_host_key(session, "short", 5, &error), SHOP_E_VALIDATION,
             "new_key");
  CHECK_PATH(shop_engine_rotate_host_key(session, NULL, 0, &error), SHOP_E_VALIDATION, "new_key");

  SHOP_INIT(&picture);
  picture.bytes.data = (const uint8_t *)"x";
  picture.bytes.size = SIZE_MAX; /* refused before it is read */
  CHECK_PATH(shop_catalog_add_image(session, 1, &picture, &image, &error), SHOP_E_TOO_LARGE,
             "bytes");
  CHECK(image == NULL);
  picture.bytes.data = NULL; /* not the same as absent */
  picture.bytes.size = 1;
  picture.alt.size = 1;
  CHECK_PATH(shop_catalog_add_image(session, 1, &picture, &image, &error), SHOP_E_INVALID_ARGUMENT,
             "alt");
  picture.alt.size = 0;
  CHECK_PATH(shop_catalog_add_image(session, 1, &picture, &image, &error), SHOP_E_INVALID_ARGUMENT,
             "bytes");
  CHECK(image == NULL);
  SHOP_INIT(&user);
  user.username = text("nora");
  user.group_ids.count = 1;
  CHECK_PATH(shop_accounts_create_user(session, &user, &made, &error), SHOP_E_INVALID_ARGUMENT,
             "group_ids");
  CHECK(made == NULL);

  SHOP_INIT(&benefit);
  benefit.kind = SHOP_BENEFIT_KIND_PERCENT;
  benefit.rate_ppm = 1;
  SHOP_INIT(&offer);
  offer.name = text("Offer");
  offer.benefit = &benefit;
  offer.conditions = &conditions;
  SHOP_INIT(&condition);
  condition.kind = SHOP_CONDITION_KIND_COUNTRIES;

#define REFUSED(code, path)                                                                  \
  do {                                                                                       \
    CHECK_PATH(shop_pricing_put_promotion(session, &offer, &promotion, &error), code, path); \
    CHECK(promotion == NULL);                                                                \
  } while (0)
#define LIST()                               \
  do {                                       \
    SHOP_INIT(&conditions);                  \
    conditions.item_size = sizeof condition; \
    conditions.count = 1;                    \
    conditions.items = &condition;           \
  } while (0)

  LIST();
  conditions.struct_size = 8;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  conditions.struct_size = UINT32_MAX;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  LIST();
  conditions.items = NULL;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  LIST();
  conditions.item_size = 8;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  conditions.item_size = UINT32_MAX - 7;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  conditions.item_size = sizeof condition + 4;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions");
  LIST();
  conditions.count = UINT64_MAX;
  REFUSED(SHOP_E_TOO_LARGE, "conditions");

  LIST();
  condition.texts.count = 1;
  REFUSED(SHOP_E_INVALID_ARGUMENT, "conditions[0].texts");
  condition.texts.items = &one_text;
  condition.texts.count = SIZE_MAX;
  REFUSED(SHOP_E_TOO_LARGE, "conditions[0].texts");
  condition.texts.count = 1;
  condition.ids.count = 1;
  REFUSED(SHOP_E_INVALID_ARGUMENT, "conditions[0].ids");
  condition.ids.items = &one_id;
  condition.ids.count = SIZE_MAX;
  REFUSED(SHOP_E_TOO_LARGE, "conditions[0].ids");
  condition.ids.count = 1;
  memcpy(condition.amount.currency, "GB", 3);
  REFUSED(SHOP_E_VALIDATION, "conditions[0].amount");
  memcpy(condition.amount.currency, "gbp", 4);
  REFUSED(SHOP_E_VALIDATION, "conditions[0].amount");
  memcpy(condition.amount.currency, "EUR", 4);
  condition.amount.minor = INT64_MAX;
  REFUSED(SHOP_E_OUT_OF_RANGE, "conditions[0].amount");
  condition.amount.minor = INT64_MIN;
  REFUSED(SHOP_E_OUT_OF_RANGE, "conditions[0].amount");
  condition.amount.minor = 0;
  condition.kind = 77;
  REFUSED(SHOP_E_INVALID_ARGUMENT, "conditions[0].kind");
  condition.kind = SHOP_CONDITION_KIND_COUNTRIES;
  condition.struct_size = 4;
  REFUSED(SHOP_E_BAD_STRUCT, "conditions[0]");
  condition.struct_size = sizeof condition;
  OK(shop_pricing_put_promotion(session, &offer, &promotion, &error));
  shop_result_free(promotion);
#undef REFUSED
#undef LIST
}

/* What needs no shop: names of codes, decimals of currencies, sizes of records, results. */
static void tables(void) {
  const shop_status_list *statuses = shop_status_table();
  const shop_abi *abi = shop_abi_info();
  int32_t ascii = -1;
  CHECK(statuses != NULL && statuses->count > 40 && statuses == shop_status_table());
  for (size_t i = 0; i < statuses->count; ++i) {
    const shop_status_row *row = SHOP_AT(shop_status_row, statuses, i);
    CHECK(strcmp(row->name.data, shop_status_name(row->code)) == 0);
    CHECK(strcmp(row->description.data, shop_status_description(row->code)) == 0);
  }
  CHECK(strcmp(shop_status_name(12345), "unknown") == 0);
  CHECK(shop_status_description(12345)[0] != '\0');
  CHECK(abi != NULL && abi->major == 1 && abi->structs->count > 100 && abi == shop_abi_info());
  CHECK(shop_currency_exponent("GBP") == 2 && shop_currency_exponent("JPY") == 0);
  CHECK(shop_currency_exponent("nothing") == -1 && shop_currency_exponent(NULL) == -1);
  shop_result_free(statuses); /* belongs to the library: stays */
  CHECK(shop_result_size(statuses) > 0 && statuses->count > 40);

  CHECK(shop_result_size(NULL) == 0 && shop_result_take(NULL, NULL, 0, &ascii) == 0 && ascii == 0);
  const shop_category_list *list = NULL;
  OK(shop_catalog_categories(session, 0, &list, &error));
  const size_t size = shop_result_size(list);
  void *copy = malloc(size);
  CHECK(shop_result_take(list, copy, size - 1, &ascii) == size && ascii == 1);
  CHECK(shop_result_take(list, NULL, size, NULL) == size);
  CHECK(shop_result_take(list, copy, size, NULL) == size);
  CHECK(((const shop_category_list *)copy)->struct_size == sizeof *list);
  free(copy);
}

static void options(void) {
  shop_open_input input;
  shop_engine *engine = NULL;
  SHOP_INIT(&input);
  input.currency = text("pounds");
  CHECK_CODE(shop_engine_open_memory(&input, &engine, &error), SHOP_E_VALIDATION);
  SHOP_INIT(&input);
  input.read_only = 2;
  CHECK_CODE(shop_engine_open_memory(&input, &engine, &error), SHOP_E_INVALID_ARGUMENT);
  SHOP_INIT(&input);
  input.durability = 77;
  CHECK_CODE(shop_engine_open_memory(&input, &engine, &error), SHOP_E_INVALID_ARGUMENT);
  SHOP_INIT(&input);
  input.busy_timeout_ms = INT64_MAX;
  input.fields = SHOP_OPEN_INPUT_HAS_BUSY_TIMEOUT_MS;
  CHECK_CODE(shop_engine_open_memory(&input, &engine, &error), SHOP_E_OUT_OF_RANGE);
  SHOP_INIT(&input);
  input.struct_size = 4;
  CHECK_CODE(shop_engine_open_memory(&input, &engine, &error), SHOP_E_BAD_STRUCT);
  CHECK(engine == NULL);
  CHECK_CODE(shop_engine_open_image("not a shop", 10, NULL, &engine, &error), SHOP_E_NOT_A_SHOP);
  CHECK_CODE(shop_engine_open_image(NULL, 0, NULL, &engine, &error), SHOP_E_INVALID_ARGUMENT);
}

static void all_failing_fields_at_once(void) {
  shop_category_input input;
  shop_error *error = NULL;
  SHOP_INIT(&input);
  input.name = text("\xff");
  input.parent_id = -5;
  input.fields = SHOP_CATEGORY_INPUT_HAS_PARENT_ID;
  CHECK(create(&input, &error) == SHOP_E_INVALID_UTF8);
  CHECK(error != NULL && strcmp(error->name.data, "invalid_utf8") == 0);
  CHECK(error->details->count >= 1);
  const shop_error_detail *first = SHOP_AT(shop_error_detail, error->details, 0);
  CHECK(strcmp(first->code.data, "invalid_utf8") == 0 && first->params != NULL);
  shop_result_free(error);
}

int main(void) {
  shop_engine *engine = NULL;
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  struct_sizes();
  broken_text();
  lengths();
  lists();
  tables();
  options();
  all_failing_fields_at_once();
  shop_result_free(category);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
  return report();
}
