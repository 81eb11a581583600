#pragma once

#include "shop/verify.hpp"

namespace shop::db {
class Database;
}

namespace shop {

/// Runs the file's own checks and then each module's, in one snapshot.
VerifyReport verify(db::Database& db);

}  // namespace shop
