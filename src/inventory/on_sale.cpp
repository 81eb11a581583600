#include "inventory/on_sale.hpp"

#include "catalog/catalog.hpp"
#include "catalog/hooks.hpp"
#include "inventory/inventory.hpp"

#include <algorithm>

namespace shop::inventory {

bool can_sell(db::Tx& tx, Id variant_id) {
  const auto item = catalog::sale_item(tx, variant_id);
  if (!item) return false;
  if (!item->is_bundle) {
    return item->policy != StockPolicy::deny || available(tx, variant_id) > 0;
  }
  const auto parts = catalog::bundle_parts(tx, item->product_id);
  return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const BundlePart& part) {
    const auto of_part = catalog::sale_item(tx, part.variant_id);
    return (of_part && of_part->policy != StockPolicy::deny) ||
           available(tx, part.variant_id) >= part.quantity;
  });
}

}  // namespace shop::inventory

namespace shop::catalog {

bool can_be_sold(db::Tx& tx, Id variant_id) {
  return inventory::can_sell(tx, variant_id);
}

}  // namespace shop::catalog
