#pragma once

#include <string>

namespace shop::db {

/// Makes an empty file that its owner alone can read; SQLite's own files beside it are then as
/// private. Throws Error: `already_exists`, or as throw_file_error.
void create_private_file(const std::string& path);

/// What errno says about a path, as an Error: `full`, `io` or `cannot_open`.
[[noreturn]] void throw_file_error(const std::string& path);

/// Waits until a file, or the names in a folder, are on the disk. Throws as throw_file_error.
void sync_file(const std::string& path);
void sync_folder_of(const std::string& path);

}  // namespace shop::db
