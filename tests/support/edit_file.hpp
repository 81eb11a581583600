#pragma once

#include <string>

namespace shop::test {

/// Changes a shop's file behind the library's back, as somebody who has the file could. Fails the
/// test when SQLite does not take it.
void edit_file(const std::string& path, const std::string& sql);

/// Every byte of a file.
std::string read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

}  // namespace shop::test
