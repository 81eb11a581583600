#pragma once

#include "recommend/recommend.hpp"

#include <vector>

namespace shop::recommend {

/// What is bought together with the products of a query, best first by its measure.
std::vector<Candidate> together(db::Tx& tx, const RecommendQuery& query);

/// What is like the products of a query, best first.
std::vector<Candidate> similar(db::Tx& tx, const RecommendQuery& query);

}  // namespace shop::recommend
