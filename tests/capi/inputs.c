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
  options();
  all_failing_fields_at_once();
  shop_result_free(category);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
  return report();
}
