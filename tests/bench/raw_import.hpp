#pragma once

#include <string>

namespace shop::bench {

/// Writes the products of a finished shop into a new file in the way that is cheapest for SQLite:
/// one transaction, each table in its order, all indexes made at the end. No file is read, nothing
/// is checked, folded or taken apart: what any import into this schema costs at least. Result: the
/// seconds of the transaction.
double raw_import(const std::string& shop, const std::string& to);

}  // namespace shop::bench
