#pragma once

#include "core/crypto.hpp"

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::core {

/// What a key of the shop is for. The numbers are part of the file format.
enum class Purpose : std::uint64_t {
  seal = 1,       ///< personal data at rest
  lookup = 2,     ///< finding a row by e-mail without storing it
  token = 3,      ///< hashes of tokens and one-time codes
  audit = 4,      ///< the chain of privileged changes
  authority = 5,  ///< roles and permissions against edits of the file
  pepper = 6,     ///< passwords, before Argon2id
  signing = 7,    ///< the seed of the JWT signature
  guest = 8,      ///< the tokens of guests
  balance = 9,    ///< money and points that the shop owes, against edits of the file
  // Not of a data key but of the host's own:
  backup = 64,  ///< sealed backups
};

using MacParts = std::initializer_list<std::string_view>;

/// The data keys of one shop, newest last, and what is derived from them. Used by all modules
/// through Env::keys; thread-safe, reading takes no lock.
class KeyRing {
 public:
  KeyRing() = default;
  ~KeyRing();
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;

  /// Makes a data key the newest. Ids ascend.
  void add(std::int64_t id, const Key& data_key);
  /// Takes the newest data key back, if it is `id`: its transaction failed.
  void drop(std::int64_t id) noexcept;
  /// The newest id; 0 when there is none yet.
  [[nodiscard]] std::int64_t newest() const noexcept;
  [[nodiscard]] std::vector<std::int64_t> ids() const;

  /// The newest key for a purpose, or that of a data key by id. Throws Error{wrong_host_key} for
  /// an id that this process has not: somebody changed the key meanwhile.
  [[nodiscard]] const Key& key(Purpose purpose) const;
  [[nodiscard]] const Key& key(Purpose purpose, std::int64_t id) const;
  [[nodiscard]] const Key& data_key(std::int64_t id) const;

  /// Seals text for one row and column (`context`, e.g. "account.email:4096"); the box names its
  /// data key.
  [[nodiscard]] std::vector<std::byte> seal(std::string_view plain, std::string_view context,
                                            Random& random) const;
  /// Throws Error{tampered} when the box is not what seal() made for that context.
  [[nodiscard]] std::string open(Bytes box, std::string_view context) const;

  /// What shows later whether the parts of a row were edited: the number of the newest data key,
  /// then a keyed hash.
  [[nodiscard]] std::vector<std::byte> mac(Purpose purpose, MacParts parts) const;
  enum class Under { newest, one_before };
  /// Throws Error: `tampered` when `mac` is not what mac() made of the parts under that data key,
  /// `wrong_host_key` when it is under a later one than this process has. `table` and `row` say
  /// which it is.
  void check_mac(Purpose purpose, Bytes mac, MacParts parts, std::string_view table,
                 std::int64_t row, Under under = Under::newest) const;

 private:
  struct Version;
  [[nodiscard]] const Version& version(std::int64_t id) const;
  [[nodiscard]] std::vector<std::byte> mac_under(std::int64_t id, Purpose purpose,
                                                 MacParts parts) const;

  std::atomic<const Version*> newest_{nullptr};
  std::mutex adding_;
  std::vector<const Version*> dropped_;  // somebody may be reading them
};

}  // namespace shop::core
