#include "events/events.hpp"

#include <algorithm>
#include <array>

namespace shop::events {
namespace {

// One row per type, ascending: type, version of its schema, aggregate, payload, meaning. A field is
// `name:kind`, `name?:kind` when it may be absent; kinds: id integer text bool money time list
// object. A change that an old reader could stumble over raises the version. docs/events.md is this
// table in words, and a test compares the two.
constexpr std::array k_types = std::to_array<TypeRow>({
    {"loyalty.points", 1, "customer", "points:integer balance:integer reason:text order_id?:id",
     "A customer's points changed."},
    {"loyalty.tier", 1, "customer", "tier:text previous:text", "A customer reached another tier."},
    {"notification.created", 1, "user",
     "uuid:text kind:text title:text body:text object?:text "
     "object_id?:id",
     "A user was notified; for mail, push and sockets."},
    {"order.canceled", 1, "order", "number:text reason:text", "An order was canceled."},
    {"order.completed", 1, "order", "number:text", "An order was delivered and paid."},
    {"order.edited", 1, "order", "number:text from:money to:money reason:text",
     "An order of which nothing had left was changed."},
    {"order.part", 1, "order", "number:text seller_id:id from:text to:text",
     "A seller's part of an order moved along its fulfilment."},
    {"order.placed", 1, "order", "number:text customer_id?:id total:money lines:integer",
     "An order was placed."},
    {"order.returned", 1, "order", "number:text return_id:id refund:money lines:integer",
     "Goods of an order came back."},
    {"order.status", 1, "order", "number:text axis:text from:text to:text",
     "An order moved along one of its axes: order, payment or fulfilment."},
    {"price.dropped", 1, "product", "variant_id:id from:money to:money wished:integer",
     "A price fell for customers who had asked to be told."},
    {"review.created", 1, "product", "review_id:id stars:integer status:text",
     "A product was reviewed."},
    {"review.removed", 1, "product", "review_id:id", "A review was erased."},
    {"review.status", 1, "product", "review_id:id status:text",
     "A review was published, hidden or sent back to the queue."},
    {"review.updated", 1, "product", "review_id:id stars:integer status:text",
     "A review was changed by its author."},
    {"seller.status", 1, "seller", "account_id:id status:text reason:text",
     "A seller applied, or was approved, rejected, suspended or reinstated."},
    {"seller.updated", 1, "seller", "name:text verified:bool",
     "A seller's profile or badge changed."},
    {"stock.back", 1, "variant", "product_id:id available:integer waiting:integer",
     "Something that was sold out can be bought again."},
    {"stock.low", 1, "variant", "available:integer threshold:integer",
     "Stock fell to its threshold."},
    {"user.code", 1, "user", "user:id kind:text sealed:text",
     "A one-time code is to be sent: Accounts::open_message opens `sealed`."},
    {"user.erased", 1, "user", "user:id", "A person was erased."},
    {"user.notice", 1, "user", "user:id kind:text sealed:text",
     "The safety of an account changed: tell the address in `sealed`."},
    {"user.registered", 1, "user", "user:id role:integer", "An account was made."},
    {"user.token_reused", 1, "user", "session:id",
     "A spent refresh token was shown again: the session was ended, as one of two is a thief."},
});

static_assert(std::is_sorted(k_types.begin(), k_types.end(),
                             [](const auto& a, const auto& b) { return a.type < b.type; }));

}  // namespace

std::span<const TypeRow> types() noexcept {
  return k_types;
}

const TypeRow* find_type(std::string_view type) noexcept {
  const auto* found = std::lower_bound(
      k_types.begin(), k_types.end(), type,
      [](const TypeRow& row, std::string_view wanted) { return row.type < wanted; });
  return found != k_types.end() && found->type == type ? found : nullptr;
}

}  // namespace shop::events
