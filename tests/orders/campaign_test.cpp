#include "shop/payments.hpp"
#include "shop/pricing.hpp"
#include "support/orders_fixture.hpp"
#include "support/run_seed.hpp"

#include <array>
#include <atomic>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

// Threads of several processes check out from fifty hot products, with codes and gift cards that
// run out while they do. SHOP_LONG=1: 16 threads in each of 4 processes, 200,000 checkouts.
using namespace shop;
using namespace shop::test;

namespace {

constexpr int k_products = 50;
constexpr int k_cards = 20;

struct Size {
  int processes = 2;
  int threads = 4;
  int checkouts = 25;  ///< of a thread
};

Size size() {
  if (std::getenv("SHOP_LONG") == nullptr) return {};
  return {4, 16, 3'125};
}

OpenOptions quick() {
  OpenOptions options;
  options.currency = "GBP";
  options.durability = Durability::normal;
  options.busy_timeout_ms = 120'000;
  options.password_preset = PasswordPreset::for_tests;
  return options;
}

struct Stage {
  std::vector<Id> variants;
  std::vector<std::string> cards;
  Id promotion_id = 0;
  std::int64_t stock = 0;  ///< of each product
};

/// What came of a process's checkouts; sent through a pipe.
struct Outcome {
  std::int64_t placed = 0;
  std::int64_t units = 0;
  std::int64_t out_of_stock = 0;
  std::int64_t used_up = 0;
  std::int64_t canceled = 0;
  std::int64_t unexpected = 0;
};

Stage set_stage(Engine& shop) {
  const auto all = size();
  Stage out;
  // About a third more is wanted than there is.
  out.stock = std::int64_t{2} * all.processes * all.threads * all.checkouts / k_products;
  for (int i = 0; i < k_products; ++i) {
    ProductInput input;
    input.title = "Hot " + std::to_string(i);
    input.simple.price = {100 + i, {}};
    out.variants.push_back(shop.catalog().create_product(shop.host(), input).variants.front().id);
    shop.inventory().receive(shop.host(),
                             {.variant_id = out.variants.back(), .quantity = out.stock});
  }
  Promotion tenth;
  tenth.name = "A tenth off";
  tenth.needs_code = true;
  tenth.benefit.rate_ppm = 100'000;
  out.promotion_id = shop.pricing().put_promotion(shop.host(), tenth).id;
  Coupon coupon;
  coupon.code = "TENTH";
  coupon.promotion_id = out.promotion_id;
  coupon.use_limit = all.processes * all.threads * all.checkouts / 8;
  shop.pricing().put_coupon(shop.host(), coupon);
  for (int i = 0; i < k_cards; ++i) {
    GiftCardInput card;
    card.idempotency_key = "card " + std::to_string(i);
    card.amount = {2'000, {}};
    out.cards.push_back(shop.payments().issue_gift_card(shop.host(), card).code);
  }
  return out;
}

class Shopper {
 public:
  Shopper(Engine& shop, const Stage& stage, std::string name, std::uint64_t seed)
      : shop_(&shop), stage_(&stage), name_(std::move(name)), chance_(seed) {}

  Outcome shop_on(int checkouts) {
    for (int i = 0; i < checkouts; ++i) once(i);
    return sums_;
  }

 private:
  std::int64_t any(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(chance_() % static_cast<std::uint64_t>(high - low + 1));
  }

  PlaceInput place_input(int number) {
    PlaceInput input;
    input.idempotency_key = name_ + " " + std::to_string(number);
    input.accept_prices = true;
    if (any(0, 3) == 0) {
      PaymentInput card;
      card.tender = Tender::gift_card;
      card.code = stage_->cards[static_cast<std::size_t>(any(0, k_cards - 1))];
      card.amount = Money{any(1, 90), {}};
      input.payments.push_back(card);
    }
    input.payments.emplace_back();
    return input;
  }

  void once(int number) {
    const auto host = shop_->host();
    try {
      const auto cart = shop_->cart().create(host, {});
      std::set<Id> picked;
      for (auto lines = any(1, 3); lines > 0; --lines) {
        const auto variant = stage_->variants[static_cast<std::size_t>(any(0, k_products - 1))];
        if (picked.insert(variant).second) shop_->cart().add(host, cart.id, {variant, 1, {}});
      }
      if (any(0, 2) == 0) shop_->cart().add_coupon(host, cart.id, "TENTH");
      const auto input = place_input(number);
      const auto order = shop_->orders().place(host, cart.id, input);
      ++sums_.placed;
      sums_.units += order.units;
      if (any(0, 9) == 0 && shop_->orders().place(host, cart.id, input).id != order.id) {
        ++sums_.unexpected;
      }
      if (any(0, 19) == 0) {
        shop_->orders().cancel(host, order.id, "changed my mind");
        ++sums_.canceled;
        sums_.units -= order.units;
      }
    } catch (const Error& error) {
      if (error.code() == Code::out_of_stock) {
        ++sums_.out_of_stock;
      } else if (error.code() == Code::insufficient_funds ||
                 error.code() == Code::coupon_rejected) {
        ++sums_.used_up;
      } else {
        ++sums_.unexpected;
      }
    }
  }

  Engine* shop_;
  const Stage* stage_;
  std::string name_;
  std::mt19937_64 chance_;
  Outcome sums_;
};

void add(Outcome& sums, const Outcome& more) {
  sums.placed += more.placed;
  sums.units += more.units;
  sums.out_of_stock += more.out_of_stock;
  sums.used_up += more.used_up;
  sums.canceled += more.canceled;
  sums.unexpected += more.unexpected;
}

Outcome shop_in_threads(const std::string& path, const Stage& stage, int process) {
  auto shop = Engine::open(path, quick());
  const auto all = size();
  std::vector<Outcome> parts(static_cast<std::size_t>(all.threads));
  std::vector<std::thread> threads;
  for (int t = 0; t < all.threads; ++t) {
    threads.emplace_back([&, t] {
      Shopper shopper{shop, stage, std::to_string(process) + "." + std::to_string(t),
                      run_seed() + static_cast<std::uint64_t>(process * 1000 + t)};
      parts[static_cast<std::size_t>(t)] = shopper.shop_on(all.checkouts);
    });
  }
  for (auto& thread : threads) thread.join();
  Outcome sums;
  for (const auto& part : parts) add(sums, part);
  return sums;
}

Outcome run_processes(const std::string& path, const Stage& stage) {
  std::array<int, 2> results{};
  REQUIRE(pipe(results.data()) == 0);
  std::vector<pid_t> children;
  for (int process = 0; process < size().processes; ++process) {
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      Outcome outcome;
      try {
        outcome = shop_in_threads(path, stage, process);
      } catch (...) {
        outcome.unexpected = 1'000'000;
      }
      _exit(write(results[1], &outcome, sizeof outcome) == sizeof outcome ? 0 : 1);
    }
    children.push_back(child);
  }
  Outcome sums;
  for (std::size_t i = 0; i < children.size(); ++i) {
    Outcome one;
    REQUIRE(read(results[0], &one, sizeof one) == sizeof one);
    add(sums, one);
  }
  for (const auto child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  close(results[0]);
  close(results[1]);
  return sums;
}

// Every number of every day once, from 1 on.
void check_numbers(Engine& shop, std::int64_t placed) {
  std::set<std::string> numbers;
  PageQuery page{{}, 500, true};
  do {
    const auto part = shop.orders().list(shop.host(), {}, page);
    CHECK(part.total.value_or(placed) == placed);
    for (const auto& order : part.items) CHECK(numbers.insert(order.number).second);
    page = {part.next_cursor, 500, false};
  } while (!page.cursor.empty());
  CHECK(static_cast<std::int64_t>(numbers.size()) == placed);
}

}  // namespace

TEST_CASE("hot products, codes and gift cards: sold equals taken, no number skipped or doubled") {
  const TempFolder folder;
  const auto path = folder.path("shop");
  Stage stage;
  {
    auto shop = Engine::open(path, quick());
    stage = set_stage(shop);
  }
  const auto sums = run_processes(path, stage);
  CHECK(sums.unexpected == 0);
  CHECK(sums.placed > 0);
  MESSAGE(sums.placed << " placed, " << sums.canceled << " canceled, " << sums.out_of_stock
                      << " out of stock, " << sums.used_up << " refused for a card or code");
  auto shop = Engine::open(path, quick());
  std::int64_t left = 0;
  for (const auto variant : stage.variants) {
    const auto level = shop.inventory().level(shop.host(), variant);
    CHECK(level.on_hand >= 0);
    left += level.on_hand;
  }
  CHECK(stage.stock * k_products - left == sums.units);
  check_numbers(shop, sums.placed);
  const auto used = shop.pricing().coupons(shop.host(), stage.promotion_id, {}).items.front();
  CHECK(used.used <= used.use_limit.value_or(0));
  for (const auto& problem : shop.verify().problems) {
    FAIL_CHECK(problem.check << " " << problem.where << ": " << problem.message);
  }
}
