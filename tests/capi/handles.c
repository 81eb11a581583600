/* NULL, closed, twice closed and foreign handles: a code, never a crash. */
#define _GNU_SOURCE

#include "check.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static shop_session *number_as_session(uintptr_t number) {
  return (shop_session *)number;
}

static void null_and_foreign(shop_engine *engine, shop_session *session) {
  const shop_category_list *list = NULL;
  CHECK_CODE(shop_catalog_categories(NULL, 0, &list, &error), SHOP_E_BAD_HANDLE);
  CHECK(list == NULL);
  CHECK_CODE(shop_catalog_categories((shop_session *)engine, 0, &list, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_engine_checkpoint((shop_engine *)session, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_engine_close((shop_engine *)session, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_session_close((shop_session *)engine, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_engine_close(NULL, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_session_close(NULL, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_session_close((shop_session *)&list, &error), SHOP_E_BAD_HANDLE);
  for (int bit = 0; bit < 64; ++bit) {
    const uintptr_t other = (uintptr_t)session ^ ((uintptr_t)1 << bit);
    CHECK_CODE(shop_catalog_categories(number_as_session(other), 0, &list, &error),
               SHOP_E_BAD_HANDLE);
  }
  uint64_t state = 88172645463325252U;
  for (int i = 0; i < 100000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    const uintptr_t number = (uintptr_t)(i % 2 ? state : state >> 11);
    if (number == (uintptr_t)session) continue;
    if (shop_session_close(number_as_session(number), NULL) != SHOP_E_BAD_HANDLE) ++failures;
  }
}

static void null_outputs(shop_engine *engine, shop_session *session) {
  CHECK_CODE(shop_catalog_categories(session, 0, NULL, &error), SHOP_E_INVALID_ARGUMENT);
  CHECK_CODE(shop_engine_now(engine, NULL, &error), SHOP_E_INVALID_ARGUMENT);
  CHECK_CODE(shop_session_host(engine, NULL, &error), SHOP_E_INVALID_ARGUMENT);
  CHECK(shop_catalog_categories(NULL, 0, NULL, NULL) != SHOP_OK);
  shop_result_free(NULL);
  CHECK(shop_result_size(NULL) == 0);
  CHECK(shop_result_take(NULL, NULL, 0, NULL) == 0);
  CHECK(shop_currency_exponent(NULL) == -1);
  CHECK(strcmp(shop_status_name(12345), "unknown") == 0);
}

static void closed(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  const shop_category_list *list = NULL;
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  OK(shop_session_close(session, &error));
  CHECK_CODE(shop_session_close(session, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_catalog_categories(session, 0, &list, &error), SHOP_E_BAD_HANDLE);

  /* the slot is used again; the old handle is still refused */
  shop_session *next = NULL;
  OK(shop_session_host(engine, &next, &error));
  CHECK(next != session);
  CHECK_CODE(shop_session_close(session, &error), SHOP_E_BAD_HANDLE);

  OK(shop_engine_close(engine, &error));
  CHECK_CODE(shop_engine_close(engine, &error), SHOP_E_BAD_HANDLE);
  CHECK_CODE(shop_catalog_categories(next, 0, &list, &error), SHOP_E_CLOSED);
  OK(shop_session_close(next, &error));
}

static void results_outlive_their_shop(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  const shop_category *category = NULL;
  shop_category_input input;
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  SHOP_INIT(&input);
  input.name = text("Shirts");
  OK(shop_catalog_create_category(session, &input, &category, &error));
  OK(shop_engine_close(engine, &error));
  OK(shop_session_close(session, &error));
  CHECK(strcmp(category->slug.data, "shirts") == 0);
  CHECK(shop_result_size(category) > sizeof *category);
  shop_result_free(category);
}

static void *closes(void *argument) {
  shop_engine *engine = argument;
  shop_engine_close(engine, NULL);
  return NULL;
}

static void *reads(void *argument) {
  shop_session *session = argument;
  for (int i = 0; i < 200; ++i) {
    const shop_category_list *list = NULL;
    const shop_status status = shop_catalog_categories(session, 0, &list, NULL);
    if (status != SHOP_OK && status != SHOP_E_CLOSED) ++failures;
    shop_result_free(list);
  }
  return NULL;
}

static void closing_while_others_call(void) {
  for (int round = 0; round < 20; ++round) {
    shop_engine *engine = NULL;
    shop_session *session = NULL;
    pthread_t readers[3], closer;
    OK(shop_engine_open_memory(NULL, &engine, &error));
    OK(shop_session_host(engine, &session, &error));
    for (int i = 0; i < 3; ++i) pthread_create(&readers[i], NULL, reads, session);
    pthread_create(&closer, NULL, closes, engine);
    for (int i = 0; i < 3; ++i) pthread_join(readers[i], NULL);
    pthread_join(closer, NULL);
    OK(shop_session_close(session, &error));
  }
}

static void after_fork(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  const shop_category_list *list = NULL;
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    failures = 0;
    CHECK_CODE(shop_catalog_categories(session, 0, &list, &error), SHOP_E_FORKED);
    CHECK_CODE(shop_engine_close(engine, &error), SHOP_E_FORKED);
    shop_engine *own = NULL;
    OK(shop_engine_open_memory(NULL, &own, &error));
    OK(shop_engine_close(own, &error));
    fflush(stdout);
    _exit(failures == 0 ? 0 : 1);
  }
  int status = 1;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  OK(shop_catalog_categories(session, 0, &list, &error));
  shop_result_free(list);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
}

int main(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  null_and_foreign(engine, session);
  null_outputs(engine, session);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
  closed();
  results_outlive_their_shop();
  closing_while_others_call();
  after_fork();
  return report();
}
