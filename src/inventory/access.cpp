#include "inventory/access.hpp"

#include "catalog/access.hpp"
#include "catalog/catalog.hpp"
#include "catalog/lookup.hpp"
#include "inventory/inventory_sql.hpp"
#include "shop/error.hpp"

#include <string>

#include <fmt/format.h>

namespace shop::inventory {
namespace {

[[noreturn]] void not_there(std::string_view path, std::string_view what) {
  const auto message = fmt::format("there is no such {}", what);
  throw Error(Code::not_found, fmt::format("{}: {}", path, message),
              {{std::string{path}, "not_found", message, {}}});
}

}  // namespace

Access access_of(const accounts::Actor& actor) {
  using accounts::Permission;
  Access access;
  access.manager = actor.can(Permission::stock_manage);
  if (actor.can(Permission::seller_own)) access.seller_id = actor.seller_id;
  access.user_id = actor.user_id;
  if (!access.manager && access.seller_id == 0) {
    throw Error(Code::forbidden, "this account has nothing to do with stock");
  }
  return access;
}

void check_variant(db::Tx& tx, const Access& access, Id variant_id, std::string_view path) {
  const auto owner = catalog::seller_of(tx, variant_id);
  if (!owner || !access.may(*owner)) not_there(path, "variant");
}

void check_seen(db::Tx& tx, const accounts::Actor& actor, Id variant_id, std::string_view path) {
  using accounts::Permission;
  const auto item = catalog::sale_item(tx, variant_id);
  if (!item) not_there(path, "variant");
  if (item->for_sale() || actor.can(Permission::stock_manage)) return;
  if (!catalog::access_of(actor).may_change(item->seller_id)) not_there(path, "variant");
}

StockLocation find_location(db::Tx& tx, const Access& access, Id location_id,
                            std::string_view path) {
  if (location_id == 0) return {};
  auto query = tx.query(sql::k_location_get, location_id);
  if (!query.next() || !access.may(query.integer(2))) not_there(path, "location");
  return {query.integer(0), query.text(1), query.integer(2), query.boolean(3)};
}

void check_location(db::Tx& tx, const Access& access, Id location_id, std::string_view path) {
  if (!find_location(tx, access, location_id, path).active) not_there(path, "location in use");
}

}  // namespace shop::inventory
