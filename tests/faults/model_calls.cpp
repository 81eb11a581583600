#include "faults/model_calls.hpp"

#include <algorithm>
#include <initializer_list>
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

namespace {

bool is_one_of(Kind kind, std::initializer_list<Kind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// How somebody pays: mostly in cash, or with several tenders, or too little.
ModelShop::Plan some_plan(const ModelShop& model, std::uint32_t chance, bool of_person) {
  using Tendered = ModelShop::Tendered;
  const auto amount = static_cast<std::int64_t>(chance / 64 % 3000);
  const auto gifts = model.gifts.size();
  const int gift = gifts == 0 || chance % 512 < 16 ? -1 : static_cast<int>(chance / 64 % gifts);
  switch (chance % 16) {
    case 0:
      return {};
    case 1:
      return {{Tender::cash, amount, false, -1}};
    case 2:
      return {{Tender::card, ModelShop::k_rest, true, -1}};
    case 3:
      return {{Tender::card, amount, true, -1}};
    case 4:
      return {{Tender::card, amount, true, -1}, {Tender::cash, ModelShop::k_rest, false, -1}};
    case 5:
      return {{Tender::card, ModelShop::k_rest, false, -1}};
    case 6:
      return {{Tender::points, amount % 300, false, -1},
              {Tender::cash, ModelShop::k_rest, false, -1}};
    case 7:
    case 8:
    case 9: {
      if (of_person) break;  // whose guesses of codes are counted
      const Tendered card{Tender::gift_card, chance % 2 == 0 ? amount % 800 : ModelShop::k_rest,
                          false, gift};
      return {card, {chance % 4 < 2 ? Tender::cash : Tender::card, ModelShop::k_rest, false, -1}};
    }
    default:
      break;
  }
  return {{Tender::cash, ModelShop::k_rest, false, -1}};
}

std::optional<Call> about_order(const ModelShop& model, const Operation& operation, Call call) {
  const auto [kind, a, b, c] = operation;
  if (model.orders.empty()) return std::nullopt;
  // The last ones are the likeliest to be open for anything.
  const auto few = std::min<std::size_t>(model.orders.size(), 4);
  call.order = c % 4 == 0 ? a % model.orders.size() : model.orders.size() - 1 - a % few;
  const auto& order = model.orders[call.order];
  call.at = b % order.lines.size();
  call.cart = order.cart;
  call.payment = b % 3;
  call.text = fmt::format("key {}", c % 256);
  call.quantity = 0;
  if (kind == Kind::give_back) {
    if (order.discount > 0) return std::nullopt;  // whose lines have a share of it
    call.text = fmt::format("return {}", c % 128);
    call.quantity = 1 + c % 4;
  } else if (kind == Kind::pay) {
    call.plan = some_plan(model, b, true);
    if (call.plan.empty()) return std::nullopt;
  } else if (kind == Kind::capture || kind == Kind::refund) {
    call.quantity = b % 4 == 0 ? ModelShop::k_rest : static_cast<std::int64_t>(b / 4 % 3000);
  } else if (kind == Kind::place_again) {
    if (order.owner >= 0) return std::nullopt;
    call.text = order.key;
    call.plan = b % 8 == 0 ? some_plan(model, c, false) : order.plan;
    if (b % 4 == 0) call.cart = c % model.carts.size();
  }
  return call;
}

std::optional<Call> about_person(const ModelShop& model, const Operation& operation, Call call) {
  const auto [kind, a, b, c] = operation;
  if (model.people.empty()) return std::nullopt;
  call.person = a % model.people.size();
  const auto& person = model.people[call.person];
  call.accept = b % 3 != 0;
  if (kind == Kind::points) {
    call.quantity = static_cast<std::int64_t>(b % 400) - 100;
    if (c % 16 == 0) call.quantity = c % 32 == 0 ? 0 : 2'000'000;
    return call;
  }
  if (kind == Kind::come || kind == Kind::log_in || kind == Kind::set_enabled) return call;
  if (!person.came) return std::nullopt;
  if (kind == Kind::log_out) return b % 4 == 0 ? std::optional{call} : std::nullopt;
  if (kind == Kind::own_place) {
    if (person.own.lines.empty()) return std::nullopt;
    call.text = fmt::format("own {}", b % 512);
    call.plan = some_plan(model, c, true);
    return call;
  }
  if (model.products.empty()) return std::nullopt;
  // Few things, so that something comes of them.
  call.product = b % std::min<std::size_t>(model.products.size(), 4);
  call.quantity = 1 + c % 3;
  if (kind == Kind::review) call.quantity = c % 7;
  return call;
}

std::optional<Call> about_goods(const ModelShop& model, const Operation& operation, Call call) {
  const auto [kind, a, b, c] = operation;
  if (kind == Kind::receive && call.quantity < 10) call.quantity *= 8;
  if (kind == Kind::adjust && (b & 1U) != 0) call.quantity = -call.quantity;
  if (kind == Kind::set_price || kind == Kind::receive) call.product = wanted_product(model, a, b);
  if (kind == Kind::set_price) {
    call.quantity = b % 20 == 1 ? -1 : static_cast<std::int64_t>(b / 32 % 10'000);
  }
  return call;
}

std::optional<Call> about_cart(const ModelShop& model, const Operation& operation, Call call) {
  const auto [kind, a, b, c] = operation;
  if (model.carts.empty()) return std::nullopt;
  call.cart = some_cart(model, kind == Kind::use_coupon ? 2 : b);
  call.text = fmt::format("key {}", a % 512);
  call.accept = c % 2 == 0;
  call.at = a % 3;
  call.plan = some_plan(model, c, false);
  const auto& lines = model.carts[call.cart].lines;
  call.line = 77;
  if (!lines.empty() && a % 8 != 0) {
    call.line = std::next(lines.begin(), static_cast<std::ptrdiff_t>(a % lines.size()))->first;
  }
  return call;
}

}  // namespace

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
  if (kind == Kind::make_user) {
    call.text = a % 20 == 0 ? std::string{} : fmt::format("person{}", a % 5);
    return call;
  }
  if (kind == Kind::issue_gift) {
    call.text = a % 20 == 0 ? std::string{"SHORT"} : fmt::format("GIFT-0000-{}", a % 12);
    call.quantity = b % 20 == 1 ? 0 : 1 + static_cast<std::int64_t>(b / 32 % 5000);
    return call;
  }
  if (kind == Kind::make_cart) call.text = fmt::format("cart {}", a % 64);
  if (is_one_of(kind, {Kind::make_cart, Kind::as_guest, Kind::as_ended})) return call;
  if (is_one_of(kind, {Kind::come, Kind::log_in, Kind::log_out, Kind::own_add, Kind::own_place,
                       Kind::wish, Kind::wish_no_more, Kind::wish_to_cart, Kind::review,
                       Kind::points, Kind::set_enabled})) {
    return about_person(model, operation, call);
  }
  if (model.products.empty()) return std::nullopt;
  call.product = a % model.products.size();
  if (is_one_of(kind, {Kind::receive, Kind::adjust, Kind::read, Kind::set_price, Kind::archive,
                       Kind::restore, Kind::stale_update, Kind::wrong_id})) {
    return about_goods(model, operation, call);
  }
  if (is_one_of(kind, {Kind::cancel, Kind::give_back, Kind::place_again, Kind::pay, Kind::capture,
                       Kind::refund, Kind::give_up, Kind::ship, Kind::deliver})) {
    return about_order(model, operation, call);
  }
  return about_cart(model, operation, call);
}

namespace {

std::string apply_to_orders(ModelShop& model, const Call& call) {
  switch (call.kind) {
    case Kind::place:
    case Kind::place_again:
      return model.place(call.cart, -1, call.text, call.plan, call.accept);
    case Kind::cancel:
      return model.cancel(call.order);
    case Kind::give_back:
      return model.give_back(call.order, call.at, call.quantity, call.text);
    case Kind::issue_gift:
      return model.issue_gift(call.text, call.quantity);
    case Kind::pay:
      return model.pay(call.order, call.text, call.plan);
    case Kind::capture:
      return model.capture(call.order, call.payment, call.text, call.quantity);
    case Kind::refund:
      return model.refund(call.order, call.payment, call.text, call.quantity);
    case Kind::give_up:
      return model.give_up(call.order, call.payment);
    case Kind::ship:
      return model.ship(call.order);
    case Kind::deliver:
      return model.deliver(call.order);
    default:
      return "ok";
  }
}

std::string apply_to_people(ModelShop& model, const Call& call) {
  if (call.kind == Kind::make_user) return model.make_user(call.text);
  auto& person = model.people[call.person];
  switch (call.kind) {
    case Kind::set_enabled:
      person.enabled = call.accept;
      if (!call.accept) person.ended = person.came;
      return "ok";
    case Kind::come:
      if (!person.enabled) return "not_found";
      person.came = true;
      person.ended = false;
      return "ok";
    case Kind::log_in:
      return call.accept && person.enabled ? "ok" : "bad_credentials";
    case Kind::log_out:
      person.ended = true;
      return "ok";
    case Kind::own_add:
      if (person.ended) return "session_revoked";
      return model.add(person.own, call.product, call.quantity, k_new_line);
    case Kind::own_place:
      if (person.ended) return "session_revoked";
      return model.place(0, static_cast<int>(call.person), call.text, call.plan, call.accept);
    case Kind::wish:
      return model.wish(call.person, call.product);
    case Kind::wish_no_more:
      return model.wish_no_more(call.person, call.product);
    case Kind::wish_to_cart:
      return model.wish_to_cart(call.person, call.product, k_new_line);
    case Kind::review:
      return model.review(call.person, call.product, call.quantity);
    default:
      return model.adjust_points(call.person, call.quantity);
  }
}

}  // namespace

std::string apply(ModelShop& model, const Call& call) {
  if (call.kind >= Kind::make_user) return apply_to_people(model, call);
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
      return model.add(model.carts[call.cart], call.product, call.quantity, k_new_line);
    case Kind::set_quantity:
      return model.set_quantity(call.cart, call.line, call.quantity);
    case Kind::remove:
      return model.remove(call.cart, call.line);
    case Kind::clear:
      return model.clear(call.cart);
    case Kind::use_coupon:
      return model.use_coupon(call.cart);
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
      return apply_to_orders(model, call);
  }
}

Sequence make_sequence(std::uint64_t seed, std::int64_t length) {
  std::mt19937 chance{static_cast<std::uint32_t>(seed * 2'654'435'761U + 1)};
  Sequence sequence;
  // Each sequence prefers some kinds: evenly mixed ones never get deep anywhere.
  std::array<std::uint32_t, k_kind_names.size()> weights{};
  for (auto& weight : weights) weight = 1 + chance() % 8;
  // What everything else needs to have happened.
  for (const auto kind : {Kind::make_cart, Kind::add, Kind::use_coupon, Kind::place, Kind::receive,
                          Kind::own_add, Kind::own_place, Kind::ship, Kind::deliver}) {
    weights[static_cast<std::size_t>(kind)] *= 4;
  }
  std::discrete_distribution<int> kinds{weights.begin(), weights.end()};
  for (std::int64_t i = 0; i < length; ++i) {
    // Without goods and people nothing happens.
    auto kind = static_cast<Kind>(kinds(chance));
    if (i < 8) kind = i < 4 ? Kind::make_product : i < 6 ? Kind::make_user : Kind::come;
    sequence.push_back({kind, static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance()),
                        static_cast<std::uint32_t>(chance())});
  }
  return sequence;
}

}  // namespace shop::test
