// Suite "engage": recommendations on a large shop, and what keeping the figures of what is bought
// together, the points and the notifications adds to placing an order of three lines. The shop has
// as many products as --sizes says (100,000 unless quick) and ten orders for each of them.

#include "accounts/keys.hpp"
#include "bench/bench.hpp"
#include "catalog/catalog.hpp"
#include "core/encoding.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "flows/engagement.hpp"
#include "orders/facts.hpp"
#include "recommend/recommend.hpp"
#include "recommend/store.hpp"
#include "shop/shop.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace shop::bench {
namespace {

constexpr std::int64_t k_orders_per_product = 10;
constexpr std::int64_t k_products_when_quick = 1'000;
constexpr int k_people = 40;
constexpr Timestamp k_start = 1'767'607'200'000'000;
constexpr const char* k_order =
    "INSERT INTO orders (id, number, uuid_chance, key, fingerprint, cart_id, owner_id, guest, "
    "actor_role, actor_id, placed_at, status, payment_status, fulfilment_status, country, region, "
    "address, note, rounding, tax_included, line_count, units, subtotal, discount, shipping_name, "
    "shipping, shipping_discount, shipping_tax, shipping_total, tax, cash_rounding, total, paid, "
    "refunded, points, edit_refunded, exchange_of, month, hour) VALUES ($1, $1, 1, $2, $2, $1, $3, "
    "0, 2, $3, $4, 3, 4, 4, '', '', x'', '', 1, 1, 3, 3, 300, 0, '', 0, 0, 0, 0, 0, 0, 300, 300, "
    "0, "
    "0, 0, 0, 24312, 0)";
constexpr const char* k_line =
    "INSERT INTO order_line (id, variant_id, product_id, seller_id, category_id, "
    "sku, title, variant_title, note, by_measure, quantity, list_minor, unit_minor, price_source, "
    "price_source_id, price_name, subtotal, discount, tax, total, shipped, returned, refunded, "
    "first_of_product, first_of_category) VALUES ($1 * 1024 + $2, $3, $4, 0, 0, '', '', '', '', 0, "
    "1, 100, "
    "100, 1, 0, '', 100, 0, 0, 100, 1, 0, 0, 1, 0)";

struct World {
  std::string path;
  std::vector<Id> products;
  std::vector<Id> variants;
  std::vector<Id> people;
  std::mt19937_64 chance{1};

  // Few sell often, most hardly ever, as in a real shop.
  std::size_t popular() {
    const auto u = static_cast<double>(chance() >> 11) / 9007199254740992.0;
    return static_cast<std::size_t>(std::pow(u, 3.0) * static_cast<double>(products.size()));
  }
  Order order(Id id, Id customer, Timestamp at) {
    Order out;
    out.id = id;
    out.number = "ORD-1";
    out.customer_id = customer;
    out.placed_at = at;
    out.status = OrderStatus::confirmed;
    out.total = {300, "EUR"};
    for (std::int64_t line_no = 1; line_no <= 3; ++line_no) {
      const auto which = popular();
      auto& line = out.lines.emplace_back();
      line.line_no = line_no;
      line.product_id = products[which];
      line.variant_id = variants[which];
      line.total = {100, "EUR"};
    }
    return out;
  }
};

OpenOptions options() {
  OpenOptions out;
  out.clock = std::make_shared<ManualClock>(k_start);
  out.password_preset = PasswordPreset::for_tests;
  return out;
}

db::DatabaseOptions raw_options(const World& world) {
  db::DatabaseOptions out;
  out.sqlite.path = world.path;
  return out;
}

db::Env raw_env() {
  return {std::make_shared<ManualClock>(k_start), core::seeded_random(1), "EUR", 0, {}, {}};
}

void make_products(World& world, std::int64_t count) {
  auto shop = Engine::open(world.path, options());
  const auto host = shop.host();
  for (std::int64_t from = 0; from < count; from += 500) {
    std::vector<ProductInput> inputs;
    for (std::int64_t i = from; i < std::min(count, from + 500); ++i) {
      auto& input = inputs.emplace_back();
      input.title = "Product " + std::to_string(i);
      input.simple.price = {100, {}};
      input.simple.policy = StockPolicy::backorder;
    }
    for (const Id id : shop.catalog().create_products(host, inputs).ids)
      world.products.push_back(id);
  }
  for (const Id id : world.products) {
    world.variants.push_back(shop.catalog().product(host, id).variants[0].id);
  }
  for (int i = 0; i < k_people; ++i) {
    NewUserInput person;
    person.username = "person" + std::to_string(i);
    world.people.push_back(shop.accounts().create_user(host, person).id);
  }
  LoyaltyRuleInput rule;
  rule.name = "Shopping";
  rule.points = 1;
  rule.per = Money{100, {}};
  shop.loyalty().save_rule(host, rule);
}

// Orders of strangers, and some of each of the people. Written as rows: what is measured is how
// the figures are kept and read, not how those orders were placed.
void make_orders(World& world, std::int64_t count) {
  db::Database db{raw_options(world), raw_env()};
  constexpr std::int64_t batch = 5'000;
  for (std::int64_t from = 0; from < count; from += batch) {
    db.write([&](db::Tx& tx) {
      for (std::int64_t i = from; i < std::min(count, from + batch); ++i) {
        const auto person = static_cast<std::size_t>(i) % (k_people * 4'000);
        const Id customer = person < world.people.size()
                                ? world.people[person]
                                : Id{1} << 40 | static_cast<Id>(world.chance() % 200'000);
        const auto at = k_start - (count - i) * 30'000'000;
        const auto order = world.order(tx.next_id(), customer, at);
        const auto key = std::to_string(order.id);
        {
          auto query = tx.query_text(k_order);
          query.bind(1, order.id);
          query.bind(2, core::as_bytes(key));
          query.bind(3, customer);
          query.bind(4, at);
          query.next();
        }
        for (const auto& line : order.lines) {
          auto query = tx.query_text(k_line);
          query.bind(1, order.id);
          query.bind(2, line.line_no);
          query.bind(3, line.variant_id);
          query.bind(4, line.product_id);
          query.next();
        }
      }
      recommend::take_in(tx, 0);
      recommend::fold(tx, std::int64_t{1} << 40);
      orders::mark_counted(tx);  // the figures are not what is measured
      catalog::fold_sold(tx);
    });
  }
}

// What the upkeep alone costs in a transaction of its own, less what such a transaction costs.
void measure_upkeep(Report& report, World& world) {
  db::Database db{raw_options(world), raw_env()};
  accounts::open(db, {}, PasswordPreset::for_tests);  // points are kept under a key of the shop
  const auto with = [&](const char* name, std::function<void(int, std::int64_t)> op) {
    Workload workload;
    workload.name = name;
    workload.size = static_cast<std::int64_t>(world.products.size());
    workload.sync = "FULL";
    workload.sides.push_back({"libshop_cpp", std::move(op)});
    report.run(workload);
  };
  with("engage.empty_commit",
       [&](int, std::int64_t) { db.write([](db::Tx& tx) { (void)tx.next_id(); }); });
  with("engage.upkeep", [&](int, std::int64_t turn) {
    db.write([&](db::Tx& tx) {
      const auto who = static_cast<std::size_t>(turn) % k_people;
      flows::engage_order_placed(tx, world.order(tx.next_id(), world.people[who], k_start));
    });
  });
}

void measure_calls(Report& report, World& world) {
  auto shop = Engine::open(world.path, options());
  const auto host = shop.host();
  std::vector<Session> sessions;
  for (const Id id : world.people) sessions.push_back(shop.accounts().log_in_as(host, id).session);
  const auto with = [&](const char* name, std::function<void(int, std::int64_t)> op) {
    Workload workload;
    workload.name = name;
    workload.size = static_cast<std::int64_t>(world.products.size());
    workload.sides.push_back({"libshop_cpp", std::move(op)});
    report.run(workload);
  };
  const auto of = [&](std::int64_t turn) {
    return sessions[static_cast<std::size_t>(turn) % sessions.size()];
  };
  with("engage.for_customer",
       [&](int, std::int64_t turn) { (void)shop.recommend().for_customer(of(turn), {}); });
  with("engage.bought_together", [&](int, std::int64_t turn) {
    RecommendQuery query;
    query.product_ids = {world.products[world.popular()]};
    (void)shop.recommend().bought_together(of(turn), query);
  });
  with("engage.similar", [&](int, std::int64_t turn) {
    RecommendQuery query;
    query.product_ids = {world.products[world.popular()]};
    (void)shop.recommend().similar(of(turn), query);
  });
  with("engage.trending",
       [&](int, std::int64_t turn) { (void)shop.recommend().trending(of(turn), {}); });
}

void engage(Report& report) {
  if (!report.wants("engage")) return;
  World world;
  world.path = report.options().folder + "/engage.shop";
  const auto products =
      report.options().quick ? k_products_when_quick : report.options().sizes.back();
  const auto began = std::chrono::steady_clock::now();
  make_products(world, std::min<std::int64_t>(products, 100'000));
  make_orders(world, std::ssize(world.products) * k_orders_per_product);
  std::printf("engage: %zu products, %zu orders made in %.0f s\n", world.products.size(),
              world.products.size() * k_orders_per_product,
              std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  measure_upkeep(report, world);
  measure_calls(report, world);
}

const Suite k_engage{"engage", engage};

}  // namespace
}  // namespace shop::bench
