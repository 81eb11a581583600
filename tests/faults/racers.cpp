#include "faults/racers.hpp"

namespace shop::test {
namespace {

PlaceInput pay_cash(const char* key) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {{.tender = Tender::cash}};
  return input;
}

PlaceInput pay_first_with(const char* key, const PaymentInput& first) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {first, {.tender = Tender::cash}};
  return input;
}

std::vector<Racer> with_goods() {
  const auto host = Session::host();
  return {
      {"make a category",
       [=](Engine& shop, const World&) {
         shop.catalog().create_category(host, {"Race", {}});
       }},
      {"make a category of nearly that name",
       [=](Engine& shop, const World& world) {
         shop.catalog().create_category(host, {"Race", world.id("toys")});
       }},
      {"make a product",
       [=](Engine& shop, const World&) {
         ProductInput input;
         input.title = "Racer";
         input.simple.sku = "RACE";
         input.simple.price = {100, "GBP"};
         shop.catalog().create_product(host, input);
       }},
      {"receive stock",
       [=](Engine& shop, const World& world) {
         shop.inventory().receive(host, {.variant_id = world.id("large"), .quantity = 5});
       }},
      {"write stock off",
       [=](Engine& shop, const World& world) {
         shop.inventory().adjust(
             host, {.variant_id = world.id("large"), .change = -1, .reason = StockReason::loss});
       }},
  };
}

// The carts "race a" and "race b" want the same last goods, and no shop has enough for both.
std::vector<Racer> with_orders() {
  const auto host = Session::host();
  return {
      {"put into a cart",
       [=](Engine& shop, const World& world) {
         shop.cart().add(host, world.id("race a"), {.variant_id = world.id("dice")});
       }},
      {"empty a cart",
       [=](Engine& shop, const World& world) { shop.cart().clear(host, world.id("race a")); }},
      {"place the order of a cart",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race a"), pay_cash("race a"));
       }},
      {"place the order of a cart under another key",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race a"), pay_cash("race a again"));
       }},
      {"place the order of another cart",
       [=](Engine& shop, const World& world) {
         shop.orders().place(host, world.id("race b"), pay_cash("race b"));
       }},
      {"cancel an order",
       [=](Engine& shop, const World& world) {
         shop.orders().cancel(host, world.id("race order"), "race");
       }},
      {"take goods back",
       [=](Engine& shop, const World& world) {
         ReturnInput input;
         input.idempotency_key = "race";
         input.lines = {{.line_no = 1, .quantity = 2}};
         shop.orders().return_items(host, world.id("race order"), input);
       }},
      {"take more goods back",
       [=](Engine& shop, const World& world) {
         ReturnInput input;
         input.idempotency_key = "race again";
         input.lines = {{.line_no = 1, .quantity = 3}};
         shop.orders().return_items(host, world.id("race order"), input);
       }},
  };
}

std::vector<Racer> with_events() {
  const auto host = Session::host();
  return {
      {"subscribe",
       [=](Engine& shop, const World&) {
         shop.events().subscribe(host, {.name = "racer", .types = {}, .from_start = true});
       }},
      {"pull events",
       [=](Engine& shop, const World&) { (void)shop.events().pull(host, "mail", 5, 60); }},
  };
}

/// Places the order of a cart of its own.
Racer paying(const char* name, const char* cart, const PlaceInput& input) {
  return {name, [=](Engine& shop, const World& world) {
            shop.orders().place(Session::host(), world.id(cart), input);
          }};
}

// A gift card, a coupon and points that are good for one of two orders; an authorization and a
// payment that are enough for one of two.
std::vector<Racer> with_money() {
  const PaymentInput card{
      .tender = Tender::gift_card, .amount = Money{800, "GBP"}, .code = "RACE-GIFT-0001"};
  const PaymentInput points{.tender = Tender::points, .amount = Money{100, "GBP"}};
  const auto capture = [](const char* key, std::int64_t minor) {
    return [=](Engine& shop, const World& world) {
      (void)shop.payments().capture(Session::host(), world.id("race promised"), 1, key,
                                    Money{minor, "GBP"});
    };
  };
  const auto refund = [](const char* key, std::int64_t minor) {
    return [=](Engine& shop, const World& world) {
      (void)shop.payments().refund(Session::host(), world.id("race paid"), 1, key,
                                   Money{minor, "GBP"}, "race");
    };
  };
  return {paying("pay with a gift card", "race gift 1", pay_first_with("gift 1", card)),
          paying("pay with it elsewhere", "race gift 2", pay_first_with("gift 2", card)),
          paying("use the last coupon", "race coupon 1", pay_cash("coupon 1")),
          paying("use it elsewhere", "race coupon 2", pay_cash("coupon 2")),
          paying("pay with points", "race points 1", pay_first_with("points 1", points)),
          paying("pay with them elsewhere", "race points 2", pay_first_with("points 2", points)),
          {"capture some", capture("race capture 1", 600)},
          {"capture more", capture("race capture 2", 700)},
          {"give some money back", refund("race refund 1", 600)},
          {"give more money back", refund("race refund 2", 700)}};
}

std::vector<Racer> with_customers() {
  const auto log_in = [](Engine& shop, const World&) {
    LogInInput input;
    input.login = "rita";
    input.password = k_password_of_rita;
    input.single_device = true;
    (void)shop.accounts().log_in(Session::host(), input);
  };
  const auto review = [](std::int64_t stars) {
    return [=](Engine& shop, const World& world) {
      ReviewInput input;
      input.product_id = world.id("race product");
      input.stars = stars;
      (void)shop.reviews().add(world.as("rita"), input);
    };
  };
  return {{"log in on the only device", log_in},
          {"wish for something",
           [](Engine& shop, const World& world) {
             (void)shop.wishlist().add(world.as("rita"), {.product_id = world.id("race product")});
           }},
          {"make a wishlist",
           [](Engine& shop, const World& world) {
             (void)shop.wishlist().create(world.as("rita"), "Races");
           }},
          {"review something", review(5)},
          {"review it otherwise", review(1)},
          {"put into one's own cart", [](Engine& shop, const World& world) {
             (void)shop.cart().add(world.as("rita"), 0, {.variant_id = world.id("race goods")});
           }}};
}

void make_rita(World& world) {
  auto& shop = *world.shop;
  const auto host = Session::host();
  NewUserInput rita;
  rita.username = "rita";
  rita.email = "rita@example.com";
  rita.password = k_password_of_rita;
  world.name("rita", shop.accounts().create_user(host, rita).id);
  world.enter("rita", shop.accounts().log_in_as(host, world.id("rita")).session);
  ReviewSettings settings;
  settings.requirement = ReviewRequirement::anyone;
  (void)shop.reviews().set_settings(host, settings);
  (void)shop.loyalty().set_program(host, {100, {100, "GBP"}, 0});
  (void)shop.loyalty().adjust(
      host, {.customer_id = world.id("rita"), .points = 150, .reason = "To race with"});
}

void make_goods(World& world) {
  auto& shop = *world.shop;
  const auto host = Session::host();
  ProductInput input;
  input.title = "Race goods";
  input.simple.price = {1000, "GBP"};
  const auto made = shop.catalog().create_product(host, input);
  world.name("race product", made.id);
  world.name("race goods", made.variants.front().id);
  shop.inventory().receive(host, {.variant_id = world.id("race goods"), .quantity = 1000});
}

void fill(World& world, const char* name, const char* variant, std::int64_t quantity,
          bool of_rita = false) {
  CartInput input;
  input.name = name;
  if (of_rita) input.customer_id = world.id("rita");
  const auto host = Session::host();
  world.name(name, world.shop->cart().create(host, input).id);
  world.shop->cart().add(host, world.id(name),
                         {.variant_id = world.id(variant), .quantity = quantity});
}

void make_money(World& world) {
  auto& shop = *world.shop;
  const auto host = Session::host();
  shop.payments().issue_gift_card(
      host, {.idempotency_key = "race gift", .amount = {1000, "GBP"}, .code = "RACE-GIFT-0001"});
  for (const char* name : {"race gift 1", "race gift 2"}) fill(world, name, "race goods", 2);
  Promotion promotion;
  promotion.name = "Race";
  promotion.needs_code = true;
  promotion.benefit.kind = BenefitKind::amount;
  promotion.benefit.amount = {100, "GBP"};
  Coupon coupon;
  coupon.code = "RACE1";
  coupon.promotion_id = shop.pricing().put_promotion(host, promotion).id;
  coupon.use_limit = 1;
  shop.pricing().put_coupon(host, coupon);
  for (const char* name : {"race coupon 1", "race coupon 2"}) {
    fill(world, name, "race goods", 3);
    shop.cart().add_coupon(host, world.id(name), "RACE1");
  }
  for (const char* name : {"race points 1", "race points 2"}) {
    fill(world, name, "race goods", 1, true);
  }
  for (const char* name : {"race promised", "race paid"}) {
    fill(world, name, "race goods", 1);
    PlaceInput input;
    input.idempotency_key = name;
    PaymentInput by_card{.tender = Tender::card, .amount = Money{1000, "GBP"}};
    by_card.authorize_only = name == std::string{"race promised"};
    input.payments = {by_card};
    const auto total = shop.cart().read(host, world.id(name)).quote.total;
    if (total.minor > 1000) input.payments.push_back({.tender = Tender::cash});
    world.name(name, shop.orders().place(host, world.id(name), input).id);
  }
}

}  // namespace

std::vector<Racer> all_racers() {
  std::vector<Racer> all;
  for (const auto& some :
       {with_goods(), with_orders(), with_events(), with_money(), with_customers()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

void line_up(World& world) {
  auto& shop = *world.shop;
  const auto left = shop.inventory().level(Session::host(), world.id("large")).available;
  fill(world, "race order", "small", 4);
  world.name("race order",
             shop.orders().place(Session::host(), world.id("race order"), pay_cash("race")).id);
  fill(world, "race a", "large", left - 1);
  fill(world, "race b", "large", left - 2);
  make_rita(world);
  make_goods(world);
  make_money(world);
}

}  // namespace shop::test
