#include "catalog/facts.hpp"
#include "catalog/hooks.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "events/events.hpp"
#include "notify/notify.hpp"
#include "wishlist/wishlist.hpp"

#include <fmt/format.h>

// Who is told when something they wish for costs less.
namespace shop {

namespace catalog {

void price_changed(db::Tx& tx, Id product_id, Id variant_id, const Money& before,
                   const Money& after) {
  if (after.minor >= before.minor) return;
  const auto facts = product_facts(tx, product_id);
  if (!facts || !facts->for_sale()) return;
  // Those who wish for the product, whichever variant, are told of its lowest price.
  const auto watchers = wishlist::take_price_watchers(tx, product_id, facts->price.minor);
  if (watchers.empty()) return;
  const auto title = fmt::format("{} costs less", facts->title);
  const auto now = core::format_amount(facts->price);
  for (const auto& watcher : watchers) {
    const Money seen{watcher.price_seen_minor, facts->price.currency};
    const auto data =
        core::Json{}.begin_object().field("from", seen).field("to", facts->price).end().take();
    const auto body = fmt::format("{} instead of {} {}", now, core::format_amount(seen),
                                  facts->price.currency.view());
    notify::send(tx, {watcher.customer_id, NotificationKind::price_drop, title, body, "product",
                      product_id, data});
  }
  const auto payload = core::Json{}
                           .begin_object()
                           .field("variant_id", variant_id)
                           .field("from", before)
                           .field("to", after)
                           .field("wished", static_cast<std::int64_t>(watchers.size()))
                           .end()
                           .take();
  events::append(tx, {"price.dropped", "product", product_id, payload});
}

}  // namespace catalog
}  // namespace shop
