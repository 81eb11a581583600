/* What the C tests share. A failed CHECK says where, and the program goes on to the next. */
#ifndef SHOP_TEST_CHECK_H
#define SHOP_TEST_CHECK_H

#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int failures;

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                    \
    }                                                                \
  } while (0)

/* The call must give this code, and an error object that says the same. Uses `error`. */
#define CHECK_CODE(call, expected)                                                  \
  do {                                                                              \
    shop_error *error = NULL;                                                       \
    const shop_status status_ = (call);                                             \
    if (status_ != (expected)) {                                                    \
      printf("%s:%d: %s gave %s, not %s: %s\n", __FILE__, __LINE__, #call,          \
             shop_status_name(status_), shop_status_name(expected),                 \
             error ? error->message.data : "");                                     \
      ++failures;                                                                   \
    }                                                                               \
    if ((expected) == SHOP_OK) {                                                    \
      CHECK(error == NULL);                                                         \
    } else {                                                                        \
      CHECK(error != NULL && error->code == (expected) && error->message.size > 0); \
    }                                                                               \
    shop_result_free(error);                                                        \
  } while (0)

#define OK(call) CHECK_CODE(call, SHOP_OK)

/* The path of the first failing field must be this. */
#define CHECK_PATH(call, expected_code, expected_path)                     \
  do {                                                                     \
    shop_error *error = NULL;                                              \
    const shop_status status_ = (call);                                    \
    CHECK(status_ == (expected_code));                                     \
    CHECK(error != NULL && error->details->count > 0 &&                    \
          strcmp(error->details->items->path.data, (expected_path)) == 0); \
    shop_result_free(error);                                               \
  } while (0)

shop_str text(const char *literal);
int report(void);

#endif
