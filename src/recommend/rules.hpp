#pragma once

#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The arithmetic of taste: no store, no clock.
namespace shop::recommend {

/// Heat is log2 of the sum of a product's sales, each weighing 2^(its time in weeks): half as much
/// a week earlier. It needs no decaying, as all products age alike: the order of two products
/// changes only when one of them sells. 0 is no sale at all.
double heated(double heat, Timestamp at);
/// The same sale taken out again.
double cooled(double heat, Timestamp at);

/// The products of an order, each once, ascending.
std::vector<Id> basket_of(std::vector<Id> products);

inline constexpr std::size_t max_paired_products = 1'000;

/// How many pairs a basket of so many products has; none when it is too large to tell taste.
std::int64_t pairs_of(std::size_t products);

/// Ids as bytes, eight each, and back.
std::string pack_ids(const std::vector<Id>& ids);
std::vector<Id> unpack_ids(std::string_view bytes);

struct Figures {
  double confidence = 0;  ///< of b, given a
  double lift = 0;
};
Figures figures(std::int64_t support, std::int64_t orders_a, std::int64_t orders_b,
                std::int64_t orders);

/// The share of words that two titles have in common, 0–1.
double words_in_common(std::string_view a_folded, std::string_view b_folded);

/// 1 for equal prices, less the further apart they are.
double price_likeness(std::int64_t a_minor, std::int64_t b_minor);

}  // namespace shop::recommend
