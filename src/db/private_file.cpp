#include "db/private_file.hpp"

#include "shop/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
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

}  // namespace

void throw_file_error(const std::string& path) {
  const int error = errno;
  Code code = Code::cannot_open;
  if (error == ENOSPC || error == EDQUOT) code = Code::full;
  if (error == EIO) code = Code::io;
  throw Error(code, fmt::format("{}: {}", path, strerror(error)));
}

void create_private_file(const std::string& path) {
  constexpr int k_flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  const int descriptor = ::open(path.c_str(), k_flags, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return;
  }
  if (errno == EEXIST) throw Error(Code::already_exists, fmt::format("{} exists already", path));
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

}  // namespace shop::db
