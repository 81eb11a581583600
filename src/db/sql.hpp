#pragma once

#include <atomic>
#include <cstddef>

namespace shop::db {

/// One SQL statement of a module, in the subset that SQLite and PostgreSQL share, with `$1`, `$2` …
/// for its parameters. Declared once, as `inline const Sql k_name{"name", "SELECT …"}` in a
/// `<module>_sql.hpp`, where tests/db finds it. It is there when the program is loaded, without any
/// code that runs; its first use gives it the slot under which each connection keeps it prepared.
class Sql {
 public:
  /// Why a statement may read a whole table; nullptr means that it never does.
  constexpr Sql(const char* name, const char* text, const char* full_scan_reason = nullptr) noexcept
      : name_(name), text_(text), full_scan_reason_(full_scan_reason) {}
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

  [[nodiscard]] const char* name() const noexcept { return name_; }
  [[nodiscard]] const char* text() const noexcept { return text_; }
  [[nodiscard]] const char* full_scan_reason() const noexcept { return full_scan_reason_; }
  [[nodiscard]] std::size_t slot() const noexcept {
    const auto slot = slot_.load(std::memory_order_relaxed);
    return slot != 0 ? slot : take_slot();
  }

 private:
  [[nodiscard]] std::size_t take_slot() const noexcept {
    std::size_t none = 0;
    const auto next = count_.fetch_add(1, std::memory_order_relaxed) + 1;
    // Another thread may have been first; then this number stays unused.
    return slot_.compare_exchange_strong(none, next, std::memory_order_relaxed) ? next : none;
  }

  const char* name_;
  const char* text_;
  const char* full_scan_reason_;
  mutable std::atomic<std::size_t> slot_{0};

  static inline constinit std::atomic<std::size_t> count_{0};
};

}  // namespace shop::db
