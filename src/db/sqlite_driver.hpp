#pragma once

#include "db/driver.hpp"
#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct sqlite3;

namespace shop::db {

struct SqliteOptions {
  std::string path;  ///< empty for a database in memory
  bool create = false;
  bool read_only = false;
  Durability durability = Durability::full;
  int busy_timeout_ms = 5000;
  std::string vfs;  ///< of a test that plays the disk; empty for the system's
};

/// A SQLite connection with the pragmas of this project set and read back.
class SqliteConnection : public Connection {
 public:
  enum class Kind { writer, reader };

  static std::unique_ptr<SqliteConnection> open(const SqliteOptions& options, Kind kind);

  /// Copies the whole database into a new file, or out of the bytes of serialize().
  virtual void backup_to(const std::string& path) = 0;
  /// The same into a file of the shop's own folder that has no name any more. Result: its
  /// descriptor, for the caller to close; nothing for a shop in memory or one that is only read.
  [[nodiscard]] virtual std::optional<int> copy_nameless() = 0;
  [[nodiscard]] virtual std::vector<std::byte> serialize() = 0;
  virtual void deserialize(std::span<const std::byte> image) = 0;

  /// Frames in the write-ahead log after the last commit of this connection.
  [[nodiscard]] virtual int wal_frames() const = 0;
  /// Moves what can be moved from the log into the file. The caller holds the commit lock.
  virtual void checkpoint() = 0;
  /// Whether sqlite3_close may checkpoint and remove the log.
  virtual void checkpoint_on_close(bool allowed) = 0;

  [[nodiscard]] virtual sqlite3* handle() const = 0;
};

inline constexpr std::int32_t application_id = 0x53484F50;  // "SHOP"

/// Makes the file, readable for its owner only, unless another program just did. It appears under
/// its name as a whole, already marked as a shop and on the disk: a cut during creation leaves no
/// file that is nobody's. Throws Error: `cannot_open`, `full`, `io`, `busy`.
void make_shop_file(const std::string& path, const std::string& vfs);

}  // namespace shop::db
