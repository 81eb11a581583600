#include "bench/figures_world.hpp"

#include "bench/catalog_generator.hpp"
#include "bench/seed.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <fmt/format.h>

namespace shop::bench {
namespace {

constexpr int k_sellers = 10;
constexpr std::int64_t k_of_a_seller = 1'000;
constexpr int k_customers = 20'000;
constexpr std::int64_t k_days = 1'096;
constexpr std::array k_countries{"GB", "GB", "GB", "FR", "DE", "IE", "NL", "ES", "BE", "US"};

std::string customer_name(std::int64_t number) {
  return fmt::format("past-{}", number);
}

std::string time_text(Timestamp at) {
  const auto c = core::to_civil(at, 0);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour,
                     c.minute, at / core::microseconds_per_second % 60);
}

// What is ordered: a few things often, most now and then; the article numbers know nothing of it.
class Chance {
 public:
  double unit() { return static_cast<double>(random_() >> 11) / 9007199254740992.0; }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(unit() * static_cast<double>(bound));
  }
  std::int64_t product() {
    const auto rank = static_cast<std::int64_t>(std::pow(unit(), 2.5) * k_past_products);
    return (rank * 7919 + 13) % k_past_products;
  }

 private:
  std::mt19937_64 random_{20261122};
};

void write_orders_csv(const std::string& path, std::int64_t orders,
                      const std::vector<std::string>& skus) {
  std::ofstream out{path, std::ios::binary};
  out << "order,placed_at,sku,quantity,unit_price,discount,country,customer\r\n";
  Chance chance;
  const auto span = k_days * core::microseconds_per_day;
  for (std::int64_t i = 0; i < orders; ++i) {
    const auto at = k_now - span +
                    static_cast<Timestamp>(static_cast<double>(span) * static_cast<double>(i + 1) /
                                           static_cast<double>(orders + 1));
    const auto* country = k_countries[static_cast<std::size_t>(chance.below(10))];
    const auto customer =
        chance.below(10) < 7 ? customer_name(chance.below(k_customers)) : std::string{};
    const auto lines = 1 + chance.below(5);
    for (std::int64_t line = 0; line < lines; ++line) {
      const auto product = chance.product();
      const auto cents = 199 + product % 97 * 100;
      out << i << ',' << time_text(at) << ',' << skus[static_cast<std::size_t>(product)] << ','
          << 1 + chance.below(3) << ',' << cents / 100 << '.' << cents % 100 / 10 << cents % 10
          << ',' << (chance.below(10) == 0 ? "0.50" : "") << ',' << country << ',' << customer
          << "\r\n";
    }
  }
}

void import_products(Engine& shop, const std::string& csv, std::int64_t from, std::int64_t count,
                     std::optional<Id> seller) {
  write_catalog_csv(csv, count, from);
  ImportOptions how;
  how.mode = ImportMode::good_rows;
  how.seller_id = seller;
  const auto done = shop.transfer().import_products(shop.host(), csv, how);
  if (done.products != count) throw Error(Code::internal, done.problems.at(0).reason);
}

void make_sellers(Engine& shop, const std::string& csv) {
  const auto host = shop.host();
  shop.sellers().set_approval(host, SellerApproval::automatic);
  for (int i = 0; i < k_sellers; ++i) {
    NewUserInput person;
    person.username = fmt::format("keeper{}", i);
    const auto keeper = shop.accounts().create_user(host, person);
    const auto session = shop.accounts().log_in_as(host, keeper.id).session;
    const auto seller =
        shop.sellers().apply(session, {fmt::format("Seller {}", i), "+44 20 7946 0018", {}, {}});
    import_products(shop, csv, i * k_of_a_seller, k_of_a_seller, seller.id);
  }
}

void make_stock(Engine& shop, const std::vector<std::string>& skus) {
  const auto host = shop.host();
  Chance chance;
  std::vector<ReceiveInput> lines;
  for (std::size_t i = 0; i < skus.size(); ++i) {
    const auto variant = shop.catalog().product_by_sku(host, skus[i]).variants.front().id;
    lines.push_back({variant, 1 + chance.below(400), 0, {}});
    if (lines.size() < 1000 && i + 1 < skus.size()) continue;
    shop.inventory().restock(host, lines);
    lines.clear();
  }
}

// A few customers did more than order.
void make_regulars(Engine& shop) {
  for (const auto& session : regulars(shop)) {
    std::vector<Id> bought;
    for (const auto& order : shop.orders().mine(session, {.limit = 10}).items) {
      for (const auto& line : shop.orders().get(session, order.id).lines) {
        bought.push_back(line.product_id);
      }
    }
    for (std::size_t k = 0; k < bought.size() && k < 5; ++k) {
      try {
        ReviewInput review;
        review.product_id = bought[k];
        review.stars = 1 + static_cast<std::int64_t>(k);
        (void)shop.reviews().add(session, review);
      } catch (const Error&) {  // the same thing, bought twice
      }
    }
    for (std::size_t k = 5; k < bought.size(); ++k) shop.recommend().view(session, bought[k]);
  }
}

void make(const std::string& path, std::int64_t orders, const std::string& folder) {
  const auto csv = folder + "/past.csv";
  auto options = past_options();
  options.currency = "GBP";
  auto shop = Engine::open_memory(options);  // twice as fast as writing the file as it grows
  const auto host = shop.host();
  make_sellers(shop, csv);
  const auto of_sellers = k_sellers * k_of_a_seller;
  import_products(shop, csv, of_sellers, k_past_products - of_sellers, {});
  std::vector<std::string> skus;
  for (std::int64_t i = 0; i < k_past_products; ++i) skus.push_back(generate(i).sku);
  make_stock(shop, skus);
  for (int i = 0; i < k_customers; ++i) {
    NewUserInput person;
    person.username = customer_name(i);
    (void)shop.accounts().create_user(host, person);
  }
  write_orders_csv(csv, orders, skus);
  const auto done = shop.transfer().import_order_lines(host, csv, {ImportMode::good_rows});
  if (done.orders != orders) throw Error(Code::internal, done.problems.at(0).reason);
  std::remove(csv.c_str());
  make_regulars(shop);
  for (const auto& problem : shop.verify().problems) {
    throw Error(Code::internal, fmt::format("{}: {}", problem.check, problem.message));
  }
  shop.backup(path);
}

}  // namespace

OpenOptions past_options() {
  auto out = open_options(false);
  out.clock = std::make_shared<ManualClock>(k_now);
  return out;
}

std::vector<Session> regulars(Engine& shop) {
  std::vector<Session> out;
  const auto host = shop.host();
  for (const auto& user : shop.accounts().users(host, {Role::customer}, {.limit = 40}).items) {
    out.push_back(shop.accounts().log_in_as(host, user.id).session);
  }
  return out;
}

Session keeper(Engine& shop) {
  const auto host = shop.host();
  const auto user = shop.accounts().users(host, {Role::seller}, {.limit = 1}).items.at(0);
  return shop.accounts().log_in_as(host, user.id).session;
}

PastShop past_shop(Report& report, std::int64_t orders) {
  const auto& options = report.options();
  const auto& folder = options.keep.empty() ? options.folder : options.keep;
  const auto path = fmt::format("{}/past-{}.shop", folder, orders);
  if (!std::filesystem::exists(path)) {
    const auto began = std::chrono::steady_clock::now();
    const auto unfinished = path + ".new";
    std::filesystem::remove(unfinished);
    make(unfinished, orders, folder);
    std::filesystem::rename(unfinished, path);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
    std::fprintf(stderr, "%lld orders made and verified in %.0f s\n",
                 static_cast<long long>(orders), taken.count());
  }
  return {orders, path};
}

}  // namespace shop::bench
