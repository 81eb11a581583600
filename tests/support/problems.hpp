#pragma once

#include "support/shop_fixture.hpp"

#include <concepts>
#include <set>
#include <string>
#include <utility>

namespace shop::test {

/// What a refused call says of its input: `path code` for each detail.
using Problems = std::set<std::string>;

inline Problems problems_of(const Error& error) {
  Problems out;
  for (const auto& detail : error.details()) out.insert(detail.path + " " + detail.code);
  return out;
}

/// Runs `call`, which must be refused as invalid.
template <std::invocable F>
Problems problems_of(F&& call) {
  const auto error = error_of(std::forward<F>(call));
  CHECK(error.code() == Code::validation);
  return problems_of(error);
}

}  // namespace shop::test
