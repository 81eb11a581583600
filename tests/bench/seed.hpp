#pragma once

#include "bench/bench.hpp"
#include "bench/raw_orders.hpp"
#include "shop/engine.hpp"

#include <string>
#include <vector>

/// The shops that workloads run on: made once per size, copied where they are written to.
namespace shop::bench {

/// A shop of so many generated products, imported from CSV (which is a workload itself: its row is
/// added when it happens). Result: its closed file, which stays for the run.
std::string seeded_shop(Report& report, std::int64_t size);

/// A seeded shop with plenty in stock and people who buy.
struct Market {
  std::int64_t size = 0;
  std::string path;  ///< closed; copy it
  std::vector<Id> variants;
  std::vector<Buyer> buyers;

  /// Three different things, the same for every side, spread over the whole catalog.
  [[nodiscard]] Wishes wishes(int thread, std::int64_t turn) const;
  [[nodiscard]] const Buyer& buyer(int thread, std::int64_t turn) const {
    return buyers[static_cast<std::size_t>(thread * k_carts + turn % k_carts)];
  }
  [[nodiscard]] Session session(int thread, std::int64_t turn) const {
    const auto& who = buyer(thread, turn);
    return {Role::customer, who.account_id, who.session_id, 0};
  }

  /// The place of a variant among all, from 1: what the plain schema knows it by.
  [[nodiscard]] std::int64_t number(Id variant_id) const;

  static constexpr int k_threads = 16;
  static constexpr int k_carts = 32;  ///< of each thread
};

const Market& market(Report& report, std::int64_t size);

/// A copy of a closed shop's file beside it.
std::string copy_of(const std::string& path, const std::string& name);

OpenOptions open_options(bool full, const char* vfs = nullptr);

}  // namespace shop::bench
