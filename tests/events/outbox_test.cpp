#include "core/random.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "events/events.hpp"
#include "support/shop_fixture.hpp"

#include <map>
#include <random>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_second = 1'000'000;
constexpr std::int64_t k_day = 86'400 * k_second;

struct OutboxFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  db::Database db{{}, {clock, core::seeded_random(1), "GBP", 0}};
  Events events{db};
  Session host = Session::host();

  OutboxFixture() { db::migrate(db); }

  void append(std::string_view type, Id aggregate_id) {
    db.write([&](db::Tx& tx) {
      events::append(tx, {type, "product", aggregate_id, R"({"review_id":1})"});
    });
  }
  std::vector<Id> pull(const std::string& consumer, std::int64_t limit = 100) {
    std::vector<Id> out;
    for (const auto& event : events.pull(host, consumer, limit, 60)) {
      out.push_back(event.aggregate_id);
    }
    return out;
  }
};

}  // namespace

TEST_CASE_FIXTURE(OutboxFixture, "a consumer gets what was committed after it subscribed, once") {
  append("review.removed", 1);
  events.subscribe(host, {"mail", {}, false});
  events.subscribe(host, {"search", {}, true});
  append("review.removed", 2);
  const auto mail = events.pull(host, "mail", 10, 60);
  REQUIRE(mail.size() == 1);
  CHECK(mail[0].aggregate_id == 2);
  CHECK(mail[0].type == "review.removed");
  CHECK(mail[0].version == 1);
  CHECK(mail[0].attempt == 1);
  CHECK(mail[0].at == start_of_test);
  CHECK(pull("mail").empty());
  CHECK(pull("search") == std::vector<Id>{1, 2});
  CHECK(events.acknowledge(host, {"mail", {mail[0].id}}) == 1);
  CHECK(events.acknowledge(host, {"mail", {mail[0].id}}) == 0);
  clock->advance(61 * k_second);
  CHECK(pull("mail").empty());
  CHECK(pull("search") == std::vector<Id>{1, 2});
}

TEST_CASE_FIXTURE(OutboxFixture, "an event of a change that failed does not exist") {
  events.subscribe(host, {"mail", {}, false});
  CHECK_THROWS(db.write([&](db::Tx& tx) {
    events::append(tx, {"review.removed", "product", 5, "{}"});
    throw Error(Code::conflict, "no");
  }));
  CHECK(pull("mail").empty());
  CHECK(events.list(host, {}).items.empty());
}

TEST_CASE_FIXTURE(OutboxFixture, "what is not acknowledged within the lease comes again") {
  events.subscribe(host, {"mail", {}, false});
  append("review.removed", 1);
  auto first = events.pull(host, "mail", 10, 60);
  clock->advance(59 * k_second);
  CHECK(pull("mail").empty());
  clock->advance(k_second);
  auto again = events.pull(host, "mail", 10, 60);
  REQUIRE(again.size() == 1);
  CHECK(again[0].id == first[0].id);
  CHECK(again[0].attempt == 2);
  events.reject(host, "mail", again[0].id, 600);
  clock->advance(599 * k_second);
  CHECK(pull("mail").empty());
  clock->advance(k_second);
  CHECK(pull("mail") == std::vector<Id>{1});
  CHECK(code_of([&] {
          events.reject(host, "mail", 77, 0);
          return 0;
        }) == Code::not_found);
}

TEST_CASE_FIXTURE(OutboxFixture, "events of one thing keep their order, others pass them by") {
  events.subscribe(host, {"mail", {}, false});
  append("review.removed", 1);
  append("review.removed", 2);
  const auto first = events.pull(host, "mail", 1, 60);  // that of 1
  append("review.removed", 1);
  append("review.removed", 3);
  CHECK(pull("mail") == std::vector<Id>{2, 3});  // the second of 1 waits for the first
  events.acknowledge(host, {"mail", {first[0].id}});
  CHECK(pull("mail") == std::vector<Id>{1});
  clock->advance(60 * k_second);
  CHECK(pull("mail") == std::vector<Id>{2, 1, 3});  // nobody acknowledged them
  const auto state = events.consumers(host).front();
  CHECK(state.unacknowledged == 3);
  CHECK(state.waiting == 0);
}

TEST_CASE_FIXTURE(OutboxFixture, "a consumer sees only the types it asked for") {
  events.subscribe(host, {"reviews", {"review.*"}, false});
  events.subscribe(host, {"low", {"stock.low"}, false});
  append("review.removed", 1);
  append("stock.low", 2);
  append("stock.back", 3);
  CHECK(pull("reviews") == std::vector<Id>{1});
  CHECK(pull("low") == std::vector<Id>{2});
  events.subscribe(host, {"low", {"stock.*"}, false});  // its position stays
  append("stock.back", 4);
  CHECK(pull("low") == std::vector<Id>{4});
}

TEST_CASE_FIXTURE(OutboxFixture,
                  "retention: acknowledged events go first, the rest at their maximum age") {
  events.subscribe(host, {"mail", {}, false});
  append("review.removed", 1);
  append("review.removed", 2);
  const auto both = events.pull(host, "mail", 10, 60);
  events.acknowledge(host, {"mail", {both[0].id}});
  clock->advance(8 * k_day);
  CHECK(events.prune(host) == 1);
  CHECK(events.list(host, {}).items.size() == 1);
  append("review.removed", 3);
  clock->advance(83 * k_day);
  CHECK(events.prune(host) == 1);
  CHECK(events.consumers(host).front().missed == 1);
  CHECK(pull("mail") == std::vector<Id>{3});
  core::Findings findings;
  db.read([&](db::Tx& tx) { events::verify(tx, findings); });
  CHECK(findings.take().ok());
}

TEST_CASE_FIXTURE(OutboxFixture, "the list of events is paged and consumes nothing") {
  events.subscribe(host, {"mail", {}, false});
  for (Id id = 1; id <= 5; ++id) append("review.removed", id);
  const auto first = events.list(host, {"", 3, true});
  CHECK(first.items.size() == 3);
  CHECK(first.total == 5);
  const auto second = events.list(host, {first.next_cursor, 3, false});
  CHECK(second.items.size() == 2);
  CHECK(second.next_cursor.empty());
  CHECK(pull("mail").size() == 5);
}

TEST_CASE_FIXTURE(OutboxFixture, "bad input is refused with its field") {
  const auto error = error_of([&] {
    return events.subscribe(host, {"Mail!", {"order.*", "nonsense"}, false});
  });
  CHECK(error.code() == Code::validation);
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[0].path == "name");
  CHECK(error.details()[1].path == "types[1]");
  events.subscribe(host, {"mail", {}, false});
  CHECK(code_of([&] { return events.pull(host, "mail", 0, 60); }) == Code::validation);
  CHECK(code_of([&] { return events.pull(host, "mail", 501, 60); }) == Code::validation);
  CHECK(code_of([&] { return events.pull(host, "mail", 1, 0); }) == Code::validation);
  CHECK(code_of([&] { return events.pull(host, "nobody", 1, 60); }) == Code::not_found);
  CHECK(code_of([&] { return events.set_retention(host, {10, 5}); }) == Code::validation);
  CHECK(code_of([&] { return events.list(host, {"garbage", 5, false}); }) == Code::validation);
  const Session guest{Role::guest, 0, 0, 1};
  CHECK(code_of([&] { return events.pull(guest, "mail", 1, 60); }) == Code::unauthenticated);
}

TEST_CASE_FIXTURE(OutboxFixture, "over random histories each event is done once and in its order") {
  std::mt19937 chance{7};
  const auto pick = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
  events.subscribe(host, {"a", {}, false});
  std::map<Id, std::vector<Id>> done;
  std::vector<Event> open;
  int appended = 0;
  const auto step = [&] {
    if (pick(2) == 0) {
      append("review.removed", 1 + pick(4));
      ++appended;
    }
    if (pick(3) == 0) {
      for (auto& event : events.pull(host, "a", 1 + pick(5), 30)) open.push_back(event);
    }
    if (!open.empty() && pick(2) == 0) {
      const auto at = open.begin() + pick(static_cast<int>(open.size()));
      if (pick(4) == 0) {
        if (pick(2) == 0) clock->advance(31 * k_second);  // the lease ends: it will come again
      } else if (events.acknowledge(host, {"a", {at->id}}) == 1) {
        done[at->aggregate_id].push_back(at->id);
      }
      open.erase(at);
    }
  };
  for (int i = 0; i < 3000; ++i) step();
  for (int i = 0; i < 200; ++i) {
    clock->advance(31 * k_second);
    for (const auto& event : events.pull(host, "a", 100, 30)) {
      if (events.acknowledge(host, {"a", {event.id}}) == 1) {
        done[event.aggregate_id].push_back(event.id);
      }
    }
  }
  std::size_t total = 0;
  for (const auto& [aggregate, ids] : done) total += ids.size();
  CHECK(total == static_cast<std::size_t>(appended));
}
