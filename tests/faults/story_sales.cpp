#include "faults/story_parts.hpp"

// What is sold, and for how much: prices, carts, orders, payments.
namespace shop::test::chapters {
namespace {

constexpr Timestamp k_hour = 3'600'000'000;

void price_lists(Steps& steps) {
  steps.push_back({"group customers", [](World& w) {
                     w.name("trade", w.shop->pricing().create_group(w.host(), {0, "Trade"}).id);
                   }});
  steps.push_back({"put a customer into a group", [](World& w) {
                     w.shop->pricing().add_member(w.host(), w.id("trade"), w.id("ann"));
                   }});
  steps.push_back({"take a customer out of a group", [](World& w) {
                     w.shop->pricing().remove_member(w.host(), w.id("trade"), w.id("ann"));
                   }});
  steps.push_back({"make a price list", [](World& w) {
                     PriceList list;
                     list.name = "Trade prices";
                     list.group_id = w.id("trade");
                     w.name("list", w.shop->pricing().put_price_list(w.host(), list).id);
                   }});
  steps.push_back({"fill a price list", [](World& w) {
                     w.shop->pricing().set_prices(w.host(), w.id("list"),
                                                  {{w.id("small"), 1, {1800, "GBP"}},
                                                   {w.id("small"), 10, {1700, "GBP"}},
                                                   {w.id("dice"), 1, {90, "GBP"}}});
                   }});
  steps.push_back({"take a price off a list", [](World& w) {
                     w.shop->pricing().unset_prices(w.host(), w.id("list"), w.id("dice"));
                   }});
  for (const char* name : {"sale", "mistaken sale"}) {
    steps.push_back({std::string{"schedule a "} + name, [=](World& w) {
                       ScheduledPrice price;
                       price.variant_id = w.id(name[0] == 's' ? "large" : "dice");
                       price.name = "January sale";
                       price.price = {80, "GBP"};
                       if (name[0] == 's') price.price = {4500, "GBP"};
                       price.starts_at = w.clock->now();
                       price.ends_at = w.clock->now() + 48 * k_hour;
                       if (name[0] == 's') price.unit_limit = 30;
                       w.name(name, w.shop->pricing().schedule_price(w.host(), price).id);
                     }});
  }
  steps.push_back({"end a sale", [](World& w) {
                     w.shop->pricing().end_schedule(w.host(), w.id("mistaken sale"));
                   }});
}

void promotions(Steps& steps) {
  steps.push_back({"make a promotion", [](World& w) {
                     Promotion promotion;
                     promotion.name = "Ten per cent";
                     promotion.needs_code = true;
                     promotion.use_limit = 5;
                     promotion.benefit = {BenefitKind::percent, 100'000, {}, 0, 0, 0};
                     w.name("promotion", w.shop->pricing().put_promotion(w.host(), promotion).id);
                   }});
  steps.push_back({"print a coupon", [](World& w) {
                     Coupon coupon;
                     coupon.code = "SAVE10";
                     coupon.promotion_id = w.id("promotion");
                     coupon.use_limit = 3;
                     (void)w.shop->pricing().put_coupon(w.host(), coupon);
                   }});
  steps.push_back({"set how prices are rounded", [](World& w) {
                     PricingSettings settings = w.shop->pricing().settings(w.host());
                     settings.cash_step = 5;
                     (void)w.shop->pricing().set_settings(w.host(), settings);
                   }});
}

void taxes_and_delivery(Steps& steps) {
  steps.push_back({"make a tax class", [](World& w) {
                     w.name("books", w.shop->pricing().create_tax_class(w.host(), "Books").id);
                   }});
  steps.push_back({"say what is taxed", [](World& w) {
                     TaxZone zone;
                     zone.name = "Britain";
                     zone.places = {{"United Kingdom", ""}};
                     const auto classes = w.shop->pricing().tax_classes(w.host());
                     zone.rates = {{0, "VAT", 200'000}, {w.id("books"), "VAT 0", 0}};
                     w.name("zone", w.shop->pricing().put_tax_zone(w.host(), zone).id);
                   }});
  steps.push_back({"make a tax zone for a moment", [](World& w) {
                     TaxZone zone;
                     zone.name = "Nowhere";
                     zone.places = {{"Nowhere", ""}};
                     w.name("nowhere", w.shop->pricing().put_tax_zone(w.host(), zone).id);
                   }});
  steps.push_back({"remove a tax zone",
                   [](World& w) { w.shop->pricing().remove_tax_zone(w.host(), w.id("nowhere")); }});
  steps.push_back({"offer delivery", [](World& w) {
                     ShippingMethod post;
                     post.name = "Post";
                     post.free_above = Money{100'000, "GBP"};
                     post.bands = {{"", "", {}, {}, {499, "GBP"}}};
                     w.name("post", w.shop->pricing().put_shipping_method(w.host(), post).id);
                   }});
}

void price_questions(Steps& steps) {
  steps.push_back({"read prices", [](World& w) {
                     auto& pricing = w.shop->pricing();
                     (void)pricing.groups(w.host());
                     (void)pricing.price_lists(w.host());
                     (void)pricing.prices(w.host(), w.id("list"));
                     (void)pricing.scheduled_prices(w.host(), w.id("large"));
                     (void)pricing.promotions(w.host());
                     (void)pricing.coupons(w.host(), w.id("promotion"), {});
                     (void)pricing.tax_classes(w.host());
                     (void)pricing.tax_zones(w.host());
                     (void)pricing.shipping_methods(w.host());
                   }});
  steps.push_back({"ask for a quote", [](World& w) {
                     QuoteRequest request;
                     request.lines = {{w.id("small"), 2}, {w.id("dice"), 3}};
                     request.coupons = {"SAVE10"};
                     request.country = "United Kingdom";
                     (void)w.shop->pricing().quote(w.host(), request);
                     (void)w.shop->pricing().explain(w.host(), request);
                   }});
  steps.push_back({"check the promotions", [](World& w) {
                     LintInput input;
                     input.variant_ids = {w.id("dice")};
                     input.max_units = 3;
                     (void)w.shop->pricing().lint(w.host(), input);
                     (void)w.shop->pricing().backtest(w.host(), {});
                   }});
}

void till(Steps& steps) {
  steps.push_back(
      {"start a cart", [](World& w) { w.name("cart", w.shop->cart().create(w.host(), {}).id); }});
  steps.push_back({"put something into the cart", [](World& w) {
                     (void)w.shop->cart().add(w.host(), w.id("cart"),
                                              {.variant_id = w.id("small"), .quantity = 2});
                   }});
  steps.push_back({"put more into the cart", [](World& w) {
                     (void)w.shop->cart().add_all(
                         w.host(), w.id("cart"),
                         {{.variant_id = w.id("large")}, {.variant_id = w.id("dice")}});
                   }});
  steps.push_back({"change a quantity", [](World& w) {
                     (void)w.shop->cart().set_quantity(w.host(), w.id("cart"), 1, 3);
                   }});
  steps.push_back(
      {"set a price by hand", [](World& w) {
         w.shop->cart().set_price(w.host(), w.id("cart"), 1, Money{1500, "GBP"}, "scratched");
       }});
  steps.push_back(
      {"take something off", [](World& w) {
         w.shop->cart().set_discount(w.host(), w.id("cart"), 1, {100, "GBP"}, "friendly");
       }});
  steps.push_back({"note something on a line", [](World& w) {
                     (void)w.shop->cart().set_note(w.host(), w.id("cart"), 1, "gift wrap");
                   }});
  steps.push_back({"enter a coupon",
                   [](World& w) { w.shop->cart().add_coupon(w.host(), w.id("cart"), "SAVE10"); }});
  steps.push_back({"set what is in the cart aside",
                   [](World& w) { (void)w.shop->cart().reserve(w.host(), w.id("cart"), 15); }});
  steps.push_back({"read the cart", [](World& w) {
                     (void)w.shop->cart().read(w.host(), w.id("cart"));
                     (void)w.shop->cart().explain(w.host(), w.id("cart"));
                     (void)w.shop->cart().list(w.host());
                     (void)w.shop->cart().join_rule(w.host());
                   }});
}

void at_home(Steps& steps) {
  steps.push_back({"say how carts join", [](World& w) {
                     (void)w.shop->cart().set_join_rule(w.host(), CartJoin::larger);
                   }});
  steps.push_back({"fill one's own cart", [](World& w) {
                     (void)w.shop->cart().add(w.as("ann"), 0,
                                              {.variant_id = w.id("large"), .quantity = 2});
                   }});
  steps.push_back({"put one thing too many into it", [](World& w) {
                     (void)w.shop->cart().add(w.as("ann"), 0, {.variant_id = w.id("dice")});
                   }});
  steps.push_back({"take a line out", [](World& w) { w.shop->cart().remove(w.as("ann"), 0, 2); }});
  steps.push_back(
      {"try a coupon", [](World& w) { w.shop->cart().add_coupon(w.as("ann"), 0, "SAVE10"); }});
  steps.push_back({"take the coupon out",
                   [](World& w) { w.shop->cart().remove_coupon(w.as("ann"), 0, "SAVE10"); }});
  steps.push_back({"say where it goes", [](World& w) {
                     Address home;
                     home.name = "Ann Example";
                     home.line1 = "1 High Street";
                     home.city = "London";
                     home.postal_code = "N1";
                     home.country = "United Kingdom";
                     w.shop->cart().deliver_to(w.as("ann"), 0, home);
                   }});
  steps.push_back({"choose the delivery",
                   [](World& w) { w.shop->cart().set_shipping(w.as("ann"), 0, w.id("post")); }});
  steps.push_back({"accept today's prices",
                   [](World& w) { w.name("ann's cart", w.shop->cart().look(w.as("ann"), 0).id); }});
  steps.push_back({"park the cart", [](World& w) { w.shop->cart().park(w.as("ann"), "later"); }});
  steps.push_back({"resume the cart",
                   [](World& w) { w.shop->cart().resume(w.as("ann"), w.id("ann's cart")); }});
  steps.push_back({"fill a guest's cart", [](World& w) {
                     (void)w.shop->cart().add(w.as("guest"), 0, {.variant_id = w.id("dice")});
                   }});
  steps.push_back(
      {"empty a guest's cart", [](World& w) { w.shop->cart().clear(w.as("guest"), 0); }});
  steps.push_back({"start a cart for a moment", [](World& w) {
                     CartInput input;
                     input.name = "nothing";
                     w.name("nothing", w.shop->cart().create(w.host(), input).id);
                   }});
  steps.push_back(
      {"throw a cart away", [](World& w) { w.shop->cart().drop(w.host(), w.id("nothing")); }});
}

void placed(Steps& steps, const char* order, const char* cart, PlaceInput input) {
  steps.push_back({std::string{"place "} + order, [=](World& w) {
                     const bool anns = cart[0] == 'a';
                     const auto who = anns ? w.as("ann") : w.host();
                     w.name(order, w.shop->orders().place(who, anns ? 0 : w.id(cart), input).id);
                   }});
}

void second_cart(Steps& steps) {
  steps.push_back({"start another cart",
                   [](World& w) { w.name("cart2", w.shop->cart().create(w.host(), {}).id); }});
  steps.push_back({"fill the other cart", [](World& w) {
                     (void)w.shop->cart().add(w.host(), w.id("cart2"),
                                              {.variant_id = w.id("dice"), .quantity = 2});
                   }});
}

}  // namespace

PlaceInput paid_in_cash(const char* key) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {{.tender = Tender::cash}};
  return input;
}

void prices(Steps& steps) {
  price_lists(steps);
  promotions(steps);
  taxes_and_delivery(steps);
  price_questions(steps);
}

void carts(Steps& steps) {
  till(steps);
  at_home(steps);
}

void orders(Steps& steps) {
  placed(steps, "order", "cart", paid_in_cash("first"));
  steps.push_back({"take goods back", [](World& w) {
                     ReturnInput input;
                     input.idempotency_key = "back";
                     input.lines = {{.line_no = 1, .quantity = 1}};
                     (void)w.shop->orders().return_items(w.host(), w.id("order"), input);
                   }});
  steps.push_back({"take goods back without a receipt", [](World& w) {
                     LooseReturnInput input;
                     input.idempotency_key = "loose";
                     input.lines = {{w.id("dice"), 1, {99, "GBP"}, false, ""}};
                     (void)w.shop->orders().return_loose(w.host(), input);
                   }});
  second_cart(steps);
  placed(steps, "order2", "cart2", paid_in_cash("second"));
  steps.push_back({"cancel the other order", [](World& w) {
                     (void)w.shop->orders().cancel(w.host(), w.id("order2"), "changed their mind");
                   }});
  PlaceInput later;
  later.idempotency_key = "ann 1";
  placed(steps, "ann's order", "ann's", later);
  steps.push_back({"confirm an order", [](World& w) {
                     (void)w.shop->orders().confirm(w.host(), w.id("ann's order"), "on account");
                   }});
  steps.push_back({"ship an order", [](World& w) {
                     ShipmentInput parcel;
                     parcel.carrier = "Post";
                     parcel.tracking_code = "RM 1";
                     (void)w.shop->orders().ship(w.host(), w.id("ann's order"), parcel);
                   }});
  steps.push_back({"deliver an order", [](World& w) {
                     (void)w.shop->orders().deliver(w.host(), w.id("ann's order"));
                   }});
  steps.push_back({"read orders", [](World& w) {
                     auto& orders = w.shop->orders();
                     const auto order = orders.get(w.host(), w.id("order"));
                     (void)orders.by_number(w.host(), order.number);
                     (void)orders.by_uuid(w.host(), order.uuid);
                     (void)orders.list(w.host(), {}, {});
                     (void)orders.mine(w.as("ann"), {});
                     (void)orders.today(w.host());
                   }});
  steps.push_back({"read what became of orders", [](World& w) {
                     auto& orders = w.shop->orders();
                     (void)orders.returns(w.host(), w.id("order"));
                     (void)orders.shipments(w.host(), w.id("ann's order"));
                     (void)orders.history(w.host(), w.id("ann's order"));
                     (void)orders.receipt_text(w.host(), w.id("order"));
                     (void)orders.invoice_html(w.host(), w.id("order"));
                   }});
}

void payments(Steps& steps) {
  steps.push_back({"promise to pay", [](World& w) {
                     PaymentInput card;
                     card.tender = Tender::card;
                     card.amount = Money{3000, "GBP"};
                     card.authorize_only = true;
                     (void)w.shop->payments().pay(w.host(), w.id("ann's order"), "pay 1", {card});
                   }});
  steps.push_back({"capture a payment", [](World& w) {
                     (void)w.shop->payments().capture(w.host(), w.id("ann's order"), 1, "cap 1",
                                                      Money{2000, "GBP"});
                   }});
  steps.push_back({"promise to pay more", [](World& w) {
                     PaymentInput card;
                     card.tender = Tender::card;
                     card.amount = Money{1000, "GBP"};
                     card.authorize_only = true;
                     (void)w.shop->payments().pay(w.host(), w.id("ann's order"), "pay 2", {card});
                   }});
  steps.push_back({"void a payment", [](World& w) {
                     (void)w.shop->payments().void_(w.host(), w.id("ann's order"), 2);
                   }});
  steps.push_back({"refund a payment", [](World& w) {
                     (void)w.shop->payments().refund(w.host(), w.id("ann's order"), 1, "back 1",
                                                     Money{500, "GBP"}, "kindness");
                   }});
  steps.push_back({"sell a gift card", [](World& w) {
                     GiftCardInput input;
                     input.idempotency_key = "card 1";
                     input.amount = {5000, "GBP"};
                     input.code = "GIFT-0001-0001";
                     w.name("gift", w.shop->payments().issue_gift_card(w.host(), input).wallet.id);
                   }});
  steps.push_back({"grant credit", [](World& w) {
                     (void)w.shop->payments().grant_credit(w.host(), w.id("ann"), "credit 1",
                                                           {2000, "GBP"}, "sorry");
                   }});
  steps.push_back({"block a gift card", [](World& w) {
                     (void)w.shop->payments().block_wallet(w.host(), w.id("gift"), true);
                   }});
  steps.push_back({"unblock a gift card", [](World& w) {
                     (void)w.shop->payments().block_wallet(w.host(), w.id("gift"), false);
                   }});
  steps.push_back({"fill a third cart", [](World& w) {
                     (void)w.shop->cart().add(w.as("ann"), 0, {.variant_id = w.id("large")});
                   }});
  PlaceInput mixed;
  mixed.idempotency_key = "ann 2";
  mixed.payments = {
      {.tender = Tender::gift_card, .amount = Money{1000, "GBP"}, .code = "GIFT-0001-0001"},
      {.tender = Tender::store_credit, .amount = Money{500, "GBP"}},
      {.tender = Tender::card}};
  placed(steps, "ann's second order", "ann's", mixed);
  steps.back().in_parts = true;  // the gift card's code counts as a guess whatever comes of it
  steps.push_back({"read payments", [](World& w) {
                     auto& payments = w.shop->payments();
                     (void)payments.of_order(w.host(), w.id("ann's order"));
                     (void)payments.entries(w.host(), w.id("ann's order"));
                     (void)payments.balances(w.host());
                     (void)payments.gift_card(w.host(), "GIFT-0001-0001");
                     (void)payments.credit(w.as("ann"));
                     (void)payments.wallet_entries(w.host(), w.id("gift"));
                   }});
}

}  // namespace shop::test::chapters
