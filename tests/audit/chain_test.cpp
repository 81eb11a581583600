#include "support/edit_file.hpp"
#include "support/shop_fixture.hpp"

#include <string>

using namespace shop;
using namespace shop::test;

namespace {

OpenOptions options() {
  OpenOptions out;
  out.password_preset = PasswordPreset::for_tests;
  return out;
}

void add_categories(Engine& shop, int count) {
  for (int i = 0; i < count; ++i) {
    shop.catalog().create_category(shop.host(), {"Category " + std::to_string(i), {}});
  }
}

}  // namespace

TEST_CASE_FIXTURE(ShopFixture, "privileged changes are listed, newest first, by page and filter") {
  add_categories(shop, 5);
  auto page = shop.audit().entries(host, {}, {{}, 2, true});
  CHECK(page.total == 5);
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].seq == 5);
  CHECK(page.items[0].action == "category.create");
  CHECK(page.items[0].after.find("category-4") != std::string::npos);
  page = shop.audit().entries(host, {}, {page.next_cursor, 50, false});
  CHECK(page.items.size() == 3);
  CHECK(page.next_cursor.empty());
  AuditFilter filter;
  filter.object_type = "category";
  filter.object_id = page.items[0].object_id;
  CHECK(shop.audit().entries(host, filter, {}).items.size() == 1);
  filter.action = "nothing";
  CHECK(shop.audit().entries(host, filter, {}).items.empty());
  CHECK(code_of([&] { return shop.audit().entries(customer("ann"), {}, {}); }) == Code::forbidden);
  CHECK(code_of([&] {
          return shop.audit().entries(host, {}, {"x", 5, false});
        }) == Code::validation);
}

TEST_CASE("the chain shows the first entry that was edited, removed, added or cut off") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  AuditHead anchor;
  {
    auto shop = Engine::open(path, options());
    add_categories(shop, 10);
    anchor = shop.audit().head(shop.host());
    CHECK(anchor.seq == 10);
    CHECK(shop.audit().verify(shop.host(), anchor).ok);
  }
  struct Case {
    const char* sql;
    std::int64_t first_broken;
  };
  const auto made = std::vector<Case>{
      {"UPDATE audit_entry SET after = '{}' WHERE seq = 4", 4},
      {"UPDATE audit_entry SET actor_id = 5 WHERE seq = 1", 1},
      {"UPDATE audit_entry SET at = at + 1 WHERE seq = 10", 10},
      {"DELETE FROM audit_entry WHERE seq = 6", 6},
      {"DELETE FROM audit_entry WHERE seq > 8", 9},
      {"DELETE FROM audit_entry WHERE seq > 8; UPDATE audit_head SET seq = 8, hash = (SELECT hash "
       "FROM audit_entry WHERE seq = 8)",
       9},
      {"INSERT INTO audit_entry SELECT 11, at, actor_role, actor_id, session_id, action, "
       "object_type, object_id, before, after, key_id, hash FROM audit_entry WHERE seq = 10",
       11},
      {"UPDATE audit_entry SET key_id = 0 WHERE seq = 3", 3},
      {"UPDATE audit_entry SET key_id = 9 WHERE seq = 3", 3},
  };
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto& sql = made[i].sql;
    const auto first_broken = made[i].first_broken;
    CAPTURE(sql);
    const auto copy = folder.path("copy" + std::to_string(i) + ".db");
    std::filesystem::copy_file(path, copy);
    edit_file(copy, sql);
    auto shop = Engine::open(copy, options());
    const auto report = shop.audit().verify(shop.host(), {});
    CHECK_FALSE(report.ok);
    CHECK(report.first_broken == first_broken);
    CHECK_FALSE(shop.verify().ok());
  }
}

TEST_CASE("only an anchor outside shows that an old copy of the file was put back") {
  const TempFolder folder;
  const auto path = folder.path("shop.db");
  const auto old = folder.path("old.db");
  AuditHead anchor;
  {
    auto shop = Engine::open(path, options());
    add_categories(shop, 3);
    shop.backup(old);
    shop.catalog().create_category(shop.host(), {"Later", {}});
    anchor = shop.audit().head(shop.host());
  }
  auto shop = Engine::open(old, options());
  CHECK(shop.audit().verify(shop.host(), {}).ok);
  CHECK_FALSE(shop.audit().verify(shop.host(), anchor).ok);
  shop.catalog().create_category(shop.host(), {"Other", {}});
  const auto report = shop.audit().verify(shop.host(), anchor);
  CHECK_FALSE(report.ok);
  CHECK(report.first_broken == 4);
}
