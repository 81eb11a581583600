#include "bench/seed.hpp"

#include "bench/catalog_generator.hpp"
#include "bench/raw_db.hpp"
#include "bench/raw_import.hpp"
#include "shop/shop.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>

#include <fmt/format.h>

namespace shop::bench {
namespace {

constexpr std::int64_t k_plenty = 1'000'000'000;

void import(Report& report, const std::string& path, std::int64_t size) {
  const auto csv = report.options().folder + "/catalog.csv";
  write_catalog_csv(csv, size);
  auto options = open_options(false);
  options.currency = "GBP";
  auto shop = Engine::open(path, options);
  ImportOptions how;
  how.mode = ImportMode::good_rows;
  const auto start = std::chrono::steady_clock::now();
  const auto done = shop.transfer().import_products(shop.host(), csv, how);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  if (done.products != size) {
    throw Error(Code::internal, fmt::format("imported {} of {}: {}", done.products, size,
                                            done.problems.at(0).reason));
  }
  shop.checkpoint();
  shop.close();
  std::remove(csv.c_str());
  const auto least = raw_import(path, path + ".raw");
  const auto add = [&](const char* side, double seconds) {
    Row row;
    row.workload = "import_products";
    row.size = size;
    row.sync = "NORMAL";
    row.side = side;
    row.ops_s = static_cast<double>(size) / seconds;
    row.p50_us = 1e6 / row.ops_s;
    row.ratio = seconds / least;
    report.add(std::move(row));
  };
  add("raw", least);
  add("libshop_cpp", taken.count());
}

std::vector<Id> all_variants(const std::string& path) {
  RawDb db{path, "NORMAL"};
  RawStatement query{db, "SELECT id FROM variant ORDER BY id"};
  std::vector<Id> out;
  for (bool more = query.first(); more; more = query.next()) out.push_back(query.integer(0));
  return out;
}

Market make_market(Report& report, std::int64_t size) {
  Market out;
  out.size = size;
  out.path = copy_of(seeded_shop(report, size), fmt::format("market-{}.shop", size));
  out.variants = all_variants(out.path);
  auto shop = Engine::open(out.path, open_options(false));
  const auto host = shop.host();
  std::vector<ReceiveInput> lines;
  for (const auto variant_id : out.variants) {
    lines.push_back({variant_id, k_plenty, 0, {}});
    if (lines.size() < 1000 && variant_id != out.variants.back()) continue;
    shop.inventory().restock(host, lines);
    lines.clear();
  }
  for (int i = 0; i < Market::k_threads * Market::k_carts; ++i) {
    NewUserInput person;
    person.username = "buyer" + std::to_string(i);
    const auto user = shop.accounts().create_user(host, person);
    const auto session = shop.accounts().log_in_as(host, user.id).session;
    out.buyers.push_back({user.id, session.session_id()});
  }
  shop.checkpoint();
  shop.close();
  return out;
}

}  // namespace

OpenOptions open_options(bool full, const char* vfs) {
  OpenOptions out;
  out.durability = full ? Durability::full : Durability::normal;
  out.password_preset = PasswordPreset::for_tests;
  if (vfs != nullptr) out.vfs = vfs;
  return out;
}

std::string copy_of(const std::string& path, const std::string& name) {
  const auto to = std::filesystem::path{path}.parent_path() / name;
  std::filesystem::copy_file(path, to, std::filesystem::copy_options::overwrite_existing);
  return to.string();
}

std::string seeded_shop(Report& report, std::int64_t size) {
  static std::map<std::int64_t, std::string> made;
  auto& path = made[size];
  if (path.empty()) {
    path = fmt::format("{}/catalog-{}.shop", report.options().folder, size);
    import(report, path, size);
  }
  return path;
}

const Market& market(Report& report, std::int64_t size) {
  static std::map<std::int64_t, Market> made;
  auto found = made.find(size);
  if (found == made.end()) found = made.emplace(size, make_market(report, size)).first;
  return found->second;
}

Wishes Market::wishes(int thread, std::int64_t turn) const {
  std::minstd_rand chance{static_cast<std::uint_fast32_t>(turn * Market::k_threads + thread + 1)};
  chance.discard(3);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(chance()) % bound; };
  const auto third = variants.size() / 3;  // one from each third: never the same twice
  Wishes out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = {variants[i * third + below(third)], static_cast<std::int64_t>(1 + below(3))};
  }
  return out;
}

std::int64_t Market::number(Id variant_id) const {
  const auto at = std::lower_bound(variants.begin(), variants.end(), variant_id);
  return at - variants.begin() + 1;
}

}  // namespace shop::bench
