#pragma once

#include "core/findings.hpp"
#include "core/function_ref.hpp"
#include "db/tx.hpp"

#include <cstdint>
#include <string>

/// What other modules may ask of the search inside their own transaction.
namespace shop::search {

/// Lets the index follow the catalog; once per process is enough, again is fine.
void connect() noexcept;

/// Makes the index anew from the products on sale.
void rebuild(db::Tx& tx);

/// What is searched for most, with how often and what it found the last time. Cost: all of it.
void each_count(db::Tx& tx, std::int64_t limit,
                core::FunctionRef<void(std::string, std::int64_t, std::int64_t)> use);

void verify(db::Tx& tx, core::Findings& findings);

}  // namespace shop::search
