#include "flows/return_items.hpp"

#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/engagement.hpp"
#include "flows/fulfil.hpp"
#include "flows/restock.hpp"
#include "flows/sales.hpp"
#include "orders/orders.hpp"
#include "orders/parts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

// Goods come back: stock, money and figures follow. With a receipt each line is worth its share of
// what it had cost after all discounts, never more; without one, what the till says.
namespace shop {

using accounts::authorize;
using accounts::Operation;
using orders::store::ReturnLineIds;
using orders::store::ReturnRow;

namespace {

constexpr std::size_t k_most_lines = 1000;
constexpr std::int64_t k_most_returned = 1'000'000;  // as a cart's line

/// A return on its way into the books.
struct Incoming {
  ReturnRow row;
  std::vector<ReturnLineIds> ids;
  std::vector<inventory::Take> takes;
  std::vector<reports::SaleLine> figures;
};

void start(db::Tx& tx, Incoming& in) {
  auto& r = in.row.order_return;
  r.id = tx.next_id();
  r.at = tx.now();
  r.value.currency = r.refunded.currency = tx.env().currency;
}

void finish(db::Tx& tx, const Session& session, Incoming& in, Id taken_by) {
  auto& r = in.row.order_return;
  const auto day = core::day_number(r.at, tx.env().utc_offset_minutes);
  const auto number = orders::store::next_return_number(tx, day);
  r.number = orders::number_text("RET", number);
  if (!in.takes.empty()) {
    const auto back =
        inventory::give_back(tx, in.takes, taken_by, StockReason::customer_return, session);
    flows::tell_waiting(tx, back);
  }
  orders::store::add_return(tx, session, in.row, number, in.ids);
  flows::count_return(tx, r, in.figures);
}

void add_line(db::Tx& tx, Incoming& in, ReturnLine line, const ReturnLineIds& ids,
              std::int64_t units) {
  auto& r = in.row.order_return;
  line.line_no = static_cast<std::int64_t>(r.lines.size()) + 1;
  r.value.minor = core::add(r.value.minor, line.value.minor);
  if (line.restocked) {
    const auto at = r.lines.size();
    if (r.order_id) {
      flows::add_takes_of(tx, {*r.order_id, line.order_line_no.value_or(0), line.variant_id},
                          line.quantity, at, in.takes);
    } else {
      flows::add_takes(tx, line.variant_id, line.quantity, at, in.takes);
    }
  }
  in.ids.push_back(ids);
  in.figures.push_back(
      {line.variant_id, ids.product_id, ids.category_id, ids.seller_id, units, line.value.minor});
  r.lines.push_back(std::move(line));
}

OrderLine* line_of(Order& order, std::int64_t line_no) {
  const auto found = std::find_if(order.lines.begin(), order.lines.end(),
                                  [&](const OrderLine& l) { return l.line_no == line_no; });
  return found == order.lines.end() ? nullptr : &*found;
}

// Every line is checked before anything is written, so that all that is wrong is told at once.
void check_lines(const Order& order, const ReturnInput& input) {
  core::Fields missing;
  core::Fields too_many;
  auto left = order;
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    auto* line = line_of(left, input.lines[i].line_no);
    if (!missing.check(line != nullptr, core::path_at("lines", i, "line_no"), "not_found",
                       "the order has no such line")) {
      continue;
    }
    const auto available = line->quantity - line->returned;
    if (input.lines[i].quantity > available) {
      too_many.add({core::path_at("lines", i, "quantity"),
                    "too_many",
                    fmt::format("only {} can come back", available),
                    {{"available", std::to_string(available)},
                     {"requested", std::to_string(input.lines[i].quantity)}}});
    }
    line->returned += std::min(available, input.lines[i].quantity);
  }
  missing.throw_if_any();
  too_many.throw_if_any(Code::limit_reached);
}

void take_lines_back(db::Tx& tx, Order& order, const ReturnInput& input, Incoming& in) {
  for (const auto& wanted : input.lines) {
    auto& from = *line_of(order, wanted.line_no);
    const auto value = orders::return_value(from, wanted.quantity);
    // Goods by measure were sold as one, and come back as one however often some of them do.
    const auto of_measure = from.returned == 0 ? 1 : 0;
    orders::store::add_returned(tx, order.id, from.line_no, wanted.quantity, value);
    from.returned += wanted.quantity;
    from.refunded.minor += value;
    ReturnLine line;
    line.order_line_no = from.line_no;
    line.variant_id = from.variant_id;
    line.sku = from.sku;
    line.title = from.title;
    line.quantity = wanted.quantity;
    line.value = {value, order.total.currency};
    line.restocked = !wanted.damaged;
    line.reason = wanted.reason;
    add_line(tx, in, std::move(line), {from.product_id, from.seller_id, from.category_id},
             from.by_measure ? of_measure : wanted.quantity);
  }
}

// What came back is not owed any more, be it refunded or not.
void note_refund(db::Tx& tx, Order& order, OrderReturn& r, std::int64_t minor) {
  r.refunded.minor = minor;
  order.refunded.minor += minor;
  const auto sums = payments::sums_of(payments::of_order(tx, order.id));
  order.payment_status = orders::payment_status_of(
      order, orders::store::returns_refunded(tx, order) + minor, sums.authorized);
}

void tell(db::Tx& tx, const Order& order, const OrderReturn& r) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("number", std::string_view{order.number})
                           .field("return_id", r.id)
                           .field("refund", r.refunded)
                           .field("lines", static_cast<std::int64_t>(r.lines.size()))
                           .end()
                           .take();
  events::append(tx, {"order.returned", "order", order.id, payload});
}

Incoming coming_from(db::Tx& tx, const Order& order, const ReturnInput& input,
                     const std::string& key) {
  Incoming in;
  in.row.key = key;
  auto& r = in.row.order_return;
  start(tx, in);
  r.order_id = order.id;
  r.customer_id = order.customer_id;
  r.country = order.country;
  r.region = order.region;
  r.reason = input.reason;
  in.row.owner_id = order.customer_id.value_or(0);
  return in;
}

// What loose goods are worth that were asked for at a price.
std::int64_t value_of(const catalog::SaleItem& sale, const LooseReturnLineInput& line) {
  return sale.by_measure ? core::mul_div(line.unit_price.minor, line.quantity, 1000)
                         : core::mul(line.unit_price.minor, line.quantity);
}

bool same_line(db::Tx& /*tx*/, const ReturnLine& made, const ReturnLineInput& asked) {
  return made.order_line_no == asked.line_no && made.quantity == asked.quantity &&
         made.restocked == !asked.damaged;
}

bool same_line(db::Tx& tx, const ReturnLine& made, const LooseReturnLineInput& asked) {
  if (made.variant_id != asked.variant_id || made.quantity != asked.quantity) return false;
  const auto sale = catalog::sale_item(tx, asked.variant_id);
  // Of goods that are gone meanwhile nobody knows how they were measured.
  const bool same_value = !sale || made.value.minor == value_of(*sale, asked);
  return same_value && made.restocked == !asked.damaged;
}

// What the same key gave before, for the same goods of the same order or of none.
template <class Line>
std::optional<OrderReturn> made_before(db::Tx& tx, std::string_view key,
                                       const std::optional<Id>& order_id,
                                       const std::vector<Line>& lines) {
  const auto id = orders::store::return_by_key(tx, key);
  if (!id) return std::nullopt;
  auto made = orders::store::return_by_id(tx, *id)->order_return;
  const bool same =
      made.order_id == order_id &&
      std::equal(made.lines.begin(), made.lines.end(), lines.begin(), lines.end(),
                 [&](const auto& was, const Line& is) { return same_line(tx, was, is); });
  if (!same) {
    throw Error(Code::idempotency_mismatch, "idempotency_key: was used for another return",
                {{"idempotency_key", "idempotency_mismatch", "was used for another return", {}}});
  }
  return made;
}

}  // namespace

namespace flows {

ReturnInput checked(const ReturnInput& input) {
  core::Fields fields;
  auto out = input;
  out.idempotency_key =
      fields.text("idempotency_key", input.idempotency_key, {.min = 1, .max = 200});
  out.reason = fields.text("reason", input.reason, {.max = 500, .multiline = true});
  fields.check(!input.lines.empty() && input.lines.size() <= k_most_lines, "lines", "required",
               "between 1 and 1,000 lines");
  for (std::size_t i = 0; i < input.lines.size() && i < k_most_lines; ++i) {
    fields.range(core::path_at("lines", i, "quantity"), input.lines[i].quantity, 1,
                 k_most_returned);
    out.lines[i].reason =
        fields.text(core::path_at("lines", i, "reason"), input.lines[i].reason, {.max = 200});
  }
  fields.throw_if_any();
  return out;
}

OrderReturn take_back(db::Tx& tx, const Session& session, const Order& before,
                      const ReturnInput& input, const std::string& key, const MoneyBack& money) {
  if (before.status == OrderStatus::canceled) {
    throw Error(Code::illegal_transition, "status: this order was canceled");
  }
  check_lines(before, input);
  auto order = before;
  auto in = coming_from(tx, order, input, key);
  auto& r = in.row.order_return;
  take_lines_back(tx, order, input, in);
  // Money that was never captured is not given back.
  const auto most = std::min(r.value.minor, order.paid.minor - order.refunded.minor);
  note_refund(tx, order, r, input.no_refund ? 0 : money(order, most));
  finish(tx, session, in, order.id);
  const bool all = std::all_of(order.lines.begin(), order.lines.end(),
                               [](const OrderLine& l) { return l.returned == l.quantity; });
  if (all) pricing::give_back_uses(tx, order.id);
  orders::settle(tx, session, order, r.number);
  finish_step(tx, session, before, order, r.number);
  tell(tx, order, r);
  engage_items_returned(tx, order);
  return r;
}

void book_returned(db::Tx& tx, const Session& session, Order& order, const ReturnInput& input,
                   const std::string& key) {
  auto in = coming_from(tx, order, input, key);
  auto& r = in.row.order_return;
  r.at = order.placed_at;
  take_lines_back(tx, order, input, in);
  const auto most = std::min(r.value.minor, order.paid.minor - order.refunded.minor);
  note_refund(tx, order, r, payments::refund(tx, session, order.id, most, order.number));
  finish(tx, session, in, order.id);
  orders::store::set_states(tx, order);
}

}  // namespace flows

OrderReturn Orders::return_items(const Session& session, Id order_id, const ReturnInput& raw) {
  const auto input = flows::checked(raw);
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_return_items);
    const auto key = orders::key_of(actor, "return", input.idempotency_key);
    if (const auto made = made_before(tx, key, order_id, input.lines)) return *made;
    const auto before = orders::find(tx, actor, order_id);
    return flows::take_back(tx, session, before, input, key,
                            [&](const Order& order, std::int64_t most) {
                              payments::guard_refund(tx, session, actor, order.id, most);
                              return payments::refund(tx, session, order.id, most, order.number);
                            });
  });
}

OrderReturn Orders::return_loose(const Session& session, const LooseReturnInput& input) {
  core::Fields fields;
  const auto key = fields.text("idempotency_key", input.idempotency_key, {.min = 1, .max = 200});
  Incoming blank;
  auto& wanted = blank.row.order_return;
  wanted.country = fields.text("country", input.country, {.max = 60});
  wanted.region = fields.text("region", input.region, {.max = 60});
  wanted.reason = fields.text("reason", input.reason, {.max = 500, .multiline = true});
  const auto reference = fields.text("reference", input.reference, {.max = 200});
  wanted.customer_id = input.customer_id;
  blank.row.owner_id = input.customer_id.value_or(0);
  fields.check(
      input.tender == Tender::cash || input.tender == Tender::card || input.tender == Tender::other,
      "tender", "unsupported", "cash, card or other");
  fields.check(!input.lines.empty() && input.lines.size() <= k_most_lines, "lines", "required",
               "between 1 and 1,000 lines");
  for (std::size_t i = 0; i < input.lines.size() && i < k_most_lines; ++i) {
    const auto& line = input.lines[i];
    fields.range(core::path_at("lines", i, "quantity"), line.quantity, 1, k_most_returned);
    fields.price(core::path_at("lines", i, "unit_price"), line.unit_price, db_->env().currency);
    (void)fields.text(core::path_at("lines", i, "reason"), line.reason, {.max = 200});
  }
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::orders_return_loose);
    auto in = blank;
    in.row.key = orders::key_of(actor, "return", key);
    if (const auto made = made_before(tx, in.row.key, std::nullopt, input.lines)) return *made;
    start(tx, in);
    for (std::size_t i = 0; i < input.lines.size(); ++i) {
      const auto& from = input.lines[i];
      const auto sale = catalog::sale_item(tx, from.variant_id);
      if (!sale) {
        const auto path = core::path_at("lines", i, "variant_id");
        throw Error(Code::not_found, path + ": there is no such variant",
                    {{path, "not_found", "there is no such variant", {}}});
      }
      const auto value = value_of(*sale, from);
      add_line(tx, in,
               {0, std::nullopt, from.variant_id, sale->sku, sale->title, from.quantity,
                Money{value, tx.env().currency}, !from.damaged, from.reason},
               {sale->product_id, sale->seller_id, sale->category_id},
               sale->by_measure ? 1 : from.quantity);
    }
    auto& r = in.row.order_return;
    r.refunded = r.value;
    const auto day = core::day_number(r.at, tx.env().utc_offset_minutes);
    const auto today = orders::store::loose_refunds(tx, day, session.user_id());
    payments::guard_refund(tx, session, actor, 0, r.value.minor, today);
    payments::refund_loose(tx, session, r.id, input.tender, r.value.minor, reference);
    finish(tx, session, in, r.id);
    return r;
  });
}

}  // namespace shop
