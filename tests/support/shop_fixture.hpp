#pragma once

#include "shop/shop.hpp"
#include "support/start_of_test.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace shop::test {

/// A fresh shop in memory with a manual clock.
struct ShopFixture {
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start_of_test);
  Engine shop = Engine::open_memory(options());
  Session host = shop.host();

  [[nodiscard]] OpenOptions options() const {
    OpenOptions out;
    out.clock = clock;
    out.currency = "GBP";
    out.password_preset = PasswordPreset::for_tests;
    return out;
  }

  /// A customer of that name, logged in; made when there is none.
  Session customer(const std::string& username) { return log_in(username, Role::customer); }
  Session admin(const std::string& username = "adam.admin") {
    return log_in(username, Role::admin);
  }
  /// The owner, made with the shop's one-time code.
  Session owner();

 private:
  Session log_in(const std::string& username, Role role);
  std::map<std::string, Id> users_;
};

/// A folder of its own, removed with everything in it.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }

 private:
  std::filesystem::path folder_;
};

/// Runs `call` and returns what it threw; fails the test when it threw nothing.
template <class F>
Error error_of(F&& call) {
  try {
    (void)std::forward<F>(call)();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error was thrown");
  return {Code::ok, {}};
}

template <class F>
Code code_of(F&& call) {
  return error_of(std::forward<F>(call)).code();
}

/// The path of the first detail; empty when there is none.
inline std::string first_path(const Error& error) {
  return error.details().empty() ? std::string{} : error.details().front().path;
}

}  // namespace shop::test
