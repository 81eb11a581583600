#include "faults/model_play.hpp"

#include <fmt/format.h>

// Orders, money and people of the model, on a shop.
namespace shop::test {
namespace {

constexpr const char* k_password = "a passphrase of many words";

std::optional<Money> amount_of(std::int64_t minor) {
  if (minor == ModelShop::k_rest) return std::nullopt;
  return Money{minor, "GBP"};
}

}  // namespace

std::vector<PaymentInput> ModelPlay::payments(const ModelShop::Plan& plan) const {
  std::vector<PaymentInput> inputs;
  for (const auto& pay : plan) {
    PaymentInput input;
    input.tender = pay.tender;
    input.amount = amount_of(pay.amount);
    input.authorize_only = pay.authorize;
    if (pay.tender == Tender::gift_card) {
      input.code =
          pay.gift < 0 ? "NO-SUCH-CARD" : model_.gifts[static_cast<std::size_t>(pay.gift)].code;
    }
    inputs.push_back(input);
  }
  return inputs;
}

void ModelPlay::place(Engine& shop, const Session& session, Id cart, int owner, const Call& call) {
  PlaceInput input;
  input.idempotency_key = call.text;
  input.accept_prices = call.accept;
  input.payments = payments(call.plan);
  const auto placed = shop.orders().place(session, cart, input);
  for (auto& order : model_.orders) {
    if (order.key == call.text && order.owner == owner) order.id = placed.id;
  }
}

void ModelPlay::on_order(Engine& shop, const Call& call) {
  const auto host = Session::host();
  switch (call.kind) {
    case Kind::cancel:
      (void)shop.orders().cancel(host, order_id(call), "the model said so");
      return;
    case Kind::give_back: {
      ReturnInput input;
      input.idempotency_key = call.text;
      input.lines = {
          {.line_no = static_cast<std::int64_t>(call.at) + 1, .quantity = call.quantity}};
      (void)shop.orders().return_items(host, order_id(call), input);
      return;
    }
    case Kind::ship:
      (void)shop.orders().ship(host, order_id(call), {});
      return;
    case Kind::deliver:
      (void)shop.orders().deliver(host, order_id(call));
      return;
    default:
      on_money(shop, call);
  }
}

void ModelPlay::on_money(Engine& shop, const Call& call) {
  const auto host = Session::host();
  const auto payment = static_cast<std::int64_t>(call.payment) + 1;
  switch (call.kind) {
    case Kind::issue_gift: {
      GiftCardInput input;
      input.idempotency_key = fmt::format("{} {}", call.text, call.quantity);
      input.amount = {call.quantity, "GBP"};
      input.code = call.text;
      const auto id = shop.payments().issue_gift_card(host, input).wallet.id;
      for (auto& gift : model_.gifts) {
        if (gift.code == call.text) gift.id = id;
      }
      return;
    }
    case Kind::pay:
      (void)shop.payments().pay(host, order_id(call), call.text, payments(call.plan));
      return;
    case Kind::capture:
      (void)shop.payments().capture(host, order_id(call), payment, call.text,
                                    amount_of(call.quantity));
      return;
    case Kind::refund:
      (void)shop.payments().refund(host, order_id(call), payment, call.text,
                                   amount_of(call.quantity), "the model said so");
      return;
    case Kind::give_up:
      (void)shop.payments().void_(host, order_id(call), payment);
      return;
    default:
      return;
  }
}

void ModelPlay::log_in(Engine& shop, const Call& call) {
  LogInInput input;
  input.login = model_.people[call.person].name;
  input.password = call.accept ? k_password : "another passphrase of many words";
  (void)shop.accounts().log_in(shop.guest(), input);
}

void ModelPlay::on_person(Engine& shop, const Call& call) {
  const auto host = Session::host();
  if (call.kind == Kind::make_user) {
    NewUserInput input;
    input.username = call.text;
    input.email = call.text + "@example.com";
    input.password = k_password;
    model_.people.back().id = shop.accounts().create_user(host, input).id;
    return;
  }
  auto& person = model_.people[call.person];
  if (call.kind == Kind::come) {
    sessions_.insert_or_assign(call.person, shop.accounts().log_in_as(host, person.id).session);
    return;
  }
  if (call.kind == Kind::set_enabled) {
    (void)shop.accounts().set_enabled(host, person.id, call.accept);
    return;
  }
  if (call.kind == Kind::log_in) return log_in(shop, call);
  if (call.kind == Kind::points) {
    (void)shop.loyalty().adjust(host, {person.id, call.quantity, "the model said so"});
    return;
  }
  const auto& session = sessions_.at(call.person);
  const Id product = model_.products.empty() ? 0 : model_.products[call.product].id;
  switch (call.kind) {
    case Kind::log_out:
      shop.accounts().log_out(session);
      return;
    case Kind::own_add:
      number_line(person.own,
                  shop.cart().add(session, 0, {variant(call.product), call.quantity, {}}).line_no);
      return;
    case Kind::own_place:
      place(shop, session, 0, static_cast<int>(call.person), call);
      return;
    case Kind::wish:
      person.wishlist = shop.wishlist().add(session, {.product_id = product}).wishlist_id;
      return;
    case Kind::wish_no_more:
      shop.wishlist().take_off(session, person.wishlist, product);
      return;
    case Kind::wish_to_cart: {
      WishlistToCart input;
      input.wishlist_id = person.wishlist;
      input.product_id = product;
      number_line(person.own, shop.wishlist().move_to_cart(session, input).line_no);
      return;
    }
    case Kind::review: {
      ReviewInput input;
      input.product_id = product;
      input.stars = call.quantity;
      (void)shop.reviews().add(session, input);
      return;
    }
    default:
      return;
  }
}

}  // namespace shop::test
