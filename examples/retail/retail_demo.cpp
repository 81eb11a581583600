// retail_demo CSV [SHOP]
//
// Plays a real year of a real shop through libshop, on a file with synchronous=FULL, and shows what
// came of it. The last line is for machines; the exit status is 0 only when every penny is there.

#include "console.hpp"
#include "replay.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include <stdlib.h>

namespace {

using retail::grouped;
using retail::pounds;

shop::ReportQuery all_time(std::int64_t limit) {
  shop::ReportQuery query;
  query.period = shop::ReportPeriod::all;
  query.limit = limit;
  return query;
}

// Taken independently of the rows the replay read: the file once more, field by field from the
// right, in floating point, whose error over the whole file is far below half a penny.
std::int64_t csv_total_minor(const std::string& path) {
  std::ifstream in{path};
  std::string line;
  std::getline(in, line);
  long double total = 0;
  while (std::getline(in, line)) {
    // … ,Quantity,InvoiceDate,UnitPrice,CustomerID,Country — no comma in any of these five.
    std::size_t end = line.size();
    std::string field[5];
    for (int i = 4; i >= 0; --i) {
      const auto comma = line.rfind(',', end - 1);
      field[i] = line.substr(comma + 1, end - comma - 1);
      end = comma;
    }
    total += std::stold(field[0]) * std::stold(field[2]);
  }
  return std::llround(total * 100);
}

void show_best_sellers(shop::Engine& shop) {
  retail::print_heading("The ten best sellers");
  std::vector<retail::Bar> bars;
  for (const auto& row : shop.reports().top_selling(shop.host(), all_time(10))) {
    bars.push_back({row.title, row.units, grouped(row.units)});
  }
  retail::print_bars(bars);
}

void show_countries(shop::Engine& shop) {
  retail::print_heading("Sales by country, less what came back (GBP)");
  std::vector<retail::Bar> bars;
  std::int64_t others = 0;
  for (const auto& row : shop.reports().regions(shop.host(), all_time(1000))) {
    if (bars.size() < 10) {
      bars.push_back(
          {row.country.empty() ? "?" : row.country, row.net.minor, pounds(row.net.minor)});
    } else {
      others += row.net.minor;
    }
  }
  bars.push_back({"others", others, pounds(others)});
  retail::print_bars(bars);
}

void show_months(shop::Engine& shop) {
  retail::print_heading("Sales by month, less what came back (GBP)");
  auto query = all_time(1000);
  query.step = shop::ReportStep::month;
  std::vector<retail::Bar> bars;
  for (const auto& step : shop.reports().sales(shop.host(), query)) {
    bars.push_back({step.label, step.figures.net.minor, pounds(step.figures.net.minor)});
  }
  retail::print_bars(bars);
}

void show_skipped(const std::vector<retail::Skipped>& skipped) {
  retail::print_heading("Rows that are neither a sale nor a return");
  std::printf("  %6s  %-12s %12s  %s\n", "row", "code", "amount", "why");
  for (const auto& row : skipped) {
    std::printf("  %6d  %-12s %12s  %s\n", row.row, row.code.c_str(),
                pounds(row.amount_minor).c_str(), row.reason.c_str());
  }
}

void show_times(const retail::Outcome& outcome) {
  retail::print_heading("Calls, the slowest kind first");
  std::vector<std::pair<std::string, retail::CallTimes>> times{outcome.times.begin(),
                                                               outcome.times.end()};
  std::sort(times.begin(), times.end(),
            [](const auto& a, const auto& b) { return a.second.slowest_us > b.second.slowest_us; });
  std::printf("  %-32s %9s %12s %12s\n", "", "calls", "mean ms", "slowest ms");
  for (const auto& [call, time] : times) {
    std::printf("  %-32s %9s %12.3f %12.3f\n", call.c_str(), grouped(time.calls).c_str(),
                time.total_us / static_cast<double>(time.calls) / 1000, time.slowest_us / 1000);
  }
}

bool show_verify(shop::Engine& shop) {
  const auto report = shop.verify();
  retail::print_heading("Verify: " + grouped(report.checks) + " kinds of checks, " +
                        grouped(static_cast<std::int64_t>(report.problems.size())) + " problems");
  for (const auto& problem : report.problems) {
    std::printf("  %s: %s: %s\n", problem.check.c_str(), problem.where.c_str(),
                problem.message.c_str());
  }
  return report.ok();
}

struct Books {
  std::int64_t orders = 0;
  std::int64_t net_minor = 0;
};

// What the shop itself says it took: each order's total, less what was taken back.
Books read_books(shop::Engine& shop) {
  Books books;
  const auto all = shop.reports().dashboard(shop.host(), all_time(1)).total;
  books.net_minor = all.net.minor;
  shop::PageQuery page;
  page.limit = 500;
  std::int64_t gross = 0;
  do {
    const auto orders = shop.orders().list(shop.host(), {}, page);
    for (const auto& order : orders.items) gross += order.total.minor;
    books.orders += static_cast<std::int64_t>(orders.items.size());
    page.cursor = orders.next_cursor;
  } while (!page.cursor.empty());
  if (gross - all.returned.minor != all.net.minor) {
    std::printf("The orders sum to %s, the reports say %s\n", pounds(gross).c_str(),
                pounds(all.revenue.minor).c_str());
    books.net_minor = gross - all.returned.minor;
  }
  return books;
}

shop::Engine open_shop(const std::string& path, const std::shared_ptr<shop::Clock>& clock) {
  for (const char* suffix : {"", "-wal", "-shm", "-lock"}) std::filesystem::remove(path + suffix);
  shop::OpenOptions options;
  options.currency = "GBP";
  options.clock = clock;
  return shop::Engine::open(path, options);
}

int run(const std::string& csv, const std::string& path) {
  auto rows = retail::read_csv(csv);
  const auto first = std::min_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
                       return a.at < b.at;
                     })->at;
  auto clock = std::make_shared<shop::ManualClock>(first - 24LL * 3600 * 1'000'000);
  auto shop = open_shop(path, clock);
  retail::Replay replay{shop, clock, std::move(rows)};

  std::printf("Making the catalog …\n");
  replay.make_catalog();
  replay.make_customers([](std::int64_t) {});
  std::printf("%s products in stock, %s customers\n", grouped(replay.outcome().products).c_str(),
              grouped(replay.outcome().customers).c_str());
  retail::Progress progress{"Invoices and credit notes", replay.documents()};
  const auto start = std::chrono::steady_clock::now();
  replay.walk_the_year([&](std::int64_t done) { progress.at(done); });
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  progress.finish();
  const auto& outcome = replay.outcome();

  show_best_sellers(shop);
  show_countries(shop);
  show_months(shop);
  retail::print_heading("One receipt");
  std::printf("%s\n", shop.orders().receipt_text(shop.host(), outcome.sample_order).c_str());
  show_skipped(outcome.skipped);
  show_times(outcome);
  const bool sound = show_verify(shop);
  const auto books = read_books(shop);
  shop.close();

  std::int64_t skipped_minor = 0;
  for (const auto& row : outcome.skipped) skipped_minor += row.amount_minor;
  const auto net_minor = books.net_minor + skipped_minor;
  const auto csv_minor = csv_total_minor(csv);
  std::printf(
      "\nThe shop's file: %s KiB. %s orders and %s returns in %.1f s: %.0f orders a second, "
      "synchronous=FULL\n",
      grouped(static_cast<std::int64_t>(std::filesystem::file_size(path) / 1024)).c_str(),
      grouped(books.orders).c_str(), grouped(outcome.returns).c_str(), seconds,
      static_cast<double>(books.orders) / seconds);
  std::printf("Orders less returns %s, skipped rows %s, together %s; the file itself sums to %s\n",
              pounds(books.net_minor).c_str(), pounds(skipped_minor).c_str(),
              pounds(net_minor).c_str(), pounds(csv_minor).c_str());
  const bool reconciled = net_minor == csv_minor && books.orders == outcome.orders;
  std::printf("%s rows=%lld orders=%lld returns=%lld skipped=%zu net_minor=%lld verify=%s\n",
              reconciled && sound ? "RECONCILED" : "NOT RECONCILED",
              static_cast<long long>(outcome.rows), static_cast<long long>(books.orders),
              static_cast<long long>(outcome.returns), outcome.skipped.size(),
              static_cast<long long>(net_minor), sound ? "ok" : "failed");
  return reconciled && sound ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: retail_demo CSV [SHOP]\n");
    return 2;
  }
  try {
    if (argc == 3) return run(argv[1], argv[2]);
    auto folder = (std::filesystem::temp_directory_path() / "libshop-demo-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    const int status = run(argv[1], folder + "/retail.shop");
    std::filesystem::remove_all(folder);
    return status;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "retail_demo: %s\n", error.what());
    return 1;
  }
}
