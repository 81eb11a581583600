#pragma once

#include "shop/reviews.hpp"

#include <cstdint>

namespace shop::reviews {

/// (prior + Σ stars) ÷ (prior + reviews), in millionths of a star, rounded half up.
std::int64_t bayes_micro(std::int64_t reviews, std::int64_t stars, const ReviewSettings& settings);

/// Σ stars ÷ reviews × 1,000, rounded half up; 0 without reviews.
std::int64_t mean_milli(std::int64_t reviews, std::int64_t stars);

/// The same review counted once more (+1) or no longer (−1).
void count(RatingSummary& summary, std::int64_t stars, std::int64_t sign);

std::int64_t stars_of(const RatingSummary& summary);

}  // namespace shop::reviews
