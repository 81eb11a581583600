#pragma once

#include "shop/types.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// How the products that have a word are stored: in blocks of some hundred, each a row. A posting
/// is the distance of its product's id from the one before, in 7 bits a byte, and one byte of
/// weight. Pure.
namespace shop::search {

/// That a product has a word, and how much that says: a word of a short title the most.
struct Posting {
  Id product_id = 0;
  std::uint8_t weight = 0;
};

/// Fits, with its key, four to a page.
inline constexpr std::size_t block_postings_max = 240;

void encode(std::span<const Posting> postings, std::string& out);

/// Appends; stops at the first byte that makes no sense.
void decode(Id first_id, std::span<const std::byte> bytes, std::vector<Posting>& out);

}  // namespace shop::search
