#pragma once

#include "db/driver.hpp"
#include "db/env.hpp"
#include "shop/types.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace shop::db {

/// A running statement: bound when made, walked by next(), given back when it goes out of scope.
class Query {
 public:
  template <class... Args>
  Query(Connection& connection, const Sql& sql, bool copy, const Args&... args)
      : Query(connection.cached(sql), connection, sql) {
    bind_all(copy, args...);
  }
  Query(Connection& connection, std::string_view text);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// True while there is a row to read.
  bool next() { return statement_->step(); }

  [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }
  [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }
  [[nodiscard]] bool boolean(int column) const { return statement_->integer(column) != 0; }
  [[nodiscard]] double real(int column) const { return statement_->real(column); }
  /// Valid until the next row.
  [[nodiscard]] std::string_view view(int column) const { return statement_->text(column); }
  [[nodiscard]] std::string text(int column) const { return std::string{view(column)}; }
  [[nodiscard]] std::span<const std::byte> blob(int column) const {
    return statement_->blob(column);
  }
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
  }
  [[nodiscard]] std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional{text(column)};
  }
  template <class Enum>
  [[nodiscard]] Enum as(int column) const {
    return static_cast<Enum>(integer(column));
  }

  template <class... Args>
  void bind_all([[maybe_unused]] bool copy, const Args&... args) {
    int parameter = 0;
    (bind(++parameter, copy, args), ...);
  }
  /// Binds one parameter, for statements put together from parts; text and bytes are copied.
  template <class T>
  void bind(int parameter, const T& value) {
    bind(parameter, true, value);
  }
  [[nodiscard]] std::int64_t changes() const { return statement_->changes(); }

 private:
  Query(Statement& statement, Connection& connection, const Sql& sql);

  template <class T>
  void bind(int parameter, bool copy, const T& value) {
    if constexpr (std::is_same_v<T, std::nullopt_t> || std::is_same_v<T, std::nullptr_t>) {
      statement_->bind_null(parameter);
    } else if constexpr (std::is_enum_v<T>) {
      statement_->bind(parameter, static_cast<std::int64_t>(value));
    } else if constexpr (std::integral<T>) {
      statement_->bind(parameter, static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
      statement_->bind(parameter, static_cast<double>(value));
    } else if constexpr (std::is_same_v<T, Currency>) {
      statement_->bind_text(parameter, value.view(), true);
    } else if constexpr (std::convertible_to<T, std::string_view>) {
      statement_->bind_text(parameter, std::string_view{value}, copy);
    } else if constexpr (std::convertible_to<T, std::span<const std::byte>>) {
      statement_->bind_blob(parameter, std::span<const std::byte>{value}, copy);
    } else {
      if (value) {
        bind(parameter, copy, *value);
      } else {
        statement_->bind_null(parameter);
      }
    }
  }

  Statement* statement_;
  std::unique_ptr<Statement> own_;  // when the cached one is being walked further out
};

/// Where a writer's ids come from. The file says which number is next; a writer that finds it as it
/// left it takes a block, so that most commits do not write it. Whoever took last has the highest:
/// ids ascend in the order of the commits, whichever process they are of.
struct IdSource {
  Id kept = 0;             ///< of the block: the next number
  Id kept_end = 0;         ///< what the file says as long as nobody else takes any; 0: no block
  std::optional<Id> next;  ///< in the group of transactions under way, loaded on first use
  Id next_end = 0;         ///< so far the file need not be written
  bool follows = false;    ///< nobody else took any since the last commit
  bool replaced = false;   ///< another shop was loaded
};

/// A transaction, handed to the function given to Database::read or Database::write and valid
/// while that runs. The function touches nothing but the store, as it may run twice; what has to
/// happen outside goes through after_commit().
class Tx {
 public:
  Tx(Connection& connection, const Env& env, IdSource* ids)
      : connection_(&connection), env_(&env), ids_(ids), now_(env.clock->now()) {}

  /// The moment of the transaction: the same for everything in it.
  [[nodiscard]] Timestamp now() const { return now_; }
  [[nodiscard]] const Env& env() const { return *env_; }
  [[nodiscard]] bool writable() const { return ids_ != nullptr; }

  /// Runs a statement; read its rows from the result.
  template <class... Args>
  [[nodiscard]] Query query(const Sql& sql, const Args&... args) {
    return Query{*connection_, sql, true, args...};
  }

  /// A statement put together from fixed parts (filters, orders); bind its parameters by number.
  [[nodiscard]] Query query_text(std::string_view text) { return Query{*connection_, text}; }

  /// Runs a statement that gives no rows, or whose rows do not matter. Result: rows touched.
  template <class... Args>
  std::int64_t exec(const Sql& sql, const Args&... args) {
    Query query{*connection_, sql, false, args...};
    while (query.next()) {
    }
    return query.changes();
  }

  /// The first column of the first row as an integer.
  template <class... Args>
  [[nodiscard]] std::optional<std::int64_t> integer(const Sql& sql, const Args&... args) {
    Query query{*connection_, sql, false, args...};
    if (!query.next()) return std::nullopt;
    return query.maybe_integer(0);
  }

  /// A new identifier: unique over all tables, ascending, never used again.
  [[nodiscard]] Id next_id();
  /// The number that the file says is next. Ask before it is replaced, for shop_replaced().
  Id stored_ids();
  /// Another shop was loaded into the file, whose number was `before`. Its ids go on behind both,
  /// and in such a way that no other writer takes the file for as it left it. What this writer
  /// knows of the shop (keys, settings) is of the old one: after the commit it refuses to write.
  void shop_replaced(Id before);
  /// A new UUIDv7.
  [[nodiscard]] std::string next_uuid();

  /// Calls `then` once the transaction is committed; never when it is not.
  void after_commit(std::function<void()> then) { after_commit_.push_back(std::move(then)); }
  [[nodiscard]] std::vector<std::function<void()>> take_after_commit() {
    return std::move(after_commit_);
  }

  [[nodiscard]] Connection& connection() { return *connection_; }

 private:
  Connection* connection_;
  const Env* env_;
  IdSource* ids_;
  Timestamp now_;
  std::vector<std::function<void()>> after_commit_;
};

}  // namespace shop::db
