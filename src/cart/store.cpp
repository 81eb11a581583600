#include "cart/store.hpp"

#include "cart/cart_sql.hpp"
#include "shop/error.hpp"

namespace shop::cart::store {
namespace {

Stored cart_row(db::Tx& tx, const db::Query& query) {
  Stored out;
  out.id = query.integer(0);
  out.owner_id = query.integer(1);
  out.guest = query.boolean(2);
  out.name = query.text(3);
  out.country = query.text(4);
  out.region = query.text(5);
  out.shipping_method_id = query.maybe_integer(6);
  out.address = open_address(tx, query.blob(7), "cart", out.id);
  out.reserved_until = query.integer(8);
  out.created_at = query.integer(9);
  return out;
}

std::optional<std::int64_t> minor_of(const std::optional<Money>& money) {
  return money ? std::optional{money->minor} : std::nullopt;
}

}  // namespace

void add_cart(db::Tx& tx, const Stored& cart) {
  const auto added =
      tx.exec(sql::k_cart_add, cart.id, cart.owner_id, cart.guest, cart.name, cart.country,
              cart.region, cart.shipping_method_id, seal_address(tx, cart.address, "cart", cart.id),
              cart.reserved_until, cart.created_at);
  if (added == 0) throw Error(Code::conflict, "there is a current cart already");
}

std::optional<Stored> cart_by_id(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_cart_by_id, id);
  return query.next() ? std::optional{cart_row(tx, query)} : std::nullopt;
}

std::optional<Stored> current_cart(db::Tx& tx, Id owner_id) {
  auto query = tx.query(sql::k_cart_current, owner_id);
  return query.next() ? std::optional{cart_row(tx, query)} : std::nullopt;
}

std::vector<Stored> addressed_after(db::Tx& tx, Id after, std::int64_t limit) {
  std::vector<Stored> out;
  auto query = tx.query(sql::k_carts_addressed, after, limit);
  while (query.next()) out.push_back(cart_row(tx, query));
  return out;
}

std::vector<CartSummary> carts_of(db::Tx& tx, Id owner_id) {
  std::vector<CartSummary> out;
  auto query = tx.query(sql::k_carts_of, owner_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.text(1), query.integer(3), query.integer(2)});
  }
  return out;
}

void update_cart(db::Tx& tx, const Stored& cart) {
  tx.exec(sql::k_cart_update, cart.id, cart.owner_id, cart.guest, cart.name, cart.country,
          cart.region, cart.shipping_method_id, seal_address(tx, cart.address, "cart", cart.id),
          cart.reserved_until);
}

void vacate_cart(db::Tx& tx, Id id) {
  tx.exec(sql::k_cart_vacate, id, std::span<const std::byte>{});
}

void free_place(db::Tx& tx, Id owner_id) {
  tx.exec(sql::k_cart_free_place, owner_id);
}

void delete_cart(db::Tx& tx, Id id) {
  tx.exec(sql::k_cart_delete, id);
}

std::vector<CartLine> lines_of(db::Tx& tx, Id cart_id) {
  const auto& currency = tx.env().currency;
  std::vector<CartLine> out;
  auto query = tx.query(sql::k_lines_of, cart_id);
  while (query.next()) {
    auto& line = out.emplace_back();
    line.line_no = query.integer(0);
    line.variant_id = query.integer(1);
    line.quantity = query.integer(2);
    line.seen_price = {query.integer(3), currency};
    if (!query.is_null(4)) line.manual_price = Money{query.integer(4), currency};
    line.manual_discount = {query.integer(5), currency};
    line.manual_reason = query.text(6);
    line.note = query.text(7);
  }
  return out;
}

namespace {

void write_line(db::Tx& tx, const db::Sql& sql, Id cart_id, const CartLine& line) {
  tx.exec(sql, cart_id, line.line_no, line.variant_id, line.quantity, line.seen_price.minor,
          minor_of(line.manual_price), line.manual_discount.minor, line.manual_reason, line.note,
          tx.now());
}

}  // namespace

void add_line(db::Tx& tx, Id cart_id, const CartLine& line) {
  write_line(tx, sql::k_line_add, cart_id, line);
}

void put_line(db::Tx& tx, Id cart_id, const CartLine& line) {
  write_line(tx, sql::k_line_put, cart_id, line);
}

bool delete_line(db::Tx& tx, Id cart_id, std::int64_t line_no) {
  return tx.exec(sql::k_line_delete, cart_id, line_no) == 1;
}
void delete_lines(db::Tx& tx, Id cart_id) {
  tx.exec(sql::k_lines_delete, cart_id);
}

std::vector<std::string> coupons_of(db::Tx& tx, Id cart_id) {
  std::vector<std::string> out;
  auto query = tx.query(sql::k_coupons_of, cart_id);
  while (query.next()) out.push_back(query.text(0));
  return out;
}
void put_coupon(db::Tx& tx, Id cart_id, std::string_view folded, std::string_view code) {
  tx.exec(sql::k_coupon_put, cart_id, folded, code);
}
bool delete_coupon(db::Tx& tx, Id cart_id, std::string_view folded) {
  return tx.exec(sql::k_coupon_delete, cart_id, folded) == 1;
}
void delete_coupons(db::Tx& tx, Id cart_id) {
  tx.exec(sql::k_coupons_delete, cart_id);
}

CartJoin join_rule(db::Tx& tx) {
  return static_cast<CartJoin>(tx.integer(sql::k_join_rule).value_or(1));
}
void set_join_rule(db::Tx& tx, CartJoin rule) {
  tx.exec(sql::k_join_rule_put, rule);
}

}  // namespace shop::cart::store
