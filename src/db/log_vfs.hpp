#pragma once

#include <string>

namespace shop::db {

/// The name of a SQLite VFS that does as `parent` does (empty: as the system's), but hands it the
/// log of a commit in one write, where SQLite makes two for each page. Whatever SQLite asks of the
/// log in between, and every sync, finds it written; a write that fails is answered to SQLite
/// before the commit stands. Stays registered as long as the library is loaded.
/// Throws Error: `cannot_open` (there is no such parent), `no_memory`.
std::string log_gathering_vfs(const std::string& parent);

}  // namespace shop::db
