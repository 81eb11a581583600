#include <cstdio>

#include <shop/shop.hpp>

int main() {
  shop::Engine engine = shop::Engine::open_memory();
  const shop::VerifyReport report = engine.verify();
  std::printf("C++, an empty shop passes %lld checks\n", static_cast<long long>(report.checks));
  return report.ok() ? 0 : 1;
}
