#pragma once

#include "db/sql.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

/// The storage port: what the engine asks of a database. SQLite stands behind it today; it is
/// narrow so that another database can.
namespace shop::db {

/// A prepared statement of one connection. Parameters count from 1, columns from 0.
class Statement {
 public:
  virtual ~Statement() = default;

  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, double value) = 0;
  /// With `copy` the bytes are copied; without, they must live until reset().
  virtual void bind_text(int parameter, std::string_view value, bool copy) = 0;
  virtual void bind_blob(int parameter, std::span<const std::byte> value, bool copy) = 0;
  virtual void bind_null(int parameter) = 0;

  /// Runs to the next row: true when there is one.
  virtual bool step() = 0;
  virtual void reset() noexcept = 0;
  /// Rows that the last INSERT, UPDATE or DELETE of the connection touched.
  [[nodiscard]] virtual std::int64_t changes() const = 0;

  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  /// Valid until the next step() or reset().
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::span<const std::byte> blob(int column) const = 0;

  bool in_use = false;  ///< a Query holds it
};

/// One connection; used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;

  /// The statement of a named constant, prepared once.
  virtual Statement& cached(const Sql& sql) = 0;
  /// A statement whose text was put together from fixed parts; kept prepared by its text.
  virtual Statement& cached(std::string_view text) = 0;
  virtual std::unique_ptr<Statement> prepare(std::string_view text) = 0;
  /// Runs a script of statements without parameters.
  virtual void script(const char* text) = 0;

  virtual void begin_read() = 0;
  /// Takes the one writer's place. Throws Error{busy} at once when another program has it.
  virtual void begin_write() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;
  /// False after the database itself gave the transaction up (disk full, I/O error).
  [[nodiscard]] virtual bool in_transaction() const = 0;
};

}  // namespace shop::db
