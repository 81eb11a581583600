#pragma once

#include "shop/verify.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace shop::core {

/// Collects what the checks of `verify` find. Each module adds its own invariants.
class Findings {
 public:
  /// Counts a check that was run, whatever it finds.
  void checked() { ++report_.checks; }
  void add(std::string check, std::string where, std::string message) {
    report_.problems.push_back({std::move(check), std::move(where), std::move(message)});
  }
  [[nodiscard]] VerifyReport take() { return std::move(report_); }

 private:
  VerifyReport report_;
};

}  // namespace shop::core
