#include "faults/model_shop.hpp"

#include <algorithm>

namespace shop::test {
namespace {

PaymentStatus status_of(const ModelShop::Order& order) {
  const auto paid = order.paid();
  const auto refunded = order.refunded();
  // An order of which all came back is not paid by that.
  const auto charge = order.total == 0 ? 0 : std::max<std::int64_t>(1, order.charge());
  if (refunded > 0 && refunded == paid) return PaymentStatus::refunded;
  if (paid >= charge) return refunded > 0 ? PaymentStatus::part_refunded : PaymentStatus::paid;
  if (paid + order.on_hold() >= charge) return PaymentStatus::authorized;
  return paid > 0 ? PaymentStatus::part_paid : PaymentStatus::none;
}

bool is_paid(const ModelShop::Order& order) {
  return order.payment == PaymentStatus::paid || order.payment == PaymentStatus::part_refunded;
}

// What arrived is over once it is paid.
void complete(ModelShop::Order& order) {
  if (order.status == OrderStatus::confirmed && is_paid(order) &&
      order.fulfilment == FulfilmentStatus::delivered) {
    order.status = OrderStatus::completed;
  }
}

// What a key says that was used before; amounts that were not given differ from none.
std::string again(const ModelShop::Keyed& known, std::size_t order, std::size_t payment,
                  std::int64_t amount) {
  const bool same = known.order == order && known.payment == payment &&
                    (amount == ModelShop::k_rest || known.minor == amount);
  return same ? "ok" : "idempotency_mismatch";
}

/// Where an order stands after its payments have changed.
void settle(ModelShop::Order& order) {
  order.payment = status_of(order);
  const bool covered = is_paid(order) || order.payment == PaymentStatus::authorized;
  const bool all_back = order.fulfilment == FulfilmentStatus::returned;
  if (order.status == OrderStatus::pending && covered && !all_back) {
    order.status = OrderStatus::confirmed;
  }
  complete(order);
}

}  // namespace

std::int64_t ModelShop::Order::paid() const {
  std::int64_t sum = 0;
  for (const auto& each : payments) sum += each.captured;
  return sum;
}

std::int64_t ModelShop::Order::refunded() const {
  std::int64_t sum = 0;
  for (const auto& each : payments) sum += each.refunded;
  return sum;
}

std::int64_t ModelShop::Order::on_hold() const {
  std::int64_t sum = 0;
  for (const auto& each : payments) sum += each.voided ? 0 : each.authorized - each.captured;
  return sum;
}

std::string ModelShop::check_goods(const Cart& cart, bool accept_prices) const {
  const auto any = [&](auto&& what) {
    return std::any_of(cart.lines.begin(), cart.lines.end(), [&](const auto& each) {
      return what(each.second, products[each.second.product]);
    });
  };
  if (cart.lines.empty()) return "cart_empty";
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
  return "ok";
}

std::string ModelShop::take(Order& order, const Plan& plan, std::int64_t due) {
  auto points = order.owner < 0 ? 0 : people[static_cast<std::size_t>(order.owner)].points;
  auto purses = gifts;
  auto made = order.payments;
  for (const auto& pay : plan) {
    const bool by_gift = pay.tender == Tender::gift_card;
    if (by_gift && (pay.gift < 0 || pay.authorize)) return "payment_mismatch";
    auto minor = pay.amount == k_rest ? due : pay.amount;
    if (by_gift) {
      auto& balance = purses[static_cast<std::size_t>(pay.gift)].balance;
      if (pay.amount == k_rest) minor = std::min(due, balance);
      if (minor > due) return "payment_mismatch";
      if (balance < minor) return "insufficient_funds";
      balance -= minor;
    }
    if (minor > due) return "payment_mismatch";
    if (pay.tender == Tender::points && minor > 0) {
      if (points < minor) return "insufficient_funds";
      points -= minor;
    }
    due -= minor;
    made.push_back({pay.tender, minor, pay.authorize ? 0 : minor, 0, false, pay.gift});
  }
  gifts = std::move(purses);
  order.payments = std::move(made);
  if (order.owner >= 0) people[static_cast<std::size_t>(order.owner)].points = points;
  return "ok";
}

std::string ModelShop::place(std::size_t cart, int owner, const std::string& key, const Plan& plan,
                             bool accept_prices) {
  for (const auto& order : orders) {
    if (order.key != key || order.owner != owner) continue;
    const bool same = order.cart == cart && order.plan == plan;
    return same ? "ok" : "idempotency_mismatch";
  }
  auto& from = owner < 0 ? carts[cart] : people[static_cast<std::size_t>(owner)].own;
  if (!from.open) return "not_found";
  if (auto problem = check_goods(from, accept_prices); problem != "ok") return problem;
  Order order;
  order.cart = cart;
  order.owner = owner;
  order.key = key;
  order.plan = plan;
  for (const auto& [number, line] : from.lines) {
    const auto price = products[line.product].price;
    order.lines.push_back({line.product, line.quantity, price});
    order.total += price * line.quantity;
  }
  if (from.coupon && coupon_uses < k_coupon_limit) {
    order.discount = std::min(order.total, k_coupon_amount);
    order.total -= order.discount;
  }
  if (auto problem = take(order, plan, order.total); problem != "ok") return problem;
  settle(order);
  if (order.discount > 0) ++coupon_uses;
  for (const auto& line : order.lines) products[line.product].on_hand -= line.quantity;
  if (owner < 0) {
    from.open = false;
  } else {
    from.lines.clear();
  }
  orders.push_back(order);
  return "ok";
}

// The latest payment first.
void ModelShop::give_money(Order& order, std::int64_t minor) {
  for (auto at = order.payments.rbegin(); at != order.payments.rend() && minor > 0; ++at) {
    const auto part = std::min(minor, at->captured - at->refunded);
    at->refunded += part;
    minor -= part;
    if (at->gift >= 0) gifts[static_cast<std::size_t>(at->gift)].balance += part;
    if (at->tender == Tender::points) people[static_cast<std::size_t>(order.owner)].points += part;
  }
}

std::string ModelShop::cancel(std::size_t number) {
  auto& order = orders[number];
  if (order.status == OrderStatus::canceled) return "ok";
  if (order.fulfilment != FulfilmentStatus::none) return "illegal_transition";
  for (const auto& line : order.lines) {
    products[line.product].on_hand += line.quantity - line.returned;
  }
  for (auto& payment : order.payments) payment.voided |= payment.authorized > payment.captured;
  give_money(order, order.paid() - order.refunded());
  order.status = OrderStatus::canceled;
  if (order.discount > 0) --coupon_uses;
  return "ok";
}

std::string ModelShop::give_back(std::size_t number, std::size_t at, std::int64_t quantity,
                                 const std::string& key) {
  auto& order = orders[number];
  if (quantity < 1) return "validation";
  if (const auto made = order.returns.find(key); made != order.returns.end()) {
    return made->second == std::pair{at, quantity} ? "ok" : "idempotency_mismatch";
  }
  const bool is_taken = std::any_of(orders.begin(), orders.end(), [&](const Order& other) {
    return other.returns.contains(key);
  });
  if (is_taken) return "idempotency_mismatch";
  if (order.status == OrderStatus::canceled) return "illegal_transition";
  auto& line = order.lines[at];
  if (line.returned + quantity > line.quantity) return "limit_reached";
  line.returned += quantity;
  products[line.product].on_hand += quantity;
  const auto money = std::min(line.price * quantity, order.paid() - order.refunded());
  give_money(order, money);
  order.returned += line.price * quantity;
  order.returns_refunded += money;
  order.returns.emplace(key, std::pair{at, quantity});
  const bool all = std::all_of(order.lines.begin(), order.lines.end(),
                               [](const Line& each) { return each.returned == each.quantity; });
  if (all) order.fulfilment = FulfilmentStatus::returned;
  settle(order);
  return "ok";
}

std::string ModelShop::ship(std::size_t number) {
  auto& order = orders[number];
  if (order.status != OrderStatus::confirmed) return "illegal_transition";
  bool any = false;
  for (auto& line : order.lines) {
    const auto left = line.quantity - line.shipped - line.returned;
    if (left <= 0) continue;
    line.shipped += left;
    any = true;
  }
  if (!any) return "illegal_transition";
  order.fulfilment = FulfilmentStatus::shipped;
  return "ok";
}

std::string ModelShop::deliver(std::size_t number) {
  auto& order = orders[number];
  if (order.fulfilment == FulfilmentStatus::delivered) return "ok";
  if (order.fulfilment != FulfilmentStatus::shipped) return "illegal_transition";
  order.fulfilment = FulfilmentStatus::delivered;
  complete(order);
  return "ok";
}

std::string ModelShop::pay(std::size_t number, const std::string& key, const Plan& plan) {
  auto& order = orders[number];
  const auto known = money_keys.find("pay " + key);
  if (known != money_keys.end()) {
    const bool same = known->second.order == number && known->second.plan == plan;
    return same ? "ok" : "idempotency_mismatch";
  }
  if (order.status == OrderStatus::canceled) return "illegal_transition";
  const auto due = std::max<std::int64_t>(0, order.due() - order.on_hold());
  if (auto problem = take(order, plan, due); problem != "ok") return problem;
  money_keys["pay " + key] = {number, 0, 0, plan};
  settle(order);
  return "ok";
}

std::string ModelShop::capture(std::size_t number, std::size_t at, const std::string& key,
                               std::int64_t amount) {
  auto& order = orders[number];
  if (at >= order.payments.size()) return "not_found";
  const auto known = money_keys.find("capture " + key);
  if (known != money_keys.end()) return again(known->second, number, at, amount);
  auto& payment = order.payments[at];
  const auto held = payment.voided ? 0 : payment.authorized - payment.captured;
  const auto open = std::min(held, order.due());
  const auto minor = amount == k_rest ? open : amount;
  if (minor > open || minor == 0) return "limit_reached";
  payment.captured += minor;
  money_keys["capture " + key] = {number, at, minor, {}};
  settle(order);
  return "ok";
}

std::string ModelShop::refund(std::size_t number, std::size_t at, const std::string& key,
                              std::int64_t amount) {
  auto& order = orders[number];
  if (at >= order.payments.size()) return "not_found";
  const auto known = money_keys.find("refund " + key);
  if (known != money_keys.end()) return again(known->second, number, at, amount);
  auto& payment = order.payments[at];
  const auto most = payment.captured - payment.refunded;
  const auto minor = amount == k_rest ? most : amount;
  if (minor > most || minor == 0) return "limit_reached";
  payment.refunded += minor;
  if (payment.gift >= 0) gifts[static_cast<std::size_t>(payment.gift)].balance += minor;
  if (payment.tender == Tender::points) {
    people[static_cast<std::size_t>(order.owner)].points += minor;
  }
  money_keys["refund " + key] = {number, at, minor, {}};
  settle(order);
  return "ok";
}

std::string ModelShop::give_up(std::size_t number, std::size_t at) {
  auto& order = orders[number];
  if (at >= order.payments.size()) return "not_found";
  auto& payment = order.payments[at];
  payment.voided |= payment.authorized > payment.captured;
  settle(order);
  return "ok";
}

std::string ModelShop::issue_gift(const std::string& code, std::int64_t amount) {
  if (amount < 1 || code.size() < 8) return "validation";
  // Its key is made of both.
  if (!money_keys.emplace("gift " + code + " " + std::to_string(amount), Keyed{}).second)
    return "ok";
  const bool taken =
      std::any_of(gifts.begin(), gifts.end(), [&](const Gift& gift) { return gift.code == code; });
  if (taken) {
    money_keys.erase("gift " + code + " " + std::to_string(amount));
    return "already_exists";
  }
  gifts.push_back({0, code, amount});
  return "ok";
}

}  // namespace shop::test
