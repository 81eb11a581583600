#include "faults/races.hpp"

#include "faults/story.hpp"
#include "support/digest.hpp"
#include "support/memory_folder.hpp"
#include "support/vfs/disk_log.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include <fmt/format.h>

namespace shop::test {
namespace {

/// A call that changes the shop, possible at the end of the story, for its own reasons or not.
struct Racer {
  const char* name;
  std::function<void(Engine&, const World&)> run;
};

PlaceInput pay_cash(const char* key) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {{.tender = Tender::cash}};
  return input;
}

// The carts "race a" and "race b" want the same last goods, and no shop has enough for both.
std::vector<Racer> all_racers() {
  const auto host = Session::host();
  return {
      {"make a category",
       [=](Engine& shop, const World&) {
         shop.catalog().create_category(host, {"Race", {}});
       }},
      {"make a category of nearly that name",
       [=](Engine& shop, const World& world) {
         shop.catalog().create_category(host, {"Race", world.id("toys")});
       }},
      {"make a product",
       [=](Engine& shop, const World&) {
         ProductInput input;
         input.title = "Racer";
         input.simple.sku = "RACE";
         input.simple.price = {100, "GBP"};
         shop.catalog().create_product(host, input);
       }},
      {"receive stock",
       [=](Engine& shop, const World& world) {
         shop.inventory().receive(host, {.variant_id = world.id("large"), .quantity = 5});
       }},
      {"write stock off",
       [=](Engine& shop, const World& world) {
         shop.inventory().adjust(
             host, {.variant_id = world.id("large"), .change = -1, .reason = StockReason::loss});
       }},
      {"put into a cart",
       [=](Engine& shop, const World& world) {
         shop.cart().add(host, world.id("race a"), {.variant_id = world.id("dice")});
       }},
      {"empty a cart",
       [=](Engine& shop, const World& world) { shop.cart().clear(host, world.id("race a")); }},
      {"place the order of a cart",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race a"), pay_cash("race a"));
       }},
      {"place the order of a cart under another key",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race a"), pay_cash("race a again"));
       }},
      {"place the order of another cart",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race b"), pay_cash("race b"));
       }},
      {"cancel an order",
       [=](Engine& shop, const World& world) {
         shop.orders().cancel(host, world.id("race order"), "race");
       }},
      {"take goods back",
       [=](Engine& shop, const World& world) {
         ReturnInput input;
         input.idempotency_key = "race";
         input.lines = {{.line_no = 1, .quantity = 2}};
         shop.orders().return_items(host, world.id("race order"), input);
       }},
      {"take more goods back",
       [=](Engine& shop, const World& world) {
         ReturnInput input;
         input.idempotency_key = "race again";
         input.lines = {{.line_no = 1, .quantity = 3}};
         shop.orders().return_items(host, world.id("race order"), input);
       }},
      {"subscribe",
       [=](Engine& shop, const World&) {
         shop.events().subscribe(host, {.name = "racer", .types = {}, .from_start = true});
       }},
      {"pull events",
       [=](Engine& shop, const World&) { (void)shop.events().pull(host, "mail", 5, 60); }},
  };
}

std::string answer(const Racer& racer, Engine& shop, const World& world) {
  try {
    racer.run(shop, world);
    return "ok";
  } catch (const Error& error) {
    return std::string{code_name(error.code())};
  }
}

/// What two calls did: their answers, and how many rows each table has then. The rows themselves
/// hold ids and times that depend on who came first.
struct Effect {
  std::string first;
  std::string second;
  std::map<std::string, std::int64_t> rows;
  friend bool operator==(const Effect&, const Effect&) = default;
};

class Track {
 public:
  explicit Track(const RaceOptions& options) : options_(options), racers_(all_racers()) {}

  RaceReport run() {
    const auto began = std::chrono::steady_clock::now();
    prepare();
    for (std::size_t first = 0; first < racers_.size(); ++first) {
      for (std::size_t second = first; second < racers_.size(); ++second) {
        race_pair(racers_[first], racers_[second]);
        const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
        if (gone.count() > options_.seconds) return report_;
      }
    }
    return report_;
  }

 private:
  void prepare() {
    world_ = new_world();
    world_.shop = Engine::open(folder_.shop(), held_options(world_));
    world_.begin();
    for (const auto& step : story()) play(world_, step);
    auto& shop = *world_.shop;
    const auto host = Session::host();
    const auto cart = [&](const char* name, Id variant, std::int64_t quantity) {
      CartInput input;
      input.name = name;
      world_.name(name, shop.cart().create(host, input).id);
      shop.cart().add(host, world_.id(name), {.variant_id = variant, .quantity = quantity});
    };
    const auto left = shop.inventory().level(host, world_.id("large")).available;
    cart("race order", world_.id("small"), 4);
    world_.name("race order",
                shop.orders().place(host, world_.id("race order"), pay_cash("race")).id);
    cart("race a", world_.id("large"), left - 1);
    cart("race b", world_.id("large"), left - 2);
    shop.close();
    files_ = read_folder(folder_.path());
  }

  Engine start() {
    write_folder(folder_.path(), files_);
    return Engine::open(folder_.shop(), held_options(world_, options_.seed));
  }

  Effect one_after_the_other(const Racer& first, const Racer& second, bool swapped) {
    auto shop = start();
    Effect effect;
    if (swapped) effect.second = answer(second, shop, world_);
    effect.first = answer(first, shop, world_);
    if (!swapped) effect.second = answer(second, shop, world_);
    effect.rows = row_counts_of(shop);
    return effect;
  }

  Effect at_once(const Racer& first, const Racer& second) {
    auto shop = start();
    Effect effect;
    std::atomic<int> ready{0};
    const auto wait = [&ready] {
      ++ready;
      while (ready < 2) std::this_thread::yield();
    };
    std::thread other{[&] {
      wait();
      effect.second = answer(second, shop, world_);
    }};
    wait();
    effect.first = answer(first, shop, world_);
    other.join();
    effect.rows = row_counts_of(shop);
    const auto found = shop.verify();
    if (!found.ok()) {
      problem(first, second, found.problems.front().check + ": " + found.problems.front().message);
    }
    return effect;
  }

  void race_pair(const Racer& first, const Racer& second) {
    ++report_.pairs;
    const auto forth = one_after_the_other(first, second, false);
    const auto back = one_after_the_other(first, second, true);
    for (std::int64_t round = 0; round < options_.rounds; ++round) {
      ++report_.races;
      const auto effect = at_once(first, second);
      if (effect != forth && effect != back) {
        problem(first, second,
                fmt::format("answered {} and {}; in turn {} and {}, or {} and {}", effect.first,
                            effect.second, forth.first, forth.second, back.first, back.second));
      }
    }
  }

  void problem(const Racer& first, const Racer& second, const std::string& what) {
    ++report_.problems;
    if (report_.problems <= 5) {
      report_.first_problem += fmt::format("“{}” and “{}”: {}\n", first.name, second.name, what);
    }
  }

  const RaceOptions& options_;
  std::vector<Racer> racers_;
  MemoryFolder folder_;
  World world_;
  DiskImage files_;
  RaceReport report_;
};

}  // namespace

RaceReport race_all_pairs(const RaceOptions& options) {
  return Track{options}.run();
}

}  // namespace shop::test
