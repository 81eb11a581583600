#include "bench/catalog_generator.hpp"

#include <array>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

namespace shop::bench {
namespace {

const std::vector<std::string> k_adjectives{
    "Small",      "Large", "Classic", "Modern",   "Rustic",   "Vintage", "Soft",   "Sturdy",
    "Slim",       "Wide",  "Folding", "Portable", "Handmade", "Woven",   "Glazed", "Brushed",
    "Polished",   "Matte", "Striped", "Dotted",   "Plain",    "Quilted", "Padded", "Insulated",
    "Waterproof", "Light", "Heavy",   "Round",    "Square",   "Oval",    "Tall",   "Low",
    "Deep",       "Flat",  "Double",  "Single",   "Twin",     "Mini",    "Giant",  "Nordic"};
const std::vector<std::string> k_colors{"Red",   "Blue",   "Green", "Black",  "White", "Grey",
                                        "Cream", "Yellow", "Pink",  "Purple", "Navy",  "Olive",
                                        "Teal",  "Amber",  "Ivory", "Copper"};
const std::vector<std::string> k_materials{"Cotton", "Linen",   "Wool",      "Leather", "Oak",
                                           "Pine",   "Walnut",  "Bamboo",    "Steel",   "Brass",
                                           "Glass",  "Ceramic", "Porcelain", "Silk",    "Denim",
                                           "Velvet", "Canvas",  "Rattan",    "Marble",  "Acrylic"};
const std::vector<std::string> k_nouns{
    "Mug",     "Bowl",    "Plate",   "Lamp",     "Chair",   "Table",  "Shirt",    "Jacket",
    "Dress",   "Skirt",   "Scarf",   "Hat",      "Bag",     "Wallet", "Belt",     "Boots",
    "Sandals", "Towel",   "Blanket", "Pillow",   "Curtain", "Rug",    "Clock",    "Mirror",
    "Frame",   "Vase",    "Candle",  "Basket",   "Shelf",   "Stool",  "Bench",    "Desk",
    "Sofa",    "Cushion", "Kettle",  "Pan",      "Knife",   "Spoon",  "Fork",     "Tray",
    "Jar",     "Bottle",  "Teapot",  "Notebook", "Pen",     "Pencil", "Backpack", "Tent",
    "Lantern", "Globe"};
const std::vector<std::string> k_departments{
    "Kitchen", "Living", "Bedroom", "Bathroom", "Garden", "Office",  "Women",
    "Men",     "Kids",   "Sports",  "Outdoor",  "Travel", "Toys",    "Books",
    "Pets",    "Beauty", "Tools",   "Music",    "Gifts",  "Seasonal"};
const std::vector<std::string> k_shelves{
    "Basics", "Bestsellers", "New",       "Sale",        "Sets",     "Storage", "Textiles",
    "Decor",  "Lighting",    "Furniture", "Accessories", "Cleaning", "Cooking", "Serving",
    "Drinks", "Care",        "Repair",    "Parts",       "Crafts",   "Games",   "Winter",
    "Summer", "Spring",      "Autumn",    "Various"};

std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// Chance that depends on nothing but where it started.
class Chance {
 public:
  explicit Chance(std::uint64_t start) : state_(start) {}
  std::uint64_t below(std::uint64_t bound) { return (state_ = mixed(state_)) % bound; }
  double unit() { return static_cast<double>(below(1'000'000)) / 1e6; }
  /// The first words far more often than the last, as in a language.
  const std::string& common(const std::vector<std::string>& words) {
    const auto u = unit();
    return words[static_cast<std::size_t>(u * u * static_cast<double>(words.size()))];
  }

 private:
  std::uint64_t state_;
};

/// A made-up word of three syllables; some 20,000 of them.
std::string made_up(std::uint64_t number) {
  static constexpr std::array k_syllables{"ba",  "ke",  "li",  "mo",  "nu",  "ra",  "se",
                                          "ti",  "vo",  "za",  "dor", "fel", "gan", "hel",
                                          "jor", "kal", "lum", "mir", "nor", "pax", "quin",
                                          "ros", "sol", "tan", "ul",  "ver", "wim"};
  constexpr auto k_count = k_syllables.size();
  return fmt::format("{}{}{}", k_syllables[number % k_count],
                     k_syllables[number / k_count % k_count],
                     k_syllables[number / k_count / k_count % k_count]);
}

std::string capital(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::string ean13(std::int64_t number) {
  auto digits = fmt::format("{:012}", 400'000'000'000 + number);
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

GeneratedProduct generate(std::int64_t number, std::uint64_t seed) {
  Chance chance{mixed(seed) ^ static_cast<std::uint64_t>(number)};
  GeneratedProduct out;
  const auto& noun = chance.common(k_nouns);
  const auto& material = chance.common(k_materials);
  const auto& color = chance.common(k_colors);
  out.brand = capital(made_up(static_cast<std::uint64_t>(chance.unit() * chance.unit() * 2000)));
  out.title = fmt::format("{} {} {} {} {} {}", chance.common(k_adjectives), color, material, noun,
                          out.brand, number + 100);
  const auto price = std::exp(2.0 + chance.unit() * 4.5);
  out.price = fmt::format("{}.{:02}", static_cast<int>(price), chance.below(4) == 0 ? 50 : 99);
  out.sku = fmt::format("{}-{:07}", noun.substr(0, 2), number);
  out.barcode = ean13(number);
  for (int i = 0; i < 10; ++i) {
    const auto u = chance.unit();
    out.description += made_up(static_cast<std::uint64_t>(u * u * 19'000));
    out.description += i == 9 ? "." : " ";
  }
  out.category =
      k_departments[chance.below(k_departments.size())] + " > " + chance.common(k_shelves);
  out.tag = chance.below(2) == 0 ? color : material;
  return out;
}

const std::vector<std::string>& generator_nouns() {
  return k_nouns;
}

std::int64_t write_catalog_csv(const std::string& path, std::int64_t count, std::int64_t from) {
  std::ofstream out{path, std::ios::binary};
  out << "title,price,sku,barcode,description,brand,category,tags\r\n";
  for (std::int64_t i = from; i < from + count; ++i) {
    const auto one = generate(i);
    out << one.title << ',' << one.price << ',' << one.sku << ',' << one.barcode << ",\""
        << one.description << "\"," << one.brand << ',' << one.category << ',' << one.tag << "\r\n";
  }
  return out.tellp();
}

}  // namespace shop::bench
