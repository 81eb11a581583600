#include "accounts/guard.hpp"
#include "cart/cart.hpp"
#include "catalog/facts.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"
#include "wishlist/wishlist.hpp"

#include <algorithm>

namespace shop {

using accounts::authorize;
using accounts::Operation;

CartLine Wishlists::move_to_cart(const Session& session, const WishlistToCart& input) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::wishlist_move_to_cart);
    if (actor.user_id == 0) throw Error(Code::unauthenticated, "only an account has wishlists");
    const auto wished = wishlist::take_off(tx, actor.user_id, input.wishlist_id, input.product_id);
    const auto variants = catalog::variant_ids(tx, input.product_id);
    auto variant = input.variant_id ? input.variant_id : wished;
    if (!variant && variants.size() == 1) variant = variants.front();
    if (!variant || std::find(variants.begin(), variants.end(), *variant) == variants.end()) {
      throw Error(Code::validation, "variant_id: say which of its variants",
                  {{"variant_id", "required", "say which of its variants", {}}});
    }
    return cart::put_in(tx, actor, 0, {*variant, input.quantity, {}});
  });
}

}  // namespace shop
