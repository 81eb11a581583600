#pragma once

#include "shop/session.hpp"
#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shop::db {
class Database;
}

namespace shop {

/// Where a seller stands. @since 1.0
enum class SellerStatus : std::int32_t {
  pending = 1,    ///< applied, not decided yet
  approved = 2,   ///< sells
  rejected = 3,   ///< was refused; may apply again
  suspended = 4,  ///< was stopped; sells nothing, keeps what it has
};

/// How applications are decided. @since 1.0
enum class SellerApproval : std::int32_t {
  manual = 1,     ///< by somebody who may manage sellers; the default
  automatic = 2,  ///< at once
};

/// A shopkeeper with a shop of their own in the marketplace. @since 1.0
struct Seller {
  Id id = 0;
  Id account_id = 0;  ///< who keeps it
  SellerStatus status = SellerStatus::pending;
  std::string name;  ///< of the shop; unique, case- and accent-folded
  std::string slug;  ///< unique, made from the name
  std::string phone;
  std::optional<Id> category_id;  ///< what it mainly sells
  std::string description;
  bool verified = false;          ///< the badge
  std::int64_t rating_milli = 0;  ///< mean stars of its products × 1,000; 0 without reviews
  std::int64_t rating_count = 0;
  std::string reason;  ///< why it was rejected or suspended; empty otherwise
  Timestamp applied_at = 0;
  std::optional<Timestamp> decided_at;
  std::int64_t version = 0;  ///< grows with each change of the profile
};

/// What anybody sees of a seller. @since 1.0
struct SellerProfile {
  Id id = 0;
  std::string name;
  std::string slug;
  std::string description;
  bool verified = false;
  std::int64_t rating_milli = 0;
  std::int64_t rating_count = 0;
};

/// What Sellers::apply needs. @since 1.0
struct SellerApplication {
  std::string name;         ///< of the shop, 1–100 bytes
  std::string phone;        ///< 3–40 bytes
  std::string category;     ///< slug of what it mainly sells; empty: nothing in particular
  std::string description;  ///< at most 2,000 bytes
};

/// A change of a seller's own profile: what is absent stays. @since 1.0
struct SellerChange {
  std::int64_t version = 0;  ///< that of the seller as it was read; another is `stale_version`
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> description;
};

/// Which sellers Sellers::list gives. @since 1.0
struct SellerFilter {
  std::optional<SellerStatus> status;
  std::optional<bool> verified;
};

/// Sellers of a marketplace. A shop of one seller never meets them. Reached by Engine::sellers();
/// may be used from any thread. @since 1.0
class Sellers {
 public:
  explicit Sellers(db::Database& db) : db_(&db) {}

  /// Asks for a shop of one's own, as a customer; after a rejection, again. With automatic approval
  /// it is granted at once. Throws Error: `validation`, `not_found` (category), `already_exists`
  /// (the name is taken, or this account has a seller), `unauthenticated`, `forbidden` (not a
  /// customer). @since 1.0
  Seller apply(const Session& session, const SellerApplication& application);

  /// One's own seller, whatever its status. Throws Error: `not_found`. @since 1.0
  Seller mine(const Session& session);

  /// Changes one's own profile; the slug stays. Throws Error: `validation`, `already_exists`,
  /// `stale_version`, `not_found`. @since 1.0
  Seller update(const Session& session, const SellerChange& change);

  /// What anybody may see of an approved seller. Throws Error: `not_found`. @since 1.0
  SellerProfile profile(const Session& session, const std::string& slug);

  /// Any seller in full. Throws Error: `not_found`, `forbidden`. @since 1.0
  Seller get(const Session& session, Id seller_id);

  /// Sellers, newest first. Throws Error: `validation` (page), `forbidden`. @since 1.0
  Page<Seller> list(const Session& session, const SellerFilter& filter, const PageQuery& page);

  /// Grants a pending or rejected application. Throws Error: `not_found`, `illegal_transition`,
  /// `forbidden`. @since 1.0
  Seller approve(const Session& session, Id seller_id);

  /// Refuses a pending application. Throws Error: `validation` (reason), `not_found`,
  /// `illegal_transition`, `forbidden`. @since 1.0
  Seller reject(const Session& session, Id seller_id, const std::string& reason);

  /// Stops an approved seller: its keeper is a customer again, its products are neither found nor
  /// sold until it is reinstated. Cost: its products.
  /// Throws Error: `validation` (reason), `not_found`, `illegal_transition`, `forbidden`.
  /// @since 1.0
  Seller suspend(const Session& session, Id seller_id, const std::string& reason);

  /// Lets a suspended seller sell again. Throws Error: `not_found`, `illegal_transition`,
  /// `forbidden`. @since 1.0
  Seller reinstate(const Session& session, Id seller_id);

  /// Gives or takes the badge. Throws Error: `not_found`, `forbidden`. @since 1.0
  Seller set_verified(const Session& session, Id seller_id, bool verified);

  /// How applications are decided. Throws Error: `forbidden`. @since 1.0
  SellerApproval approval(const Session& session);

  /// Chooses how applications are decided from now on. Throws Error: `validation`, `forbidden`.
  /// @since 1.0
  void set_approval(const Session& session, SellerApproval approval);

 private:
  db::Database* db_;
};

}  // namespace shop
