/* A full disk, and a file that may not be written: each has its code, and nothing is half done.
 * The library's writes go through the two functions that this program defines before libc does. */
#define _GNU_SOURCE

#include "check.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STAND_IN __attribute__((visibility("default")))

static int disk_is_full;

STAND_IN ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  if (disk_is_full) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_pwrite64, fd, bytes, size, at);
}

STAND_IN ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
  return pwrite64(fd, bytes, size, at);
}

static char folder[] = "/tmp/shop_full_XXXXXX";
static char path[256];

static const char *in_folder(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static int64_t category_count(shop_session *session) {
  const shop_category_list *list = NULL;
  OK(shop_catalog_categories(session, 0, &list, &error));
  const int64_t count = list ? (int64_t)list->count : -1;
  shop_result_free(list);
  return count;
}

static shop_status create_category(shop_session *session, const char *name,
                                   shop_error **out_error) {
  const shop_category *made = NULL;
  shop_category_input input;
  SHOP_INIT(&input);
  input.name = text(name);
  const shop_status status = shop_catalog_create_category(session, &input, &made, out_error);
  CHECK((made != NULL) == (status == SHOP_OK));
  shop_result_free(made);
  return status;
}

/* No shop is made on a full disk, and nothing is left of it. */
static void no_new_shop(void) {
  shop_engine *engine = NULL;
  struct stat info;
  disk_is_full = 1;
  CHECK_CODE(shop_engine_open(in_folder("new.db"), NULL, &engine, &error), SHOP_E_FULL);
  disk_is_full = 0;
  CHECK(engine == NULL);
  CHECK(stat(in_folder("new.db"), &info) != 0);
  CHECK(stat(in_folder("new.db-wal"), &info) != 0);
}

/* A change is refused and leaves nothing; reading goes on; with room again so does writing. */
static void no_change(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  OK(shop_engine_open(in_folder("full.db"), NULL, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  OK(create_category(session, "Toys", &error));
  disk_is_full = 1;
  CHECK_CODE(create_category(session, "Books", &error), SHOP_E_FULL);
  CHECK_CODE(create_category(session, "Books", &error), SHOP_E_FULL);
  CHECK(category_count(session) == 1);
  disk_is_full = 0;
  OK(create_category(session, "Books", &error));
  CHECK(category_count(session) == 2);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
}

/* Opened for reading only: every read works, every change is refused, the bytes stay. */
static void read_only(void) {
  shop_engine *engine = NULL;
  shop_session *session = NULL;
  shop_open_input input;
  struct stat before, after;
  SHOP_INIT(&input);
  input.read_only = 1;
  CHECK(stat(in_folder("full.db"), &before) == 0);
  OK(shop_engine_open(in_folder("full.db"), &input, &engine, &error));
  OK(shop_session_host(engine, &session, &error));
  CHECK(category_count(session) == 2);
  CHECK_CODE(create_category(session, "Shoes", &error), SHOP_E_READ_ONLY);
  OK(shop_session_close(session, &error));
  OK(shop_engine_close(engine, &error));
  CHECK(stat(in_folder("full.db"), &after) == 0);
  CHECK(before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
        before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);

  CHECK(chmod(in_folder("full.db"), 0400) == 0);
  CHECK_CODE(shop_engine_open(in_folder("full.db"), NULL, &engine, &error), SHOP_E_READ_ONLY);
}

int main(void) {
  CHECK(mkdtemp(folder) != NULL);
  no_new_shop();
  no_change();
  read_only();

  char command[300];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  CHECK(system(command) == 0);
  return report();
}
