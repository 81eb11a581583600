#pragma once

#include "accounts/guard.hpp"
#include "db/tx.hpp"
#include "shop/inventory.hpp"

#include <cstdint>
#include <string_view>

/// Who may do what to which stock: those who manage stock everything, sellers their own.
namespace shop::inventory {

/// The most that one booking may move, and the highest threshold.
inline constexpr std::int64_t k_most = 1'000'000'000;

struct Access {
  bool manager = false;
  Id seller_id = 0;  ///< of the acting seller
  Id user_id = 0;

  [[nodiscard]] bool may(Id owner) const {
    return manager || (seller_id != 0 && owner == seller_id);
  }
};

/// Throws Error{forbidden} for those who have nothing to do with stock.
Access access_of(const accounts::Actor& actor);

/// Throws Error{not_found} at `path` for a variant that is not there or another's.
void check_variant(db::Tx& tx, const Access& access, Id variant_id, std::string_view path);

/// Throws Error{not_found} at `path` for a variant that is not there or not on sale, unless it is
/// of those who may change its product or its stock.
void check_seen(db::Tx& tx, const accounts::Actor& actor, Id variant_id, std::string_view path);

/// The location, which is not there for those whose it is not. Throws Error{not_found} at `path`;
/// 0 is always there.
StockLocation find_location(db::Tx& tx, const Access& access, Id location_id,
                            std::string_view path);
/// The same, in use. Throws Error{not_found} for a closed one too.
void check_location(db::Tx& tx, const Access& access, Id location_id, std::string_view path);

}  // namespace shop::inventory
