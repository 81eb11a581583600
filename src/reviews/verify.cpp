#include "reviews/reviews.hpp"
#include "reviews/reviews_sql.hpp"
#include "sellers/sellers.hpp"

#include <map>

#include <fmt/format.h>

namespace shop::reviews {
namespace {

void verify_sellers(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  std::map<Id, sellers::Rating> counted;
  auto query = tx.query(sql::k_verify_sellers);
  while (query.next()) {
    counted[query.integer(0)] = {query.integer(0), query.integer(2), query.integer(1)};
  }
  for (const auto& kept : sellers::ratings(tx)) {
    const auto& real = counted[kept.seller_id];
    if (kept.stars == real.stars && kept.reviews == real.reviews) continue;
    findings.add("reviews.seller", fmt::format("seller {}", kept.seller_id),
                 fmt::format("{} reviews with {} stars are published, {} with {} are kept",
                             real.reviews, real.stars, kept.reviews, kept.stars));
  }
}

}  // namespace

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto ratings = tx.query(sql::k_verify_ratings);
  while (ratings.next()) {
    const auto reviews = ratings.integer(3);
    const auto stars = ratings.integer(4);
    if (ratings.integer(1) == reviews && ratings.integer(2) == stars &&
        ratings.integer(5) == reviews && ratings.integer(6) == stars) {
      continue;
    }
    findings.add("reviews.rating", fmt::format("product {}", ratings.integer(0)),
                 fmt::format("{} reviews with {} stars are published, {} with {} are kept", reviews,
                             stars, ratings.integer(1), ratings.integer(2)));
  }
  verify_sellers(tx, findings);
  findings.checked();
  auto votes = tx.query(sql::k_verify_votes);
  while (votes.next()) {
    const auto where = fmt::format("review {}", votes.integer(0));
    if (votes.integer(1) != votes.integer(3) ||
        votes.integer(1) + votes.integer(2) != votes.integer(4)) {
      findings.add("reviews.votes", where,
                   fmt::format("{} of {} votes were helpful, {} and {} are kept", votes.integer(3),
                               votes.integer(4), votes.integer(1), votes.integer(2)));
    }
    if (votes.integer(5) != 0) findings.add("reviews.votes", where, "its author voted for it");
  }
}

}  // namespace shop::reviews
