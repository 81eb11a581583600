#pragma once

namespace shop::db {
class Database;
}

namespace shop::recommend {

/// Before figures are read: if orders have waited for a minute, folds a bounded part of them.
void freshen(db::Database& db);

}  // namespace shop::recommend
