#include "retail/replay.hpp"
#include "retail/retail_csv.hpp"
#include "support/shop_fixture.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

// A year of a real shop is played through the engine, and what the reports then say is compared
// with what an independent script computes from the file: tests/reports/retail_figures.py.

using namespace shop;
using namespace shop::test;

namespace {

const std::string k_source = SHOP_SOURCE_DIR;
const std::string k_csv = k_source + "/examples/data/online_retail_30k.csv";

struct Replayed {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(1'290'000'000'000'000);
  Engine shop = Engine::open_memory(options());
  retail::Replay replay{shop, clock, retail::read_csv(k_csv)};
  Session host = shop.host();

  Replayed() {
    const auto quiet = [](std::int64_t) {};
    replay.make_catalog();
    replay.make_customers(quiet);
    replay.walk_the_year(quiet);
  }

  [[nodiscard]] OpenOptions options() const {
    OpenOptions out;
    out.clock = clock;
    out.currency = "GBP";
    return out;
  }
};

std::vector<std::string> script_says(const std::vector<retail::Skipped>& skipped) {
  const TempFolder folder;
  {
    std::ofstream file{folder.path("skipped")};
    for (const auto& row : skipped) file << row.row << '\n';
  }
  const auto command = "/usr/bin/python3 '" + k_source + "/tests/reports/retail_figures.py' '" +
                       k_csv + "' '" + folder.path("skipped") + "'";
  std::vector<std::string> lines;
  auto* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string line;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    lines.push_back(std::exchange(line, {}));
  }
  REQUIRE(pclose(pipe) == 0);
  return lines;
}

// The first 20 places of a top list, everyone who shares a place together.
void add_top(Replayed& shop, ReportOrder order, const std::string& name,
             std::set<std::string>& out) {
  std::map<std::int64_t, std::set<std::string>, std::greater<>> by_value;
  for (const auto& row :
       shop.shop.reports().top_selling(shop.host, {.order = order, .limit = 200})) {
    const auto product = shop.shop.catalog().product(shop.host, row.product_id);
    const auto value = order == ReportOrder::most_units ? row.units : row.revenue.minor;
    by_value[value].insert(product.variants.front().sku.value_or(""));
  }
  std::size_t place = 0;
  for (const auto& [value, codes] : by_value) {
    if (place >= 20) return;
    std::ostringstream line;
    line << "top " << name << ' ' << (place + 1 < 10 ? "0" : "") << place + 1 << ' ' << value;
    for (const auto& code : codes) line << ' ' << code;
    out.insert(line.str());
    place += codes.size();
  }
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::set<std::string> reports_say(Replayed& shop) {
  std::set<std::string> out;
  auto& reports = shop.shop.reports();
  add_top(shop, ReportOrder::most_units, "units", out);
  add_top(shop, ReportOrder::most_revenue, "revenue", out);
  const auto total = reports.dashboard(shop.host, {}).total;
  out.insert("returned units " + std::to_string(total.returned_units));
  out.insert("returned minor " + std::to_string(total.returned.minor));
  const auto customers = reports.customers(shop.host, {}, {.limit = 1, .with_total = true});
  out.insert("customers " + std::to_string(customers.total.value_or(-1)));
  for (const auto& row : reports.hours(shop.host, {})) {
    out.insert("orders weekday " + std::to_string(row.weekday) + " hour " + two_digits(row.hour) +
               " " + std::to_string(row.orders));
  }
  return out;
}

using Money2 = std::map<std::pair<std::string, std::string>, std::int64_t>;

// "money United Kingdom 2011-01 1234" → ("GB", "2011-01") and the amount.
void add_money(const std::string& line, Money2& out) {
  const auto amount_at = line.rfind(' ');
  const auto month_at = line.rfind(' ', amount_at - 1);
  const auto country = line.substr(6, month_at - 6);
  const auto month = line.substr(month_at + 1, amount_at - month_at - 1);
  out[{retail::country_code(country), month}] += std::stoll(line.substr(amount_at + 1));
}

}  // namespace

TEST_CASE("reports of a replayed year are what a script computes from its file") {
  Replayed shop;
  std::set<std::string> wanted;
  Money2 money_wanted;
  for (const auto& line : script_says(shop.replay.outcome().skipped)) {
    if (line.starts_with("money ")) {
      add_money(line, money_wanted);
    } else {
      wanted.insert(line);
    }
  }
  REQUIRE(wanted.size() > 60);
  REQUIRE(money_wanted.size() > 100);
  const auto found = reports_say(shop);
  for (const auto& line : wanted) {
    CAPTURE(line);
    CHECK(found.contains(line));
  }
  for (const auto& line : found) {
    CAPTURE(line);
    CHECK(wanted.contains(line));
  }
  Money2 money_found;
  for (const auto& row : shop.shop.reports().countries(shop.host, {.step = ReportStep::month})) {
    money_found[{row.country, row.label}] += row.net.minor;
  }
  std::erase_if(money_wanted, [](const auto& row) { return row.second == 0; });
  std::erase_if(money_found, [](const auto& row) { return row.second == 0; });
  CHECK(money_found == money_wanted);
  for (const auto& problem : shop.shop.verify().problems) {
    FAIL_CHECK(problem.check << " " << problem.where << ": " << problem.message);
  }
}
