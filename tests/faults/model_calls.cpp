#include "faults/model_calls.hpp"

#include <iterator>
#include <random>

#include <fmt/format.h>

namespace shop::test {
namespace {

std::int64_t quantity_of(std::uint32_t chance) {
  switch (chance % 16) {
    case 0:
      return 0;
    case 1:
      return -1;
    case 2:
      return 1'000'001;
    case 3:
      return max_magnitude;
    default:
      return 1 + chance / 16 % 9;
  }
}

/// Mostly the newest open cart that has something in it: only what is used again and again comes to
/// anything.
std::size_t some_cart(const ModelShop& model, std::uint32_t chance) {
  const auto& carts = model.carts;
  if (chance % 4 == 0) return chance / 4 % carts.size();
  for (auto at = carts.size(); at > 0; --at) {
    const auto& cart = carts[at - 1];
    if (cart.open && (chance % 4 == 1 || !cart.lines.empty())) return at - 1;
  }
  return carts.size() - 1;
}

/// Mostly one that lies in the newest open cart.
std::size_t wanted_product(const ModelShop& model, std::uint32_t a, std::uint32_t b) {
  if (b % 4 != 0 && !model.carts.empty()) {
    const auto& lines = model.carts[some_cart(model, 2)].lines;
    if (!lines.empty()) {
      return std::next(lines.begin(), static_cast<std::ptrdiff_t>(a % lines.size()))
          ->second.product;
    }
  }
  return a % model.products.size();
}

}  // namespace

std::string name_of(const Operation& operation) {
  return fmt::format("{}({},{},{})", k_kind_names[static_cast<std::size_t>(operation.kind)],
                     operation.a, operation.b, operation.c);
}

/// nullopt: there is nothing yet that it could be about.
std::optional<Call> resolve(const ModelShop& model, const Operation& operation) {
  const auto [kind, a, b, c] = operation;
  Call call{kind};
  call.quantity = quantity_of(c);
  if (kind == Kind::make_category) {
    call.parent = static_cast<int>(a % (model.categories.size() + 1)) - 1;
    call.text = b % 20 == 0 ? std::string{} : fmt::format("Category {}", b % 12);
    return call;
  }
  if (kind == Kind::make_product) {
    call.text = a % 20 == 0 ? std::string{} : fmt::format("Product {}", a % 24);
    call.quantity = b % 20 == 1 ? -1 : static_cast<std::int64_t>(b / 32 % 10'000);
    return call;
  }
  if (kind == Kind::make_cart) call.text = fmt::format("cart {}", a % 64);
  if (kind == Kind::make_cart || kind == Kind::as_guest || kind == Kind::as_ended) return call;
  if (model.products.empty()) return std::nullopt;
  call.product = a % model.products.size();
  if (kind == Kind::receive && call.quantity < 10) call.quantity *= 8;
  if (kind == Kind::adjust && (b & 1U) != 0) call.quantity = -call.quantity;
  if (kind == Kind::set_price || kind == Kind::receive) call.product = wanted_product(model, a, b);
  if (kind == Kind::set_price)
    call.quantity = b % 20 == 1 ? -1 : static_cast<std::int64_t>(b / 32 % 10'000);
  const bool is_about_goods = kind == Kind::receive || kind == Kind::adjust || kind == Kind::read ||
                              kind == Kind::set_price || kind == Kind::archive ||
                              kind == Kind::restore || kind == Kind::stale_update ||
                              kind == Kind::wrong_id;
  if (is_about_goods) return call;
  if (kind == Kind::cancel || kind == Kind::give_back || kind == Kind::place_again) {
    if (model.orders.empty()) return std::nullopt;
    call.order = a % model.orders.size();
    const auto& order = model.orders[call.order];
    call.at = b % order.lines.size();
    call.cart = b % 4 == 0 ? c % model.carts.size() : order.cart;
    call.text = kind == Kind::place_again ? order.key : fmt::format("return {}", c % 128);
    call.quantity = kind == Kind::give_back ? 1 + c % 4 : 0;
    return call;
  }
  if (model.carts.empty()) return std::nullopt;
  call.cart = some_cart(model, b);
  call.text = fmt::format("key {}", a % 512);
  call.accept = c % 2 == 0;
  call.at = a % 3;
  const auto& lines = model.carts[call.cart].lines;
  call.line = 77;
  if (!lines.empty() && a % 8 != 0) {
    call.line = std::next(lines.begin(), static_cast<std::ptrdiff_t>(a % lines.size()))->first;
  }
  return call;
}

std::string apply(ModelShop& model, const Call& call) {
  switch (call.kind) {
    case Kind::make_category:
      return model.make_category(call.parent, call.text);
    case Kind::make_product:
      return model.make_product(call.text, call.quantity);
    case Kind::receive:
      return model.receive(call.product, call.quantity);
    case Kind::adjust:
      return model.adjust(call.product, call.quantity);
    case Kind::make_cart:
      return model.make_cart(call.text);
    case Kind::add:
      return model.add(call.cart, call.product, call.quantity, k_new_line);
    case Kind::set_quantity:
      return model.set_quantity(call.cart, call.line, call.quantity);
    case Kind::remove:
      return model.remove(call.cart, call.line);
    case Kind::clear:
      return model.clear(call.cart);
    case Kind::place:
    case Kind::place_again:
      return model.place(call.cart, call.text, call.accept);
    case Kind::cancel:
      return model.cancel(call.order);
    case Kind::give_back:
      return model.give_back(call.order, call.at, call.quantity, call.text);
    case Kind::set_price:
      return model.set_price(call.product, call.quantity);
    case Kind::archive:
    case Kind::restore:
      model.products[call.product].on_sale = call.kind == Kind::restore;
      return "ok";
    case Kind::stale_update:
      return "stale_version";
    case Kind::bad_coupon:
      return model.carts[call.cart].open ? "coupon_rejected" : "not_found";
    case Kind::wrong_id:
      return "not_found";
    case Kind::as_guest:
      return "unauthenticated";
    case Kind::as_customer:
      return call.at == 0 ? "forbidden" : "not_found";
    case Kind::as_ended:
      return "session_revoked";
    default:
      return "ok";
  }
}

Sequence make_sequence(std::uint64_t seed, std::int64_t length) {
  std::mt19937 chance{static_cast<std::uint32_t>(seed * 2'654'435'761U + 1)};
  Sequence sequence;
  // Each sequence prefers some kinds: evenly mixed ones never get deep anywhere.
  std::array<std::uint32_t, k_kind_names.size()> weights{};
  for (auto& weight : weights) weight = 1 + chance() % 8;
  std::discrete_distribution<int> kinds{weights.begin(), weights.end()};
  for (std::int64_t i = 0; i < length; ++i) {
    const auto kind = i < 4 ? Kind::make_product : static_cast<Kind>(kinds(chance));
    sequence.push_back({kind, static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance())});
  }
  return sequence;
}

}  // namespace shop::test
