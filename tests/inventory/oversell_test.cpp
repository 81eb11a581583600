#include "support/orders_fixture.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace shop;
using namespace shop::test;

namespace {

constexpr int k_processes = 4;
constexpr int k_threads = 8;
constexpr std::int64_t k_units = 150;

OpenOptions quick() {
  OpenOptions options;
  options.currency = "GBP";
  options.durability = Durability::normal;
  options.busy_timeout_ms = 60'000;
  return options;
}

// Buys one at a time until there is none left. Result: how many were bought; −1 when anything else
// went wrong.
int buy_until_out(Engine& shop, Id variant, const std::string& who) {
  const auto host = shop.host();
  for (int bought = 0;; ++bought) {
    try {
      const auto cart = shop.cart().create(host, {});
      shop.cart().add(host, cart.id, {variant, 1, {}});
      PlaceInput input;
      input.idempotency_key = who + " " + std::to_string(bought);
      input.payments.emplace_back();
      shop.orders().place(host, cart.id, input);
    } catch (const Error& error) {
      return error.code() == Code::out_of_stock ? bought : -1;
    }
  }
}

// What one process buys with all its threads.
int buy_in_threads(const std::string& path, Id variant, int process) {
  auto shop = Engine::open(path, quick());
  std::atomic<int> bought{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < k_threads; ++t) {
    threads.emplace_back([&, t] {
      const auto part =
          buy_until_out(shop, variant, std::to_string(process) + "." + std::to_string(t));
      bought += part < 0 ? 100'000 : part;
    });
  }
  for (auto& thread : threads) thread.join();
  return bought;
}

}  // namespace

TEST_CASE("threads and processes that sell the same last units sell exactly what there was") {
  const TempFolder folder;
  const auto path = folder.path("shop");
  Id variant = 0;
  {
    auto shop = Engine::open(path, quick());
    ProductInput input;
    input.title = "The last ones";
    input.simple.price = {500, {}};
    variant = shop.catalog().create_product(shop.host(), input).variants.front().id;
    shop.inventory().receive(shop.host(), {.variant_id = variant, .quantity = k_units});
  }
  std::vector<pid_t> children;
  int results[2];
  REQUIRE(pipe(results) == 0);
  for (int process = 0; process < k_processes; ++process) {
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      int bought = 1'000'000;
      try {
        bought = buy_in_threads(path, variant, process);
      } catch (...) {
        bought = 1'000'000;
      }
      _exit(write(results[1], &bought, sizeof bought) == sizeof bought ? 0 : 1);
    }
    children.push_back(child);
  }
  int total = 0;
  for (const auto child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
    int bought = 0;
    REQUIRE(read(results[0], &bought, sizeof bought) == sizeof bought);
    total += bought;
  }
  close(results[0]);
  close(results[1]);
  CHECK(total == k_units);
  auto shop = Engine::open(path, quick());
  CHECK(shop.inventory().level(shop.host(), variant).on_hand == 0);
  CHECK(shop.reports().dashboard(shop.host(), {}).total.orders == k_units);
  CHECK(shop.verify().ok());
}
