#pragma once

#include "db/tx.hpp"

#include <cstdint>
#include <string_view>

/// Numbers that a shop keeps under a name, such as how long something is kept.
namespace shop::db {

std::int64_t number_setting(Tx& tx, std::string_view name, std::int64_t otherwise);
void put_number_setting(Tx& tx, std::string_view name, std::int64_t value);

}  // namespace shop::db
