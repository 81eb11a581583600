#pragma once

#include "db/tx.hpp"
#include "shop/types.hpp"

#include <string>

namespace shop::accounts {

/// What later modules do when a customer has registered, in the same transaction. Defined in
/// src/flows/refer.cpp, as accounts know nothing of those modules. Throws Error to refuse it.
void registered(db::Tx& tx, Id user_id, const std::string& referral_code);

}  // namespace shop::accounts
