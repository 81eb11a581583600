// Placing an order of three lines, against the same rows written by hand (raw) and against the
// plain order of a plain schema (raw_bare). Each side has a file of its own that starts the same.
// Carts are filled before each round, outside its time.

#include "bench/bench.hpp"
#include "bench/c_side.hpp"
#include "bench/raw_bare.hpp"
#include "bench/raw_orders.hpp"
#include "bench/seed.hpp"
#include "bench/slow_disk.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "shop/shop.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

namespace shop::bench {
namespace {

PlaceInput place_input(int thread, std::int64_t turn, const char* series) {
  PlaceInput out;
  out.idempotency_key = fmt::format("{}{}.{}", series, thread, turn);
  out.payments.emplace_back().tender = Tender::card;
  return out;
}

/// One file, and whoever works on it.
struct CppSide {
  CppSide(const Market& market, const std::string& path, bool full, const char* vfs)
      : world(market), shop(Engine::open(path, open_options(full, vfs))) {}

  void fill(int thread, std::int64_t first, std::int64_t count) {
    for (auto turn = first; turn < first + count; ++turn) {
      std::vector<CartItem> items;
      for (const auto& wish : world.wishes(thread, turn)) {
        items.push_back({wish.variant_id, wish.quantity, {}});
      }
      shop.cart().add_all(world.session(thread, turn), 0, items);
    }
  }
  void place(int thread, std::int64_t turn, const char* series) {
    (void)shop.orders().place(world.session(thread, turn), 0, place_input(thread, turn, series));
  }

  const Market& world;
  Engine shop;
};

struct CSide {
  CSide(const Market& market, const std::string& path, bool full)
      : world(market), shop(path, full) {
    for (const auto& buyer : world.buyers) sessions.push_back(shop.log_in(buyer.account_id));
  }

  shop_session* session(int thread, std::int64_t turn) {
    return sessions[static_cast<std::size_t>(thread * Market::k_carts + turn % Market::k_carts)];
  }
  void fill(int thread, std::int64_t first, std::int64_t count) {
    for (auto turn = first; turn < first + count; ++turn) {
      shop_cart_item_input items[3];
      std::size_t i = 0;
      for (const auto& wish : world.wishes(thread, turn)) {
        SHOP_INIT(&items[i]);
        items[i].variant_id = wish.variant_id;
        items[i++].quantity = wish.quantity;
      }
      const shop_cart_item_input_list list{sizeof list, sizeof *items, 3, items};
      shop_error* error = nullptr;
      CResult<shop_cart_line_list> lines;
      c_check(shop_cart_add_all(session(thread, turn), 0, &list, lines.out(), &error), error);
    }
  }
  void place(int thread, std::int64_t turn, const char* series) {
    shop_payment_input payment;
    SHOP_INIT(&payment);
    payment.tender = SHOP_TENDER_CARD;
    const shop_payment_input_list payments{sizeof payments, sizeof payment, 1, &payment};
    shop_place_input input;
    SHOP_INIT(&input);
    const auto key = fmt::format("{}{}.{}", series, thread, turn);
    input.idempotency_key = c_text(key);
    input.payments = &payments;
    shop_error* error = nullptr;
    CResult<shop_order> order;
    c_check(shop_orders_place(session(thread, turn), 0, &input, order.out(), &error), error);
  }

  const Market& world;
  CShop shop;
  std::vector<shop_session*> sessions;
};

/// Each thread with a connection and transactions of its own.
struct RawSide {
  RawSide(const Market& market, const std::string& path, const char* sync, const char* vfs,
          int threads)
      : world(market) {
    for (int i = 0; i < threads; ++i) {
      by_thread.push_back(std::make_unique<RawOrders>(path, sync, vfs));
    }
  }

  void fill(int thread, std::int64_t first, std::int64_t count) {
    auto& raw = *by_thread[static_cast<std::size_t>(thread)];
    raw.begin();
    for (auto turn = first; turn < first + count; ++turn) {
      raw.fill(world.buyer(thread, turn), world.wishes(thread, turn));
    }
    raw.commit();
  }
  void place(int thread, std::int64_t turn, const char* series) {
    (void)by_thread[static_cast<std::size_t>(thread)]->place(
        world.buyer(thread, turn), fmt::format("{}{}.{}", series, thread, turn));
  }

  const Market& world;
  std::vector<std::unique_ptr<RawOrders>> by_thread;
};

struct BareSide {
  BareSide(const Market& market, const std::string& path, const char* sync, const char* vfs,
           int threads)
      : world(market) {
    for (int i = 0; i < threads; ++i) {
      by_thread.push_back(std::make_unique<RawBare>(path, sync, vfs));
    }
  }

  static std::int64_t customer(int thread, std::int64_t turn) {
    return thread * Market::k_carts + turn % Market::k_carts + 1;
  }
  void fill(int thread, std::int64_t first, std::int64_t count) {
    auto& raw = *by_thread[static_cast<std::size_t>(thread)];
    raw.begin();
    for (auto turn = first; turn < first + count; ++turn) {
      auto wishes = world.wishes(thread, turn);
      for (auto& wish : wishes) wish.variant_id = world.number(wish.variant_id);
      raw.fill(customer(thread, turn), wishes);
    }
    raw.commit();
  }
  void place(int thread, std::int64_t turn) {
    (void)by_thread[static_cast<std::size_t>(thread)]->place(customer(thread, turn));
  }

  const Market& world;
  std::vector<std::unique_ptr<RawBare>> by_thread;
};

/// The files of the four sides for one size, used by all workloads in turn.
struct Files {
  std::string raw, bare, cpp, c;

  Files(Report& report, const Market& world) {
    const auto name = [&](const char* side) { return fmt::format("{}-{}.shop", side, world.size); };
    raw = copy_of(world.path, name("raw"));
    cpp = copy_of(world.path, name("cpp"));
    c = copy_of(world.path, name("c"));
    bare = report.options().folder + "/" + name("bare");
    RawBare::make(bare, world.size, Market::k_threads * Market::k_carts);
  }
  ~Files() {
    for (const auto& path : {raw, bare, cpp, c}) {
      for (const char* end : {"", "-wal", "-shm", "-lock"}) std::remove((path + end).c_str());
    }
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
};

template <class S>
Side side(const char* name, S& from, const char* series) {
  return {name, [&from, series](int t, std::int64_t turn) { from.place(t, turn, series); },
          [&from](int t, std::int64_t first, std::int64_t count) { from.fill(t, first, count); }};
}

void place_orders(Report& report, const Market& world, const Files& files, bool full, int threads) {
  const char* sync = full ? "FULL" : "NORMAL";
  RawSide raw{world, files.raw, sync, nullptr, threads};
  BareSide bare{world, files.bare, sync, nullptr, threads};
  CppSide cpp{world, files.cpp, full, nullptr};
  CSide c{world, files.c, full};
  static int number = 0;
  const auto series = fmt::format("s{}-", ++number);
  Workload workload{"place_order", world.size, sync, threads, {}, Market::k_carts};
  workload.sides.push_back(side("raw", raw, series.c_str()));
  workload.sides.push_back(
      {"raw_bare", [&](int t, std::int64_t turn) { bare.place(t, turn); },
       [&](int t, std::int64_t first, std::int64_t count) { bare.fill(t, first, count); }});
  workload.sides.push_back(side("libshop_cpp", cpp, series.c_str()));
  workload.sides.push_back(side("libshop_c", c, series.c_str()));
  report.run(workload);
}

void place_on_slow_disk(Report& report, const Market& world, const Files& files, int threads) {
  RawSide raw{world, files.raw, "FULL", slow_disk(), threads};
  BareSide bare{world, files.bare, "FULL", slow_disk(), threads};
  CppSide cpp{world, files.cpp, true, slow_disk()};
  static int number = 0;
  const auto series = fmt::format("d{}-", ++number);
  Workload workload{"place_order_slow_disk", world.size, "FULL", threads, {}, 6};
  workload.sides.push_back(side("raw", raw, series.c_str()));
  workload.sides.push_back(
      {"raw_bare", [&](int t, std::int64_t turn) { bare.place(t, turn); },
       [&](int t, std::int64_t first, std::int64_t count) { bare.fill(t, first, count); }});
  workload.sides.push_back(side("libshop_cpp", cpp, series.c_str()));
  report.run(workload);
}

// What a lone caller pays for the queue: the same write with and without it.
void lone_caller(Report& report, const Market& world, const Files& files) {
  db::SqliteOptions options;
  options.path = files.raw;
  auto direct = db::SqliteConnection::open(options, db::SqliteConnection::Kind::writer);
  db::DatabaseOptions queued_options;
  queued_options.sqlite = options;
  queued_options.sqlite.path = files.cpp;
  db::Env env{core::system_clock(), core::seeded_random(1), "GBP", 0, {}, {}};
  db::Database queued{queued_options, env};
  static const db::Sql sql{"bench_touch", "UPDATE id_sequence SET next = next + 1 WHERE site = $1"};
  report.run({.name = "lone_caller",
              .size = world.size,
              .sync = "FULL",
              .sides = {{"raw",
                         [&](int, std::int64_t) {
                           direct->begin_write();
                           db::Tx tx{*direct, env, nullptr};
                           tx.exec(sql, 0);
                           direct->commit();
                         }},
                        {"libshop_cpp", [&](int, std::int64_t) {
                           queued.write([&](db::Tx& tx) { tx.exec(sql, 0); });
                         }}}});
}

// What was written by hand must be what libshop would have written.
void check_books(const std::string& path) {
  auto shop = Engine::open(path, open_options(true));
  const auto found = shop.verify();
  if (found.problems.empty()) return;
  const auto& first = found.problems.front();
  throw Error(Code::internal,
              fmt::format("{}: {} {}: {}", path, first.check, first.where, first.message));
}

void run(Report& report) {
  if (!report.wants("place_order") && !report.wants("lone_caller")) return;
  for (const auto size : report.options().sizes) {
    const auto& world = market(report, size);
    const Files files{report, world};
    const bool all = !report.options().quick || size == report.options().sizes.back();
    for (const bool full : {false, true}) {
      for (const int threads : {1, 4, 16}) {
        if (all || threads == 1) place_orders(report, world, files, full, threads);
      }
    }
    if (size <= 1000) {
      for (const auto& path : {files.raw, files.cpp, files.c}) check_books(path);
    }
    if (!all) continue;
    for (const int threads : {1, 4, 16}) place_on_slow_disk(report, world, files, threads);
    lone_caller(report, world, files);
  }
}

const Suite k_suite{"orders", run};

}  // namespace
}  // namespace shop::bench
