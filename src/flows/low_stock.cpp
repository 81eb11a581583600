#include "catalog/catalog.hpp"
#include "core/json.hpp"
#include "inventory/hooks.hpp"
#include "notify/notify.hpp"
#include "sellers/sellers.hpp"

#include <fmt/format.h>

namespace shop::inventory {

// The shop's own people follow the event and the low-stock list; a seller is told.
void fell_low(db::Tx& tx, Id variant_id, std::int64_t available, std::int64_t threshold) {
  const auto item = catalog::sale_item(tx, variant_id);
  if (!item || item->seller_id == 0) return;
  const auto seller = sellers::find(tx, item->seller_id);
  if (!seller) return;
  const auto name = item->variant_title.empty()
                        ? item->title
                        : fmt::format("{} ({})", item->title, item->variant_title);
  const auto title = available > 0 ? fmt::format("Only {} of {} left", available, name)
                                   : fmt::format("{} is sold out", name);
  const auto data = core::Json{}
                        .begin_object()
                        .field("product", item->product_id)
                        .field("variant", variant_id)
                        .field("available", available)
                        .field("threshold", threshold)
                        .end()
                        .take();
  notify::send(tx, {seller->account_id,
                    NotificationKind::low_stock,
                    title,
                    {},
                    "product",
                    item->product_id,
                    data});
}

}  // namespace shop::inventory
