#pragma once

#include "db/tx.hpp"
#include "pricing/rules.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shop::pricing::store {

std::vector<Offer> offers_of(db::Tx& tx, Id variant_id);

std::vector<PriceList> price_lists(db::Tx& tx);
std::optional<PriceList> price_list(db::Tx& tx, Id id);
void put_price_list(db::Tx& tx, const PriceList& list);
void put_tier(db::Tx& tx, Id list_id, const PriceTier& tier);
void delete_tiers(db::Tx& tx, Id list_id, Id variant_id);
std::vector<PriceTier> tiers_of(db::Tx& tx, Id list_id);

void add_schedule(db::Tx& tx, const ScheduledPrice& price);
bool end_schedule(db::Tx& tx, Id id);
std::vector<ScheduledPrice> schedules_of(db::Tx& tx, Id variant_id);
/// The lowest that was in effect at some time from one moment up to another.
std::optional<std::int64_t> lowest_schedule(db::Tx& tx, Id variant_id, Timestamp from,
                                            Timestamp until);
/// The lowest that ended after one moment and up to another.
std::optional<std::int64_t> lowest_schedule_over(db::Tx& tx, Id variant_id, Timestamp after,
                                                 Timestamp until);
/// False when the flash sale has not so many left.
bool sell_flash(db::Tx& tx, Id id, std::int64_t units);
void give_back_flash(db::Tx& tx, Id id, std::int64_t units);

std::vector<CustomerGroup> groups(db::Tx& tx);
bool has_group_named(db::Tx& tx, std::string_view folded);
bool has_group(db::Tx& tx, Id id);
void add_group(db::Tx& tx, const CustomerGroup& group, std::string_view folded);
void set_member(db::Tx& tx, Id group_id, Id customer_id, bool member);
/// Fills the groups and the exemption of a customer.
void load_groups(db::Tx& tx, Id customer_id, Situation& situation);

std::optional<Coupon> coupon_by_code(db::Tx& tx, std::string_view folded);
Page<Coupon> coupons_of(db::Tx& tx, Id promotion_id, const PageQuery& page);
void put_coupon(db::Tx& tx, const Coupon& coupon, std::string_view folded);

std::int64_t uses_of(db::Tx& tx, Id promotion_id);
std::int64_t uses_by_owner(db::Tx& tx, Id owner_id, Id promotion_id);
std::int64_t coupon_uses_by_owner(db::Tx& tx, Id owner_id, Id promotion_id, Id coupon_id);
/// Conditional: false when the limit is reached.
/// What one customer has used of it, the customer who used it most.
std::int64_t most_uses_of_promotion(db::Tx& tx, Id promotion_id);
std::int64_t most_uses_of_coupon(db::Tx& tx, Id coupon_id);
bool use_promotion(db::Tx& tx, Id promotion_id, std::int64_t limit);
bool use_coupon(db::Tx& tx, Id coupon_id);

struct Redemption {
  Id promotion_id = 0;
  Id coupon_id = 0;  ///< 0: none
};
void add_redemption(db::Tx& tx, Id order_id, Id owner_id, const Redemption& redemption);
std::vector<Redemption> redemptions_of(db::Tx& tx, Id order_id);
/// Gives one use back, once.
void forget_redemptions(db::Tx& tx, Id order_id);
void return_redemption(db::Tx& tx, Id order_id, const Redemption& redemption);

}  // namespace shop::pricing::store
