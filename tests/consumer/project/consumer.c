#include <shop.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  if (shop_abi_info()->major != 1) return 1;
  if (strcmp(shop_status_name(SHOP_E_NOT_FOUND), "not_found") != 0) return 1;
  printf("C, libshop %s\n", shop_abi_info()->version.data);
  return 0;
}
