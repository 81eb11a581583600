#include "faults/model_play.hpp"

#include <fmt/format.h>

// In what a shop differs from its model.
namespace shop::test {
namespace {

std::optional<std::string> other_lines(const Cart& there, const ModelShop::Cart& cart) {
  if (there.lines.size() != cart.lines.size()) return "another number of cart lines";
  for (const auto& line : there.lines) {
    const auto wanted = cart.lines.find(line.line_no);
    if (wanted == cart.lines.end() || wanted->second.quantity != line.quantity) {
      return "another cart line";
    }
  }
  return std::nullopt;
}

bool is_live(Engine& shop, const Session& session) {
  try {
    (void)shop.accounts().me(session);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::optional<std::string> ModelPlay::difference(Engine& shop, bool with_people) {
  if (auto found = other_goods(shop)) return found;
  if (auto found = other_carts(shop)) return found;
  if (auto found = other_orders(shop)) return found;
  for (std::size_t i = 0; with_people && i < model_.people.size(); ++i) {
    if (auto found = other_person(shop, i)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> ModelPlay::other_goods(Engine& shop) const {
  const auto host = Session::host();
  for (const auto& product : model_.products) {
    if (product.variant == 0) return "a product without id";
    if (shop.catalog().variant(host, product.variant).price.minor != product.price) {
      return "another price";
    }
    const auto there = shop.inventory().level(host, product.variant).on_hand;
    if (there != product.on_hand) return fmt::format("{} on hand, not {}", there, product.on_hand);
  }
  return std::nullopt;
}

std::optional<std::string> ModelPlay::other_carts(Engine& shop) const {
  for (const auto& cart : model_.carts) {
    if (cart.id == 0) return "a cart without id";
    if (!cart.open) continue;
    if (auto found = other_lines(shop.cart().read(Session::host(), cart.id), cart)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> ModelPlay::other_orders(Engine& shop) const {
  const auto host = Session::host();
  for (const auto& order : model_.orders) {
    if (order.id == 0) return "an order without id";
    const auto there = shop.orders().get(host, order.id);
    if (there.total.minor != order.total || there.paid.minor != order.paid() ||
        there.refunded.minor != order.refunded()) {
      return fmt::format("order of {}, {} paid and {} refunded, not {}, {} and {}",
                         there.total.minor, there.paid.minor, there.refunded.minor, order.total,
                         order.paid(), order.refunded());
    }
    if (there.status != order.status || there.fulfilment_status != order.fulfilment) {
      return fmt::format("order with status {}/{}, not {}/{}", static_cast<int>(there.status),
                         static_cast<int>(there.fulfilment_status), static_cast<int>(order.status),
                         static_cast<int>(order.fulfilment));
    }
  }
  for (const auto& gift : model_.gifts) {
    if (gift.id == 0) return "a gift card without id";
    const auto there = shop.payments().gift_card(host, gift.code).balance.minor;
    if (there != gift.balance) return fmt::format("{} on a card, not {}", there, gift.balance);
  }
  const auto coupons = shop.pricing().coupons(host, others_.promotion, {"", 1, false});
  if (coupons.items.at(0).used != model_.coupon_uses) return "another number of uses of a code";
  if (shop.orders().list(host, {}, {.limit = 1, .with_total = true}).total !=
      static_cast<std::int64_t>(model_.orders.size())) {
    return "another number of orders";
  }
  return std::nullopt;
}

std::optional<std::string> ModelPlay::other_person(Engine& shop, std::size_t number) const {
  const auto& person = model_.people[number];
  if (person.id == 0) return "a person without id";
  const auto points = shop.loyalty().account_of(Session::host(), person.id).balance;
  if (points != person.points) return fmt::format("{} points, not {}", points, person.points);
  if (!person.came) return std::nullopt;
  const auto& session = sessions_.at(number);
  if (is_live(shop, session) == person.ended) return "a session that is live, or is not";
  if (person.ended) return std::nullopt;
  if (!person.own.lines.empty()) {
    if (auto found = other_lines(shop.cart().read(session, 0), person.own)) return found;
  }
  const PageQuery page{"", 100, false};
  const auto reviews = shop.reviews().mine(session, page).items.size();
  if (reviews != person.reviews.size()) return "another number of reviews";
  if (person.wishlist == 0) return std::nullopt;
  const auto wishes = shop.wishlist().items(session, person.wishlist, page).items.size();
  return wishes == person.wishes.size() ? std::nullopt
                                        : std::optional<std::string>{"another number of wishes"};
}

}  // namespace shop::test
