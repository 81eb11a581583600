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
  carts.push_back({0, name, true, {}});
  return "ok";
}

std::string ModelShop::add(std::size_t cart, std::size_t product, std::int64_t quantity,
                           std::int64_t line) {
  if (!in_range(quantity, 1, k_most_in_cart)) return "validation";
  if (!carts[cart].open) return "not_found";
  auto& lines = carts[cart].lines;
  for (auto& [number, there] : lines) {
    if (there.product != product) continue;
    if (there.quantity + quantity > k_most_in_cart) return "validation";
    if (!products[product].on_sale) return "not_for_sale";
    there.quantity += quantity;
    there.price = products[product].price;
    return "ok";
  }
  if (!products[product].on_sale) return "not_for_sale";
  lines[line] = {product, quantity, products[product].price, 0};
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
  return "ok";
}

std::string ModelShop::place(std::size_t cart, const std::string& key, bool accept_prices) {
  for (const auto& order : orders) {
    if (order.key == key) return order.cart == cart ? "ok" : "idempotency_mismatch";
  }
  if (!carts[cart].open) return "not_found";
  const auto& lines = carts[cart].lines;
  const auto any = [&](auto&& what) {
    return std::any_of(lines.begin(), lines.end(), [&](const auto& each) {
      return what(each.second, products[each.second.product]);
    });
  };
  if (lines.empty()) return "cart_empty";
  if (any([](const Line&, const Product& product) { return !product.on_sale; })) {
    return "not_for_sale";
  }
  if (!accept_prices &&
      any([](const Line& line, const Product& product) { return product.price > line.price; })) {
    return "price_changed";
  }
  if (any([](const Line& line, const Product& product) {
        return product.on_hand < line.quantity;
      })) {
    return "out_of_stock";
  }
  Order order{0, cart, key, {}, 0, 0, false, {}};
  for (const auto& [number, line] : lines) {
    auto& product = products[line.product];
    product.on_hand -= line.quantity;
    order.lines.push_back({line.product, line.quantity, product.price, 0});
    order.total += product.price * line.quantity;
  }
  carts[cart].open = false;
  orders.push_back(order);
  return "ok";
}

std::string ModelShop::cancel(std::size_t number) {
  auto& order = orders[number];
  if (order.canceled) return "ok";
  const bool all_back = std::all_of(order.lines.begin(), order.lines.end(), [](const Line& line) {
    return line.returned == line.quantity;
  });
  if (all_back) return "illegal_transition";
  for (const auto& line : order.lines) {
    products[line.product].on_hand += line.quantity - line.returned;
  }
  order.canceled = true;
  order.refunded = order.total;
  return "ok";
}

std::string ModelShop::give_back(std::size_t number, std::size_t at, std::int64_t quantity,
                                 const std::string& key) {
  auto& order = orders[number];
  if (quantity < 1) return "validation";
  if (order.returns.contains(key)) return "ok";
  const bool is_taken = std::any_of(orders.begin(), orders.end(), [&](const Order& other) {
    return other.returns.contains(key);
  });
  if (is_taken) return "idempotency_mismatch";
  if (order.canceled) return "illegal_transition";
  auto& line = order.lines[at];
  if (line.returned + quantity > line.quantity) return "limit_reached";
  line.returned += quantity;
  products[line.product].on_hand += quantity;
  order.refunded += line.price * quantity;
  order.returns.insert(key);
  return "ok";
}

}  // namespace shop::test
