#pragma once

#include "faults/story.hpp"

#include <string>
#include <utility>
#include <vector>

/// The story's chapters, in the order in which they are told.
namespace shop::test::chapters {

using Steps = std::vector<Step>;

void catalog(Steps& steps);       ///< categories, products, search
void stock(Steps& steps);         ///< receiving, counting, moving
void people(Steps& steps);        ///< accounts and log-ins
void sellers(Steps& steps);       ///< who sells, and their goods
void prices(Steps& steps);        ///< lists, schedules, promotions, taxes, delivery
void carts(Steps& steps);         ///< at the till and at home
void orders(Steps& steps);        ///< from placing to returning
void payments(Steps& steps);      ///< money that comes later, cards, credit
void after_all(Steps& steps);     ///< parts, edits, exchanges, large refunds, history
void engagement(Steps& steps);    ///< wishes, reviews, points, notices
void looking_back(Steps& steps);  ///< recommendations, reports, events, audit
void leaving(Steps& steps);       ///< what ends sessions and accounts

/// The input of a payment in cash.
PlaceInput paid_in_cash(const char* key);

}  // namespace shop::test::chapters
