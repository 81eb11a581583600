#include "support/shop_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t k_hour = 3'600'000'000;
constexpr int k_rounds_each = 90;  // an account takes no more than 100 failures

double at_share(std::vector<double> values, double share) {
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(values.size()) * share);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

/// How far apart the slowest and fastest of the kinds are, as a share of the fastest.
double spread(const std::vector<std::vector<double>>& kinds, double share) {
  std::vector<double> typical;
  for (const auto& kind : kinds) typical.push_back(at_share(kind, share));
  const auto [least, most] = std::minmax_element(typical.begin(), typical.end());
  return *most / *least - 1.0;
}

// The log-ins of `rounds` of each kind, in seconds.
std::vector<std::vector<double>> log_in_times(int rounds) {
  const auto clock = std::make_shared<ManualClock>(start_of_test);
  OpenOptions options;
  options.clock = clock;
  options.password_preset = PasswordPreset::kiosk;
  auto shop = Engine::open_memory(options);
  const int disabled = rounds / k_rounds_each + 1;
  for (int i = 0; i <= disabled; ++i) {
    NewUserInput input;
    input.username = i == 0 ? "wrong" : "disabled" + std::to_string(i - 1);
    input.password = "correct horse battery";
    const auto user = shop.accounts().create_user(shop.host(), input);
    if (i > 0) shop.accounts().set_enabled(shop.host(), user.id, false);
  }
  std::vector<std::vector<double>> times(3);
  for (int round = 0; round < rounds; ++round) {
    clock->advance(k_hour);
    if (round % k_rounds_each == 0) {  // sets the count back
      LogInInput right;
      right.login = "wrong";
      right.password = "correct horse battery";
      (void)shop.accounts().log_in(shop.guest(), right);
    }
    for (std::size_t kind = 0; kind < 3; ++kind) {
      LogInInput input;
      const std::vector<std::string> names{"unknown" + std::to_string(round), "wrong",
                                           "disabled" + std::to_string(round / k_rounds_each)};
      input.login = names[kind];
      input.password = "not the right password";
      clock->advance(k_hour);
      const auto began = std::chrono::steady_clock::now();
      CHECK(code_of([&] { return shop.accounts().log_in(shop.guest(), input); }) ==
            Code::bad_credentials);
      times[kind].push_back(
          std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
  }
  return times;
}

}  // namespace

// SHOP_LONG=1 takes 10,000 of each at the kiosk's cost and holds the medians to 2 %. The slice has
// a wider bound and compares the fastest tenths of up to five attempts: other work on the machine
// moves the medians of a few by half, but a kind that did less would be ahead in each attempt.
TEST_CASE("unknown, wrong and disabled take the same time") {
  if (std::getenv("SHOP_LONG") != nullptr) {
    const auto apart = spread(log_in_times(10'000), 0.5);
    MESSAGE("medians are " << apart * 100 << " % apart over 10,000 of each");
    CHECK(apart < 0.02);
    return;
  }
  double apart = 1.0;
  for (int attempt = 0; attempt < 5 && apart >= 0.25; ++attempt) {
    apart = spread(log_in_times(30), 0.1);
    MESSAGE("the fastest tenths are " << apart * 100 << " % apart over 30 of each");
  }
  CHECK(apart < 0.25);
}
