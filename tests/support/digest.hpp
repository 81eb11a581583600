#pragma once

#include "shop/engine.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace shop::test {

/// What a shop holds, table by table: a number that is equal when the rows are equal, wherever and
/// in whatever order the file keeps them.
using Digest = std::map<std::string, std::uint64_t>;

/// Of the whole shop as it is now. `without` names tables that do not count.
Digest digest_of(Engine& shop, const std::vector<std::string>& without = {});
Digest digest_of(std::span<const std::byte> image, const std::vector<std::string>& without = {});

/// How many rows each table has.
std::map<std::string, std::int64_t> row_counts_of(Engine& shop);

/// The tables in which two shops differ, for a message.
std::string difference(const Digest& one, const Digest& other);

}  // namespace shop::test
