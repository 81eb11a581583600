#include "db/failing_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <utility>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace shop::test {
namespace {

struct Plan {
  std::string call;
  int error = 0;
  int later = 0;
  int times = 0;
  int failed = 0;
};

thread_local Plan* t_plan = nullptr;

bool fails(const char* call) {
  if (t_plan == nullptr || t_plan->call != call) return false;
  if (t_plan->later-- > 0 || t_plan->failed == t_plan->times) return false;
  ++t_plan->failed;
  errno = t_plan->error;
  return true;
}

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

FailingCall::FailingCall(std::string call, int error, int later, int times) {
  t_plan = new Plan{std::move(call), error, later, times, 0};
}
FailingCall::~FailingCall() {
  delete std::exchange(t_plan, nullptr);
}
int FailingCall::failed() const {
  return t_plan->failed;
}

}  // namespace shop::test

// The program's own functions come before libc's, for the library and for SQLite alike.
using shop::test::fails;
using shop::test::real;

extern "C" {

int fsync(int descriptor) {
  static auto* const next = real<int(int)>("fsync");
  return fails("fsync") ? -1 : next(descriptor);
}
ssize_t read(int descriptor, void* into, std::size_t size) {
  static auto* const next = real<ssize_t(int, void*, std::size_t)>("read");
  return fails("read") ? -1 : next(descriptor, into, size);
}
ssize_t write(int descriptor, const void* from, std::size_t size) {
  static auto* const next = real<ssize_t(int, const void*, std::size_t)>("write");
  return fails("write") ? -1 : next(descriptor, from, size);
}
int rename(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("rename");
  return fails("rename") ? -1 : next(from, to);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
  static auto* const next = real<int(int, const char*, int, const char*, unsigned)>("renameat2");
  return fails("renameat2") ? -1 : next(from_folder, from, to_folder, to, flags);
}
int open(const char* path, int flags, ...) {
  static auto* const next = real<int(const char*, int, ...)>("open");
  std::va_list arguments;
  va_start(arguments, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : mode_t{0};
  va_end(arguments);
  return fails("open") ? -1 : next(path, flags, mode);
}
int fcntl(int descriptor, int command, ...) {
  static auto* const next = real<int(int, int, ...)>("fcntl");
  std::va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return fails("fcntl") ? -1 : next(descriptor, command, argument);
}
}
