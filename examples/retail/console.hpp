#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace retail {

/// A bar with rate and remaining time on a terminal; a plain line now and then elsewhere.
class Progress {
 public:
  Progress(std::string what, std::int64_t total);
  void at(std::int64_t done);
  void finish();

 private:
  void draw(std::int64_t done);

  std::string what_;
  std::int64_t total_;
  bool terminal_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
  std::int64_t percent_ = -1;
};

/// "12,345.67"
std::string pounds(std::int64_t minor);
/// "12,345"
std::string grouped(std::int64_t number);

struct Bar {
  std::string label;
  std::int64_t value = 0;
  std::string shown;  ///< the value as it is printed
};

/// Horizontal bars in proportion to their values.
void print_bars(const std::vector<Bar>& bars);

void print_heading(const std::string& text);

}  // namespace retail
