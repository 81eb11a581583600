// Any bytes as text: what is valid folds and slugs to valid text, and twice is once.

#include "core/text.hpp"
#include "fuzz/need.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shop;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (!core::valid_utf8(text)) return 0;
  const auto folded = core::fold(text);
  fuzz::need(core::valid_utf8(folded), "folded text is text");
  fuzz::need(core::fold(folded) == folded, "folding twice is folding once");
  const auto slug = core::slugify(text);
  fuzz::need(core::valid_utf8(slug), "a slug is text");
  fuzz::need(slug.size() <= 80, "a slug has at most 80 bytes");
  fuzz::need(core::slugify(slug) == slug, "the slug of a slug is that slug");
  (void)core::has_control(text, true);
  fuzz::need(core::trim(core::trim(text)) == core::trim(text), "trimming twice is trimming once");
  return 0;
}
