// What reports and recommendations cost in a shop with 10,000 and with 1,000,000 orders. The shop
// is alive: before each round some orders are placed, so that sums are never as they were.

#include "bench/bench.hpp"
#include "bench/figures_world.hpp"
#include "bench/seed.hpp"
#include "flows/sales.hpp"
#include "orders/rules.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <time.h>

namespace shop::bench {
namespace {

constexpr std::int64_t k_day = 86'400'000'000;
constexpr int k_orders_between = 16;

class Figures {
 public:
  Figures(Report& report, const PastShop& past)
      : report_(&report),
        orders_(past.orders),
        path_(copy_of(past.path, "figures.shop")),
        shop_(Engine::open(path_, past_options())) {
    for (const auto& product : shop_.reports().top_selling(host_, {.limit = 1000})) {
      products_.push_back(product.product_id);
      variants_.push_back(shop_.catalog().product(host_, product.product_id).variants.at(0).id);
    }
    seller_ = shop_.sellers().mine(keeper(shop_)).id;
  }
  ~Figures() {
    shop_.close();
    for (const char* end : {"", "-wal", "-shm", "-lock"}) std::remove((path_ + end).c_str());
  }
  Figures(const Figures&) = delete;
  Figures& operator=(const Figures&) = delete;

  void run() {
    dashboards();
    products();
    stock_and_orders();
    recommendations();
  }

 private:
  void with(const char* name, std::function<void(int, std::int64_t)> op) {
    Workload workload;
    workload.name = fmt::format("figures.{}", name);
    workload.size = orders_;
    workload.sides.push_back(
        {"libshop_cpp", std::move(op), [&](int, std::int64_t, std::int64_t) { live(); }});
    report_->run(workload);
  }

  // Some customers order something.
  void live() {
    for (int i = 0; i < k_orders_between; ++i, ++placed_) {
      const auto& session = sessions_[placed_ % sessions_.size()];
      std::vector<CartItem> items;
      for (std::size_t k = 0; k < 3; ++k) {
        items.push_back({variants_[(placed_ * 37 + k * 301) % variants_.size()], 1, {}});
      }
      shop_.cart().add_all(session, 0, items);
      PlaceInput input;
      input.idempotency_key = fmt::format("live {}", placed_);
      try {
        (void)shop_.orders().place(session, 0, input);
      } catch (const Error&) {  // something is sold out by now
        shop_.cart().clear(session, 0);
      }
    }
  }

  void dashboards() {
    auto& reports = shop_.reports();
    with("dashboard",
         [&](int, std::int64_t) { (void)reports.dashboard(host_, {.step = ReportStep::month}); });
    with("dashboard_month", [&](int, std::int64_t) {
      (void)reports.dashboard(host_, {.period = ReportPeriod::month});
    });
    with("dashboard_90_days", [&](int, std::int64_t) {
      (void)reports.dashboard(host_, {.from = k_now - 90 * k_day, .step = ReportStep::week});
    });
    with("dashboard_seller", [&](int, std::int64_t) {
      (void)reports.dashboard(host_, {.seller_id = seller_, .step = ReportStep::month});
    });
  }

  void products() {
    auto& reports = shop_.reports();
    using Order = ReportOrder;
    const auto top = [&](const char* name, const ReportQuery& query) {
      with(name,
           [&reports, this, query](int, std::int64_t) { (void)reports.top_selling(host_, query); });
    };
    const auto since = [](std::int64_t days) { return k_now - days * k_day; };
    top("top_units_all", {});
    top("top_revenue_all", {.order = Order::most_revenue});
    top("top_units_day", {.period = ReportPeriod::day});
    top("top_units_week", {.period = ReportPeriod::week});
    top("top_revenue_month", {.period = ReportPeriod::month, .order = Order::most_revenue});
    top("top_units_400_days", {.from = since(500), .to = since(100)});
    top("top_revenue_seller", {.seller_id = seller_, .order = Order::most_revenue});
    top("top_units_category", {.category = "kitchen"});
    with("product_report_category", [&](int, std::int64_t) {
      ReportQuery query;
      query.category = "kitchen";
      query.from = since(90);
      (void)reports.products(host_, query, {.limit = 50, .with_total = true});
    });
    with("trending_week", [&](int, std::int64_t) { (void)reports.trending(host_, {}); });
  }

  void stock_and_orders() {
    with("low_stock",
         [&](int, std::int64_t) { (void)shop_.reports().low_stock(host_, {}, {.limit = 20}); });
    with("orders_today", [&](int, std::int64_t) { (void)shop_.orders().today(host_); });
    with("my_products", [&](int, std::int64_t) {
      (void)shop_.reports().my_products(host_, {.seller_id = seller_}, MyProductOrder::most_sold,
                                        {.limit = 20});
    });
  }

  void recommendations() {
    const auto who = [&](std::int64_t turn) {
      return sessions_[static_cast<std::size_t>(turn) % sessions_.size()];
    };
    const auto of = [&](std::int64_t turn) {
      RecommendQuery query;
      query.product_ids = {products_[static_cast<std::size_t>(turn) * 31 % products_.size()]};
      return query;
    };
    auto& recommend = shop_.recommend();
    with("for_customer",
         [&](int, std::int64_t turn) { (void)recommend.for_customer(who(turn), {}); });
    with("bought_together",
         [&](int, std::int64_t turn) { (void)recommend.bought_together(who(turn), of(turn)); });
    with("similar", [&](int, std::int64_t turn) { (void)recommend.similar(who(turn), of(turn)); });
    with("trending", [&](int, std::int64_t turn) { (void)recommend.trending(who(turn), {}); });
  }

  Report* report_;
  std::int64_t orders_;
  std::string path_;
  Engine shop_;
  Session host_ = shop_.host();
  std::vector<Session> sessions_ = regulars(shop_);
  std::vector<Id> products_;
  std::vector<Id> variants_;
  Id seller_ = 0;
  std::size_t placed_ = 0;
};

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Spent {
  double us = 0;
  double orders = 0;
  void add(double more) {
    us += more;
    ++orders;
  }
  [[nodiscard]] double mean() const { return us / orders; }
};

// What the sums and the counts of what is bought together cost an order. It writes nothing for them
// itself; a few of a thousand fold what the others left. So the mean over many orders, over the
// mean of those that fold nothing, is what the upkeep adds. In time of the processor, as others'
// work is none of it.
void upkeep(Report& report, const PastShop& past) {
  constexpr std::size_t k_placed = 4 * 1024;  // turns of everything
  const auto path = copy_of(past.path, "upkeep.shop");
  std::vector<double> times;
  Spent all, plain, sums, sold, taste;
  {
    auto shop = Engine::open(path, past_options());
    const auto host = shop.host();
    const auto people = regulars(shop);
    std::vector<Id> variants;
    for (const auto& product : shop.reports().top_selling(host, {.limit = 1000})) {
      variants.push_back(shop.catalog().product(host, product.product_id).variants.at(0).id);
      shop.inventory().receive(host, {variants.back(), 1000, 0, {}});
    }
    for (std::size_t i = 0; i < k_placed; ++i) {
      const auto& session = people[i % people.size()];
      std::vector<CartItem> items;
      for (std::size_t k = 0; k < 3; ++k) {
        items.push_back({variants[(i * 37 + k * 301) % variants.size()], 1, {}});
      }
      shop.cart().add_all(session, 0, items);
      PlaceInput input;
      input.idempotency_key = fmt::format("upkeep {}", i);
      const auto began = cpu_us();
      const auto order = shop.orders().place(session, 0, input);
      times.push_back(cpu_us() - began);
      const auto number = orders::parse_number("ORD", order.number).value();
      const auto due = flows::due_counts(number % orders::k_numbers_per_day);
      all.add(times.back());
      if (!due.any()) plain.add(times.back());
      if (due.sums) sums.add(times.back());
      if (due.sold) sold.add(times.back());
      if (due.taste) taste.add(times.back());
    }
  }
  for (const char* end : {"", "-wal", "-shm", "-lock"}) std::remove((path + end).c_str());
  std::sort(times.begin(), times.end());
  const auto add = [&](const char* name, double ratio) {
    Row row;
    row.workload = name;
    row.size = past.orders;
    row.sync = "NORMAL";
    row.side = "libshop_cpp";
    row.p50_us = times[times.size() / 2];
    row.p99_us = times[times.size() * 99 / 100];
    row.ops_s = 1e6 / all.mean();
    row.ratio = ratio;
    report.add(std::move(row));
  };
  // The share of each: what its orders took more than a plain one, spread over all orders.
  const auto share = [&](const Spent& of) {
    return 1 + (of.us - of.orders * plain.mean()) / (all.orders * plain.mean());
  };
  add("figures.upkeep", all.mean() / plain.mean());
  add("figures.upkeep_sums", share(sums));
  add("figures.upkeep_sold", share(sold));
  add("figures.upkeep_taste", share(taste));
}

void run(Report& report) {
  if (!report.wants("figures")) return;
  std::vector<std::int64_t> sizes{10'000};
  if (!report.options().quick) sizes.push_back(1'000'000);
  for (const auto orders : sizes) {
    const auto past = past_shop(report, orders);
    Figures{report, past}.run();
    if (report.wants("figures.upkeep")) upkeep(report, past);
  }
}

const Suite k_figures{"figures", run};

}  // namespace
}  // namespace shop::bench
