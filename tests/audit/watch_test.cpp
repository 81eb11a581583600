#include "support/shop_fixture.hpp"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

struct Watched : ShopFixture {
  Audit& audit = shop.audit();
  std::vector<AuditHead> told;
  int made = 0;

  void change(int times = 1) {
    for (int i = 0; i < times; ++i) {
      shop.catalog().create_category(host, {"Category " + std::to_string(++made), {}});
    }
  }
  [[nodiscard]] AuditWatcher keep() {
    return [this](const AuditHead& head) {
      told.push_back(head);
      return true;
    };
  }
  [[nodiscard]] std::vector<std::int64_t> seqs() const {
    std::vector<std::int64_t> out;
    for (const auto& head : told) out.push_back(head.seq);
    return out;
  }
};

using Seqs = std::vector<std::int64_t>;

}  // namespace

TEST_CASE_FIXTURE(Watched, "the end of the chain is told at once and then every so many entries") {
  audit.watch(host, 3, keep());
  CHECK(told.empty());  // there is no entry yet
  change(8);
  CHECK(seqs() == Seqs{3, 6});
  CHECK(told[1].hash == audit.entries(host, {}, {{}, 10, false}).items[2].hash);
  for (const auto& head : told) CHECK(audit.verify(host, head).ok);

  told.clear();
  audit.watch(host, 1, keep());
  CHECK(seqs() == Seqs{8});
  change(2);
  CHECK(seqs() == Seqs{8, 9, 10});
  audit.watch(host, 1, nullptr);
  change();
  CHECK(seqs() == Seqs{8, 9, 10});
}

TEST_CASE_FIXTURE(Watched, "what was not kept is told again with the next entry") {
  int calls = 0;
  audit.watch(host, 2, [&](const AuditHead& head) -> bool {
    told.push_back(head);
    ++calls;
    if (calls == 2) throw std::runtime_error("the network is away");
    return calls > 2;
  });
  change(6);
  CHECK(seqs() == Seqs{2, 3, 4, 6});
}

TEST_CASE_FIXTURE(Watched, "a change that is refused or undone is not told") {
  change();
  audit.watch(host, 1, keep());
  CHECK(code_of([&] {
          return shop.catalog().create_category(host, {"", {}});
        }) == Code::validation);
  CHECK(seqs() == Seqs{1});
}

TEST_CASE_FIXTURE(Watched, "a watcher may call the shop, and replace itself") {
  audit.watch(host, 1, [&](const AuditHead& head) {
    told.push_back(head);
    if (head.seq < 5) change();
    if (head.seq == 5) audit.watch(host, 2, keep());
    return true;
  });
  change();
  CHECK(seqs() == Seqs{1, 2, 3, 4, 5, 5});
  change(4);
  CHECK(seqs() == Seqs{1, 2, 3, 4, 5, 5, 7, 9});
}

TEST_CASE_FIXTURE(Watched, "only who sees the audit sets a watcher") {
  CHECK(code_of([&] {
          audit.watch(customer("ann"), 1, keep());
          return 0;
        }) == Code::forbidden);
  CHECK(first_path(error_of([&] {
          audit.watch(host, 0, keep());
          return 0;
        })) == "every");
}

TEST_CASE_FIXTURE(Watched, "under threads the heads ascend, and the last that is due is told") {
  std::atomic<int> inside{0};
  bool alone = true;
  audit.watch(host, 5, [&](const AuditHead& head) {
    alone = alone && inside.fetch_add(1) == 0;
    told.push_back(head);
    inside.fetch_sub(1);
    return true;
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        shop.catalog().create_category(
            host, {"Category " + std::to_string(t) + " " + std::to_string(i), {}});
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(alone);
  REQUIRE_FALSE(told.empty());
  for (std::size_t i = 1; i < told.size(); ++i) CHECK(told[i].seq >= told[i - 1].seq + 5);
  CHECK(told.back().seq > 195);
  CHECK(audit.verify(host, told.back()).ok);
}
