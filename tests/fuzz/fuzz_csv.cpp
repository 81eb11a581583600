// Any bytes are a product file: a report or Error{validation}, nothing else.

#include "shop/shop.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static shop::Engine engine = shop::Engine::open_memory();
  shop::ImportOptions options;
  options.mode = shop::ImportMode::good_rows;
  options.dry_run = true;
  try {
    const std::string_view csv{reinterpret_cast<const char*>(data), size};
    engine.transfer().import_products_text(engine.host(), csv, options);
  } catch (const shop::Error& error) {
    if (error.code() != shop::Code::validation) throw;
  }
  return 0;
}
