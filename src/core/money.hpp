#pragma once

#include "shop/types.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Exact arithmetic on minor units. Every result beyond ±(2^53 − 1) throws Error{out_of_range}.
namespace shop::core {

/// How a fraction of a minor unit is decided. Stored with each order.
enum class Rounding : std::int32_t {
  half_up = 1,    ///< 0.5 away from zero; what most tax offices expect
  half_even = 2,  ///< 0.5 to the even neighbour
  down = 3,       ///< toward zero
  up = 4,         ///< away from zero
};

/// Decimals of a currency (GBP 2, JPY 0, KWD 3, CLF 4); nullopt when it is not in ISO 4217.
std::optional<int> currency_exponent(const Currency& currency) noexcept;

/// Wide enough for the product of any two amounts. An extension of both compilers, not ISO C++.
__extension__ using Int128 = __int128;

std::int64_t checked(Int128 value);
std::int64_t add(std::int64_t a, std::int64_t b);
std::int64_t sub(std::int64_t a, std::int64_t b);
std::int64_t mul(std::int64_t a, std::int64_t b);

/// a × b ÷ divisor, rounded once. @pre divisor > 0
std::int64_t mul_div(std::int64_t a, std::int64_t b, std::int64_t divisor,
                     Rounding rounding = Rounding::half_up);

/// Splits `total` in proportion to `weights` so that the parts sum to it exactly: everybody gets
/// the whole units of their share, the units left over go to the largest remainders, the earlier
/// of equal ones first. Weights are non-negative; when all are zero the first takes everything.
std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights);

/// "12.34" in `currency`'s decimals → 1234; nullopt for anything that is not exactly an amount.
std::optional<std::int64_t> parse_amount(std::string_view text, const Currency& currency);

/// 1234 → "12.34" in the currency's decimals, without the code.
std::string format_amount(const Money& money);

}  // namespace shop::core
