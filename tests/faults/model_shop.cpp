#include "faults/model_shop.hpp"

#include <algorithm>

namespace shop::test {
namespace {

constexpr std::int64_t k_most_in_cart = 1'000'000;
constexpr std::int64_t k_most_in_stock = 1'000'000'000;

bool in_range(std::int64_t value, std::int64_t least, std::int64_t most) {
  return value >= least && value <= most;
}

}  // namespace

std::string ModelShop::make_category(int parent, const std::string& name) {
  if (name.empty()) return "validation";
  if (!siblings.emplace(parent, name).second) return "already_exists";
  categories.push_back(name);
  return "ok";
}

std::string ModelShop::make_product(const std::string& title, std::int64_t price) {
  if (title.empty() || price < 0) return "validation";
  if (!titles.insert(title).second) return "already_exists";
  products.push_back({0, 0, price, 0, true});
  return "ok";
}

std::string ModelShop::set_price(std::size_t product, std::int64_t price) {
  if (price < 0) return "validation";
  products[product].price = price;
  return "ok";
}

std::string ModelShop::receive(std::size_t product, std::int64_t quantity) {
  if (!in_range(quantity, 1, k_most_in_stock)) return "validation";
  products[product].on_hand += quantity;
  return "ok";
}

std::string ModelShop::adjust(std::size_t product, std::int64_t change) {
  if (change == 0 || !in_range(change, -k_most_in_stock, k_most_in_stock)) return "validation";
  if (products[product].on_hand + change < 0) return "out_of_stock";
  products[product].on_hand += change;
  return "ok";
}

std::string ModelShop::make_cart(const std::string& name) {
  carts.push_back({0, name, true, false, {}});
  return "ok";
}

std::string ModelShop::add(Cart& cart, std::size_t product, std::int64_t quantity,
                           std::int64_t line) {
  if (!in_range(quantity, 1, k_most_in_cart)) return "validation";
  if (!cart.open) return "not_found";
  for (auto& [number, there] : cart.lines) {
    if (there.product != product) continue;
    if (there.quantity + quantity > k_most_in_cart) return "validation";
    if (!products[product].on_sale) return "not_for_sale";
    there.quantity += quantity;
    there.price = products[product].price;
    return "ok";
  }
  if (!products[product].on_sale) return "not_for_sale";
  cart.lines[line] = {product, quantity, products[product].price};
  return "ok";
}

std::string ModelShop::set_quantity(std::size_t cart, std::int64_t line, std::int64_t quantity) {
  if (!in_range(quantity, 1, k_most_in_cart)) return "validation";
  if (!carts[cart].open || !carts[cart].lines.contains(line)) return "not_found";
  auto& there = carts[cart].lines[line];
  if (!products[there.product].on_sale) return "not_for_sale";
  there.quantity = quantity;
  there.price = products[there.product].price;
  return "ok";
}

std::string ModelShop::remove(std::size_t cart, std::int64_t line) {
  if (!carts[cart].open || carts[cart].lines.erase(line) == 0) return "not_found";
  return "ok";
}

std::string ModelShop::clear(std::size_t cart) {
  if (!carts[cart].open) return "not_found";
  carts[cart].lines.clear();
  carts[cart].coupon = false;
  return "ok";
}

std::string ModelShop::use_coupon(std::size_t cart) {
  if (!carts[cart].open) return "not_found";
  carts[cart].coupon = true;
  return "ok";
}

}  // namespace shop::test
