#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "pricing/change.hpp"
#include "pricing/checks.hpp"
#include "pricing/offer_store.hpp"
#include "pricing/rule_store.hpp"
#include "shop/error.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using pricing::changed;
using pricing::missing;

namespace {

namespace store = pricing::store;

void require_variant(db::Tx& tx, Id variant_id, const std::string& path) {
  if (catalog::sale_item(tx, variant_id)) return;
  throw Error(Code::not_found, path + ": there is no such variant",
              {{path, "not_found", "there is no such variant", {}}});
}

}  // namespace

CustomerGroup Pricing::create_group(const Session& session, const CustomerGroup& group) {
  core::Fields fields;
  auto good = group;
  good.name = fields.text("name", group.name, {.min = 1, .max = 100, .name = true});
  fields.throw_if_any();
  const auto folded = core::fold(good.name);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_create_group);
    if (store::has_group_named(tx, folded)) {
      throw Error(Code::already_exists, "name: there is such a group already",
                  {{"name", "taken", "there is such a group already", {}}});
    }
    auto out = good;
    out.id = tx.next_id();
    store::add_group(tx, out, folded);
    changed(tx, session, "customer_group.create", "customer_group", out.id, out.name);
    return out;
  });
}

std::vector<CustomerGroup> Pricing::groups(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_groups);
    return store::groups(tx);
  });
}

void Pricing::add_member(const Session& session, Id group_id, Id customer_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_add_member);
    if (!store::has_group(tx, group_id)) missing("group");
    store::set_member(tx, group_id, customer_id, true);
    const auto after = core::Json{}.begin_object().field("customer_id", customer_id).end().take();
    audit::record(tx, session, {"customer_group.add", "customer_group", group_id, {}, after});
  });
}

void Pricing::remove_member(const Session& session, Id group_id, Id customer_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_remove_member);
    if (!store::has_group(tx, group_id)) missing("group");
    store::set_member(tx, group_id, customer_id, false);
    const auto before = core::Json{}.begin_object().field("customer_id", customer_id).end().take();
    audit::record(tx, session, {"customer_group.remove", "customer_group", group_id, before, {}});
  });
}

PriceList Pricing::put_price_list(const Session& session, const PriceList& list) {
  core::Fields fields;
  auto good = list;
  good.name = fields.text("name", list.name, {.min = 1, .max = 100, .name = true});
  pricing::check_window(fields, good.starts_at, good.ends_at);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_put_price_list);
    auto out = good;
    if (out.id != 0 && !store::price_list(tx, out.id)) missing("price list");
    if (out.group_id && !store::has_group(tx, *out.group_id)) missing("group");
    if (out.id == 0) out.id = tx.next_id();
    store::put_price_list(tx, out);
    changed(tx, session, "price_list.put", "price_list", out.id, out.name);
    return out;
  });
}

std::vector<PriceList> Pricing::price_lists(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_price_lists);
    return store::price_lists(tx);
  });
}

void Pricing::set_prices(const Session& session, Id list_id, const std::vector<PriceTier>& tiers) {
  core::Fields fields;
  fields.check(tiers.size() <= 10'000, "tiers", "too_many", "at most 10,000 at once");
  for (std::size_t i = 0; i < tiers.size() && i < 10'000; ++i) {
    fields.range(core::path_at("tiers", i, "min_quantity"), tiers[i].min_quantity, 1);
    fields.price(core::path_at("tiers", i, "price"), tiers[i].price, db_->env().currency);
  }
  fields.throw_if_any();
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_set_prices);
    if (!store::price_list(tx, list_id)) missing("price list");
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      require_variant(tx, tiers[i].variant_id, core::path_at("tiers", i, "variant_id"));
      store::put_tier(tx, list_id, tiers[i]);
    }
    const auto after = core::Json{}
                           .begin_object()
                           .field("tiers", static_cast<std::int64_t>(tiers.size()))
                           .end()
                           .take();
    audit::record(tx, session, {"price_list.prices", "price_list", list_id, {}, after});
  });
}

void Pricing::unset_prices(const Session& session, Id list_id, Id variant_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_unset_prices);
    if (!store::price_list(tx, list_id)) missing("price list");
    store::delete_tiers(tx, list_id, variant_id);
    const auto before = core::Json{}.begin_object().field("variant_id", variant_id).end().take();
    audit::record(tx, session, {"price_list.unset", "price_list", list_id, before, {}});
  });
}

std::vector<PriceTier> Pricing::prices(const Session& session, Id list_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_prices);
    if (!store::price_list(tx, list_id)) missing("price list");
    return store::tiers_of(tx, list_id);
  });
}

ScheduledPrice Pricing::schedule_price(const Session& session, const ScheduledPrice& price) {
  core::Fields fields;
  auto good = price;
  good.name = fields.text("name", price.name, {.min = 1, .max = 100, .name = true});
  good.price = fields.price("price", price.price, db_->env().currency);
  good.sold = 0;
  pricing::check_window(fields, good.starts_at, good.ends_at);
  if (good.unit_limit) fields.range("unit_limit", *good.unit_limit, 1);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_schedule_price);
    require_variant(tx, good.variant_id, "variant_id");
    auto out = good;
    out.id = tx.next_id();
    out.starts_at = std::max(out.starts_at, tx.now());
    core::Fields over;
    pricing::check_window(over, out.starts_at, out.ends_at);
    over.throw_if_any();
    store::add_schedule(tx, out);
    changed(tx, session, "price.schedule", "scheduled_price", out.id, out.name);
    return out;
  });
}

void Pricing::end_schedule(const Session& session, Id schedule_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_end_schedule);
    if (!store::end_schedule(tx, schedule_id)) missing("scheduled price");
    changed(tx, session, "price.end", "scheduled_price", schedule_id, {});
  });
}

std::vector<ScheduledPrice> Pricing::scheduled_prices(const Session& session, Id variant_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::pricing_scheduled_prices);
    return store::schedules_of(tx, variant_id);
  });
}

}  // namespace shop
