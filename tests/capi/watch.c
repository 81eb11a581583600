/* Where the audit chain ends is told to a function of the host. */
#include "check.h"

struct kept {
  int calls;
  int ended;
  int answer;
  int64_t seq;
  char hash[65];
};

static int32_t keep(int64_t seq, const char *hash, void *user_data) {
  struct kept *kept = user_data;
  ++kept->calls;
  kept->seq = seq;
  CHECK(strlen(hash) == 64);
  memcpy(kept->hash, hash, 65);
  return kept->answer;
}

static void end(void *user_data) {
  ++((struct kept *)user_data)->ended;
}

static void change(shop_session *host, const char *name) {
  const shop_category *category = NULL;
  shop_category_input input;
  SHOP_INIT(&input);
  input.name = text(name);
  OK(shop_catalog_create_category(host, &input, &category, &error));
  shop_result_free(category);
}

int main(void) {
  shop_engine *engine = NULL;
  shop_session *host = NULL, *guest = NULL;
  struct kept kept = {0, 0, 1, 0, ""};
  OK(shop_engine_open_memory(NULL, &engine, &error));
  OK(shop_session_host(engine, &host, &error));
  OK(shop_session_guest(engine, &guest, &error));

  /* What is refused gives its data back at once. */
  CHECK_CODE(shop_audit_watch(guest, 1, keep, end, &kept, &error), SHOP_E_UNAUTHENTICATED);
  CHECK(kept.ended == 1);
  CHECK_PATH(shop_audit_watch(host, 0, keep, end, &kept, &error), SHOP_E_VALIDATION, "every");
  CHECK(kept.ended == 2);
  CHECK_CODE(shop_audit_watch(NULL, 1, keep, end, &kept, &error), SHOP_E_BAD_HANDLE);
  CHECK(kept.ended == 3);
  kept.ended = 0;

  OK(shop_audit_watch(host, 2, keep, end, &kept, &error));
  change(host, "One");
  CHECK(kept.calls == 0);
  change(host, "Two");
  CHECK(kept.calls == 1 && kept.seq == 2);

  /* 0 is what a caller's language makes of its exception: told again. */
  kept.answer = 0;
  change(host, "Three");
  change(host, "Four");
  CHECK(kept.calls == 2 && kept.seq == 4);
  kept.answer = 1;
  change(host, "Five");
  CHECK(kept.calls == 3 && kept.seq == 5);

  /* What was kept is an anchor. */
  const shop_audit_report *checked = NULL;
  shop_audit_anchor anchor;
  SHOP_INIT(&anchor);
  anchor.seq = kept.seq;
  anchor.hash = text(kept.hash);
  OK(shop_audit_verify(host, &anchor, &checked, &error));
  CHECK(checked->ok);
  shop_result_free(checked);
  kept.hash[0] = kept.hash[0] == '0' ? '1' : '0';
  OK(shop_audit_verify(host, &anchor, &checked, &error));
  CHECK(!checked->ok && checked->first_broken == 5);
  shop_result_free(checked);

  CHECK(kept.ended == 0);
  OK(shop_audit_watch(host, 1, NULL, NULL, NULL, &error));
  CHECK(kept.ended == 1);
  change(host, "Six");
  CHECK(kept.calls == 3);

  OK(shop_audit_watch(host, 1, keep, end, &kept, &error));
  CHECK(kept.calls == 4);
  OK(shop_engine_close(engine, &error));
  CHECK(kept.ended == 2);
  return report();
}
