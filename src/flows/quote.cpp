#include "accounts/guard.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "flows/price_cart.hpp"
#include "pricing/working.hpp"
#include "shop/error.hpp"

// A hypothetical cart is priced by the same function as a real one; nothing is written.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

void check(const QuoteRequest& request) {
  core::Fields fields;
  fields.check(request.lines.size() <= 1000, "lines", "too_many", "at most 1,000 lines");
  fields.check(request.coupons.size() <= 10, "coupons", "too_many", "at most 10 codes");
  for (std::size_t i = 0; i < request.lines.size() && i < 1000; ++i) {
    fields.range(core::path_at("lines", i, "quantity"), request.lines[i].quantity, 1, 1'000'000);
  }
  for (std::size_t i = 0; i < request.coupons.size() && i < 10; ++i) {
    (void)fields.text(core::path_at("coupons", i), request.coupons[i], {.min = 1, .max = 60});
  }
  (void)fields.text("country", request.country, {.max = 60});
  (void)fields.text("region", request.region, {.max = 60});
  fields.throw_if_any();
}

Quote priced(db::Tx& tx, const accounts::Actor& actor, const QuoteRequest& request) {
  cart::Stored cart;
  cart.owner_id = cart::owner_of(actor);
  cart.guest = actor.user_id == 0;
  if (request.customer_id && *request.customer_id != actor.user_id) {
    if (!actor.can(accounts::Permission::order_view)) {
      throw Error(Code::forbidden, "customer_id: only staff may quote for somebody else");
    }
    cart.owner_id = *request.customer_id;
    cart.guest = false;
  }
  cart.country = request.country;
  cart.region = request.region;
  cart.shipping_method_id = request.shipping_method_id;
  cart.coupons = request.coupons;
  for (const auto& line : request.lines) {
    auto& to = cart.lines.emplace_back();
    to.line_no = static_cast<std::int64_t>(cart.lines.size());
    to.variant_id = line.variant_id;
    to.quantity = line.quantity;
  }
  auto out = flows::price_cart(tx, cart, {.cash = request.cash, .steps = true, .at = request.at});
  core::Fields missing;
  for (const auto i : out.withdrawn) {
    missing.check(false, core::path_at("lines", i, "variant_id"), "not_found", "is not on sale");
  }
  missing.throw_if_any(Code::not_found);
  return std::move(out.quote);
}

}  // namespace

Quote Pricing::quote(const Session& session, const QuoteRequest& request) {
  check(request);
  return db_->read([&](db::Tx& tx) {
    return priced(tx, authorize(tx, session, Operation::pricing_quote), request);
  });
}

std::string Pricing::explain(const Session& session, const QuoteRequest& request) {
  check(request);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::pricing_explain);
    return pricing::explain_text(priced(tx, actor, request));
  });
}

}  // namespace shop
