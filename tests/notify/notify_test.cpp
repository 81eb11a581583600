#include "notify/notify.hpp"

#include "accounts/keys.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "events/events.hpp"
#include "support/people.hpp"
#include "support/shop_fixture.hpp"

#include <deque>
#include <random>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_day = 86'400'000'000;

struct NotifyFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database db{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Notifications notify{db};
  Events events{db};
  Session host = Session::host();
  Session ann = host;
  Session bob = host;

  NotifyFixture() {
    db::migrate(db);
    accounts::open(db, {}, PasswordPreset::for_tests);
    Accounts accounts{db};
    ann = a_customer(accounts, 1);
    bob = a_customer(accounts, 2);
  }

  bool tell(const Session& who, NotificationKind kind, const std::string& title) {
    return db.write([&](db::Tx& tx) {
      return shop::notify::send(tx, {who.user_id(), kind, title, "body", "order", 7, R"({"a":1})"});
    });
  }
};

}  // namespace

TEST_CASE_FIXTURE(NotifyFixture, "a user reads their notifications and marks them by UUID") {
  tell(ann, NotificationKind::order_status, "first");
  tell(ann, NotificationKind::price_drop, "second");
  tell(bob, NotificationKind::order_status, "other");
  const auto page = notify.list(ann, {}, {"", 10, true});
  REQUIRE(page.items.size() == 2);
  CHECK(page.total == 2);
  CHECK(page.items[0].title == "second");
  CHECK(page.items[1].uuid.size() == 36);
  CHECK(page.items[1].object == "order");
  CHECK(page.items[1].object_id == 7);
  CHECK_FALSE(page.items[1].read_at.has_value());
  CHECK(notify.unread(ann) == 2);
  notify.mark_read(ann, page.items[1].uuid);
  CHECK(notify.unread(ann) == 1);
  CHECK(notify.list(ann, {.unread_only = true}, {}).items[0].title == "second");
  CHECK(notify.list(ann, {.kind = NotificationKind::order_status}, {}).items.size() == 1);
  notify.mark_unread(ann, page.items[1].uuid);
  CHECK(notify.mark_all_read(ann) == 2);
  CHECK(notify.unread(ann) == 0);
  CHECK(notify.unread(bob) == 1);
  notify.remove(ann, page.items[0].uuid);
  CHECK(notify.list(ann, {}, {}).items.size() == 1);
}

TEST_CASE_FIXTURE(NotifyFixture, "somebody else's notification is not found") {
  tell(ann, NotificationKind::message, "mine");
  const auto uuid = notify.list(ann, {}, {}).items[0].uuid;
  CHECK(code_of([&] {
          notify.mark_read(bob, uuid);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          notify.mark_unread(bob, uuid);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          notify.remove(bob, uuid);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          notify.mark_read(ann, "nonsense");
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          return notify.list(Session{Role::guest, 0, 0, 0}, {}, {});
        }) == Code::unauthenticated);
  CHECK(code_of([&] { return notify.list(host, {}, {}); }) == Code::unauthenticated);
}

TEST_CASE_FIXTURE(NotifyFixture, "preferences decide by kind: list, outbox, both or neither") {
  CHECK(notify.preferences(ann).size() == 7);
  events.subscribe(host, {"push", {"notification.*"}, false});
  notify.set_preference(ann, {NotificationKind::price_drop, false, false});
  notify.set_preference(ann, {NotificationKind::message, false, true});
  notify.set_preference(ann, {NotificationKind::loyalty, true, false});
  CHECK_FALSE(tell(ann, NotificationKind::price_drop, "none"));
  CHECK(tell(ann, NotificationKind::message, "push only"));
  CHECK(tell(ann, NotificationKind::loyalty, "list only"));
  CHECK(tell(ann, NotificationKind::order_status, "both"));
  CHECK(notify.list(ann, {}, {}).items.size() == 2);
  const auto pulled = events.pull(host, "push", 10, 60);
  REQUIRE(pulled.size() == 2);
  CHECK(pulled[0].payload.find("push only") != std::string::npos);
  core::Findings findings;
  db.read([&](db::Tx& tx) {
    shop::events::verify(tx, findings);
    shop::notify::verify(tx, findings);
  });
  const auto report = findings.take();
  for (const auto& problem : report.problems) MESSAGE(problem.message);
  CHECK(report.ok());
  CHECK(code_of([&] {
          return notify.set_preference(ann, {static_cast<NotificationKind>(99), true, true});
        }) == Code::validation);
}

TEST_CASE_FIXTURE(NotifyFixture, "the people of the shop send messages; customers do not") {
  CHECK(notify.send(host, {ann.user_id(), "We moved", "See you there."}));
  CHECK(notify.list(ann, {}, {}).items[0].kind == NotificationKind::message);
  CHECK(code_of([&] { return notify.send(bob, {ann.user_id(), "Hi", ""}); }) == Code::forbidden);
  const auto error = error_of([&] { return notify.send(host, {0, "", std::string(5000, 'x')}); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
}

TEST_CASE_FIXTURE(NotifyFixture, "retention: a number per user, and an age") {
  notify.set_retention(host, {30, 10});
  for (int i = 0; i < 25; ++i) tell(ann, NotificationKind::message, "n" + std::to_string(i));
  auto page = notify.list(ann, {}, {"", 50, true});
  CHECK(page.total == 10);
  CHECK(page.items.back().title == "n15");
  clock->advance(31 * k_day);
  tell(ann, NotificationKind::message, "new");
  CHECK(notify.list(ann, {}, {"", 50, true}).total == 7);  // three old ones make room at a time
  CHECK(notify.prune(host) == 6);
  CHECK(notify.list(ann, {}, {"", 50, true}).total == 1);
  CHECK(code_of([&] { return notify.set_retention(host, {0, 501}); }) == Code::validation);
  CHECK(code_of([&] { return notify.prune(ann); }) == Code::forbidden);
}

TEST_CASE_FIXTURE(NotifyFixture,
                  "over random histories list, unread and marks agree with a model") {
  struct Told {
    std::string title;
    bool read = false;
  };
  std::deque<Told> model;  // newest first
  std::mt19937 chance{11};
  notify.set_retention(host, {365, 20});
  for (int step = 0; step < 600; ++step) {
    const auto roll = chance() % 10;
    if (roll < 5) {
      const auto title = "t" + std::to_string(step);
      tell(ann, static_cast<NotificationKind>(1 + chance() % 7), title);
      model.push_front({title});
      if (model.size() > 20) model.pop_back();
    } else if (!model.empty() && roll < 9) {
      const auto at = chance() % model.size();
      const auto uuid = notify.list(ann, {}, {"", 50, false}).items[at].uuid;
      if (roll == 5) {
        notify.remove(ann, uuid);
        model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
      } else if (roll == 6) {
        notify.mark_unread(ann, uuid);
        model[at].read = false;
      } else {
        notify.mark_read(ann, uuid);
        model[at].read = true;
      }
    } else if (roll == 9 && chance() % 10 == 0) {
      notify.mark_all_read(ann);
      for (auto& told : model) told.read = true;
    }
    if (step % 20 != 0) continue;
    const auto page = notify.list(ann, {}, {"", 50, true});
    REQUIRE(page.items.size() == model.size());
    std::int64_t unread = 0;
    for (std::size_t i = 0; i < model.size(); ++i) {
      CHECK(page.items[i].title == model[i].title);
      CHECK(page.items[i].read_at.has_value() == model[i].read);
      unread += model[i].read ? 0 : 1;
    }
    CHECK(notify.unread(ann) == unread);
  }
}
