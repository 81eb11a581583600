#include "faults/story_parts.hpp"

// What becomes of orders after all: parts of several sellers, edits, exchanges, large refunds, and
// the history of another shop.
namespace shop::test::chapters {
namespace {

ProductInput a_bowl(const char* title, const char* sku) {
  ProductInput input;
  input.title = title;
  input.simple.price = {2000, "GBP"};
  input.simple.sku = sku;
  return input;
}

void parts(Steps& steps) {
  steps.push_back({"make goods of a seller", [](World& w) {
                     auto input = a_bowl("Card box", "CARD-BOX");
                     input.seller_id = w.id("seller");
                     const auto made = w.shop->catalog().create_product(w.host(), input);
                     w.name("box", made.variants.front().id);
                   }});
  steps.push_back({"make goods of the shop", [](World& w) {
                     const auto made =
                         w.shop->catalog().create_product(w.host(), a_bowl("Bowl", "BOWL"));
                     w.name("bowl", made.variants.front().id);
                   }});
  for (const char* name : {"box", "bowl"}) {
    steps.push_back({std::string{"receive a "} + name, [=](World& w) {
                       (void)w.shop->inventory().receive(
                           w.host(), {.variant_id = w.id(name), .quantity = 20});
                     }});
  }
  steps.push_back({"start a cart over two sellers",
                   [](World& w) { w.name("both", w.shop->cart().create(w.host(), {}).id); }});
  for (const char* name : {"box", "bowl"}) {
    steps.push_back({std::string{"put a "} + name + " into it", [=](World& w) {
                       (void)w.shop->cart().add(w.host(), w.id("both"),
                                                {.variant_id = w.id(name), .quantity = 2});
                     }});
  }
  steps.push_back({"place an order over two sellers", [](World& w) {
                     w.name(
                         "parted",
                         w.shop->orders().place(w.host(), w.id("both"), paid_in_cash("parted")).id);
                   }});
}

void edits(Steps& steps) {
  steps.push_back({"edit an order", [](World& w) {
                     OrderEditInput input;
                     input.idempotency_key = "edit";
                     input.reason = "one less, and another bowl";
                     input.lines = {{.line_no = 1, .quantity = 1}};
                     input.items = {{.variant_id = w.id("bowl"), .quantity = 2}};
                     input.payments = {{.tender = Tender::cash}};
                     (void)w.shop->orders().edit(w.host(), w.id("parted"), input);
                   }});
  steps.push_back({"ship a part", [](World& w) {
                     ShipmentInput parcel;
                     parcel.tracking_code = "RM 2";
                     (void)w.shop->orders().ship_part(w.host(), w.id("parted"), w.id("seller"),
                                                      parcel);
                   }});
  steps.push_back({"deliver a part", [](World& w) {
                     (void)w.shop->orders().deliver_part(w.host(), w.id("parted"), w.id("seller"));
                   }});
  steps.push_back({"exchange goods", [](World& w) {
                     ExchangeInput input;
                     input.idempotency_key = "exchange";
                     input.reason = "the wrong one";
                     input.lines = {{.line_no = 1, .quantity = 1}};
                     input.items = {{.variant_id = w.id("bowl"), .quantity = 1}};
                     (void)w.shop->orders().exchange(w.host(), w.id("parted"), input);
                   }});
  steps.push_back({"read parts and edits", [](World& w) {
                     auto& orders = w.shop->orders();
                     (void)orders.parts(w.host(), w.id("parted"));
                     (void)orders.part(w.host(), w.id("parted"), w.id("seller"));
                     (void)orders.seller_parts(w.host(), {.seller_id = w.id("seller")}, {});
                     (void)orders.edits(w.host(), w.id("parted"));
                   }});
}

void large_refunds(Steps& steps) {
  steps.push_back({"say what large refunds need", [](World& w) {
                     RefundPolicy policy;
                     policy.step_up_above = {5000, "GBP"};
                     policy.second_person_above = Money{8000, "GBP"};
                     (void)w.shop->payments().set_refund_policy(w.host(), policy);
                   }});
  steps.push_back({"read what large refunds need",
                   [](World& w) { (void)w.shop->payments().refund_policy(w.host()); }});
  steps.push_back({"log in for the owner", [](World& w) {
                     w.enter("olga", w.shop->accounts().log_in_as(w.host(), w.id("owner")).session);
                   }});
  steps.push_back(
      {"approve a refund", [](World& w) {
         (void)w.shop->payments().approve_refund(w.as("olga"), w.id("parted"), {9000, "GBP"});
       }});
}

}  // namespace

void after_all(Steps& steps) {
  parts(steps);
  edits(steps);
  large_refunds(steps);
  steps.push_back({"import the history of another shop", [](World& w) {
                     (void)w.shop->transfer().import_order_lines_text(
                         w.host(),
                         "order,placed_at,sku,quantity,unit_price\n"
                         "A1,2025-12-24T10:00:00Z,BOWL,2,19.00\n",
                         {});
                   }});
  steps.push_back({"export order lines",
                   [](World& w) { (void)w.shop->transfer().export_order_lines_text(w.host()); }});
  steps.push_back({"look at the funnel and the searches", [](World& w) {
                     auto& reports = w.shop->reports();
                     (void)reports.funnel(w.host(), {});
                     (void)reports.search_terms(w.host(), {});
                   }});
}

}  // namespace shop::test::chapters
