#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"
#include "shop/catalog.hpp"

#include <optional>
#include <string_view>

/// What flows and later modules may ask of the catalog inside their own transaction.
namespace shop::catalog {

std::optional<Category> find_category(db::Tx& tx, std::string_view slug);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::catalog
