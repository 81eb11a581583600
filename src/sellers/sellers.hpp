#pragma once

#include "accounts/guard.hpp"
#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/sellers.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What flows and later modules may ask of the sellers inside their own transaction.
namespace shop::sellers {

/// Whether what this seller offers may be sold: the shop itself (0) and approved sellers.
bool may_sell(db::Tx& tx, Id seller_id);

/// Whether there is or was such a seller, whatever its status.
bool exists(db::Tx& tx, Id seller_id);

std::optional<Seller> find(db::Tx& tx, Id seller_id);

/// The seller that an account keeps, whatever its status.
std::optional<Seller> of_account(db::Tx& tx, Id account_id);

/// The shop name of a seller; empty for the shop itself.
std::string name_of(db::Tx& tx, Id seller_id);

/// Counts what reviews of its products say: stars and how many reviews came or went.
void rate(db::Tx& tx, Id seller_id, std::int64_t stars_change, std::int64_t reviews_change);

/// Sellers of a category that goes are in `into` from now on, or in none.
void move_category(db::Tx& tx, Id category_id, const std::optional<Id>& into);

/// What is kept of a seller's reviews.
struct Rating {
  Id seller_id = 0;
  std::int64_t stars = 0;
  std::int64_t reviews = 0;
};
/// Of every seller. Cost: the sellers.
std::vector<Rating> ratings(db::Tx& tx);

/// The whole of Sellers::apply but the guard and the look at the category, which is a later
/// layer's.
Seller apply(db::Tx& tx, const accounts::Actor& actor, const Session& session,
             const SellerApplication& application, const std::optional<Id>& category_id);

/// Moves a seller from one of `allowed` to `next`; its keeper's role follows, the books and the
/// host are told. What it has on sale is the caller's. Throws Error: `not_found`,
/// `illegal_transition`.
Seller move_to(db::Tx& tx, const Session& session, Id seller_id,
               std::initializer_list<SellerStatus> allowed, SellerStatus next,
               std::string_view reason, std::string_view what);

/// Suspends what an account keeps that is being erased, or rejects its application, and forgets
/// what it says of that person; the name too when it was never approved. Result: the seller whose
/// goods are to be withheld.
std::optional<Id> erase_keeper(db::Tx& tx, const Session& session, Id account_id);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::sellers
