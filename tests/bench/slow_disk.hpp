#pragma once

namespace shop::bench {

/// A file system like the machine's own, except that each sync takes 2 ms longer, as on a disk
/// that has to turn. Result: its name, for OpenOptions::vfs and sqlite3_open_v2.
const char* slow_disk();

}  // namespace shop::bench
