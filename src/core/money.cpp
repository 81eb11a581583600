#include "core/money.hpp"

#include "shop/error.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace shop::core {
namespace {

// ISO 4217 (list one, 2024): active codes with two decimals, then the ones that differ.
constexpr std::string_view k_two_decimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK "
    "LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK "
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD YER "
    "ZAR ZMW ZWG ZWL HRK";
constexpr std::string_view k_no_decimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view k_three_decimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view k_four_decimals = "CLF UYW";

bool lists(std::string_view codes, std::string_view code) noexcept {
  for (std::size_t i = 0; i + 3 <= codes.size(); i += 4) {
    if (codes.substr(i, 3) == code) return true;
  }
  return false;
}

std::int64_t power_of_ten(int exponent) noexcept {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::optional<int> currency_exponent(const Currency& currency) noexcept {
  const auto code = currency.view();
  if (code.size() != 3) return std::nullopt;
  if (lists(k_two_decimals, code)) return 2;
  if (lists(k_no_decimals, code)) return 0;
  if (lists(k_three_decimals, code)) return 3;
  if (lists(k_four_decimals, code)) return 4;
  return std::nullopt;
}

std::int64_t checked(Int128 value) {
  if (value > max_magnitude || value < -max_magnitude) {
    throw Error(Code::out_of_range, "the result is too large to be kept exactly");
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t add(std::int64_t a, std::int64_t b) {
  return checked(Int128{a} + b);
}
std::int64_t sub(std::int64_t a, std::int64_t b) {
  return checked(Int128{a} - b);
}
std::int64_t mul(std::int64_t a, std::int64_t b) {
  return checked(Int128{a} * b);
}

std::int64_t mul_div(std::int64_t a, std::int64_t b, std::int64_t divisor, Rounding rounding) {
  const Int128 product = Int128{a} * b;
  const bool negative = product < 0;
  const Int128 magnitude = negative ? -product : product;
  Int128 quotient = magnitude / divisor;
  const Int128 rest = magnitude % divisor;
  bool up = false;
  switch (rounding) {
    case Rounding::half_up:
      up = rest * 2 >= divisor;
      break;
    case Rounding::half_even:
      up = rest * 2 > divisor || (rest * 2 == divisor && quotient % 2 == 1);
      break;
    case Rounding::down:
      break;
    case Rounding::up:
      up = rest != 0;
      break;
  }
  if (up) ++quotient;
  return checked(negative ? -quotient : quotient);
}

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  if (weights.empty()) return parts;
  const Int128 sum = std::accumulate(weights.begin(), weights.end(), Int128{0});
  if (sum == 0) {
    parts.front() = total;
    return parts;
  }
  const Int128 sign = total < 0 ? -1 : 1;
  const Int128 magnitude = sign * total;
  std::vector<Int128> rest(weights.size());
  Int128 left = magnitude;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = magnitude * weights[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    rest[i] = product % sum;
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  if (sign < 0) {
    for (auto& part : parts) part = -part;
  }
  return parts;
}

std::optional<std::int64_t> parse_amount(std::string_view text, const Currency& currency) {
  const auto exponent = currency_exponent(currency);
  if (!exponent) return std::nullopt;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t value = 0;
  int decimals = -1;  // -1: before the point
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    ++digits;
    if (decimals >= *exponent && decimals >= 0) {
      if (c != '0') return std::nullopt;  // a fraction of the smallest unit
      continue;
    }
    if (decimals >= 0) ++decimals;
    value = value * 10 + (c - '0');
    if (value > max_magnitude) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  const Int128 scaled = Int128{value} * power_of_ten(*exponent - std::max(decimals, 0));
  if (scaled > max_magnitude) return std::nullopt;
  value = static_cast<std::int64_t>(scaled);
  return negative ? -value : value;
}

std::string format_amount(const Money& money) {
  const int exponent = currency_exponent(money.currency).value_or(2);
  const bool negative = money.minor < 0;
  auto digits = std::to_string(negative ? -money.minor : money.minor);
  const auto decimals = static_cast<std::size_t>(exponent);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - decimals, ".");
  if (negative) digits.insert(0, "-");
  return digits;
}

}  // namespace shop::core
