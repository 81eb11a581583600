#include "support/orders_fixture.hpp"

#include <deque>
#include <random>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_day = 86'400'000'000;

struct NotifyFixture : OrdersFixture {
  Notifications& notify = shop.notify();
  Session ann = customer("ann");
  Session bob = customer("bob");

  bool tell(const Session& who, const std::string& title) {
    return notify.send(host, {who.user_id(), title, "body"});
  }
  void order_of(const Session& who, const std::string& key) {
    const Id variant = sell("Thing " + key, 1000, 5);
    shop.cart().add(who, 0, {variant, 1, {}});
    shop.orders().place(who, 0, paid_in_cash(key));
  }
};

}  // namespace

TEST_CASE_FIXTURE(NotifyFixture, "a user reads their notifications and marks them by UUID") {
  order_of(ann, "a");
  tell(ann, "second");
  tell(bob, "other");
  const auto page = notify.list(ann, {}, {"", 10, true});
  REQUIRE(page.items.size() == 2);
  CHECK(page.total == 2);
  CHECK(page.items[0].title == "second");
  CHECK(page.items[1].uuid.size() == 36);
  CHECK(page.items[1].kind == NotificationKind::order_status);
  CHECK(page.items[1].object == "order");
  CHECK(page.items[1].object_id.has_value());
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
  tell(ann, "mine");
  const auto uuid = notify.list(ann, {}, {}).items[0].uuid;
  const auto code = [](auto call) {
    return code_of([&] {
      call();
      return 0;
    });
  };
  CHECK(code([&] { notify.mark_read(bob, uuid); }) == Code::not_found);
  CHECK(code([&] { notify.mark_unread(bob, uuid); }) == Code::not_found);
  CHECK(code([&] { notify.remove(bob, uuid); }) == Code::not_found);
  CHECK(code([&] { notify.mark_read(ann, "nonsense"); }) == Code::not_found);
  CHECK(code_of([&] { return notify.list(shop.guest(), {}, {}); }) == Code::unauthenticated);
  CHECK(code_of([&] { return notify.list(host, {}, {}); }) == Code::unauthenticated);
}

TEST_CASE_FIXTURE(NotifyFixture, "preferences decide by kind: list, outbox, both or neither") {
  CHECK(notify.preferences(ann).size() == 7);
  shop.events().subscribe(host, {"push", {"notification.*"}, false});
  notify.set_preference(ann, {NotificationKind::message, false, true});
  notify.set_preference(bob, {NotificationKind::message, false, false});
  notify.set_preference(ann, {NotificationKind::order_status, true, false});
  CHECK(tell(ann, "push only"));
  CHECK_FALSE(tell(bob, "none"));
  order_of(ann, "list only");
  CHECK(notify.list(ann, {}, {}).items.size() == 1);
  CHECK(notify.list(bob, {}, {}).items.empty());
  const auto pulled = shop.events().pull(host, "push", 10, 60);
  REQUIRE(pulled.size() == 1);
  CHECK(pulled[0].payload.find("push only") != std::string::npos);
  check_verified();
  CHECK(code_of([&] {
          return notify.set_preference(ann, {static_cast<NotificationKind>(99), true, true});
        }) == Code::validation);
}

TEST_CASE_FIXTURE(NotifyFixture, "the people of the shop send messages; customers do not") {
  CHECK(notify.send(host, {ann.user_id(), "We moved", "See you there."}));
  CHECK(notify.list(ann, {}, {}).items[0].kind == NotificationKind::message);
  CHECK(code_of([&] { return notify.send(bob, {ann.user_id(), "Hi", ""}); }) == Code::forbidden);
  const auto nobody = error_of([&] { return notify.send(host, {4711, "Hi", ""}); });
  CHECK(nobody.code() == Code::not_found);
  CHECK(first_path(nobody) == "user_id");
  shop.accounts().erase(host, bob.user_id());
  CHECK(code_of([&] { return notify.send(host, {bob.user_id(), "Hi", ""}); }) == Code::not_found);
  const auto error = error_of([&] { return notify.send(host, {0, "", std::string(5000, 'x')}); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
}

TEST_CASE_FIXTURE(NotifyFixture, "retention: a number per user, and an age") {
  notify.set_retention(host, {10, 10});
  for (int i = 0; i < 25; ++i) tell(ann, "n" + std::to_string(i));
  const auto page = notify.list(ann, {}, {"", 50, true});
  CHECK(page.total == 10);
  CHECK(page.items.back().title == "n15");
  clock->advance(11 * k_day);
  tell(ann, "new");
  ann = customer("ann");
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
      tell(ann, title);
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
