/* What is not a shop is refused with its own code, and left as it was. */
#define _GNU_SOURCE

#include "check.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/shop_opening_XXXXXX";
static char path[256];

static const char *in_folder(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void write_file(const char *name, const void *bytes, size_t size) {
  FILE *file = fopen(in_folder(name), "wb");
  CHECK(file != NULL && fwrite(bytes, 1, size, file) == size);
  fclose(file);
}

static size_t read_file(const char *name, char *bytes, size_t capacity) {
  FILE *file = fopen(in_folder(name), "rb");
  CHECK(file != NULL);
  const size_t size = fread(bytes, 1, capacity, file);
  fclose(file);
  return size;
}

static void refused(const char *name, shop_status expected) {
  static char before[1 << 20], after[1 << 20];
  shop_engine *engine = NULL;
  const size_t size = read_file(name, before, sizeof before);
  CHECK_CODE(shop_engine_open(in_folder(name), NULL, &engine, &error), expected);
  CHECK(engine == NULL);
  CHECK(read_file(name, after, sizeof after) == size && memcmp(before, after, size) == 0);
}

/* Overwrites some bytes of a copy of a shop. */
static void damaged(const char *name, long at, const char *bytes, size_t size) {
  static char shop[1 << 20];
  const size_t length = read_file("good.db", shop, sizeof shop);
  memcpy(shop + at, bytes, size);
  write_file(name, shop, length);
}

int main(void) {
  shop_engine *engine = NULL;
  shop_open_input must_exist;
  static char shop[1 << 20];
  CHECK(mkdtemp(folder) != NULL);

  OK(shop_engine_open(in_folder("good.db"), NULL, &engine, &error));
  OK(shop_engine_close(engine, &error));
  OK(shop_engine_open(in_folder("good.db"), NULL, &engine, &error));
  OK(shop_engine_checkpoint(engine, &error));
  OK(shop_engine_close(engine, &error));

  CHECK_CODE(shop_engine_open(NULL, NULL, &engine, &error), SHOP_E_INVALID_ARGUMENT);
  CHECK_CODE(shop_engine_open("/nowhere/at/all.db", NULL, &engine, &error), SHOP_E_CANNOT_OPEN);
  CHECK_CODE(shop_engine_open(folder, NULL, &engine, &error), SHOP_E_NOT_A_SHOP);
  SHOP_INIT(&must_exist);
  must_exist.must_exist = 1;
  CHECK_CODE(shop_engine_open(in_folder("absent.db"), &must_exist, &engine, &error),
             SHOP_E_CANNOT_OPEN);

  write_file("text.db", "This is only a text file, however long it may be.\n", 50);
  refused("text.db", SHOP_E_NOT_A_SHOP);
  write_file("image.db", "\xff\xd8\xff\xe0\0\x10JFIF\0", 11);
  refused("image.db", SHOP_E_NOT_A_SHOP);
  damaged("foreign.db", 68, "\0\0\0\x2a", 4); /* application_id */
  refused("foreign.db", SHOP_E_NOT_A_SHOP);
  damaged("newer.db", 60, "\0\x7f\xff\xff", 4); /* user_version */
  refused("newer.db", SHOP_E_SCHEMA_NEWER);

  const size_t size = read_file("good.db", shop, sizeof shop);
  write_file("short.db", shop, size / 2);
  refused("short.db", SHOP_E_CORRUPT);

  CHECK_CODE(shop_engine_open_image(shop, size / 2, NULL, &engine, &error), SHOP_E_CORRUPT);
  OK(shop_engine_open_image(shop, size, NULL, &engine, &error));
  OK(shop_engine_close(engine, &error));

  /* A backup that is sealed as a whole. */
  shop_open_input with_key;
  uint8_t key[32] = {1};
  char restored[256];
  SHOP_INIT(&with_key);
  with_key.host_key.data = key;
  with_key.host_key.size = sizeof key;
  OK(shop_engine_open(in_folder("keyed.db"), &with_key, &engine, &error));
  OK(shop_engine_backup_sealed(engine, in_folder("sealed"), &error));
  CHECK_CODE(shop_engine_backup_sealed(engine, in_folder("sealed"), &error), SHOP_E_ALREADY_EXISTS);
  OK(shop_engine_close(engine, &error));
  refused("sealed", SHOP_E_NOT_A_SHOP);
  snprintf(restored, sizeof restored, "%s", in_folder("restored.db"));
  CHECK_CODE(shop_engine_restore(in_folder("sealed"), restored, NULL, &engine, &error),
             SHOP_E_WRONG_HOST_KEY);
  key[0] = 2;
  CHECK_CODE(shop_engine_restore(in_folder("sealed"), restored, &with_key, &engine, &error),
             SHOP_E_WRONG_HOST_KEY);
  key[0] = 1;
  OK(shop_engine_restore(in_folder("sealed"), restored, &with_key, &engine, &error));
  OK(shop_engine_close(engine, &error));
  CHECK_CODE(shop_engine_restore(in_folder("sealed"), restored, &with_key, &engine, &error),
             SHOP_E_ALREADY_EXISTS);
  CHECK(unlink(restored) == 0);
  const size_t sealed_size = read_file("sealed", shop, sizeof shop);
  shop[sealed_size / 2] ^= 1;
  write_file("sealed", shop, sealed_size);
  CHECK_CODE(shop_engine_restore(in_folder("sealed"), restored, &with_key, &engine, &error),
             SHOP_E_TAMPERED);
  CHECK(access(restored, F_OK) != 0);
  CHECK_CODE(shop_engine_restore(NULL, restored, &with_key, &engine, &error),
             SHOP_E_INVALID_ARGUMENT);

  char command[300];
  snprintf(command, sizeof command, "rm -r %s", folder);
  CHECK(system(command) == 0);
  return report();
}
