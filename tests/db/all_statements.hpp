#pragma once

#include "db/sql.hpp"

#include <span>

namespace shop::test {

/// Every statement of every module; written from the headers when the build is configured.
std::span<const db::Sql* const> all_statements();

}  // namespace shop::test
