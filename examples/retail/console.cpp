#include "console.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <unistd.h>

namespace retail {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int k_width = 40;

}  // namespace

Progress::Progress(std::string what, std::int64_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDOUT_FILENO) != 0),
      start_(Steady::now()),
      drawn_(start_) {}

void Progress::at(std::int64_t done) {
  const auto now = Steady::now();
  if (terminal_) {
    if (now - drawn_ < std::chrono::milliseconds{100}) return;
    drawn_ = now;
    draw(done);
    return;
  }
  const auto percent = total_ > 0 ? done * 100 / total_ / 10 * 10 : 100;
  if (percent == percent_) return;
  percent_ = percent;
  draw(done);
}

void Progress::draw(std::int64_t done) {
  const double seconds = std::chrono::duration<double>(Steady::now() - start_).count();
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const double left = rate > 0 ? static_cast<double>(total_ - done) / rate : 0;
  if (terminal_) {
    const auto filled = static_cast<int>(total_ > 0 ? done * k_width / total_ : k_width);
    std::string bar;
    for (int i = 0; i < k_width; ++i) bar += i < filled ? "█" : "░";
    std::printf("\r%s %s %s/%s  %.0f/s  %.0f s left \033[K", what_.c_str(), bar.c_str(),
                grouped(done).c_str(), grouped(total_).c_str(), rate, left);
  } else {
    std::printf("%s: %s of %s, %.0f/s, %.0f s left\n", what_.c_str(), grouped(done).c_str(),
                grouped(total_).c_str(), rate, left);
  }
  std::fflush(stdout);
}

void Progress::finish() {
  const double seconds = std::chrono::duration<double>(Steady::now() - start_).count();
  std::printf("%s%s: %s in %.1f s, %.0f/s\n", terminal_ ? "\r\033[K" : "", what_.c_str(),
              grouped(total_).c_str(), seconds,
              static_cast<double>(total_) / std::max(seconds, 1e-9));
  std::fflush(stdout);
}

std::string grouped(std::int64_t number) {
  auto digits = std::to_string(number < 0 ? -number : number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return number < 0 ? "-" + digits : digits;
}

std::string pounds(std::int64_t minor) {
  const auto magnitude = minor < 0 ? -minor : minor;
  char rest[8];
  std::snprintf(rest, sizeof rest, ".%02d", static_cast<int>(magnitude % 100));
  return (minor < 0 ? "-" : "") + grouped(magnitude / 100) + rest;
}

void print_heading(const std::string& text) {
  std::printf("\n%s\n", text.c_str());
}

void print_bars(const std::vector<Bar>& bars) {
  std::int64_t most = 1;
  std::size_t label = 0;
  std::size_t shown = 0;
  for (const auto& bar : bars) {
    most = std::max(most, bar.value);
    label = std::max(label, bar.label.size());
    shown = std::max(shown, bar.shown.size());
  }
  for (const auto& bar : bars) {
    const auto eighths = std::max<std::int64_t>(bar.value, 0) * k_width * 8 / most;
    std::string blocks;
    for (std::int64_t i = 0; i < eighths / 8; ++i) blocks += "█";
    static const char* const k_parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    blocks += k_parts[eighths % 8];
    std::printf("  %-*s %*s  %s\n", static_cast<int>(label), bar.label.c_str(),
                static_cast<int>(shown), bar.shown.c_str(), blocks.c_str());
  }
}

}  // namespace retail
