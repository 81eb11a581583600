#pragma once

#include "shop/cart.hpp"
#include "shop/payments.hpp"
#include "shop/quote.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::db {
class Database;
}

namespace shop {

/// Where an order stands as a whole. @since 1.0
enum class OrderStatus : std::int32_t {
  pending = 1,    ///< placed, not paid or authorized in full
  confirmed = 2,  ///< to be fulfilled
  completed = 3,  ///< paid and delivered
  canceled = 4,
};

/// Where its money stands. @since 1.0
enum class PaymentStatus : std::int32_t {
  none = 1,
  authorized = 2,  ///< all that is not paid is authorized
  part_paid = 3,
  paid = 4,
  part_refunded = 5,
  refunded = 6,
};

/// Where its goods stand. @since 1.0
enum class FulfilmentStatus : std::int32_t {
  none = 1,
  part = 2,  ///< some of it was shipped
  shipped = 3,
  delivered = 4,
  returned = 5,  ///< all of it came back
};

/// A line of an order, as it was on the day. @since 1.0
struct OrderLine {
  std::int64_t line_no = 0;
  Id variant_id = 0;
  Id product_id = 0;
  Id seller_id = 0;
  Id category_id = 0;
  std::string sku;
  std::string title;
  std::string variant_title;
  std::string note;
  std::int64_t quantity = 0;
  bool by_measure = false;
  Money list_price;
  Money unit_price;
  PriceSource price_source = PriceSource::list;
  Id price_source_id = 0;
  std::string price_name;
  Money subtotal;
  Money discount;
  Money tax;    ///< contained in the total
  Money total;  ///< what the line cost in the end
  std::int64_t shipped = 0;
  std::int64_t returned = 0;
  Money refunded;  ///< the value of what came back
};

/// A discount of an order, naming its source. @since 1.0
struct OrderAdjustment {
  AdjustmentKind kind = AdjustmentKind::promotion;
  Id source_id = 0;
  std::string name;
  std::string code;
  std::optional<std::int64_t> line_no;  ///< absent for the delivery
  Money amount;                         ///< negative in the customer's favour
};

/// The tax of one rate, as it was. @since 1.0
struct OrderTax {
  std::string name;
  std::int64_t rate_ppm = 0;
  Money base;
  Money amount;
};

/// An order, as it was on the day, and where it stands. @since 1.0
struct Order {
  Id id = 0;
  std::string number;  ///< ORD-20261122-000123: without gaps within its day
  std::string uuid;
  std::optional<Id> customer_id;  ///< absent for guests and at the till
  Role placed_by = Role::guest;
  Timestamp placed_at = 0;
  OrderStatus status = OrderStatus::pending;
  PaymentStatus payment_status = PaymentStatus::none;
  FulfilmentStatus fulfilment_status = FulfilmentStatus::none;
  std::string summary;  ///< the three in one word, e.g. `to_ship`
  std::string country;
  std::string region;
  std::optional<Address> address;
  std::string note;
  bool tax_included = true;
  std::int64_t units = 0;
  Money subtotal;
  Money discount;
  std::optional<Id> shipping_method_id;
  std::string shipping_name;
  Money shipping;
  Money shipping_discount;
  Money shipping_tax;
  Money shipping_total;
  Money tax;
  Money cash_rounding;
  Money total;
  Money paid;           ///< captured
  Money refunded;       ///< ≤ paid
  Money edit_refunded;  ///< given back when an edit made it cheaper; in neither of the two above
  std::optional<Id> exchange_of;  ///< the order whose goods this one replaces
  std::int64_t points = 0;
  std::vector<OrderLine> lines;
  std::vector<OrderAdjustment> adjustments;
  std::vector<OrderTax> taxes;
  std::vector<Payment> payments;
};

/// An order in a list. @since 1.0
struct OrderSummary {
  Id id = 0;
  std::string number;
  std::optional<Id> customer_id;
  Timestamp placed_at = 0;
  OrderStatus status = OrderStatus::pending;
  PaymentStatus payment_status = PaymentStatus::none;
  FulfilmentStatus fulfilment_status = FulfilmentStatus::none;
  std::string summary;
  std::string country;
  std::string region;
  std::int64_t lines = 0;
  std::int64_t units = 0;
  Money total;
  Money paid;
  Money refunded;
};

/// Which orders to list; what is absent does not matter. @since 1.0
struct OrderFilter {
  std::optional<OrderStatus> status;
  std::optional<PaymentStatus> payment_status;
  std::optional<FulfilmentStatus> fulfilment_status;
  std::optional<Id> customer_id;
  std::string country;
  std::string region;
  std::optional<Timestamp> placed_from;   ///< the first moment
  std::optional<Timestamp> placed_until;  ///< the first moment after
};

/// How an order is placed. @since 1.0
struct PlaceInput {
  std::string idempotency_key;          ///< 1–200 bytes; the same key gives the same order again
  std::vector<PaymentInput> payments;   ///< none: the order waits for its money
  std::optional<Money> expected_total;  ///< refused when it would be more
  bool accept_prices = false;           ///< do not refuse prices that rose since they were seen
  bool age_confirmed = false;           ///< somebody looked at the customer's age
  bool handed_over = false;             ///< the goods are in the customer's hands (the till)
  std::string note;                     ///< at most 1,000 bytes
};

/// A line that comes back. @since 1.0
struct ReturnLineInput {
  std::int64_t line_no = 0;
  std::int64_t quantity = 1;
  bool damaged = false;  ///< it does not go back into the stock
  std::string reason;    ///< at most 200 bytes
};

/// Goods that come back against their order. @since 1.0
struct ReturnInput {
  std::string idempotency_key;
  std::vector<ReturnLineInput> lines;
  bool no_refund = false;  ///< the money follows another way
  std::string reason;      ///< at most 500 bytes
};

/// Goods that come back without their receipt. @since 1.0
struct LooseReturnLineInput {
  Id variant_id = 0;
  std::int64_t quantity = 1;
  Money unit_price;      ///< that is given back
  bool damaged = false;  ///< it does not go back into the stock
  std::string reason;
};

/// Goods that come back without their receipt. @since 1.0
struct LooseReturnInput {
  std::string idempotency_key;
  std::vector<LooseReturnLineInput> lines;
  std::optional<Id> customer_id;
  std::string country;
  std::string region;
  Tender tender = Tender::cash;  ///< how the money is given back
  std::string reference;
  std::string reason;
};

/// A line of a return. @since 1.0
struct ReturnLine {
  std::int64_t line_no = 0;
  std::optional<std::int64_t> order_line_no;
  Id variant_id = 0;
  std::string sku;
  std::string title;
  std::int64_t quantity = 0;
  Money value;  ///< what these goods had cost in the end
  bool restocked = true;
  std::string reason;
};

/// Goods that came back. @since 1.0
struct OrderReturn {
  Id id = 0;
  std::string number;          ///< RET-20261122-000007
  std::optional<Id> order_id;  ///< absent without a receipt
  std::optional<Id> customer_id;
  Timestamp at = 0;
  std::string country;
  std::string region;
  std::string reason;
  Money value;     ///< Σ line values
  Money refunded;  ///< money that was given back, at most what had been paid
  std::vector<ReturnLine> lines;
};

/// An axis along which an order moves. @since 1.0
enum class OrderAxis : std::int32_t {
  order = 1,
  payment = 2,
  fulfilment = 3,
};

/// A step that an order took after it was placed. @since 1.0
struct OrderStep {
  std::optional<Id> seller_id;  ///< whose part took it; absent: the order as a whole
  Timestamp at = 0;
  OrderAxis axis = OrderAxis::order;
  std::int64_t before = 0;  ///< a value of the axis's enumeration
  std::int64_t after = 0;
  Role actor_role = Role::host;
  Id actor_id = 0;
  std::string note;
};

/// So much of a line. @since 1.0
struct ShipmentLine {
  std::int64_t line_no = 0;
  std::int64_t quantity = 1;
};

/// Goods that leave together. @since 1.0
struct ShipmentInput {
  std::vector<ShipmentLine> lines;  ///< empty: all that has not been shipped
  std::string carrier;              ///< at most 100 bytes
  std::string tracking_code;        ///< at most 100 bytes
};

/// Goods that left together. @since 1.0
struct Shipment {
  Id id = 0;
  Id seller_id = 0;  ///< whose goods; 0: the shop's, or of an order that has no parts
  Timestamp at = 0;
  std::string carrier;
  std::string tracking_code;
  std::optional<Timestamp> delivered_at;
  std::vector<ShipmentLine> lines;
};

/// What one seller has to deliver of an order over several. An order of the shop alone has no
/// parts.
/// @since 1.0
struct OrderPart {
  Id order_id = 0;
  std::string number;  ///< the order's
  Id seller_id = 0;    ///< 0: the shop itself
  Timestamp placed_at = 0;
  OrderStatus status = OrderStatus::pending;                    ///< the order's
  PaymentStatus payment_status = PaymentStatus::none;           ///< the order's
  FulfilmentStatus fulfilment_status = FulfilmentStatus::none;  ///< this part's own
  std::string summary;                                          ///< of the three in one word
  std::string country;
  std::string region;
  std::string shipping_name;
  std::optional<Address> address;  ///< absent in lists
  std::int64_t units = 0;
  Money total;                      ///< Σ totals of its lines
  std::vector<OrderLine> lines;     ///< its own; empty in lists
  std::vector<Shipment> shipments;  ///< its own; empty in lists
};

/// Which parts to list; what is absent does not matter. @since 1.0
struct OrderPartFilter {
  std::optional<Id> seller_id;  ///< absent: the acting seller's own; others need `order_view`
  std::optional<FulfilmentStatus> fulfilment_status;
};

/// What becomes of a line of an order that is edited. @since 1.0
struct EditLineInput {
  std::int64_t line_no = 0;
  std::int64_t quantity = 0;  ///< the new one; 0 takes the line out
};

/// What is to be different about an order of which nothing has left. @since 1.0
struct OrderEditInput {
  std::string idempotency_key;           ///< 1–200 bytes; the same key does nothing again
  std::vector<EditLineInput> lines;      ///< those that change
  std::vector<CartItem> items;           ///< goods that are added, at today's prices
  std::optional<Address> address;        ///< absent: as it was
  std::optional<Id> shipping_method_id;  ///< absent: as it was
  std::vector<PaymentInput> payments;    ///< for what it costs more; none: the rest is owed
  bool age_confirmed = false;            ///< somebody looked at the customer's age
  std::string reason;                    ///< 1–500 bytes
};

/// An edit of an order, as it stays in the books. @since 1.0
struct OrderEdit {
  Timestamp at = 0;
  Role actor_role = Role::host;
  Id actor_id = 0;
  Money total_before;
  Money total_after;
  Money refunded;  ///< what was given back for it
  std::string reason;
};

/// Goods that come back and others that go out for them. @since 1.0
struct ExchangeInput {
  std::string idempotency_key;
  std::vector<ReturnLineInput> lines;  ///< what comes back
  std::vector<CartItem> items;         ///< what goes out, at today's prices
  std::vector<PaymentInput> payments;  ///< for what it costs more; none: the rest is owed
  bool age_confirmed = false;          ///< somebody looked at the customer's age
  bool handed_over = false;            ///< the new goods are in the customer's hands
  std::string reason;                  ///< at most 500 bytes
};

/// A return with the order that replaces its goods. @since 1.0
struct Exchange {
  OrderReturn order_return;  ///< `refunded` is what was given back or turned over to the new order
  Order order;
};

/// One day of orders. @since 1.0
struct OrdersToday {
  std::int64_t count = 0;            ///< without canceled ones
  Money revenue;                     ///< Σ totals less what was refunded
  std::vector<OrderSummary> orders;  ///< the latest 100
};

/// Orders. Somebody else's order is not found. Reached by Engine::orders(); may be used from any
/// thread. @since 1.0
class Orders {
 public:
  explicit Orders(db::Database& db) : db_(&db) {}

  /// Turns a cart (0: the acting person's current one) into an order, in one transaction: prices
  /// checked, stock taken, tenders taken, everything written, the cart gone. The same key gives the
  /// first order again. Throws Error: `validation` (idempotency_key, note, payments),
  /// `idempotency_mismatch` (the key came with something else), `not_found` (cart), `cart_empty`,
  /// `not_for_sale`, `price_changed` (`lines[i].unit_price` or `total`, with old and new),
  /// `age_restricted`, `out_of_stock` (every line that is short), `payment_mismatch`,
  /// `insufficient_funds`, `forbidden` (handed_over).
  Order place(const Session& session, Id cart_id, const PlaceInput& input);

  /// Throws Error{not_found}.
  Order get(const Session& session, Id order_id);
  /// By its number, in any case. Throws Error{not_found}.
  Order by_number(const Session& session, const std::string& number);
  /// Throws Error{not_found}.
  Order by_uuid(const Session& session, const std::string& uuid);

  /// All orders that fit, newest first. Cost: a filter other than customer, time, pending and
  /// canceled looks at orders until the page is full.
  Page<OrderSummary> list(const Session& session, const OrderFilter& filter, const PageQuery& page);
  /// The acting person's own, newest first.
  Page<OrderSummary> mine(const Session& session, const PageQuery& page);
  /// Today's, by the shop's calendar.
  OrdersToday today(const Session& session);

  /// Gives everything back: stock, money, coupons. One's own before anything was shipped; canceling
  /// twice is fine. Throws Error: `not_found`, `illegal_transition`, `validation` (reason).
  Order cancel(const Session& session, Id order_id, const std::string& reason);

  /// Takes goods back: stock and money follow, the value of each line in proportion and never more
  /// than it had cost. The same key gives the first return again. Throws Error: `not_found`,
  /// `validation` (lines), `limit_reached` (`lines[i].quantity`: more than is left),
  /// `illegal_transition` (canceled), `idempotency_mismatch` (the key was used for another order).
  OrderReturn return_items(const Session& session, Id order_id, const ReturnInput& input);

  /// Takes goods back that have no receipt here. Throws Error: `validation`, `not_found`
  /// (`lines[i].variant_id`), `idempotency_mismatch` (the key was used for an order).
  OrderReturn return_loose(const Session& session, const LooseReturnInput& input);

  /// Confirms an order that waits for its money, e.g. one on account. Confirming again is fine.
  /// Throws Error: `not_found`, `illegal_transition`.
  Order confirm(const Session& session, Id order_id, const std::string& note);
  /// Sends goods out, in parts if need be. Throws Error: `not_found`, `validation` (lines),
  /// `limit_reached` (`lines[i].quantity`), `illegal_transition` (not confirmed).
  Order ship(const Session& session, Id order_id, const ShipmentInput& input);
  /// Everything that left has arrived; completes an order that is paid. Doing it again is fine.
  /// Throws Error: `not_found`, `illegal_transition` (not all of it was shipped).
  Order deliver(const Session& session, Id order_id);
  std::vector<Shipment> shipments(const Session& session, Id order_id);

  /// The parts of an order over several sellers, by seller; empty for an order of the shop alone.
  /// Throws Error{not_found}.
  std::vector<OrderPart> parts(const Session& session, Id order_id);
  /// A seller's parts, newest first. Throws Error: `forbidden` (another seller's), `not_found`.
  Page<OrderPart> seller_parts(const Session& session, const OrderPartFilter& filter,
                               const PageQuery& page);
  /// One part with its lines and address: a seller's own (`seller_id` 0 or theirs), or for those
  /// who see all orders anybody's (0: the shop's). Throws Error{not_found}.
  OrderPart part(const Session& session, Id order_id, Id seller_id);
  /// Sends goods of one part out; where the order stands follows from its parts. Needs to be the
  /// seller's own, or `order_manage`. Throws Error: `not_found` (part, `lines[i].line_no`),
  /// `validation` (lines), `limit_reached` (`lines[i].quantity`), `illegal_transition` (the order
  /// is not confirmed).
  OrderPart ship_part(const Session& session, Id order_id, Id seller_id,
                      const ShipmentInput& input);
  /// What left of one part has arrived; the last one completes an order that is paid. Doing it
  /// again is fine. Throws Error: `not_found`, `illegal_transition` (not all of it was shipped).
  OrderPart deliver_part(const Session& session, Id order_id, Id seller_id);

  /// Changes an order of which nothing has left: quantities, further goods, where it goes. What
  /// stays keeps the price of the day it was ordered; promotions, codes, taxes and delivery are
  /// worked out again by the rules of that moment, further goods cost what they cost today. Stock,
  /// codes, points, figures and money follow: what was paid too much is given back, what is missing
  /// is taken from `payments` or owed. Throws Error: `not_found` (order, `lines[i].line_no`,
  /// `items[i].variant_id`), `validation`, `illegal_transition` (shipped, over, or goods came
  /// back), `out_of_stock`, `not_for_sale`, `payment_mismatch`, `insufficient_funds`,
  /// `coupon_rejected`, `idempotency_mismatch` (the key of another order or edit).
  Order edit(const Session& session, Id order_id, const OrderEditInput& input);
  /// The edits of an order, oldest first. Throws Error{not_found}.
  std::vector<OrderEdit> edits(const Session& session, Id order_id);

  /// Takes goods back and sends others out for them as a new order of the same customer. What the
  /// returned goods are worth pays for the new ones; the difference is taken from `payments`, or
  /// given back. All or nothing; the same key gives the first exchange again. Throws Error: as
  /// `return_items` and `place`.
  Exchange exchange(const Session& session, Id order_id, const ExchangeInput& input);
  /// What happened to an order since it was placed, oldest first.
  std::vector<OrderStep> history(const Session& session, Id order_id);

  /// The receipt as text, 42 columns wide, in UTF-8. Throws Error{not_found}.
  std::string receipt_text(const Session& session, Id order_id);
  /// The invoice as one HTML page with its print styles. Throws Error{not_found}.
  std::string invoice_html(const Session& session, Id order_id);

  /// The returns of an order. Throws Error{not_found}.
  std::vector<OrderReturn> returns(const Session& session, Id order_id);

 private:
  db::Database* db_;
};

}  // namespace shop
