#include "bench/order_pages.hpp"

#include "bench/raw_bare.hpp"
#include "bench/raw_db.hpp"
#include "bench/seed.hpp"
#include "shop/shop.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <vector>

#include <fmt/format.h>

namespace shop::bench {
namespace {

constexpr std::int64_t k_portion = 100;  // orders whose pages fit into the log
constexpr std::int64_t k_portions = 10;

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i)
    out = out << 8U | static_cast<unsigned char>(bytes.at(at + i));
  return out;
}

/// The pages of each commit in a log, from its beginning.
std::vector<std::vector<std::uint32_t>> commits_of(const std::string& log) {
  constexpr std::size_t k_header = 32;
  constexpr std::size_t k_frame = 24 + 4096;
  std::ifstream in{log, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  std::vector<std::vector<std::uint32_t>> out(1);
  for (auto at = k_header; at + k_frame <= bytes.size(); at += k_frame) {
    if (big_endian(bytes, at + 8) != big_endian(bytes, 16)) break;  // of the time before
    out.back().push_back(big_endian(bytes, at));
    if (big_endian(bytes, at + 4) != 0) out.emplace_back();
  }
  out.pop_back();
  return out;
}

std::map<std::uint32_t, std::string> names_of(const std::string& path) {
  RawDb db{path, "NORMAL"};
  RawStatement pages{db, "SELECT pageno, name FROM dbstat"};
  std::map<std::uint32_t, std::string> out;
  for (bool more = pages.first(); more; more = pages.next()) {
    out[static_cast<std::uint32_t>(pages.integer(0))] = pages.text(1);
  }
  return out;
}

struct Counts {
  std::map<std::string, double> by_name;  // pages per order
  std::vector<std::size_t> per_order;
};

/// Places orders in portions; each commit in the log is one order.
Counts count(const std::string& path, const std::function<void(std::int64_t)>& fill,
             const std::function<void(std::int64_t)>& place) {
  RawDb db{path, "NORMAL"};  // keeps the log when others close
  std::map<std::uint32_t, std::int64_t> pages;
  Counts out;
  for (std::int64_t portion = 0; portion < k_portions; ++portion) {
    const auto first = portion * k_portion;
    for (auto turn = first; turn < first + k_portion; ++turn) fill(turn);
    db.run("PRAGMA wal_checkpoint");
    for (auto turn = first; turn < first + k_portion; ++turn) place(turn);
    for (const auto& commit : commits_of(path + "-wal")) {
      out.per_order.push_back(commit.size());
      for (const auto page : commit) ++pages[page];
    }
  }
  const auto names = names_of(path);
  for (const auto& [page, times] : pages) {
    const auto name = names.find(page);
    out.by_name[page == 1             ? "(header)"
                : name == names.end() ? "(free)"
                                      : name->second] +=
        static_cast<double>(times) / (k_portion * k_portions);
  }
  return out;
}

void print(const char* side, Counts counts) {
  std::vector<std::pair<double, std::string>> sorted;
  double sum = 0;
  for (const auto& [name, pages] : counts.by_name) {
    sorted.emplace_back(pages, name);
    sum += pages;
  }
  std::sort(sorted.rbegin(), sorted.rend());
  auto& each = counts.per_order;
  std::sort(each.begin(), each.end());
  std::printf("\n%s: %zu orders, pages of the median one %zu, of the largest %zu, mean %.1f\n",
              side, each.size(), each[each.size() / 2], each.back(), sum);
  for (const auto& [pages, name] : sorted) {
    if (pages >= 0.02) std::printf("%8.2f  %s\n", pages, name.c_str());
  }
}

}  // namespace

void count_order_pages(const std::string& folder, std::int64_t size) {
  Options options;
  options.folder = folder;
  Report report{options};
  const auto& world = market(report, size);
  const auto thread = [](std::int64_t turn) {
    return static_cast<int>(turn / Market::k_carts % Market::k_threads);
  };
  {
    auto shop = Engine::open(world.path, open_options(false));
    const auto fill = [&](std::int64_t turn) {
      std::vector<CartItem> items;
      for (const auto& wish : world.wishes(thread(turn), turn)) {
        items.push_back({wish.variant_id, wish.quantity, {}});
      }
      shop.cart().add_all(world.session(thread(turn), turn), 0, items);
    };
    const auto place = [&](std::int64_t turn) {
      PlaceInput input;
      input.idempotency_key = fmt::format("pages {}", turn);
      input.payments.emplace_back().tender = Tender::card;
      (void)shop.orders().place(world.session(thread(turn), turn), 0, input);
    };
    print("libshop", count(world.path, fill, place));
    shop.close();
  }
  const auto path = folder + "/bare-pages.shop";
  RawBare::make(path, size, Market::k_threads * Market::k_carts);
  RawBare bare{path, "NORMAL", nullptr};
  const auto customer = [](std::int64_t turn) {
    return turn % (Market::k_threads * Market::k_carts) + 1;
  };
  const auto fill = [&](std::int64_t turn) {
    auto wishes = world.wishes(thread(turn), turn);
    for (auto& wish : wishes) wish.variant_id = world.number(wish.variant_id);
    bare.fill(customer(turn), wishes);
  };
  print("plain schema", count(path, fill, [&](std::int64_t turn) { bare.place(customer(turn)); }));
}

}  // namespace shop::bench
