#include "pricing/offer_store.hpp"

#include "core/encoding.hpp"
#include "pricing/offers_sql.hpp"

namespace shop::pricing::store {

std::vector<Offer> offers_of(db::Tx& tx, Id variant_id) {
  std::vector<Offer> out;
  auto query = tx.query(sql::k_offers_of, variant_id, tx.now());
  while (query.next()) {
    out.push_back({query.integer(0), query.as<PriceSource>(1), query.text(2), query.integer(3),
                   query.integer(4), query.integer(5), query.maybe_integer(6),
                   query.maybe_integer(7), query.maybe_integer(8)});
  }
  return out;
}

namespace {

PriceList list_row(const db::Query& query) {
  PriceList out;
  out.id = query.integer(0);
  out.name = query.text(1);
  if (query.integer(2) != 0) out.group_id = query.integer(2);
  out.active = query.boolean(3);
  out.starts_at = query.maybe_integer(4);
  out.ends_at = query.maybe_integer(5);
  return out;
}

Coupon coupon_row(const db::Query& query) {
  return {query.integer(0),       query.text(1),          query.integer(2), query.boolean(3),
          query.maybe_integer(4), query.maybe_integer(5), query.integer(6)};
}

}  // namespace

std::vector<PriceList> price_lists(db::Tx& tx) {
  std::vector<PriceList> out;
  auto query = tx.query(sql::k_lists);
  while (query.next()) out.push_back(list_row(query));
  return out;
}
std::optional<PriceList> price_list(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_list_by_id, id);
  return query.next() ? std::optional{list_row(query)} : std::nullopt;
}
void put_price_list(db::Tx& tx, const PriceList& list) {
  tx.exec(sql::k_list_put, list.id, list.name, list.group_id.value_or(0), list.active,
          list.starts_at, list.ends_at);
}
void put_tier(db::Tx& tx, Id list_id, const PriceTier& tier) {
  tx.exec(sql::k_tier_put, tier.variant_id, list_id, tier.min_quantity, tier.price.minor);
}
void delete_tiers(db::Tx& tx, Id list_id, Id variant_id) {
  tx.exec(sql::k_tiers_delete, variant_id, list_id);
}
std::vector<PriceTier> tiers_of(db::Tx& tx, Id list_id) {
  std::vector<PriceTier> out;
  auto query = tx.query(sql::k_tiers_of, list_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), Money{query.integer(2), tx.env().currency}});
  }
  return out;
}

void add_schedule(db::Tx& tx, const ScheduledPrice& p) {
  tx.exec(sql::k_schedule_add, p.id, p.variant_id, p.name, p.price.minor, p.starts_at, p.ends_at,
          p.unit_limit);
}
bool end_schedule(db::Tx& tx, Id id) {
  return tx.exec(sql::k_schedule_end, id, tx.now()) == 1;
}
std::vector<ScheduledPrice> schedules_of(db::Tx& tx, Id variant_id) {
  std::vector<ScheduledPrice> out;
  auto query = tx.query(sql::k_schedules_of, variant_id);
  while (query.next()) {
    out.push_back({query.integer(0), query.integer(1), query.text(2),
                   Money{query.integer(3), tx.env().currency}, query.integer(4),
                   query.maybe_integer(5), query.maybe_integer(6), query.integer(7)});
  }
  return out;
}
std::optional<std::int64_t> lowest_schedule(db::Tx& tx, Id variant_id, Timestamp from,
                                            Timestamp until) {
  return tx.integer(sql::k_schedule_lowest, variant_id, from, until);
}
std::optional<std::int64_t> lowest_schedule_over(db::Tx& tx, Id variant_id, Timestamp after,
                                                 Timestamp until) {
  return tx.integer(sql::k_schedule_lowest_over, variant_id, after, until);
}
bool sell_flash(db::Tx& tx, Id id, std::int64_t units) {
  return tx.exec(sql::k_flash_sell, id, units) == 1;
}
void give_back_flash(db::Tx& tx, Id id, std::int64_t units) {
  tx.exec(sql::k_flash_give_back, id, units);
}

std::vector<CustomerGroup> groups(db::Tx& tx) {
  std::vector<CustomerGroup> out;
  auto query = tx.query(sql::k_groups);
  while (query.next()) out.push_back({query.integer(0), query.text(1), query.boolean(2)});
  return out;
}
bool has_group_named(db::Tx& tx, std::string_view folded) {
  return tx.integer(sql::k_group_by_name, folded).has_value();
}
bool has_group(db::Tx& tx, Id id) {
  return tx.integer(sql::k_group_by_id, id).has_value();
}
void add_group(db::Tx& tx, const CustomerGroup& group, std::string_view folded) {
  tx.exec(sql::k_group_add, group.id, group.name, folded, group.tax_exempt);
}
void set_member(db::Tx& tx, Id group_id, Id customer_id, bool member) {
  tx.exec(member ? sql::k_member_add : sql::k_member_delete, customer_id, group_id);
}
void load_groups(db::Tx& tx, Id customer_id, Situation& situation) {
  auto query = tx.query(sql::k_groups_of, customer_id);
  while (query.next()) {
    situation.group_ids.push_back(query.integer(0));
    situation.tax_exempt = situation.tax_exempt || query.boolean(1);
  }
}

std::optional<Coupon> coupon_by_code(db::Tx& tx, std::string_view folded) {
  auto query = tx.query(sql::k_coupon_by_code, folded);
  return query.next() ? std::optional{coupon_row(query)} : std::nullopt;
}
Page<Coupon> coupons_of(db::Tx& tx, Id promotion_id, const PageQuery& page) {
  Id after = 0;
  if (!page.cursor.empty()) after = core::CursorReader{page.cursor, "coupons"}.integer();
  Page<Coupon> out;
  auto query = tx.query(sql::k_coupons_of_promotion, promotion_id, after, page.limit + 1);
  while (query.next()) {
    if (static_cast<std::int64_t>(out.items.size()) == page.limit) {
      out.next_cursor = core::CursorWriter{"coupons"}.add(out.items.back().id).take();
      break;
    }
    out.items.push_back(coupon_row(query));
  }
  return out;
}
void put_coupon(db::Tx& tx, const Coupon& c, std::string_view folded) {
  tx.exec(sql::k_coupon_put, c.id, c.code, folded, c.promotion_id, c.active, c.use_limit,
          c.customer_use_limit);
}

std::int64_t uses_of(db::Tx& tx, Id promotion_id) {
  return tx.integer(sql::k_use_of, promotion_id).value_or(0);
}
std::int64_t uses_by_owner(db::Tx& tx, Id owner_id, Id promotion_id) {
  return tx.integer(sql::k_uses_by_owner, owner_id, promotion_id).value_or(0);
}
std::int64_t coupon_uses_by_owner(db::Tx& tx, Id owner_id, Id promotion_id, Id coupon_id) {
  return tx.integer(sql::k_coupon_uses_by_owner, owner_id, promotion_id, coupon_id).value_or(0);
}
std::int64_t most_uses_of_promotion(db::Tx& tx, Id promotion_id) {
  return tx.integer(sql::k_most_promotion_uses, promotion_id).value_or(0);
}
std::int64_t most_uses_of_coupon(db::Tx& tx, Id coupon_id) {
  return tx.integer(sql::k_most_coupon_uses, coupon_id).value_or(0);
}
bool use_promotion(db::Tx& tx, Id promotion_id, std::int64_t limit) {
  return tx.exec(sql::k_use_promotion, promotion_id, limit) == 1;
}
bool use_coupon(db::Tx& tx, Id coupon_id) {
  return tx.exec(sql::k_use_coupon, coupon_id) == 1;
}
void add_redemption(db::Tx& tx, Id order_id, Id owner_id, const Redemption& redemption) {
  tx.exec(sql::k_redemption_add, order_id, redemption.promotion_id, redemption.coupon_id, owner_id);
}
std::vector<Redemption> redemptions_of(db::Tx& tx, Id order_id) {
  std::vector<Redemption> out;
  auto query = tx.query(sql::k_redemptions_of, order_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}
void forget_redemptions(db::Tx& tx, Id order_id) {
  tx.exec(sql::k_redemptions_forget, order_id);
}
void return_redemption(db::Tx& tx, Id order_id, const Redemption& redemption) {
  if (tx.exec(sql::k_redemption_return, order_id, redemption.promotion_id) != 1) return;
  tx.exec(sql::k_promotion_give_back, redemption.promotion_id);
  if (redemption.coupon_id != 0) tx.exec(sql::k_coupon_give_back, redemption.coupon_id);
}

}  // namespace shop::pricing::store
