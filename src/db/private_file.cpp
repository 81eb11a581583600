#include "db/private_file.hpp"

#include "shop/error.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shop::db {
namespace {

void sync_path(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) throw_file_error(path);
  const bool synced = ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  if (!synced && errno != EINVAL) throw_file_error(path);  // EINVAL: cannot be synced here at all
}

[[noreturn]] void throw_exists(const std::string& path) {
  throw Error(Code::already_exists, fmt::format("{} exists already", path));
}

void rename_to_free_name(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  if (errno == EEXIST) throw_exists(to);
  if (errno != EINVAL && errno != ENOSYS) throw_file_error(to);
  // A file system that cannot do both at once.
  struct stat info {};
  if (::lstat(to.c_str(), &info) == 0) throw_exists(to);
  if (::rename(from.c_str(), to.c_str()) != 0) throw_file_error(to);
}

}  // namespace

void throw_file_error(const std::string& path) {
  const int error = errno;
  Code code = Code::cannot_open;
  if (error == ENOSPC || error == EDQUOT) code = Code::full;
  if (error == EIO) code = Code::io;
  throw Error(code, fmt::format("{}: {}", path, strerror(error)));
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

std::size_t Descriptor::read(std::span<std::byte> into, const std::string& path) const {
  std::size_t got = 0;
  while (got < into.size()) {
    const auto part = ::read(number_, into.data() + got, into.size() - got);
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) throw_file_error(path);
    if (part == 0) break;
    got += static_cast<std::size_t>(part);
  }
  return got;
}

void Descriptor::write(std::span<const std::byte> bytes, const std::string& path) const {
  while (!bytes.empty()) {
    const auto part = ::write(number_, bytes.data(), bytes.size());
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) throw_file_error(path);
    bytes = bytes.subspan(static_cast<std::size_t>(part));
  }
}

Descriptor open_descriptor(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) throw_file_error(path);
  return Descriptor{descriptor};
}

void create_private_file(const std::string& path) {
  constexpr int k_flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  const int descriptor = ::open(path.c_str(), k_flags, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return;
  }
  if (errno == EEXIST) throw_exists(path);
  throw_file_error(path);
}

void sync_file(const std::string& path) {
  sync_path(path, O_RDWR);
}

void sync_folder_of(const std::string& path) {
  const auto slash = path.find_last_of('/');
  const auto folder = slash == std::string::npos ? std::string{"."} : path.substr(0, slash + 1);
  sync_path(folder, O_RDONLY | O_DIRECTORY);
}

DraftFile::DraftFile(std::string path) : path_(std::move(path)), draft_(path_ + "-new") {
  remove();
  create_private_file(draft_);
}

void DraftFile::publish(bool replace) {
  sync_file(draft_);
  if (!replace) {
    rename_to_free_name(draft_, path_);
  } else if (::rename(draft_.c_str(), path_.c_str()) != 0) {
    throw_file_error(path_);
  }
  sync_folder_of(path_);
}

void DraftFile::remove() const noexcept {
  remove_shop_files(draft_);
}

void remove_shop_files(const std::string& path) noexcept {
  std::array<char, 4096> name{};
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    // Without allocating: this cleans up after a failure, too.
    if (path.size() + std::strlen(suffix) >= name.size()) continue;
    std::strcpy(std::strcpy(name.data(), path.c_str()) + path.size(), suffix);
    ::unlink(name.data());
  }
}

}  // namespace shop::db
