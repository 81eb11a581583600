#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// A shop that could be one: seeded, so that every run has the same.
namespace shop::bench {

struct GeneratedProduct {
  std::string title;
  std::string price;  ///< 12.34
  std::string sku;
  std::string barcode;
  std::string description;
  std::string brand;
  std::string category;  ///< `Kitchen > Bowls`
  std::string tag;
};

/// The product of a number, the same for the same seed whatever was asked before.
GeneratedProduct generate(std::int64_t number, std::uint64_t seed = 20261122);

/// Words that titles have, the most common first.
const std::vector<std::string>& generator_nouns();

/// Writes `count` products from number `from` on as a simple product file. Result: its bytes.
std::int64_t write_catalog_csv(const std::string& path, std::int64_t count, std::int64_t from = 0);

}  // namespace shop::bench
