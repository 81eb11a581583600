#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace shop {

/// One broken invariant. @since 1.0
struct VerifyProblem {
  std::string check;    ///< which invariant, e.g. `stock.balance`
  std::string where;    ///< which row, e.g. `variant 4096`
  std::string message;  ///< expected and found
};

/// What Engine::verify found. @since 1.0
struct VerifyReport {
  std::int64_t checks = 0;  ///< invariants that were checked
  std::vector<VerifyProblem> problems;
  [[nodiscard]] bool ok() const { return problems.empty(); }
};

}  // namespace shop
