#pragma once

#include "cart/cart.hpp"
#include "db/tx.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shop::cart::store {

void add_cart(db::Tx& tx, const Stored& cart);
/// The cart itself, without its lines and coupons.
std::optional<Stored> cart_by_id(db::Tx& tx, Id id);
std::optional<Stored> current_cart(db::Tx& tx, Id owner_id);
/// Carts with an address, by ascending id.
std::vector<Stored> addressed_after(db::Tx& tx, Id after, std::int64_t limit);
std::vector<CartSummary> carts_of(db::Tx& tx, Id owner_id);
void update_cart(db::Tx& tx, const Stored& cart);
/// The cart is gone; its row waits for the owner's next current one.
void vacate_cart(db::Tx& tx, Id id);
/// Removes such a row, so that another cart can become the owner's current one.
void free_place(db::Tx& tx, Id owner_id);
void delete_cart(db::Tx& tx, Id id);

std::vector<CartLine> lines_of(db::Tx& tx, Id cart_id);
void add_line(db::Tx& tx, Id cart_id, const CartLine& line);
/// Changes a line that is there.
void put_line(db::Tx& tx, Id cart_id, const CartLine& line);
bool delete_line(db::Tx& tx, Id cart_id, std::int64_t line_no);
void delete_lines(db::Tx& tx, Id cart_id);

std::vector<std::string> coupons_of(db::Tx& tx, Id cart_id);
void put_coupon(db::Tx& tx, Id cart_id, std::string_view folded, std::string_view code);
bool delete_coupon(db::Tx& tx, Id cart_id, std::string_view folded);
void delete_coupons(db::Tx& tx, Id cart_id);

CartJoin join_rule(db::Tx& tx);
void set_join_rule(db::Tx& tx, CartJoin rule);

}  // namespace shop::cart::store
