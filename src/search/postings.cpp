#include "search/postings.hpp"

namespace shop::search {

void encode(std::span<const Posting> postings, std::string& out) {
  out.clear();
  if (postings.empty()) return;
  Id last = postings.front().product_id;
  for (const auto& posting : postings) {
    auto distance = static_cast<std::uint64_t>(posting.product_id - last);
    while (distance >= 0x80) {
      out += static_cast<char>(distance | 0x80);
      distance >>= 7;
    }
    out += static_cast<char>(distance);
    out += static_cast<char>(posting.weight);
    last = posting.product_id;
  }
}

void decode(Id first_id, std::span<const std::byte> bytes, std::vector<Posting>& out) {
  auto id = static_cast<std::uint64_t>(first_id);
  const auto* at = bytes.data();
  const auto* const end = at + bytes.size();
  while (at != end) {
    std::uint64_t distance = 0;
    int shift = 0;
    for (;;) {
      const auto byte = static_cast<std::uint64_t>(*at++);
      distance |= (byte & 0x7F) << shift;
      shift += 7;
      if (at == end || shift > 56) return;
      if ((byte & 0x80) == 0) break;
    }
    id += distance;
    out.push_back({static_cast<Id>(id), static_cast<std::uint8_t>(*at++)});
  }
}

}  // namespace shop::search
