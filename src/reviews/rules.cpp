#include "reviews/rules.hpp"

#include "core/money.hpp"

namespace shop::reviews {

std::int64_t bayes_micro(std::int64_t reviews, std::int64_t stars, const ReviewSettings& settings) {
  const auto weight = settings.prior_reviews + reviews;
  if (weight == 0) return 0;
  const auto milli = settings.prior_reviews * settings.prior_milli + stars * 1'000;
  return core::mul_div(milli, 1'000, weight);
}

std::int64_t mean_milli(std::int64_t reviews, std::int64_t stars) {
  return reviews == 0 ? 0 : core::mul_div(stars, 1'000, reviews);
}

void count(RatingSummary& summary, std::int64_t stars, std::int64_t sign) {
  summary.reviews += sign;
  std::int64_t* const buckets[] = {&summary.one, &summary.two, &summary.three, &summary.four,
                                   &summary.five};
  *buckets[stars - 1] += sign;
}

std::int64_t stars_of(const RatingSummary& summary) {
  return summary.one + 2 * summary.two + 3 * summary.three + 4 * summary.four + 5 * summary.five;
}

}  // namespace shop::reviews
