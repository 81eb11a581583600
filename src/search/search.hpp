#pragma once

#include "core/findings.hpp"
#include "db/tx.hpp"

/// What other modules may ask of the search inside their own transaction.
namespace shop::search {

/// Lets the index follow the catalog; once per process is enough, again is fine.
void connect() noexcept;

/// Makes the index anew from the products on sale.
void rebuild(db::Tx& tx);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::search
