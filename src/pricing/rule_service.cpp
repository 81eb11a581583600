#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "pricing/change.hpp"
#include "pricing/checks.hpp"
#include "pricing/offer_store.hpp"
#include "pricing/pricing.hpp"
#include "pricing/rule_store.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using pricing::changed;
using pricing::missing;

namespace {

namespace store = pricing::store;

template <class T>
bool has_id(const std::vector<T>& rows, Id id) {
  return std::any_of(rows.begin(), rows.end(), [&](const T& row) { return row.id == id; });
}

}  // namespace

PricingSettings Pricing::settings(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_settings);
    return pricing::rules(tx)->settings;
  });
}

PricingSettings Pricing::set_settings(const Session& session, const PricingSettings& settings) {
  core::Fields fields;
  fields.range("cash_step", settings.cash_step, 1, 1'000'000);
  fields.range("rounding", static_cast<std::int64_t>(settings.rounding), 1, 4);
  fields.range("tax_rounding", static_cast<std::int64_t>(settings.tax_rounding), 1, 3);
  fields.range("shipping_tax_class_id", settings.shipping_tax_class_id, 0);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_set_settings);
    store::set_settings(tx, settings);
    changed(tx, session, "pricing.settings", "pricing", 0, "settings");
    return settings;
  });
}

namespace {

/// Whose promotions somebody manages: nullopt is everybody's. Throws Error{forbidden}.
std::optional<Id> manages(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = authorize(tx, session, operation);
  if (actor.can(accounts::Permission::promotion_manage)) return std::nullopt;
  if (actor.can(accounts::Permission::seller_own) && actor.seller_id != 0) return actor.seller_id;
  throw Error(Code::forbidden, "this account manages no promotions");
}

// A seller's promotion touches its own goods and its own money only.
void limit_to_seller(db::Tx& tx, Promotion& promotion) {
  if (!sellers::find(tx, promotion.seller_id)) missing("seller");
  core::Fields fields;
  const auto kind = promotion.benefit.kind;
  fields.check(kind != BenefitKind::free_shipping && kind != BenefitKind::points, "benefit.kind",
               "unsupported", "delivery and points are the shop's to give");
  fields.check(!promotion.exclusive, "exclusive", "unsupported",
               "a seller's promotion does not stand alone");
  auto& conditions = promotion.conditions;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    fields.check(conditions[i].kind != ConditionKind::customer_groups,
                 core::path_at("conditions", i, "kind"), "unsupported",
                 "customer groups are the shop's");
  }
  fields.throw_if_any();
  std::erase_if(conditions, [](const PromotionCondition& condition) {
    return condition.kind == ConditionKind::sellers;
  });
  PromotionCondition own;
  own.kind = ConditionKind::sellers;
  own.ids = {promotion.seller_id};
  own.amount.currency = tx.env().currency;
  conditions.insert(conditions.begin(), std::move(own));
}

const Promotion* owned(const std::vector<Promotion>& promotions, Id id,
                       const std::optional<Id>& seller_id) {
  for (const auto& promotion : promotions) {
    if (promotion.id == id && (!seller_id || promotion.seller_id == *seller_id)) return &promotion;
  }
  return nullptr;
}

}  // namespace

Promotion Pricing::put_promotion(const Session& session, const Promotion& promotion) {
  core::Fields fields;
  const auto good = pricing::checked(fields, promotion, db_->env().currency);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto own = manages(tx, session, Operation::pricing_put_promotion);
    auto out = good;
    if (out.id != 0) {
      const auto all = store::promotions(tx);
      const auto* before = owned(all, out.id, own);
      if (before == nullptr) missing("promotion");
      out.seller_id = before->seller_id;
    } else if (own) {
      if (out.seller_id != 0 && out.seller_id != *own) missing("seller");
      out.seller_id = *own;
    }
    if (out.seller_id != 0) limit_to_seller(tx, out);
    out.used = out.id != 0 ? store::uses_of(tx, out.id) : 0;
    core::Fields limits;
    if (out.use_limit)
      limits.range("use_limit", *out.use_limit, std::max<std::int64_t>(1, out.used));
    if (out.id != 0 && out.customer_use_limit) {
      limits.range("customer_use_limit", *out.customer_use_limit,
                   std::max<std::int64_t>(1, store::most_uses_of_promotion(tx, out.id)));
    }
    limits.throw_if_any();
    const auto action = out.id == 0 ? "promotion.create" : "promotion.update";
    if (out.id == 0) out.id = tx.next_id();
    store::put_promotion(tx, out);
    changed(tx, session, action, "promotion", out.id, out.name);
    return out;
  });
}

std::vector<Promotion> Pricing::promotions(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto own = manages(tx, session, Operation::pricing_promotions);
    auto out = store::promotions(tx);
    if (own) std::erase_if(out, [&](const Promotion& p) { return p.seller_id != *own; });
    return out;
  });
}

Coupon Pricing::put_coupon(const Session& session, const Coupon& coupon) {
  core::Fields fields;
  auto good = coupon;
  good.code = fields.text("code", coupon.code, {.min = 1, .max = 60, .name = true});
  fields.throw_if_any();
  const auto folded = core::fold(good.code);
  return db_->write([&](db::Tx& tx) {
    const auto own = manages(tx, session, Operation::pricing_put_coupon);
    auto out = good;
    const auto promotions = store::promotions(tx);
    const auto before = store::coupon_by_code(tx, folded);
    if (before && owned(promotions, before->promotion_id, own) == nullptr) {
      throw Error(Code::already_exists, "code: is taken", {{"code", "taken", "is taken", {}}});
    }
    out.used = before ? before->used : 0;
    core::Fields limits;
    if (out.use_limit)
      limits.range("use_limit", *out.use_limit, std::max<std::int64_t>(1, out.used));
    if (out.customer_use_limit) {
      const auto most = before ? store::most_uses_of_coupon(tx, before->id) : 0;
      limits.range("customer_use_limit", *out.customer_use_limit, std::max<std::int64_t>(1, most));
    }
    limits.throw_if_any();
    const auto* unlocks = owned(promotions, out.promotion_id, own);
    if (unlocks == nullptr) missing("promotion");
    if (!unlocks->needs_code) {
      throw Error(Code::validation, "promotion_id: this promotion needs no code",
                  {{"promotion_id", "needs_no_code", "this promotion needs no code", {}}});
    }
    out.id = before ? before->id : tx.next_id();
    store::put_coupon(tx, out, folded);
    changed(tx, session, before ? "coupon.update" : "coupon.create", "coupon", out.id, out.code);
    return out;
  });
}

Page<Coupon> Pricing::coupons(const Session& session, Id promotion_id, const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  return db_->read([&](db::Tx& tx) {
    const auto own = manages(tx, session, Operation::pricing_coupons);
    if (own && owned(store::promotions(tx), promotion_id, own) == nullptr) missing("promotion");
    return store::coupons_of(tx, promotion_id, page);
  });
}

TaxClass Pricing::create_tax_class(const Session& session, const std::string& name) {
  core::Fields fields;
  TaxClass good;
  good.name = fields.text("name", name, {.min = 1, .max = 60, .name = true});
  fields.throw_if_any();
  const auto folded = core::fold(good.name);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_create_tax_class);
    if (store::has_tax_class(tx, folded)) {
      throw Error(Code::already_exists, "name: there is such a class already",
                  {{"name", "taken", "there is such a class already", {}}});
    }
    auto out = good;
    out.id = tx.next_id();
    store::add_tax_class(tx, out, folded);
    changed(tx, session, "tax_class.create", "tax_class", out.id, out.name);
    return out;
  });
}

std::vector<TaxClass> Pricing::tax_classes(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_tax_classes);
    return store::tax_classes(tx);
  });
}

TaxZone Pricing::put_tax_zone(const Session& session, const TaxZone& zone) {
  core::Fields fields;
  const auto good = pricing::checked(fields, zone);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_put_tax_zone);
    auto out = good;
    if (out.id != 0 && !has_id(store::zones(tx), out.id)) missing("tax zone");
    if (out.id == 0) out.id = tx.next_id();
    store::put_zone(tx, out);
    changed(tx, session, "tax_zone.put", "tax_zone", out.id, out.name);
    return out;
  });
}

void Pricing::remove_tax_zone(const Session& session, Id zone_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_remove_tax_zone);
    if (!store::delete_zone(tx, zone_id)) missing("tax zone");
    changed(tx, session, "tax_zone.remove", "tax_zone", zone_id, {});
  });
}

std::vector<TaxZone> Pricing::tax_zones(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_tax_zones);
    return pricing::rules(tx)->tax_zones;
  });
}

ShippingMethod Pricing::put_shipping_method(const Session& session, const ShippingMethod& method) {
  core::Fields fields;
  const auto good = pricing::checked(fields, method, db_->env().currency);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_put_shipping_method);
    auto out = good;
    if (out.id != 0 && !has_id(store::methods(tx), out.id)) missing("shipping method");
    if (out.id == 0) out.id = tx.next_id();
    store::put_method(tx, out);
    changed(tx, session, "shipping_method.put", "shipping_method", out.id, out.name);
    return out;
  });
}

std::vector<ShippingMethod> Pricing::shipping_methods(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_shipping_methods);
    return pricing::rules(tx)->shipping_methods;
  });
}

}  // namespace shop
