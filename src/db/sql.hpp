#pragma once

#include <cstddef>

namespace shop::db {

/// One SQL statement of a module, in the subset that SQLite and PostgreSQL share, with `$1`, `$2` …
/// for its parameters. Declared once, as `inline const Sql k_name{"name", "SELECT …"}` in a
/// `<module>_sql.hpp`; construction adds it to the list that the all-statements test prepares, and
/// gives it the slot under which each connection keeps it prepared.
class Sql {
 public:
  /// Why a statement may read a whole table; nullptr means that it never does.
  Sql(const char* name, const char* text, const char* full_scan_reason = nullptr) noexcept
      : name_(name),
        text_(text),
        full_scan_reason_(full_scan_reason),
        slot_(count_++),
        next_(first_) {
    first_ = this;
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

  [[nodiscard]] const char* name() const noexcept { return name_; }
  [[nodiscard]] const char* text() const noexcept { return text_; }
  [[nodiscard]] const char* full_scan_reason() const noexcept { return full_scan_reason_; }
  [[nodiscard]] std::size_t slot() const noexcept { return slot_; }

  [[nodiscard]] static const Sql* first() noexcept { return first_; }
  [[nodiscard]] const Sql* next() const noexcept { return next_; }

 private:
  const char* name_;
  const char* text_;
  const char* full_scan_reason_;
  std::size_t slot_;
  const Sql* next_;

  static inline const Sql* first_ = nullptr;
  static inline std::size_t count_ = 0;
};

}  // namespace shop::db
