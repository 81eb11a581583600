#include "shop/sellers.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct ChecksFixture : OrdersFixture {
  Pricing& pricing = shop.pricing();

  Promotion percent(const std::string& name) const {
    Promotion out;
    out.name = name;
    out.benefit.rate_ppm = 100'000;
    return out;
  }
  Problems problems(const Promotion& promotion) {
    return problems_of([&] { return pricing.put_promotion(host, promotion); });
  }
  Quote quote(Id variant, const std::vector<std::string>& codes = {}) {
    QuoteRequest request;
    request.lines = {{variant, 1}};
    request.coupons = codes;
    return pricing.quote(host, request);
  }
  static std::vector<std::string> reasons(const Quote& quote) {
    std::vector<std::string> out;
    for (const auto& rejection : quote.rejections) out.push_back(rejection.reason);
    return out;
  }
};

PromotionCondition of_kind(ConditionKind kind) {
  PromotionCondition out;
  out.kind = kind;
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(ChecksFixture, "each kind of benefit needs its own numbers") {
  const auto wrong = [&](BenefitKind kind) {
    auto promotion = percent("P");
    promotion.benefit = {};
    promotion.benefit.kind = kind;
    return problems(promotion);
  };
  const Problems rate{"benefit.rate_ppm out_of_range"};
  const Problems amount{"benefit.amount out_of_range"};
  CHECK(wrong(BenefitKind::percent) == rate);
  CHECK(wrong(BenefitKind::amount) == amount);
  CHECK(wrong(BenefitKind::unit_amount) == amount);
  CHECK(wrong(BenefitKind::buy_get) == Problems{"benefit.rate_ppm out_of_range",
                                                "benefit.buy out_of_range",
                                                "benefit.get out_of_range"});
  CHECK(wrong(BenefitKind::cheapest) ==
        Problems{"benefit.rate_ppm out_of_range", "benefit.get out_of_range"});
  CHECK(wrong(BenefitKind::points) == Problems{"benefit.number out_of_range"});
  CHECK(wrong(static_cast<BenefitKind>(9)) == Problems{"benefit.kind unknown"});
  auto free = percent("Fixed");
  free.benefit.kind = BenefitKind::fixed_price;
  CHECK(pricing.put_promotion(host, free).id != 0);
  free.name = "Free delivery";
  free.benefit.kind = BenefitKind::free_shipping;
  CHECK(pricing.put_promotion(host, free).id != 0);
}

TEST_CASE_FIXTURE(ChecksFixture, "a promotion is refused with every field that is wrong") {
  auto promotion = percent("");
  promotion.lane = 1001;
  promotion.priority = -1'000'001;
  promotion.starts_at = 2;
  promotion.ends_at = 2;
  promotion.benefit.amount = {1, "USD"};
  promotion.max_discount = Money{-1, {}};
  promotion.use_limit = 0;
  promotion.customer_use_limit = 0;
  promotion.conditions = {
      of_kind(ConditionKind::products),        of_kind(ConditionKind::countries),
      of_kind(ConditionKind::subtotal),        of_kind(ConditionKind::quantity),
      of_kind(static_cast<ConditionKind>(11)), of_kind(static_cast<ConditionKind>(0)),
      of_kind(ConditionKind::customer_groups)};
  promotion.conditions[6].ids = {0};
  promotion.conditions[6].texts = {""};
  CHECK(problems(promotion) ==
        Problems{"name required", "lane out_of_range", "priority out_of_range",
                 "ends_at before_start", "benefit.amount currency_mismatch",
                 "max_discount out_of_range", "use_limit out_of_range",
                 "customer_use_limit out_of_range", "conditions[0].ids required",
                 "conditions[1].texts required", "conditions[2].amount out_of_range",
                 "conditions[3].number out_of_range", "conditions[4].kind unknown",
                 "conditions[5].kind unknown", "conditions[6].ids out_of_range",
                 "conditions[6].texts required"});
  promotion = percent("Many");
  promotion.conditions.assign(21, of_kind(ConditionKind::not_reduced));
  CHECK(problems(promotion) == Problems{"conditions too_many"});
  promotion = percent("Lost");
  promotion.id = 4711;
  CHECK(code_of([&] { return pricing.put_promotion(host, promotion); }) == Code::not_found);
  CHECK(code_of([&] { return pricing.put_promotion(a_customer(shop), percent("P")); }) ==
        Code::forbidden);
  CHECK(pricing.promotions(host).empty());
}

TEST_CASE_FIXTURE(ChecksFixture, "taxes and deliveries are refused with the row that is wrong") {
  TaxZone zone;
  CHECK(problems_of([&] { return pricing.put_tax_zone(host, zone); }) ==
        Problems{"name required", "places required"});
  zone.name = "Z";
  zone.places = {{"GB", {}}, {"GB", "London"}, {"GB", {}}, {std::string(61, 'x'), {}}};
  zone.rates = {{-1, "", 10'000'001}};
  CHECK(problems_of([&] { return pricing.put_tax_zone(host, zone); }) ==
        Problems{"places[2] taken", "places[3].country too_long", "rates[0].name required",
                 "rates[0].rate_ppm out_of_range", "rates[0].tax_class_id out_of_range"});
  zone.places.clear();
  for (int i = 0; i <= 500; ++i) zone.places.push_back({"C" + std::to_string(i), {}});
  zone.rates.assign(501, {0, "VAT", 1});
  CHECK(problems_of([&] { return pricing.put_tax_zone(host, zone); }) ==
        Problems{"places required", "rates too_many"});
  zone = {4711, "Z", {{}}, {}};
  CHECK(code_of([&] { return pricing.put_tax_zone(host, zone); }) == Code::not_found);
  CHECK(code_of([&] { pricing.remove_tax_zone(host, 4711); }) == Code::not_found);

  ShippingMethod method;
  method.free_above = Money{-1, {}};
  CHECK(problems_of([&] { return pricing.put_shipping_method(host, method); }) ==
        Problems{"name required", "free_above out_of_range", "bands required"});
  method = {};
  method.name = "Post";
  method.bands = {{std::string(61, 'x'), std::string(61, 'x'), -1, Money{1, "USD"}, {-1, {}}}};
  CHECK(problems_of([&] { return pricing.put_shipping_method(host, method); }) ==
        Problems{"bands[0].country too_long", "bands[0].region too_long",
                 "bands[0].price out_of_range", "bands[0].max_weight_grams out_of_range",
                 "bands[0].max_subtotal currency_mismatch"});
  method.bands.assign(501, {});
  CHECK(problems_of([&] { return pricing.put_shipping_method(host, method); }) ==
        Problems{"bands too_many"});
  method.id = 4711;
  method.bands.resize(1);
  CHECK(code_of([&] { return pricing.put_shipping_method(host, method); }) == Code::not_found);
}

TEST_CASE_FIXTURE(ChecksFixture, "settings, lists and classes are refused by field") {
  PricingSettings settings;
  settings.cash_step = 0;
  settings.rounding = static_cast<RoundingMode>(5);
  settings.tax_rounding = static_cast<TaxRounding>(0);
  settings.shipping_tax_class_id = -1;
  CHECK(problems_of([&] { return pricing.set_settings(host, settings); }) ==
        Problems{"cash_step out_of_range", "rounding out_of_range", "tax_rounding out_of_range",
                 "shipping_tax_class_id out_of_range"});
  CHECK(pricing.create_tax_class(host, "Reduced").id != 0);
  CHECK(problems_of([&] { return pricing.create_tax_class(host, "\u200B"); }) ==
        Problems{"name required"});
  CHECK(problems_of(error_of([&] { return pricing.create_tax_class(host, "REDUCED"); })) ==
        Problems{"name taken"});
  PriceList list;
  list.starts_at = 5;
  list.ends_at = 4;
  CHECK(problems_of([&] { return pricing.put_price_list(host, list); }) ==
        Problems{"name required", "ends_at before_start"});
  list = {};
  list.name = "L";
  list.group_id = 4711;
  CHECK(code_of([&] { return pricing.put_price_list(host, list); }) == Code::not_found);
  list.group_id.reset();
  list.id = 4711;
  CHECK(code_of([&] { return pricing.put_price_list(host, list); }) == Code::not_found);
  list.id = 0;
  list = pricing.put_price_list(host, list);
  CHECK(problems_of([&] {
          pricing.set_prices(host, list.id, {{1, 0, {-1, {}}}});
        }) == Problems{"tiers[0].min_quantity out_of_range", "tiers[0].price out_of_range"});
  const auto error = error_of([&] { pricing.set_prices(host, list.id, {{4711, 1, {1, {}}}}); });
  CHECK(error.code() == Code::not_found);
  CHECK(first_path(error) == "tiers[0].variant_id");
  CHECK(code_of([&] { pricing.set_prices(host, 4711, {}); }) == Code::not_found);
  CHECK(problems_of([&] {
          pricing.set_prices(host, list.id, std::vector<PriceTier>(10'001));
        }).contains("tiers too_many"));
  CHECK(code_of([&] { pricing.add_member(host, 4711, 1); }) == Code::not_found);
  CHECK(code_of([&] { pricing.remove_member(host, 4711, 1); }) == Code::not_found);
}

TEST_CASE_FIXTURE(ChecksFixture,
                  "a coupon unlocks a promotion that wants one, and keeps its uses") {
  const auto mug = sell("Mug", 1000, 10);
  const auto open = pricing.put_promotion(host, percent("Open"));
  auto locked = percent("Locked");
  locked.needs_code = true;
  locked.lane = 1;
  locked = pricing.put_promotion(host, locked);
  Coupon coupon;
  CHECK(problems_of([&] { return pricing.put_coupon(host, coupon); }) == Problems{"code required"});
  coupon.code = "TEN";
  CHECK(code_of([&] { return pricing.put_coupon(host, coupon); }) == Code::not_found);
  coupon.promotion_id = open.id;
  CHECK(problems_of([&] { return pricing.put_coupon(host, coupon); }) ==
        Problems{"promotion_id needs_no_code"});
  coupon.promotion_id = locked.id;
  coupon.use_limit = 0;
  coupon.customer_use_limit = 0;
  CHECK(problems_of([&] { return pricing.put_coupon(host, coupon); }) ==
        Problems{"use_limit out_of_range", "customer_use_limit out_of_range"});
  coupon.use_limit = 5;
  coupon.customer_use_limit = 5;
  pricing.put_coupon(host, coupon);

  const auto ann = a_customer(shop);
  for (const char* key : {"one", "two"}) {
    const auto cart = shop.cart().create(ann, {}).id;
    shop.cart().add(ann, cart, {mug, 1, {}});
    shop.cart().add_coupon(ann, cart, "ten");
    auto order = shop.orders().place(ann, cart, paid_in_cash(key));
    CHECK(order.total.minor == 810);
  }
  coupon.use_limit = 1;
  coupon.customer_use_limit = 1;
  CHECK(problems_of([&] { return pricing.put_coupon(host, coupon); }) ==
        Problems{"use_limit out_of_range", "customer_use_limit out_of_range"});
  locked.use_limit = 1;
  locked.customer_use_limit = 1;
  CHECK(problems_of([&] { return pricing.put_promotion(host, locked); }) ==
        Problems{"use_limit out_of_range", "customer_use_limit out_of_range"});
  coupon.use_limit = 2;
  coupon.customer_use_limit = 2;
  CHECK(pricing.put_coupon(host, coupon).used == 2);
  CHECK(reasons(quote(mug, {"TEN"})) == std::vector<std::string>{"used_up"});
  coupon.active = false;
  pricing.put_coupon(host, coupon);
  CHECK(reasons(quote(mug, {"TEN"})).size() == 1);
  CHECK(pricing.coupons(host, locked.id, {}).items.size() == 1);
  CHECK(problems_of([&] {
          return pricing.coupons(host, locked.id, {{}, 0, false});
        }) == Problems{"limit out_of_range"});
  check_verified();
}

TEST_CASE_FIXTURE(ChecksFixture, "a promotion has so many uses for one person and for all") {
  const auto mug = sell("Mug", 1000, 10);
  auto promotion = percent("Once each");
  promotion.use_limit = 3;
  promotion.customer_use_limit = 1;
  promotion = pricing.put_promotion(host, promotion);
  const auto total = [&](const Session& who, const std::string& key) {
    const auto cart = shop.cart().create(who, {}).id;
    shop.cart().add(who, cart, {mug, 1, {}});
    return shop.orders().place(who, cart, paid_in_cash(key)).total.minor;
  };
  const auto ann = a_customer(shop);
  CHECK(total(ann, "1") == 900);
  CHECK(total(ann, "2") == 1000);
  CHECK(total(a_customer(shop, 2), "3") == 900);
  CHECK(total(a_customer(shop, 3), "4") == 900);
  CHECK(total(a_customer(shop, 4), "5") == 1000);
  CHECK(pricing.promotions(host).front().used == 3);
  check_verified();
}

TEST_CASE_FIXTURE(ChecksFixture,
                  "a seller's promotion is for its own goods, and for nothing else") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop);
  const auto seller = shop.sellers().apply(anna, {"Anna", "+44 1234", {}, {}}).id;
  auto wrong = percent("Hers");
  wrong.benefit.kind = BenefitKind::points;
  wrong.benefit.number = 5;
  wrong.exclusive = true;
  wrong.conditions = {of_kind(ConditionKind::customer_groups)};
  wrong.conditions[0].ids = {1};
  CHECK(problems_of([&] { return pricing.put_promotion(anna, wrong); }) ==
        Problems{"benefit.kind unsupported", "exclusive unsupported",
                 "conditions[0].kind unsupported"});
  wrong = percent("Hers");
  wrong.seller_id = seller + 1;
  CHECK(code_of([&] { return pricing.put_promotion(anna, wrong); }) == Code::not_found);
  CHECK(code_of([&] { return pricing.put_promotion(host, wrong); }) == Code::not_found);
  const auto ours = pricing.put_promotion(host, percent("Ours"));
  auto stolen = ours;
  CHECK(code_of([&] { return pricing.put_promotion(anna, stolen); }) == Code::not_found);
  const auto hers = pricing.put_promotion(anna, percent("Hers"));
  CHECK(hers.seller_id == seller);
  CHECK(hers.conditions.front().kind == ConditionKind::sellers);
  CHECK(pricing.promotions(anna).size() == 1);
  CHECK(pricing.promotions(host).size() == 2);
  CHECK(code_of([&] { return pricing.coupons(anna, ours.id, {}); }) == Code::not_found);
}

TEST_CASE_FIXTURE(ChecksFixture, "every source of a price and of a discount is explained") {
  const auto mug = sell("Mug", 1000, 10);
  const auto explain = [&] {
    QuoteRequest request;
    request.lines = {{mug, 2}};
    return pricing.explain(host, request);
  };
  const auto says = [&](const char* what) { return explain().find(what) != std::string::npos; };
  CHECK(says("2 × Mug"));
  PriceList list;
  list.name = "Trade";
  list = pricing.put_price_list(host, list);
  pricing.set_prices(host, list.id, {{mug, 1, {900, {}}}});
  CHECK(says("price list “Trade”"));
  ScheduledPrice offer;
  offer.variant_id = mug;
  offer.name = "Week";
  offer.price = {800, {}};
  offer.starts_at = clock->now();
  offer.ends_at = clock->now() + 1'000'000;
  pricing.schedule_price(host, offer);
  CHECK(says("offer “Week”"));
  CHECK(says("lowest price of the last 30 days"));
  offer.name = "Flash";
  offer.price = {700, {}};
  offer.unit_limit = 5;
  pricing.schedule_price(host, offer);
  CHECK(says("flash sale “Flash”"));
  auto points = percent("Points");
  points.benefit = {};
  points.benefit.kind = BenefitKind::points;
  points.benefit.number = 7;
  pricing.put_promotion(host, points);
  CHECK(says("7 bonus points"));
}

TEST_CASE_FIXTURE(ChecksFixture, "the lowest of thirty days knows what was on offer") {
  constexpr std::int64_t day = 86'400'000'000;
  const auto mug = sell("Mug", 1000, 10);
  const auto offer = [&](std::int64_t minor, std::int64_t from, std::int64_t until) {
    ScheduledPrice price;
    price.variant_id = mug;
    price.name = "Offer";
    price.price = {minor, {}};
    price.starts_at = from;
    price.ends_at = until;
    return pricing.schedule_price(host, price);
  };
  const auto reference = [&] { return shop.catalog().price_reference(host, mug); };
  const auto quoted = [&] {
    QuoteRequest request;
    request.lines = {{mug, 1}};
    const auto line = pricing.quote(host, request).lines.at(0);
    return line.lowest_30d ? line.lowest_30d->minor : 0;
  };
  const auto begin = clock->now();
  const auto first = offer(700, 0, begin + 2 * day);
  CHECK(first.starts_at == begin);  // nobody was asked that before
  CHECK(first_path(error_of([&] { return offer(600, begin - 2 * day, begin - day); })) ==
        "ends_at");
  const auto never = offer(100, begin + 5 * day, begin + 6 * day);
  CHECK(reference().lowest_30_days.minor == 700);
  CHECK(reference().lowest_before.minor == 1000);
  CHECK(quoted() == 1000);  // beside the offer stands what it is compared with
  clock->advance(3 * day);
  pricing.end_schedule(host, never.id);
  CHECK(quoted() == 0);  // nothing is reduced
  CHECK(reference().lowest_30_days.minor == 700);
  offer(800, clock->now(), clock->now() + 40 * day);
  CHECK(quoted() == 700);
  VariantChange change;
  change.price = Money{900, {}};
  shop.catalog().update_variant(host, mug, change);
  CHECK(reference().lowest_before.minor == 700);
  CHECK(reference().current.minor == 900);
  clock->advance(30 * day);
  CHECK(reference().lowest_30_days.minor == 800);
  CHECK(reference().lowest_before.minor == 700);
  CHECK(quoted() == 900);
}

TEST_CASE_FIXTURE(ChecksFixture, "a coupon that gave nothing is not used up by bonus points") {
  ShippingMethod post;
  post.name = "Post";
  post.bands = {{"", "", {}, {}, {500, {}}}};
  post = pricing.put_shipping_method(host, post);
  const auto put = [&](const std::string& name, BenefitKind kind, std::int64_t lane, bool code) {
    Promotion out;
    out.name = name;
    out.benefit.kind = kind;
    out.benefit.number = kind == BenefitKind::points ? 5 : 0;
    out.lane = lane;
    out.needs_code = code;
    return pricing.put_promotion(host, out).id;
  };
  put("Free delivery", BenefitKind::free_shipping, 1, false);
  const auto by_code = put("Free by code", BenefitKind::free_shipping, 2, true);
  const auto points = put("Points", BenefitKind::points, 3, true);
  const auto coupon = [&](const std::string& code, Id promotion_id) {
    Coupon out;
    out.code = code;
    out.promotion_id = promotion_id;
    out.use_limit = 1;
    pricing.put_coupon(host, out);
  };
  coupon("SHIP", by_code);
  coupon("EXTRA", points);
  const auto mug = sell("Mug", 1000, 5);
  const auto cart = shop.cart().create(host, {}).id;
  shop.cart().add(host, cart, {mug, 1, {}});
  shop.cart().set_shipping(host, cart, post.id);
  shop.cart().add_coupon(host, cart, "SHIP");
  shop.cart().add_coupon(host, cart, "EXTRA");
  const auto order = shop.orders().place(host, cart, paid_in_cash("k"));
  CHECK(order.total.minor == 1000);
  CHECK(order.points == 5);
  CHECK(pricing.coupons(host, by_code, {}).items.at(0).used == 0);
  CHECK(pricing.coupons(host, points, {}).items.at(0).used == 1);
  check_verified();
}

TEST_CASE_FIXTURE(ChecksFixture, "a cart takes no line that costs more than can be counted") {
  const auto yacht = sell("Yacht", std::int64_t{1} << 52, 5);
  const auto ann = a_customer(shop);
  const auto error = error_of([&] { return shop.cart().add(ann, 0, {yacht, 1'000'000, {}}); });
  CHECK(error.code() == Code::out_of_range);
  REQUIRE(error.details().size() == 1);
  CHECK(error.details()[0].path == "quantity");
  shop.cart().add(ann, 0, {yacht, 1, {}});
  CHECK(code_of([&] { return shop.cart().set_quantity(ann, 0, 1, 1'000'000); }) ==
        Code::out_of_range);
  CHECK(shop.cart().read(ann, 0).quote.total.minor == std::int64_t{1} << 52);
  const auto tea = sell("Tea", 300, 10);
  const auto several = error_of([&] {
    return shop.cart().add_all(ann, 0, {{tea, 1, {}}, {yacht, 999'999, {}}});
  });
  CHECK(several.code() == Code::out_of_range);
  REQUIRE(several.details().size() == 1);
  CHECK(several.details()[0].path == "items[1].quantity");
}
