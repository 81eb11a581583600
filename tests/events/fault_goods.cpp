#include "fault_fixture.hpp"

namespace shop::test {

std::vector<TellingChange> changes_of_sellers_and_goods(FaultFixture& shop) {
  const auto host = shop.host;
  const auto ann = shop.ann;
  const auto keeper = shop.keeper;
  const auto seller = shop.seller;
  const auto lamp = shop.lamp;
  const auto id = std::make_shared<Id>();
  const auto apply = [=](Engine& on) {
    *id = on.sellers().apply(ann, {"Ann's Lamps", "+44 20 7946 0019", {}, {}}).id;
  };
  std::vector<TellingChange> out;
  out.push_back({"apply", {"seller.status"}, {}, apply, {}});
  out.push_back({"approve",
                 {"seller.status"},
                 apply,
                 [=](Engine& on) { on.sellers().approve(host, *id); },
                 {}});
  out.push_back({"reject",
                 {"seller.status"},
                 apply,
                 [=](Engine& on) { on.sellers().reject(host, *id, "no"); },
                 {}});
  out.push_back({"suspend",
                 {"seller.status"},
                 {},
                 [=](Engine& on) { on.sellers().suspend(host, seller, "why"); },
                 {}});
  out.push_back({"reinstate",
                 {"seller.status"},
                 [=](Engine& on) { on.sellers().suspend(host, seller, "why"); },
                 [=](Engine& on) { on.sellers().reinstate(host, seller); },
                 {}});
  out.push_back({"give the badge",
                 {"seller.updated"},
                 {},
                 [=](Engine& on) { on.sellers().set_verified(host, seller, true); },
                 {}});
  out.push_back({"change a seller",
                 {"seller.updated"},
                 {},
                 [=](Engine& on) {
                   SellerChange change;
                   change.version = on.sellers().mine(keeper).version;
                   change.name = "Another name";
                   on.sellers().update(keeper, change);
                 },
                 {}});
  const auto sold_out = [=](Engine& on) {
    on.inventory().adjust(host, {lamp, -4, StockReason::damage, 0, {}});
    on.wishlist().wait_for(ann, lamp);
  };
  out.push_back({"receive",
                 {"stock.back", "notification.created"},
                 sold_out,
                 [=](Engine& on) {
                   on.inventory().receive(host, {lamp, 3, 0, {}});
                 },
                 {}});
  out.push_back({"restock",
                 {"stock.back"},
                 sold_out,
                 [=](Engine& on) {
                   on.inventory().restock(host, {{lamp, 3, 0, {}}});
                 },
                 {}});
  out.push_back({"write off",
                 {"stock.low"},
                 {},
                 [=](Engine& on) {
                   on.inventory().adjust(host, {lamp, -4, StockReason::damage, 0, {}});
                 },
                 {}});
  out.push_back({"find again",
                 {"stock.back"},
                 sold_out,
                 [=](Engine& on) {
                   on.inventory().adjust(host, {lamp, 2, StockReason::correction, 0, {}});
                 },
                 {}});
  out.push_back({"close a stock take",
                 {"stock.low"},
                 [=](Engine& on) {
                   *id = on.inventory().open_stock_take(host, "November", 0).id;
                   on.inventory().count(host, *id, lamp, 0);
                 },
                 [=](Engine& on) { on.inventory().close_stock_take(host, *id); },
                 {}});
  const auto price = [=](Engine& on) {
    VariantChange change;
    change.price = Money{700, {}};
    on.catalog().update_variant(host, lamp, change);
  };
  out.push_back({"lower a price", {"price.dropped", "notification.created"}, {}, price, {}});
  return out;
}

std::vector<TellingChange> changes_of_orders(FaultFixture& shop) {
  const auto host = shop.host;
  const auto ann = shop.ann;
  const auto keeper = shop.keeper;
  const auto seller = shop.seller;
  const auto lamp = shop.lamp;
  const auto vase = shop.vase;
  const auto bowl = shop.bowl;
  const auto bought = shop.bought.id;
  const auto id = std::make_shared<Id>();
  std::vector<TellingChange> out;
  out.push_back({"place",
                 {"order.placed", "notification.created", "loyalty.points"},
                 [=](Engine& on) {
                   on.cart().add(ann, 0, {lamp, 4, {}});
                   on.cart().add(ann, 0, {bowl, 1, {}});
                 },
                 [&shop](Engine& on) { shop.place(on, "second"); },
                 {}});
  out.push_back({"cancel",
                 {"order.canceled", "order.status", "loyalty.points"},
                 {},
                 [=](Engine& on) { on.orders().cancel(ann, bought, "no"); },
                 {}});
  out.push_back({"return",
                 {"order.returned", "loyalty.points"},
                 {},
                 [=](Engine& on) {
                   ReturnInput input;
                   input.idempotency_key = "back";
                   input.lines = {{1, 1}};
                   on.orders().return_items(host, bought, input);
                 },
                 {}});
  out.push_back({"edit",
                 {"order.edited"},
                 {},
                 [=](Engine& on) {
                   OrderEditInput input;
                   input.idempotency_key = "edit";
                   input.lines = {{1, 0}};
                   input.reason = "one will do";
                   on.orders().edit(host, bought, input);
                 },
                 {}});
  out.push_back({"exchange",
                 {"order.returned", "order.placed"},
                 {},
                 [=](Engine& on) {
                   ExchangeInput input;
                   input.idempotency_key = "exchange";
                   input.lines = {{1, 1}};
                   input.items = {{vase, 1, {}}};
                   input.payments = {{.tender = Tender::card}};
                   on.orders().exchange(host, bought, input);
                 },
                 {}});
  out.push_back({"ship",
                 {"order.status", "notification.created"},
                 {},
                 [=](Engine& on) { on.orders().ship(host, bought, {}); },
                 {}});
  out.push_back({"deliver",
                 {"order.status", "order.completed"},
                 [=](Engine& on) { on.orders().ship(host, bought, {}); },
                 [=](Engine& on) { on.orders().deliver(host, bought); },
                 {}});
  const auto of_two = [=, &shop](Engine& on) { *id = shop.order(on, "two", {vase, bowl}).id; };
  out.push_back({"ship a part",
                 {"order.part", "order.status"},
                 of_two,
                 [=](Engine& on) { on.orders().ship_part(keeper, *id, seller, {}); },
                 {}});
  out.push_back({"deliver a part",
                 {"order.part"},
                 [=](Engine& on) {
                   of_two(on);
                   on.orders().ship_part(keeper, *id, seller, {});
                 },
                 [=](Engine& on) { on.orders().deliver_part(keeper, *id, seller); },
                 {}});
  const auto unpaid = [=](Engine& on) {
    on.cart().add(ann, 0, {vase, 1, {}});
    PlaceInput input;
    input.idempotency_key = "unpaid";
    *id = on.orders().place(ann, 0, input).id;
  };
  out.push_back({"confirm",
                 {"order.status"},
                 unpaid,
                 [=](Engine& on) { on.orders().confirm(host, *id, {}); },
                 {}});
  out.push_back(
      {"pay",
       {"order.status"},
       unpaid,
       [=](Engine& on) { on.payments().pay(host, *id, "pay", {{.tender = Tender::card}}); },
       {}});
  out.push_back({"refund",
                 {"order.status"},
                 {},
                 [=](Engine& on) {
                   on.payments().refund(host, bought, 2, "refund", Money{100, {}}, {});
                 },
                 {}});
  const auto reserve = [=](Engine& on) {
    unpaid(on);
    on.payments().pay(host, *id, "pay", {{.tender = Tender::card, .authorize_only = true}});
  };
  out.push_back({"capture",
                 {"order.status"},
                 reserve,
                 [=](Engine& on) { on.payments().capture(host, *id, 1, "capture", {}); },
                 {}});
  out.push_back({"void",
                 {"order.status"},
                 reserve,
                 [=](Engine& on) { on.payments().void_(host, *id, 1); },
                 {}});
  return out;
}

}  // namespace shop::test
