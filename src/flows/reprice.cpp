#include "flows/reprice.hpp"

#include "core/fields.hpp"
#include "orders/edit_store.hpp"
#include "orders/orders.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace shop::flows {
namespace {

std::int64_t quantity_of(const OrderLine& line, const OrderEditInput& input) {
  for (const auto& change : input.lines) {
    if (change.line_no == line.line_no) return change.quantity;
  }
  return line.quantity;
}

// A line that stays: its price is the one of the day.
pricing::Item kept_item(db::Tx& tx, const pricing::RuleSet& rules, const Order& order,
                        const OrderLine& line, std::int64_t quantity) {
  pricing::Item item;
  auto& facts = item.facts;
  facts.variant_id = line.variant_id;
  facts.product_id = line.product_id;
  facts.seller_id = line.seller_id;
  facts.category_id = line.category_id;
  facts.sku = line.sku;
  facts.title = line.title;
  facts.variant_title = line.variant_title;
  facts.quantity = quantity;
  facts.by_measure = line.by_measure;
  facts.list_price = line.list_price;
  if (line.price_source == PriceSource::manual) {
    item.manual_minor = line.unit_price.minor;
    item.manual_reason = line.price_name;
  } else if (line.price_source != PriceSource::list) {
    pricing::Offer offer;
    offer.id = line.price_source_id;
    offer.source = line.price_source;
    offer.name = line.price_name;
    offer.minor = line.unit_price.minor;
    item.offers.push_back(std::move(offer));
  }
  for (const auto& given : order.adjustments) {
    if (given.kind != AdjustmentKind::manual_discount || given.line_no != line.line_no) continue;
    item.manual_discount_minor -= given.amount.minor;
    item.manual_reason = given.name;
  }
  if (rules.needs_categories) item.category_ids = catalog::categories_of(tx, line.product_id);
  if (const auto sale = catalog::sale_item(tx, line.variant_id)) {
    item.tax_class_id = sale->tax_class_id;
    item.weight_grams = sale->weight_grams;
  }
  return item;
}

[[noreturn]] void refuse(Code code, std::size_t index, const char* what, const char* message) {
  const auto path = core::path_at("items", index, "variant_id");
  throw Error(code, fmt::format("{}: {}", path, message), {{path, what, message, {}}});
}

// What is new: the offers of this moment, whatever the moment of the order says.
pricing::Item new_item(db::Tx& tx, const pricing::RuleSet& rules, const CartItem& wanted,
                       std::size_t index, bool age_confirmed) {
  const auto sale = catalog::sale_item(tx, wanted.variant_id);
  if (!sale) refuse(Code::not_found, index, "not_found", "there is no such variant");
  if (sale->withheld) {
    refuse(Code::not_for_sale, index, "seller_suspended", "its seller may not sell at the moment");
  }
  if (!sale->for_sale()) refuse(Code::not_for_sale, index, "not_for_sale", "is not on sale");
  if (sale->minimum_age != 0 && !age_confirmed) {
    refuse(Code::age_restricted, index, "age_restricted", "is only for older people");
  }
  auto item = pricing::item_of(tx, rules, *sale, wanted.quantity);
  std::erase_if(item.offers, [&](const pricing::Offer& offer) {
    return (offer.starts_at && tx.now() < *offer.starts_at) ||
           (offer.ends_at && tx.now() >= *offer.ends_at);
  });
  for (auto& offer : item.offers) {
    offer.starts_at.reset();
    offer.ends_at.reset();
  }
  return item;
}

std::vector<Id> promotions_used(const Order& order) {
  std::vector<Id> out;
  for (const auto& adjustment : order.adjustments) out.push_back(adjustment.source_id);
  return out;
}

std::vector<std::string> codes_used(const Order& order) {
  std::vector<std::string> out;
  for (const auto& adjustment : order.adjustments) {
    const bool there = std::find(out.begin(), out.end(), adjustment.code) != out.end();
    if (!adjustment.code.empty() && !there) out.push_back(adjustment.code);
  }
  return out;
}

pricing::Situation situation(db::Tx& tx, const pricing::RuleSet& rules, const Order& order,
                             Id owner_id, const OrderEditInput& input) {
  auto out = pricing::situation_of(tx, rules, order.customer_id.value_or(0));
  out.now = order.placed_at;
  out.country = order.country;
  out.region = order.region;
  out.shipping_method_id =
      input.shipping_method_id ? input.shipping_method_id : order.shipping_method_id;
  const auto paid = payments::of_order(tx, order.id);
  out.cash = payments::any_cash(input.payments) ||
             std::any_of(paid.begin(), paid.end(),
                         [](const Payment& p) { return p.tender == Tender::cash; });
  out.first_order = !orders::store::ordered_before(tx, owner_id, order.id);
  pricing::add_coupons(tx, codes_used(order), owner_id, out);
  for (auto& coupon : out.coupons) coupon.active = true;  // it was when the order was placed
  pricing::add_uses(tx, rules, owner_id, out);
  return out;
}

// The shop's rules, less promotions that were made after the order (ids only grow). Its own way of
// delivery stays open to it when the shop has retired that since.
pricing::RuleSet rules_for(db::Tx& tx, const Order& order) {
  auto out = pricing::rules_with(tx, promotions_used(order));
  std::erase_if(out.promotions, [&](const Promotion& p) { return p.id > order.id; });
  for (auto& method : out.shipping_methods) {
    if (order.shipping_method_id == method.id) method.active = true;
  }
  return out;
}

}  // namespace

Repriced reprice(db::Tx& tx, const Order& order, Id owner_id, const OrderEditInput& input) {
  Repriced out;
  out.rules = rules_for(tx, order);
  out.rules.settings.tax_included = order.tax_included;
  out.rules.settings.rounding = orders::store::rounding_of(tx, order.id);
  std::vector<pricing::Item> items;
  std::int64_t last = 0;
  for (const auto& line : order.lines) {
    last = std::max(last, line.line_no);
    const auto quantity = quantity_of(line, input);
    if (quantity == 0) continue;
    items.push_back(kept_item(tx, out.rules, order, line, quantity));
    out.line_nos.push_back(line.line_no);
  }
  for (std::size_t i = 0; i < input.items.size(); ++i) {
    items.push_back(new_item(tx, out.rules, input.items[i], i, input.age_confirmed));
    if (last >= orders::store::k_last_line_no) {
      throw Error(Code::limit_reached, "items: the order has had too many lines");
    }
    out.line_nos.push_back(++last);
  }
  if (items.empty()) {
    throw Error(Code::validation, "lines: nothing would be left; cancel the order instead",
                {{"lines", "empty", "nothing would be left; cancel the order instead", {}}});
  }
  const auto who = situation(tx, out.rules, order, owner_id, input);
  out.quote = pricing::quote(out.rules, who, items);
  core::Fields delivery;
  delivery.check(!who.shipping_method_id || out.quote.shipping_method_id, "shipping_method_id",
                 "shipping_unavailable",
                 "does not deliver this to that address: choose another one");
  delivery.throw_if_any();
  return out;
}

}  // namespace shop::flows
