#include "shop/pricing.hpp"
#include "support/orders_fixture.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

// docs/cookbook/prices.md shows what explain says of one cart. SHOP_UPDATE_DOCS=1 writes it anew.
using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_page = SHOP_SOURCE_DIR "/docs/cookbook/prices.md";
constexpr const char* k_begin = "```text\n";
constexpr const char* k_end = "```\n";

std::string read_page() {
  std::ifstream file{k_page};
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

struct Shown {
  std::size_t from = 0;
  std::size_t to = 0;
};

Shown shown_in(const std::string& page) {
  const auto begin = page.find(k_begin);
  REQUIRE(begin != std::string::npos);
  const auto from = begin + std::string{k_begin}.size();
  return {from, page.find(k_end, from)};
}

}  // namespace

TEST_CASE_FIXTURE(OrdersFixture, "the cookbook shows what explain says") {
  const auto mug = sell("Mug, blue", 1250, 100);
  const auto tea = sell("Tea, 250 g", 899, 100);
  const auto lamp = sell("Desk lamp", 4999, 10);
  auto& pricing = shop.pricing();
  auto settings = pricing.settings(host);
  settings.tax_included = true;
  settings.cash_step = 5;
  pricing.set_settings(host, settings);
  TaxZone zone;
  zone.name = "United Kingdom";
  zone.places = {{"GB", {}}};
  zone.rates = {{0, "VAT", 200'000}};
  pricing.put_tax_zone(host, zone);
  const auto list = pricing.put_price_list(host, {0, "By the half dozen", {}, true, {}, {}});
  pricing.set_prices(host, list.id, {{mug, 6, {1000, {}}}});
  ScheduledPrice flash;
  flash.variant_id = tea;
  flash.name = "Monday morning";
  flash.price = {699, {}};
  flash.starts_at = clock->now();
  flash.unit_limit = 40;
  pricing.schedule_price(host, flash);
  Promotion welcome;
  welcome.name = "Welcome";
  welcome.needs_code = true;
  welcome.benefit.rate_ppm = 100'000;
  welcome = pricing.put_promotion(host, welcome);
  Coupon coupon;
  coupon.code = "HELLO10";
  coupon.promotion_id = welcome.id;
  pricing.put_coupon(host, coupon);
  Promotion winter;
  winter.name = "Winter sale";
  winter.benefit.rate_ppm = 50'000;
  pricing.put_promotion(host, winter);
  Promotion big;
  big.name = "5 off large orders";
  big.lane = 1;
  big.benefit.kind = BenefitKind::amount;
  big.benefit.amount = {500, {}};
  big.conditions = {{ConditionKind::subtotal, {}, {}, {20'000, {}}, 0}};
  pricing.put_promotion(host, big);
  ShippingMethod post;
  post.name = "Royal Mail";
  post.bands = {{"GB", {}, {}, {}, {499, {}}}};
  post = pricing.put_shipping_method(host, post);

  QuoteRequest request;
  request.lines = {{mug, 6}, {tea, 2}, {lamp, 1}};
  request.coupons = {"HELLO10"};
  request.country = "GB";
  request.shipping_method_id = post.id;
  request.cash = true;
  const auto text = pricing.explain(host, request);

  auto page = read_page();
  const auto shown = shown_in(page);
  if (std::getenv("SHOP_UPDATE_DOCS") != nullptr) {
    page.replace(shown.from, shown.to - shown.from, text);
    std::ofstream{k_page} << page;
    return;
  }
  CHECK(page.substr(shown.from, shown.to - shown.from) == text);
}
