#include "faults/model_play.hpp"

namespace shop::test {

void ModelPlay::make(Engine& shop, const Call& call) {
  if (call.kind >= Kind::make_user) return on_person(shop, call);
  on_goods(shop, call);
}

void ModelPlay::on_goods(Engine& shop, const Call& call) {
  const auto host = Session::host();
  switch (call.kind) {
    case Kind::make_category: {
      CategoryInput input{call.text, std::nullopt};
      if (call.parent >= 0) input.parent_id = categories_[static_cast<std::size_t>(call.parent)];
      categories_.push_back(shop.catalog().create_category(host, input).id);
      return;
    }
    case Kind::make_product: {
      ProductInput input;
      input.title = call.text;
      input.simple.price = {call.quantity, "GBP"};
      if (!call.text.empty()) input.simple.sku = call.text;
      const auto made = shop.catalog().create_product(host, input);
      model_.products.back().id = made.id;
      model_.products.back().variant = made.variants.front().id;
      return;
    }
    case Kind::receive:
      shop.inventory().receive(host,
                               {.variant_id = variant(call.product), .quantity = call.quantity});
      return;
    case Kind::adjust:
      shop.inventory().adjust(host, {.variant_id = variant(call.product), .change = call.quantity});
      return;
    case Kind::set_price: {
      VariantChange change;
      change.price = Money{call.quantity, "GBP"};
      (void)shop.catalog().update_variant(host, variant(call.product), change);
      return;
    }
    case Kind::archive:
      shop.catalog().archive_product(host, model_.products[call.product].id);
      return;
    case Kind::restore:
      shop.catalog().restore_product(host, model_.products[call.product].id);
      return;
    case Kind::stale_update: {
      ProductChange change;
      change.version = 1'000'000;
      change.brand = "Late";
      (void)shop.catalog().update_product(host, model_.products[call.product].id, change);
      return;
    }
    case Kind::wrong_id:
      shop.inventory().receive(host, {.variant_id = 4711, .quantity = 1});
      return;
    case Kind::as_ended:
      shop.catalog().create_category(others_.ended, {"By somebody who left", {}});
      return;
    case Kind::as_guest:
      shop.catalog().create_category(shop.guest(), {"By a guest", {}});
      return;
    case Kind::read:
      (void)shop.inventory().level(host, variant(call.product));
      return;
    default:
      on_cart(shop, call);
  }
}

void ModelPlay::on_cart(Engine& shop, const Call& call) {
  const auto host = Session::host();
  const auto cart = call.cart < model_.carts.size() ? model_.carts[call.cart].id : 0;
  switch (call.kind) {
    case Kind::make_cart: {
      CartInput input;
      input.name = call.text;
      model_.carts.back().id = shop.cart().create(host, input).id;
      return;
    }
    case Kind::add:
      number_line(model_.carts[call.cart],
                  shop.cart().add(host, cart, {variant(call.product), call.quantity, {}}).line_no);
      return;
    case Kind::set_quantity:
      (void)shop.cart().set_quantity(host, cart, call.line, call.quantity);
      return;
    case Kind::remove:
      shop.cart().remove(host, cart, call.line);
      return;
    case Kind::clear:
      shop.cart().clear(host, cart);
      return;
    case Kind::bad_coupon:
      shop.cart().add_coupon(host, cart, "NO-SUCH-CODE");
      return;
    case Kind::use_coupon:
      shop.cart().add_coupon(host, cart, ModelShop::k_coupon);
      return;
    case Kind::as_customer:
      as_customer(shop, call);
      return;
    case Kind::place:
    case Kind::place_again:
      place(shop, host, cart, -1, call);
      return;
    default:
      on_order(shop, call);
  }
}

/// What others own is not there for them.
void ModelPlay::as_customer(Engine& shop, const Call& call) {
  if (call.at == 0) {
    shop.catalog().create_category(others_.customer, {"By a customer", {}});
  } else if (call.at == 1 || model_.orders.empty()) {
    (void)shop.cart().read(others_.customer, model_.carts[call.cart].id);
  } else {
    (void)shop.orders().get(others_.customer, model_.orders.back().id);
  }
}

void ModelPlay::number_line(ModelShop::Cart& cart, std::int64_t number) {
  auto found = cart.lines.extract(k_new_line);
  if (found.empty()) return;
  found.key() = number;
  cart.lines.insert(std::move(found));
}

void ModelPlay::learn(Engine& shop, const Call& call) {
  const auto host = Session::host();
  if (call.kind == Kind::make_category) {
    std::optional<Id> parent;
    if (call.parent >= 0) parent = categories_[static_cast<std::size_t>(call.parent)];
    categories_.push_back(shop.catalog().categories(host, parent).back().id);
  } else if (call.kind == Kind::make_product) {
    const auto product = shop.catalog().product_by_sku(host, call.text);
    model_.products.back().id = product.id;
    model_.products.back().variant = product.variants.front().id;
  } else if (call.kind == Kind::make_cart) {
    for (const auto& cart : shop.cart().list(host)) {
      if (cart.name == call.text) model_.carts.back().id = cart.id;
    }
  } else if (call.kind == Kind::add) {
    for (const auto& line : shop.cart().read(host, model_.carts[call.cart].id).lines) {
      if (line.variant_id == variant(call.product)) {
        number_line(model_.carts[call.cart], line.line_no);
      }
    }
  } else if (call.kind == Kind::own_add || call.kind == Kind::wish_to_cart) {
    for (const auto& line : shop.cart().read(sessions_.at(call.person), 0).lines) {
      if (line.variant_id == variant(call.product)) {
        number_line(model_.people[call.person].own, line.line_no);
      }
    }
  } else if (call.kind == Kind::make_user) {
    for (const auto& user : shop.accounts().users(host, {}, {}).items) {
      if (user.username == call.text) model_.people.back().id = user.id;
    }
  } else if (call.kind == Kind::wish) {
    model_.people[call.person].wishlist =
        shop.wishlist().lists(sessions_.at(call.person)).front().id;
  } else if (call.kind == Kind::place || call.kind == Kind::own_place ||
             call.kind == Kind::issue_gift) {
    make(shop, call);  // again, which only tells
  }
}

}  // namespace shop::test
