#include "events/events.hpp"
#include "fault_fixture.hpp"

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

// Every operation that writes an event, with a fault at each of its statements.

namespace {

void check(FaultFixture& shop, const std::vector<TellingChange>& changes,
           std::set<std::string>& all) {
  for (const auto& test : changes) {
    CAPTURE(test.name);
    const auto told = shop.every_statement_fails(test);
    for (const auto& type : test.events) {
      CAPTURE(type);
      CHECK(told.contains(type));
    }
    all.insert(told.begin(), told.end());
  }
}

}  // namespace

TEST_CASE_FIXTURE(FaultFixture, "an event exists if and only if its change does") {
  std::set<std::string> told;
  check(*this, changes_of_accounts(*this), told);
  check(*this, changes_of_sellers_and_goods(*this), told);
  check(*this, changes_of_orders(*this), told);
  check(*this, changes_of_engagement(*this), told);
  for (const auto& row : events::types()) {
    CAPTURE(row.type);
    const bool written = told.contains(std::string{row.type});
    CHECK_MESSAGE(written, "nothing above writes this event");
  }
}
