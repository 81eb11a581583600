#include "db/shop_file.hpp"

#include "db/sealed_backup.hpp"
#include "db/sqlite_driver.hpp"
#include "shop/error.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shop::db {
namespace {

using FileKey = std::pair<unsigned long long, unsigned long long>;

struct Registry {
  std::mutex mutex;
  std::map<FileKey, int> open;
};

Registry& registry() {
  static Registry instance;
  return instance;
}

// Offsets of the fields of a SQLite database header that say what the file is.
constexpr std::size_t k_header_size = 100;
constexpr std::size_t k_page_size_at = 16;
constexpr std::size_t k_page_count_at = 28;
constexpr std::size_t k_user_version_at = 60;
constexpr std::size_t k_application_id_at = 68;

using Header = std::array<unsigned char, k_header_size>;

std::uint32_t big_endian(const Header& header, std::size_t at) {
  return static_cast<std::uint32_t>(header[at]) << 24 |
         static_cast<std::uint32_t>(header[at + 1]) << 16 |
         static_cast<std::uint32_t>(header[at + 2]) << 8 | header[at + 3];
}

bool is_sealed(const Header& header) {
  return std::memcmp(header.data(), sealed_backup_magic, std::strlen(sealed_backup_magic)) == 0;
}

Header read_header(const std::string& path, std::int64_t size) {
  Header header{};
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    throw Error(Code::cannot_open, fmt::format("{}: {}", path, strerror(errno)));
  }
  const auto got = ::pread(descriptor, header.data(), header.size(), 0);
  ::close(descriptor);
  if (got < 0) throw Error(Code::io, fmt::format("{}: {}", path, strerror(errno)));
  const bool sqlite = got >= 16 && std::memcmp(header.data(), "SQLite format 3", 16) == 0;
  if (is_sealed(header)) return header;
  if (!sqlite) throw Error(Code::not_a_shop, fmt::format("{} is not a shop file", path));
  if (got < static_cast<ssize_t>(k_header_size)) {
    throw Error(Code::corrupt, fmt::format("{} is cut off after {} bytes", path, size));
  }
  return header;
}

void check_header(const std::string& path, const Header& header, std::int64_t size, int newest) {
  if (big_endian(header, k_application_id_at) != static_cast<std::uint32_t>(application_id)) {
    throw Error(Code::not_a_shop, fmt::format("{} is another program's database", path));
  }
  const auto version = static_cast<std::int32_t>(big_endian(header, k_user_version_at));
  if (version > newest) {
    throw Error(Code::schema_newer,
                fmt::format("{} has schema {}, this libshop knows {}", path, version, newest));
  }
  std::int64_t page_size = header[k_page_size_at] << 8 | header[k_page_size_at + 1];
  if (page_size == 1) page_size = 65536;
  const std::int64_t wanted = page_size * big_endian(header, k_page_count_at);
  struct stat wal {};
  const bool has_wal = ::stat((path + "-wal").c_str(), &wal) == 0 && wal.st_size > 0;
  if (size < wanted && !has_wal) {
    throw Error(Code::corrupt, fmt::format("{} is cut off: {} of {} bytes", path, size, wanted));
  }
}

}  // namespace

FileState inspect_file(const std::string& path, bool write, int newest_schema) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno != ENOENT)
      throw Error(Code::cannot_open, fmt::format("{}: {}", path, strerror(errno)));
    const auto slash = path.find_last_of('/');
    const auto folder = slash == std::string::npos ? std::string{"."} : path.substr(0, slash + 1);
    struct stat parent {};
    if (::stat(folder.c_str(), &parent) != 0 || !S_ISDIR(parent.st_mode)) {
      throw Error(Code::cannot_open, fmt::format("there is no folder {}", folder));
    }
    return FileState::missing;
  }
  if (S_ISDIR(info.st_mode)) throw Error(Code::not_a_shop, fmt::format("{} is a folder", path));
  if (!S_ISREG(info.st_mode) || info.st_nlink > 1) {
    throw Error(Code::cannot_open, fmt::format("{} is a link or a device, not a plain file", path));
  }
  {
    auto& files = registry();
    const std::lock_guard lock{files.mutex};
    if (files.open.contains({info.st_dev, info.st_ino})) return FileState::shop;
  }
  // Asked of the mode, not of access(): root may write everything, a shop marked read-only not.
  if (write && (info.st_mode & 0222) == 0) {
    throw Error(Code::read_only, fmt::format("{} is marked read-only", path));
  }
  if (info.st_size == 0) return FileState::missing;
  const auto header = read_header(path, info.st_size);
  if (is_sealed(header)) return FileState::sealed;
  check_header(path, header, info.st_size, newest_schema);
  return FileState::shop;
}

void OpenFile::note(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return;
  device_ = info.st_dev;
  inode_ = info.st_ino;
  auto& files = registry();
  const std::lock_guard lock{files.mutex};
  ++files.open[{device_, inode_}];
}

void OpenFile::forget() noexcept {
  if (inode_ == 0) return;
  auto& files = registry();
  const std::lock_guard lock{files.mutex};
  const auto found = files.open.find({device_, inode_});
  if (found != files.open.end() && --found->second == 0) files.open.erase(found);
  inode_ = 0;
}

}  // namespace shop::db
