#pragma once

#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shop {

/// Stable status codes, the same numbers in C++, C, Python and Node. Never renumbered.
/// Bands: 1xx a bug of the caller, 2xx lookup, 3xx validation, 4xx authentication and
/// permission, 5xx state and conflict, 6xx storage, 9xx a bug of libshop. @since 1.0
enum class Code : std::int32_t {
  ok = 0,

  bad_handle = 101,
  invalid_argument = 102,
  invalid_utf8 = 103,
  too_large = 104,
  bad_struct = 105,
  unsupported = 106,
  reentrant = 107,
  forked = 108,
  closed = 109,

  not_found = 201,

  validation = 301,
  out_of_range = 302,

  unauthenticated = 401,
  forbidden = 402,
  bad_credentials = 403,
  session_expired = 404,
  session_revoked = 405,
  rate_limited = 406,
  step_up_required = 407,
  token_invalid = 408,
  second_factor_required = 409,
  tampered = 410,

  conflict = 501,
  already_exists = 502,
  stale_version = 503,
  illegal_transition = 504,
  out_of_stock = 505,
  price_changed = 506,
  coupon_rejected = 507,
  idempotency_mismatch = 508,
  not_empty = 509,
  limit_reached = 510,
  payment_mismatch = 511,
  cart_empty = 512,
  currency_mismatch = 513,
  not_for_sale = 514,
  insufficient_funds = 515,
  age_restricted = 516,

  busy = 601,
  io = 602,
  full = 603,
  corrupt = 604,
  not_a_shop = 605,
  schema_newer = 606,
  schema_older = 607,
  read_only = 608,
  uncertain = 609,
  no_memory = 610,
  cannot_open = 611,
  wrong_host_key = 612,

  internal = 901,
};

/// The stable lower-case name of a code ("out_of_stock"); "unknown" for a number that is none.
/// @since 1.0
std::string_view code_name(Code code) noexcept;

/// One sentence that says what a code means, in English. @since 1.0
std::string_view code_description(Code code) noexcept;

/// Every code, ascending; for bindings that build exception classes at load. @since 1.0
std::span<const Code> all_codes() noexcept;

/// One thing that is wrong: where, what, and the numbers of it. @since 1.0
struct ErrorDetail {
  std::string path;     ///< the failing field, e.g. `lines[2].quantity`; empty for the whole call
  std::string code;     ///< machine code, e.g. `required`, `too_long`, `out_of_stock`
  std::string message;  ///< English, for a developer or a log
  std::vector<std::pair<std::string, std::string>> params;  ///< e.g. {"available","3"}
};

/// The one exception type of libshop. Thrown after all failing fields are collected; the store is
/// then exactly as it was before the call. Copying is cheap enough for std::exception_ptr.
/// @since 1.0
class Error : public std::exception {
 public:
  Error(Code code, std::string message);
  Error(Code code, std::string message, std::vector<ErrorDetail> details);

  [[nodiscard]] Code code() const noexcept { return code_; }
  /// English, for developers. Never holds a secret.
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  [[nodiscard]] const std::vector<ErrorDetail>& details() const noexcept { return details_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  Code code_;
  std::string message_;
  std::vector<ErrorDetail> details_;
};

}  // namespace shop
