#pragma once

#include "accounts/guard.hpp"
#include "accounts/store.hpp"
#include "core/fields.hpp"
#include "shop/accounts.hpp"

#include <string_view>

namespace shop::accounts {

std::string check_username(core::Fields& fields, std::string_view path, std::string_view username);
std::string check_email(core::Fields& fields, std::string_view path, std::string_view email,
                        bool required);

/// An account out of what somebody typed, checked field by field; without id and password.
store::Account check_person(core::Fields& fields, const RegisterInput& input, bool needs_email);

/// Throws Error{already_exists} with every field that is taken.
void check_free(db::Tx& tx, const store::Account& account);

/// All that these permission groups permit. Throws Error{not_found} at `group_ids[i]`, `forbidden`
/// when it is more than the actor may.
std::uint64_t permissions_of(db::Tx& tx, const Actor& actor, const std::vector<Id>& group_ids);

User to_user(db::Tx& tx, const store::Account& account);

}  // namespace shop::accounts
