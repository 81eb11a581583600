#pragma once

#include <string>

namespace shop::test {

/// While it lives, one kind of call to the operating system fails in this thread.
class FailingCall {
 public:
  /// `call` is one of open, fsync, read, write, rename, renameat2, fcntl, stat. After `later` good
  /// calls the next `times` fail with `error`.
  FailingCall(std::string call, int error, int later = 0, int times = 1'000'000);
  ~FailingCall();
  FailingCall(const FailingCall&) = delete;
  FailingCall& operator=(const FailingCall&) = delete;

  /// How often it failed so far.
  [[nodiscard]] int failed() const;
};

}  // namespace shop::test
