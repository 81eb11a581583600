#include "db/commit_lock.hpp"

#include "shop/error.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shop::db {
namespace {

// Two bytes of the file: one says "I have the shop open", the other is the lock itself.
constexpr off_t k_open_byte = 0;
constexpr off_t k_commit_byte = 1;

bool try_lock(int descriptor, short kind, off_t byte) {
  struct flock lock {};
  lock.l_type = kind;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  while (fcntl(descriptor, F_OFD_SETLK, &lock) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    if (errno != EINTR) throw Error(Code::io, std::string{"the commit lock: "} + strerror(errno));
  }
  return true;
}

bool same_file(int descriptor, const std::string& path) {
  struct stat here {};
  struct stat there {};
  return fstat(descriptor, &here) == 0 && stat(path.c_str(), &there) == 0 &&
         here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

}  // namespace

void CommitLock::open(const std::string& path) {
  path_ = path + "-lock";
  open_current();
}

// Between open() and the shared lock the last user may have removed the file: then this one
// holds a lock that nobody else will ever see, and opens again.
void CommitLock::open_current() {
  for (;;) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0) {
      const bool full = errno == ENOSPC || errno == EDQUOT;
      throw Error(full ? Code::full : Code::cannot_open,
                  std::string{"the lock file beside the shop: "} + strerror(errno));
    }
    if (try_lock(descriptor_, F_RDLCK, k_open_byte) && same_file(descriptor_, path_)) return;
    ::close(descriptor_);
    descriptor_ = -1;
    std::this_thread::yield();
  }
}

void CommitLock::close() noexcept {
  if (descriptor_ < 0) return;
  try {
    if (try_lock(descriptor_, F_WRLCK, k_open_byte) && same_file(descriptor_, path_)) {
      ::unlink(path_.c_str());
    }
  } catch (const Error&) {  // the file stays; it is empty and harmless
  }
  ::close(descriptor_);
  descriptor_ = -1;
}

void CommitLock::lock(int timeout_ms) {
  if (descriptor_ < 0 || try_lock(descriptor_, F_WRLCK, k_commit_byte)) return;
  using Steady = std::chrono::steady_clock;
  const auto deadline = Steady::now() + std::chrono::milliseconds{timeout_ms};
  // A commit takes a fraction of a millisecond; waiting in random steps lets everybody in.
  thread_local std::minstd_rand jitter{std::random_device{}()};
  for (;;) {
    std::this_thread::sleep_for(std::chrono::microseconds{50 + jitter() % 400});
    if (try_lock(descriptor_, F_WRLCK, k_commit_byte)) return;
    if (Steady::now() >= deadline) {
      throw Error(Code::busy, "another program kept writing to the shop; try again");
    }
  }
}

void CommitLock::unlock() noexcept {
  if (descriptor_ < 0) return;
  struct flock lock {};
  lock.l_type = F_UNLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = k_commit_byte;
  lock.l_len = 1;
  fcntl(descriptor_, F_OFD_SETLK, &lock);
}

}  // namespace shop::db
