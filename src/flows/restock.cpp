#include "flows/restock.hpp"

#include "catalog/catalog.hpp"
#include "catalog/facts.hpp"
#include "catalog/hooks.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "inventory/hooks.hpp"
#include "inventory/inventory.hpp"
#include "inventory/on_sale.hpp"
#include "notify/notify.hpp"
#include "wishlist/wishlist.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace shop {
namespace flows {
namespace {

/// How often a variant can be sold of what there is. Parts that may be owed are no bound.
std::int64_t units_of(db::Tx& tx, const catalog::SaleItem& item) {
  constexpr std::int64_t none = 0;
  if (!item.is_bundle) return std::max(none, inventory::available(tx, item.variant_id));
  std::optional<std::int64_t> units;
  for (const auto& part : catalog::bundle_parts(tx, item.product_id)) {
    const auto of_part = catalog::sale_item(tx, part.variant_id);
    if (of_part && of_part->policy != StockPolicy::deny) continue;
    const auto of_this = inventory::available(tx, part.variant_id) / part.quantity;
    units = units ? std::min(*units, of_this) : of_this;
  }
  return std::max(none, units.value_or(none));
}

void tell(db::Tx& tx, const catalog::SaleItem& item, Id user_id) {
  const auto name = item.variant_title.empty()
                        ? item.title
                        : fmt::format("{} ({})", item.title, item.variant_title);
  const auto data = core::Json{}
                        .begin_object()
                        .field("product", item.product_id)
                        .field("variant", item.variant_id)
                        .end()
                        .take();
  notify::NewNotification news;
  news.user_id = user_id;
  news.kind = NotificationKind::back_in_stock;
  const auto title = fmt::format("{} is back in stock", name);
  news.title = title;
  news.object = "product";
  news.object_id = item.product_id;
  news.data = data;
  notify::send(tx, news);
}

}  // namespace

void tell_waiting(db::Tx& tx, std::span<const Id> variant_ids) {
  for (const auto variant_id : variant_ids) {
    const auto item = catalog::sale_item(tx, variant_id);
    if (!item || !item->for_sale()) continue;  // who waits goes on waiting
    const auto told = wishlist::take_stock_watchers(tx, variant_id, item->product_id);
    for (const auto user_id : told) tell(tx, *item, user_id);
    const auto payload = core::Json{}
                             .begin_object()
                             .field("product_id", item->product_id)
                             .field("available", units_of(tx, *item))
                             .field("waiting", static_cast<std::int64_t>(told.size()))
                             .end()
                             .take();
    events::append(tx, {"stock.back", "variant", variant_id, payload});
  }
}

}  // namespace flows

void catalog::came_back(db::Tx& tx, std::span<const Id> variant_ids) {
  flows::tell_waiting(tx, variant_ids);
}

// Only what somebody waits for was sold out meanwhile; the rest was merely out of sight.
void catalog::went_on_sale(db::Tx& tx, Id product_id) {
  std::vector<Id> back;
  for (const auto id : catalog::variant_ids(tx, product_id)) {
    if (wishlist::anybody_waits(tx, id) && inventory::can_sell(tx, id)) back.push_back(id);
  }
  flows::tell_waiting(tx, back);
}

StockLevel Inventory::receive(const Session& session, const ReceiveInput& input) {
  return db_->write([&](db::Tx& tx) {
    std::vector<Id> back;
    const auto level = inventory::receive(tx, session, input, back);
    flows::tell_waiting(tx, back);
    return level;
  });
}

std::vector<StockLevel> Inventory::restock(const Session& session,
                                           const std::vector<ReceiveInput>& lines) {
  return db_->write([&](db::Tx& tx) {
    std::vector<Id> back;
    auto levels = inventory::restock(tx, session, lines, back);
    flows::tell_waiting(tx, back);
    return levels;
  });
}

StockLevel Inventory::adjust(const Session& session, const AdjustInput& input) {
  return db_->write([&](db::Tx& tx) {
    std::vector<Id> back;
    const auto level = inventory::adjust(tx, session, input, back);
    flows::tell_waiting(tx, back);
    return level;
  });
}

StockTake Inventory::close_stock_take(const Session& session, Id stock_take_id) {
  return db_->write([&](db::Tx& tx) {
    std::vector<Id> back;
    auto take = inventory::close_stock_take(tx, session, stock_take_id, back);
    flows::tell_waiting(tx, back);
    return take;
  });
}

std::int64_t Inventory::release_expired(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    std::vector<Id> back;
    const auto released = inventory::release_expired(tx, session, back);
    flows::tell_waiting(tx, back);
    return released;
  });
}

}  // namespace shop
