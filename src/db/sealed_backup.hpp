#pragma once

#include "core/crypto.hpp"
#include "db/sqlite_driver.hpp"

#include <string>

namespace shop::db {

/// How a sealed backup begins. The rest of its head: version, salt, the stream's own head, a
/// keyed hash that tells a wrong key from a damaged file, a hash that needs no key.
inline constexpr char sealed_backup_magic[] = "shopback";

/// Copies the whole database into a new file that opens with `key` alone: pieces of a secretstream,
/// so that nothing can be changed, left out, put elsewhere or cut off. Memory is constant; the
/// plain copy that it is made of has no name. Throws Error: `already_exists`, `cannot_open`,
/// `full`, `io`.
void write_sealed_backup(SqliteConnection& connection, const std::string& path,
                         const core::Key& key, Random& random);

/// Makes a database file at `path` of a sealed backup. Throws Error: `tampered`, `wrong_host_key`,
/// `unsupported` (made by a later libshop), `not_a_shop` (what was sealed is none), or as
/// write_sealed_backup; there is nothing at `path` then.
void open_sealed_backup(const std::string& backup, const std::string& path, const core::Key& key,
                        int newest_schema);

/// The same of a backup that is a database. Throws as well: `corrupt`.
void copy_plain_backup(const std::string& backup, const std::string& path, const std::string& vfs);

}  // namespace shop::db
