#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/reviews.hpp"

#include <optional>
#include <vector>

/// What flows may ask of the reviews inside their own transaction. Each change of what is published
/// is counted at once: in the summary, at the product and at its seller.
namespace shop::reviews {

ReviewSettings settings(db::Tx& tx);

/// Writes a checked review. Throws Error: `already_exists`, `not_found` (product), `forbidden`.
Review add(db::Tx& tx, Id customer_id, Id own_seller_id, const ReviewInput& input,
           const std::optional<Id>& order_id);
/// Throws Error: `not_found`, `stale_version`.
Review update(db::Tx& tx, Id customer_id, const ReviewChange& change);
/// Publishes or hides. Throws Error{not_found}. Result: the review, and whether it changed.
struct Moderated {
  Review review;
  bool changed = false;
};
Moderated moderate(db::Tx& tx, const ReviewDecision& decision);
/// Removes a review, of this customer if one is given. Throws Error{not_found}.
Review remove(db::Tx& tx, Id review_id, const std::optional<Id>& customer_id);
/// Answers for the shop, or for a seller if one is given. Throws Error{not_found}.
Review answer(db::Tx& tx, Id review_id, const std::optional<Id>& seller_id,
              const std::string& text);

/// True once per customer and product, and never for a review that is not published: its author
/// earns points now.
bool take_reward(db::Tx& tx, const Review& review);

/// What a customer said of products, the latest first; for the recommendations.
struct Opinion {
  Id product_id = 0;
  std::int64_t stars = 0;
  Timestamp at = 0;
};
std::vector<Opinion> opinions(db::Tx& tx, Id customer_id, std::int64_t most);

/// Forgets everything about a person who is being erased: reviews and votes.
void erase_customer(db::Tx& tx, Id customer_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::reviews
