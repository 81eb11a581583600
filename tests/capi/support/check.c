#include "check.h"

int failures = 0;

shop_str text(const char *literal) {
  shop_str made;
  made.data = literal;
  made.size = strlen(literal);
  return made;
}

int report(void) {
  if (failures != 0) printf("%d failed\n", failures);
  return failures == 0 ? 0 : 1;
}
