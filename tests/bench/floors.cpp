#include "bench/floors.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

namespace shop::bench {
namespace {

class Floors {
 public:
  explicit Floors(const std::vector<Row>& rows) : rows_(rows) {
    for (const auto& row : rows) {
      if (row.workload == "catalog_slug" || row.workload == "place_order") sizes_.insert(row.size);
    }
  }

  void print() {
    for (const auto size : sizes_) compare_with_raw(size);
    for (const auto size : sizes_) orders(size);
    growth();
    figure(
        "open, ms", "open", "libshop_cpp", [](const Row& r) { return r.p50_us / 1000; }, 5);
    figure(
        "fork, ms", "fork", "libshop_cpp", [](const Row& r) { return r.p50_us / 1000; }, 1);
    figure(
        "library, MB", "library_bytes", "libshop_c", [](const Row& r) { return r.ops_s / 1e6; }, 2);
  }

 private:
  const Row* find(const std::string& workload, const std::string& side, std::int64_t size = -1,
                  const std::string& sync = {}, int threads = 1) const {
    for (const auto& row : rows_) {
      if (row.workload == workload && row.side == side && row.threads == threads &&
          (size < 0 || row.size == size) && (sync.empty() || row.sync == sync)) {
        return &row;
      }
    }
    return nullptr;
  }

  void line(const std::string& what, double measured, double floor, bool at_least = false) {
    if (!begun_) {
      std::printf("\n| floor | wanted | measured | |\n|---|---:|---:|---|\n");
      begun_ = true;
    }
    const bool met = at_least ? measured >= floor : measured <= floor;
    std::printf("| %s | %s %g | %.3g | %s |\n", what.c_str(), at_least ? "≥" : "≤", floor, measured,
                met ? "met" : "not met");
  }

  template <class F>
  void figure(const char* what, const char* workload, const char* side, F value, double floor) {
    if (const auto* row = find(workload, side)) line(what, value(*row), floor);
  }

  void compare_with_raw(std::int64_t size) {
    const auto of = [&](const char* what, const std::string& workload, double floor,
                        const char* sync = "") {
      const auto* row = find(workload, "libshop_c", size, sync);
      if (row != nullptr)
        line(fmt::format("{}, {} products: C ÷ raw", what, size), row->ratio, floor);
    };
    of("slug", "catalog_slug", 1.15);
    of("barcode", "catalog_barcode", 1.15);
    const Row* slowest = nullptr;
    for (const auto& row : rows_) {
      if (!row.workload.starts_with("catalog_page_") || row.workload == "catalog_page_1000")
        continue;
      if (row.side != "libshop_c" || row.size != size) continue;
      if (slowest == nullptr || row.ratio > slowest->ratio) slowest = &row;
    }
    if (slowest != nullptr) {
      of(fmt::format("the slowest page ({})", slowest->workload.substr(13)).c_str(),
         slowest->workload, 1.2);
    }
    of("search, two filters", "search_two_filters", 1.2);
    of("search, a common word", "search_common_word", 1.2);
    of("suggestions", "search_suggest", 1.2);
    of("order at NORMAL", "place_order", 1.15, "NORMAL");
    if (const auto* row = find("import_products", "libshop_cpp", size)) {
      line(fmt::format("import, products/s, {} products", size), row->ops_s, 30'000, true);
    }
  }

  void orders(std::int64_t size) {
    for (const auto& [sync, floor] : {std::pair{"FULL", 1.3}, std::pair{"NORMAL", 2.0}}) {
      const auto* ours = find("place_order", "libshop_c", size, sync);
      const auto* bare = find("place_order", "raw_bare", size, sync);
      if (ours == nullptr || bare == nullptr) continue;
      line(fmt::format("whole order ÷ plain transaction, {}, {} products", sync, size),
           ours->ratio / bare->ratio, floor);
    }
    const auto many = [&](const char* what, const char* workload, double floor) {
      const auto* ours = find(workload, "libshop_cpp", size, "FULL", 16);
      if (ours != nullptr) {
        line(fmt::format("{}, 16 callers, {} products", what, size), 1 / ours->ratio, floor, true);
      }
    };
    many("group commit ÷ each for itself", "place_order", 4);
    many("the same, syncs 2 ms longer", "place_order_slow_disk", 6);
    const auto* lone = find("lone_caller", "libshop_cpp", size);
    if (lone != nullptr) line("a lone caller in the queue ÷ direct", lone->ratio, 1.03);
  }

  void growth() {
    if (sizes_.size() < 2) return;
    const auto from = *sizes_.begin();
    const auto to = *sizes_.rbegin();
    const auto of = [&](const char* what, const char* workload, double floor,
                        const char* sync = "") {
      const auto* small = find(workload, "libshop_c", from, sync);
      const auto* large = find(workload, "libshop_c", to, sync);
      if (small == nullptr || large == nullptr) return;
      line(fmt::format("growth of {} from {} to {} products", what, from, to),
           large->p50_us / small->p50_us, floor);
    };
    of("slug", "catalog_slug", 2.5);
    of("page", "catalog_page_price_up", 3);
    of("suggestions", "search_suggest", 2);
    of("order", "place_order", 2, "NORMAL");
    of("report", "report_top_selling", 3.5);
    of("search with filters", "search_two_filters", 200);
  }

  const std::vector<Row>& rows_;
  std::set<std::int64_t> sizes_;
  bool begun_ = false;
};

}  // namespace

void print_floors(const std::vector<Row>& rows) {
  Floors{rows}.print();
}

}  // namespace shop::bench
