/* A held clock moves only when it is told to; a fork has its own. */
#include "check.h"

int main(void) {
  shop_engine *engine = NULL, *copy = NULL;
  shop_open_input input;
  shop_time now = 0;
  SHOP_INIT(&input);
  input.manual_clock = 1000000;
  input.random_seed = 7;
  input.fields = SHOP_OPEN_INPUT_HAS_MANUAL_CLOCK | SHOP_OPEN_INPUT_HAS_RANDOM_SEED;
  OK(shop_engine_open_memory(&input, &engine, &error));
  OK(shop_engine_now(engine, &now, &error));
  CHECK(now == 1000000);
  OK(shop_engine_advance(engine, 500, &error));
  OK(shop_engine_fork(engine, &copy, &error));
  OK(shop_engine_set_time(engine, 9000000, &error));
  OK(shop_engine_now(engine, &now, &error));
  CHECK(now == 9000000);
  OK(shop_engine_now(copy, &now, &error));
  CHECK(now == 1000500);
  CHECK_CODE(shop_engine_advance(engine, INT64_MAX, &error), SHOP_E_OUT_OF_RANGE);
  OK(shop_engine_close(copy, &error));
  OK(shop_engine_close(engine, &error));

  OK(shop_engine_open_memory(NULL, &engine, &error));
  CHECK_CODE(shop_engine_set_time(engine, 1, &error), SHOP_E_CONFLICT);
  OK(shop_engine_close(engine, &error));
  return report();
}
