#include "faults/model.hpp"

#include "support/run_seed.hpp"

#include <doctest/doctest.h>

using namespace shop::test;

TEST_CASE("random calls do to the shop what they do to a small model of it") {
  const auto report =
      compare_with_model({.seed = run_seed(), .sequences = 40, .length = 250, .seconds = 20});
  CAPTURE(report.first_problem);
  CHECK(report.problems == 0);
  CHECK(report.operations > 1000);
  // A generator that never gets somewhere proves nothing about it.
  for (const char* code :
       {"ok", "validation", "not_found", "already_exists", "out_of_stock", "unauthenticated",
        "forbidden", "session_revoked", "stale_version", "not_for_sale", "coupon_rejected",
        "bad_credentials", "insufficient_funds", "payment_mismatch", "illegal_transition",
        "limit_reached", "conflict", "idempotency_mismatch"}) {
    CAPTURE(code);
    CHECK(report.codes.contains(code));
  }
  MESSAGE(report.operations, " operations; ", report.coverage());
}
