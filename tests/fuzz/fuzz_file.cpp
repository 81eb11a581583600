// A shop file with bytes changed: it opens, or is refused with a code of its own; reading and
// checking it end, and nothing else happens. The input is a list of changes: place (3 bytes),
// value.

#include "fuzz/need.hpp"
#include "shop/shop.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace {

const shop::Snapshot& sound_shop() {
  static const shop::Snapshot snapshot = [] {
    auto made = shop::Engine::open_memory();
    made.catalog().create_category(made.host(), {"Toys", {}});
    return made.snapshot();
  }();
  return snapshot;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto sound = sound_shop().bytes();
  auto image = std::make_shared<std::vector<std::byte>>(sound.begin(), sound.end());
  for (std::size_t at = 0; at + 4 <= size; at += 4) {
    const auto place = static_cast<std::size_t>(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    (*image)[place % image->size()] = static_cast<std::byte>(data[at + 3]);
  }
  if (size % 4 == 1) image->resize(image->size() / 256 * data[size - 1]);
  try {
    auto shop = shop::Engine::from_snapshot(shop::Snapshot{image});
    (void)shop.catalog().categories(shop.host(), {});
    (void)shop.verify();
    shop.catalog().create_category(shop.host(), {"Books", {}});
  } catch (const shop::Error& error) {
    shop::fuzz::need(!error.message().empty(), "a refusal says why");
  } catch (const std::bad_alloc&) {  // a size field that asks for everything
  }
  return 0;
}
