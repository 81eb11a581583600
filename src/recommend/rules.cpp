#include "recommend/rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

namespace shop::recommend {
namespace {

constexpr double k_microseconds_per_week = 7.0 * 86'400.0 * 1'000'000.0;

double weeks(Timestamp at) {
  return static_cast<double>(at) / k_microseconds_per_week;
}

std::set<std::string_view> words(std::string_view text) {
  std::set<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 1) out.insert(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

double heated(double heat, Timestamp at) {
  const double sale = weeks(at);
  if (heat == 0) return sale;
  const double high = std::max(heat, sale);
  const double low = std::min(heat, sale);
  return high + std::log2(1.0 + std::exp2(low - high));
}

double cooled(double heat, Timestamp at) {
  const double sale = weeks(at);
  if (heat <= sale + 1e-9) return 0;
  const double left = heat + std::log2(1.0 - std::exp2(sale - heat));
  return heat - left > 40 ? 0 : left;  // rounding is all that is left
}

std::vector<Id> basket_of(std::vector<Id> products) {
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  return products;
}

std::int64_t pairs_of(std::size_t products) {
  if (products > max_paired_products) return 0;
  const auto n = static_cast<std::int64_t>(products);
  return n * (n - 1) / 2;
}

std::string pack_ids(const std::vector<Id>& ids) {
  std::string out;
  out.reserve(ids.size() * 8);
  for (const Id id : ids) {
    for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(id >> shift & 0xFF);
  }
  return out;
}

std::vector<Id> unpack_ids(std::string_view bytes) {
  std::vector<Id> out;
  out.reserve(bytes.size() / 8);
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    Id id = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      id |= static_cast<Id>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    out.push_back(id);
  }
  return out;
}

Figures figures(std::int64_t support, std::int64_t orders_a, std::int64_t orders_b,
                std::int64_t orders) {
  if (orders_a <= 0 || orders_b <= 0) return {};
  const auto both = static_cast<double>(support);
  const auto a = static_cast<double>(orders_a);
  const auto b = static_cast<double>(orders_b);
  return {both / a, both * static_cast<double>(orders) / (a * b)};
}

double words_in_common(std::string_view a_folded, std::string_view b_folded) {
  const auto a = words(a_folded);
  const auto b = words(b_folded);
  if (a.empty() || b.empty()) return 0;
  const auto common =
      std::count_if(a.begin(), a.end(), [&](std::string_view word) { return b.contains(word); });
  return static_cast<double>(common) /
         static_cast<double>(a.size() + b.size() - static_cast<std::size_t>(common));
}

double price_likeness(std::int64_t a_minor, std::int64_t b_minor) {
  const auto a = static_cast<double>(a_minor) + 1;
  const auto b = static_cast<double>(b_minor) + 1;
  return std::exp(-std::abs(std::log(a / b)));
}

}  // namespace shop::recommend
