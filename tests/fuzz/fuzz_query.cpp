// Any bytes are a legal query: a result or Error{validation}, nothing else.

#include "shop/shop.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

shop::Engine& seeded() {
  static shop::Engine engine = [] {
    auto made = shop::Engine::open_memory();
    const auto host = made.host();
    for (int i = 0; i < 50; ++i) {
      shop::ProductInput input;
      input.title = "Crème lamp " + std::to_string(i);
      input.description = "Oak, brass and \"linen\".";
      input.tags = {"ab", "abc"};
      input.simple.price.minor = 100 + i;
      input.simple.sku = "L-" + std::to_string(i);
      made.catalog().create_product(host, input);
    }
    return made;
  }();
  return engine;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto& engine = seeded();
  shop::SearchQuery query;
  query.text.assign(reinterpret_cast<const char*>(data), size);
  query.uncounted = true;
  query.order = static_cast<shop::ProductOrder>(1 + size % 8);
  try {
    engine.search().products(engine.guest(), query, {});
    engine.search().suggest(engine.guest(), query.text, 5);
  } catch (const shop::Error& error) {
    if (error.code() != shop::Code::validation) throw;
  }
  return 0;
}
