#pragma once

#include "catalog/access.hpp"
#include "catalog/product_store.hpp"
#include "db/tx.hpp"
#include "shop/session.hpp"

#include <string>
#include <string_view>

namespace shop::catalog {

/// The product that a session is about to change. Throws Error: `unauthenticated`, `forbidden`,
/// `not_found` for what is another's.
store::ProductRow owned_product(db::Tx& tx, const Session& session, accounts::Operation operation,
                                Id product_id, std::string_view path = {});
/// A product that a session may look at. Throws Error{not_found}.
store::ProductRow visible_product(db::Tx& tx, const Session& session, accounts::Operation operation,
                                  Id product_id);

[[noreturn]] void refuse_missing(std::string_view path, const char* what);

/// Writes what a change did to the audit trail.
void note(db::Tx& tx, const Session& session, std::string_view action, const Product& product);

}  // namespace shop::catalog
