#pragma once

#include "shop/clock.hpp"

#include <string>
#include <string_view>

namespace shop::wishlist {

/// 256 random bits for a link, `shpw_…`.
std::string new_share_token(Random& random);
/// What is stored of it: enough to find the list, not enough to make the link.
std::string share_hash(std::string_view token);

}  // namespace shop::wishlist
