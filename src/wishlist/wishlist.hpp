#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/wishlist.hpp"

#include <vector>

/// What flows may ask of the wishlists inside their own transaction.
namespace shop::wishlist {

struct PriceWatcher {
  Id customer_id = 0;
  std::int64_t price_seen_minor = 0;
};
/// Who asked to be told of a lower price and knows a higher one; from now on they know this one.
std::vector<PriceWatcher> take_price_watchers(db::Tx& tx, Id product_id, std::int64_t price_minor);

/// Who asked to be told that a variant is back, each once, in the order of asking: first those who
/// wait for it, then those who wish for it. The waiting ends with this.
std::vector<Id> take_stock_watchers(db::Tx& tx, Id variant_id, Id product_id);

bool anybody_waits(db::Tx& tx, Id variant_id);

/// A wish, for the recommendations.
struct Wish {
  Id product_id = 0;
  Timestamp added_at = 0;
};
std::vector<Wish> wishes(db::Tx& tx, Id customer_id, std::int64_t most);

/// Takes a product off a customer's list. Throws Error{not_found}. Result: the wished variant.
std::optional<Id> take_off(db::Tx& tx, Id customer_id, Id wishlist_id, Id product_id);

/// Forgets everything about a person who is being erased.
void erase_customer(db::Tx& tx, Id customer_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::wishlist
