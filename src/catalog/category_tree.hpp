#pragma once

#include "db/tx.hpp"
#include "shop/catalog.hpp"

#include <optional>

namespace shop::catalog {

/// Hangs a category with all below it under another one (or at the top), and its products into
/// the lists of the categories that are above it then. Saves `category`. Throws Error{conflict}
/// when it would be below itself.
void move_subtree(db::Tx& tx, Category& category, std::optional<Id> parent_id);

/// Puts all products of one category into another; those that are in both stay once.
void move_products(db::Tx& tx, Id from, Id to);

}  // namespace shop::catalog
