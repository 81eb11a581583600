#pragma once

#include "shop/accounts.hpp"
#include "shop/clock.hpp"
#include "shop/error.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"
#include "shop/verify.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shop {

class Carts;
class Audit;
class Catalog;
class Search;
class Transfer;
class Inventory;
class Reports;
class Sellers;
class Orders;
class Payments;
class Pricing;
class Events;
class Loyalty;
class Notifications;
class Recommendations;
class Reviews;
class Wishlists;

/// How to open a shop. The defaults suit a kiosk. @since 1.0
struct OpenOptions {
  bool create = true;          ///< make the shop when there is none
  bool read_only = false;      ///< refuse every change
  int busy_timeout_ms = 5000;  ///< wait at most this long for another program's write, 0–600000
  Durability durability = Durability::full;
  Currency currency;             ///< of a new shop (default EUR); must fit that of an existing one
  int utc_offset_minutes = 0;    ///< of a new shop's calendar days, −840–840
  std::shared_ptr<Clock> clock;  ///< default: the system's
  std::shared_ptr<Random> random;  ///< default: the system's
  /// 32 bytes that the host keeps outside the file (in the system's key store). They seal the
  /// personal data of a new shop; an existing one opens only with its own. Without a key the data
  /// is sealed under a key that lies in the file itself: see docs/security.md.
  std::vector<std::byte> host_key;
  PasswordPreset password_preset = PasswordPreset::interactive;
  std::string vfs;  ///< SQLite VFS by name, for tests that play the disk
};

/// Sizes and counts of an open shop. @since 1.0
struct EngineStats {
  std::int64_t file_bytes = 0;  ///< pages in use times their size
  std::int64_t reads = 0;       ///< reading calls since it was opened
  std::int64_t writes = 0;      ///< writing calls since it was opened
  std::int64_t commits = 0;     ///< fewer than writes when threads shared one
  std::int64_t checkpoints = 0;
  std::int64_t busy_retries = 0;
  std::int64_t schema = 0;  ///< how many migrations the file has had
  bool host_keyed = false;  ///< personal data is sealed under a key that is not in the file
};

/// A shop in memory, frozen; any number of engines start from it in well under a millisecond.
/// @since 1.0
class Snapshot {
 public:
  explicit Snapshot(std::shared_ptr<const std::vector<std::byte>> image)
      : image_(std::move(image)) {}
  /// A SQLite database file, byte for byte.
  [[nodiscard]] std::span<const std::byte> bytes() const { return *image_; }

 private:
  std::shared_ptr<const std::vector<std::byte>> image_;
};

/// An opened shop. All of it may be used from any thread at the same time; closing waits for the
/// calls that are running. Never open the same file with another copy of SQLite in this process:
/// the two would cancel each other's locks. @since 1.0
class Engine {
 public:
  /// Opens the shop at `path`, or makes it. Throws Error: `cannot_open`, `not_a_shop`, `corrupt`,
  /// `schema_newer`, `schema_older` (read-only), `read_only`, `full`, `busy`, `validation`
  /// (options).
  static Engine open(const std::string& path, OpenOptions options = {});
  /// A shop that lives in memory and is gone when it is closed.
  static Engine open_memory(OpenOptions options = {});
  /// Makes the shop at `path` out of a backup, sealed or not, and opens it. `options.host_key` is
  /// the host key of the time of the backup. Throws Error: `already_exists` (path), `cannot_open`,
  /// `not_a_shop`, `corrupt`, `wrong_host_key`, `tampered` (a sealed backup that was cut off, put
  /// together or changed anywhere), or as open; there is nothing at `path` then. Cost: the size of
  /// the shop; memory for a sealed one is constant.
  static Engine restore(const std::string& backup, const std::string& path,
                        OpenOptions options = {});
  /// A shop in memory that starts as the snapshot.
  static Engine from_snapshot(const Snapshot& snapshot, OpenOptions options = {});

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// The actor for what the program does in its own name. It may do everything.
  [[nodiscard]] Session host() const { return Session::host(); }
  /// Somebody who has not logged in, new each time. Accounts::guest_token brings them back after a
  /// restart, with their cart.
  [[nodiscard]] Session guest() const;

  /// The one-time code that makes the first owner (Accounts::redeem_bootstrap): only from the
  /// engine that made the shop, valid for 15 minutes, never given again; else empty.
  [[nodiscard]] const std::string& bootstrap_code() const;

  [[nodiscard]] Accounts& accounts();
  [[nodiscard]] Audit& audit();

  /// Seals everything under a new key of 32 bytes, which the host has to give from then on. All
  /// log-ins, codes and remembered devices end; other programs have to open the shop anew. Needs
  /// step_up(keys). Throws Error: `validation`, `step_up_required`, `forbidden`. Cost: the number
  /// of accounts.
  void rotate_host_key(const Session& session, std::span<const std::byte> new_key);
  [[nodiscard]] Catalog& catalog();
  [[nodiscard]] Search& search();
  [[nodiscard]] Transfer& transfer();
  [[nodiscard]] Inventory& inventory();
  [[nodiscard]] Reports& reports();
  [[nodiscard]] Pricing& pricing();
  [[nodiscard]] Sellers& sellers();
  [[nodiscard]] Carts& cart();
  [[nodiscard]] Payments& payments();
  [[nodiscard]] Orders& orders();
  [[nodiscard]] Events& events();
  [[nodiscard]] Loyalty& loyalty();
  [[nodiscard]] Notifications& notify();
  [[nodiscard]] Recommendations& recommend();
  [[nodiscard]] Reviews& reviews();
  [[nodiscard]] Wishlists& wishlist();

  [[nodiscard]] Currency currency() const;
  [[nodiscard]] int utc_offset_minutes() const;
  [[nodiscard]] Clock& clock();

  /// Copies the shop, while it is in use, into a new file. Throws `already_exists`, `cannot_open`,
  /// `full`, `io`. Cost: the size of the shop.
  void backup(const std::string& path);
  /// The same, sealed as a whole under the host key, for places that others can read or write.
  /// While it is made, a plain copy of the shop takes space on the shop's own disk, without a name.
  /// Throws as backup, and `unsupported` when the shop has no host key.
  void backup_sealed(const std::string& path);
  /// The whole shop as it is now. Cost: the size of the shop.
  [[nodiscard]] Snapshot snapshot();
  /// An independent copy in memory, with this engine's keys and chance, and its clock or another.
  [[nodiscard]] Engine fork(std::shared_ptr<Clock> clock = nullptr);

  /// Checks every invariant of the shop, and the file itself. Cost: the size of the shop.
  [[nodiscard]] VerifyReport verify();
  [[nodiscard]] EngineStats stats();
  /// Moves the write-ahead log into the file now, rather than in the background.
  void checkpoint();

  /// Waits for running calls, then closes. Later calls get Error{closed}; closing twice is fine.
  void close();

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace shop
