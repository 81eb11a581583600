#pragma once

#include "db/sql.hpp"

// Prices, groups, coupons and their uses: what is too much to be kept in memory.
namespace shop::pricing::sql {

inline const db::Sql k_offers_of{
    "offers_of",
    "SELECT l.id, 2, l.name, i.minor, i.min_quantity, l.group_id, l.starts_at, l.ends_at, NULL "
    "FROM price_list_item i JOIN price_list l ON l.id = i.list_id "
    "WHERE i.variant_id = $1 AND l.active = 1 "
    "UNION ALL SELECT id, CASE WHEN unit_limit IS NULL THEN 3 ELSE 4 END, name, minor, 1, 0, "
    "starts_at, ends_at, unit_limit - sold FROM scheduled_price WHERE variant_id = $1 "
    "AND (ends_at IS NULL OR ends_at > $2)"};

inline const db::Sql k_lists{
    "price_lists",
    "SELECT id, name, group_id, active, starts_at, ends_at FROM price_list ORDER BY id",
    "a shop has few price lists"};
inline const db::Sql k_list_put{
    "price_list_put",
    "INSERT INTO price_list (id, name, group_id, active, starts_at, ends_at) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
    "group_id = excluded.group_id, active = excluded.active, starts_at = excluded.starts_at, "
    "ends_at = excluded.ends_at"};
inline const db::Sql k_list_by_id{
    "price_list_by_id",
    "SELECT id, name, group_id, active, starts_at, ends_at FROM price_list WHERE id = $1"};
inline const db::Sql k_tier_put{
    "price_tier_put",
    "INSERT INTO price_list_item (variant_id, list_id, min_quantity, minor) "
    "VALUES ($1, $2, $3, $4) ON CONFLICT (variant_id, list_id, min_quantity) "
    "DO UPDATE SET minor = excluded.minor"};
inline const db::Sql k_tiers_delete{
    "price_tiers_delete", "DELETE FROM price_list_item WHERE variant_id = $1 AND list_id = $2"};
inline const db::Sql k_tiers_of{
    "price_tiers_of",
    "SELECT variant_id, min_quantity, minor FROM price_list_item WHERE list_id = $1 "
    "ORDER BY variant_id, min_quantity LIMIT 10000"};

inline const db::Sql k_schedule_add{
    "scheduled_price_add",
    "INSERT INTO scheduled_price (id, variant_id, name, minor, starts_at, ends_at, unit_limit, "
    "sold) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"};
inline const db::Sql k_schedule_end{"scheduled_price_end",
                                    "UPDATE scheduled_price SET ends_at = $2 WHERE id = $1 "
                                    "AND (ends_at IS NULL OR ends_at > $2)"};
inline const db::Sql k_schedules_of{
    "scheduled_prices_of",
    "SELECT id, variant_id, name, minor, starts_at, ends_at, unit_limit, sold "
    "FROM scheduled_price WHERE variant_id = $1 ORDER BY starts_at, id"};
// What was taken back before it began was never asked.
inline const db::Sql k_schedule_lowest{
    "scheduled_price_lowest",
    "SELECT min(minor) FROM scheduled_price WHERE variant_id = $1 AND starts_at < $3 "
    "AND (ends_at IS NULL OR (ends_at > $2 AND ends_at > starts_at))"};
inline const db::Sql k_schedule_lowest_over{
    "scheduled_price_lowest_over",
    "SELECT min(minor) FROM scheduled_price WHERE variant_id = $1 AND ends_at > $2 "
    "AND ends_at <= $3 AND ends_at > starts_at"};
inline const db::Sql k_flash_sell{"flash_sell",
                                  "UPDATE scheduled_price SET sold = sold + $2 WHERE id = $1 "
                                  "AND (unit_limit IS NULL OR sold + $2 <= unit_limit)"};
inline const db::Sql k_flash_give_back{
    "flash_give_back", "UPDATE scheduled_price SET sold = sold - $2 WHERE id = $1 AND sold >= $2"};

inline const db::Sql k_groups{"customer_groups",
                              "SELECT id, name, tax_exempt FROM customer_group ORDER BY id",
                              "a shop has few groups"};
inline const db::Sql k_group_add{
    "customer_group_add",
    "INSERT INTO customer_group (id, name, name_folded, tax_exempt) VALUES ($1, $2, $3, $4)"};
inline const db::Sql k_group_by_name{"customer_group_by_name",
                                     "SELECT id FROM customer_group WHERE name_folded = $1"};
inline const db::Sql k_group_by_id{"customer_group_by_id",
                                   "SELECT id FROM customer_group WHERE id = $1"};
inline const db::Sql k_member_add{
    "customer_group_member_add",
    "INSERT INTO customer_group_member (customer_id, group_id) VALUES ($1, $2) "
    "ON CONFLICT (customer_id, group_id) DO NOTHING"};
inline const db::Sql k_member_delete{
    "customer_group_member_delete",
    "DELETE FROM customer_group_member WHERE customer_id = $1 AND group_id = $2"};
inline const db::Sql k_groups_of{
    "customer_groups_of",
    "SELECT m.group_id, g.tax_exempt FROM customer_group_member m "
    "JOIN customer_group g ON g.id = m.group_id WHERE m.customer_id = $1 ORDER BY 1"};

#define SHOP_COUPON_COLUMNS "id, code, promotion_id, active, use_limit, customer_use_limit, used"

inline const db::Sql k_coupon_by_code{
    "coupon_by_code", "SELECT " SHOP_COUPON_COLUMNS " FROM coupon WHERE code_folded = $1"};
inline const db::Sql k_coupons_of_promotion{
    "coupons_of_promotion",
    "SELECT " SHOP_COUPON_COLUMNS
    " FROM coupon WHERE promotion_id = $1 AND id > $2 ORDER BY id LIMIT $3"};
inline const db::Sql k_coupon_put{
    "coupon_put",
    "INSERT INTO coupon (id, code, code_folded, promotion_id, active, use_limit, "
    "customer_use_limit, used) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) "
    "ON CONFLICT (code_folded) DO UPDATE SET code = excluded.code, active = excluded.active, "
    "promotion_id = excluded.promotion_id, use_limit = excluded.use_limit, "
    "customer_use_limit = excluded.customer_use_limit"};

#undef SHOP_COUPON_COLUMNS

inline const db::Sql k_use_of{"promotion_use_of",
                              "SELECT used FROM promotion_use WHERE promotion_id = $1"};
inline const db::Sql k_uses_by_owner{
    "redemptions_by_owner",
    "SELECT count(*) FROM redemption WHERE owner_id = $1 AND owner_id <> 0 AND promotion_id = $2 "
    "AND returned = 0"};
inline const db::Sql k_coupon_uses_by_owner{
    "coupon_redemptions_by_owner",
    "SELECT count(*) FROM redemption WHERE owner_id = $1 AND owner_id <> 0 AND promotion_id = $2 "
    "AND coupon_id = $3 AND returned = 0"};
inline const db::Sql k_use_promotion{
    "promotion_use_one",
    "UPDATE promotion_use SET used = used + 1 WHERE promotion_id = $1 AND used < $2"};
inline const db::Sql k_use_coupon{"coupon_use_one",
                                  "UPDATE coupon SET used = used + 1 WHERE id = $1 "
                                  "AND (use_limit IS NULL OR used < use_limit)"};
inline const db::Sql k_redemption_add{
    "redemption_add",
    "INSERT INTO redemption (order_id, promotion_id, coupon_id, owner_id, returned) "
    "VALUES ($1, $2, $3, $4, 0)"};
inline const db::Sql k_redemptions_of{
    "redemptions_of",
    "SELECT promotion_id, coupon_id FROM redemption WHERE order_id = $1 AND returned = 0 "
    "ORDER BY promotion_id"};
inline const db::Sql k_redemptions_forget{"redemptions_forget",
                                          "DELETE FROM redemption WHERE order_id = $1"};
inline const db::Sql k_redemption_return{
    "redemption_return",
    "UPDATE redemption SET returned = 1 WHERE order_id = $1 AND promotion_id = $2 "
    "AND returned = 0"};
inline const db::Sql k_promotion_give_back{
    "promotion_use_give_back",
    "UPDATE promotion_use SET used = used - 1 WHERE promotion_id = $1 AND used > 0"};
inline const db::Sql k_coupon_give_back{
    "coupon_use_give_back", "UPDATE coupon SET used = used - 1 WHERE id = $1 AND used > 0"};

inline const db::Sql k_most_promotion_uses{
    "promotion_most_uses",
    "SELECT count(*) FROM redemption WHERE promotion_id = $1 AND owner_id <> 0 AND returned = 0 "
    "GROUP BY owner_id ORDER BY 1 DESC LIMIT 1",
    "only when a limit per customer is set"};
inline const db::Sql k_most_coupon_uses{
    "coupon_most_uses",
    "SELECT count(*) FROM redemption WHERE coupon_id = $1 AND owner_id <> 0 AND returned = 0 "
    "GROUP BY owner_id ORDER BY 1 DESC LIMIT 1",
    "only when a limit per customer is set"};
inline const db::Sql k_verify_customer_uses{
    "redemptions_verify_customers",
    "SELECT r.promotion_id, r.coupon_id, r.owner_id, count(*), "
    "coalesce(c.customer_use_limit, p.customer_use_limit) FROM redemption r "
    "JOIN promotion p ON p.id = r.promotion_id LEFT JOIN coupon c ON c.id = r.coupon_id "
    "WHERE r.returned = 0 AND r.owner_id <> 0 "
    "AND coalesce(c.customer_use_limit, p.customer_use_limit) IS NOT NULL "
    "GROUP BY r.promotion_id, r.coupon_id, r.owner_id, c.customer_use_limit, p.customer_use_limit "
    "HAVING count(*) > coalesce(c.customer_use_limit, p.customer_use_limit)",
    "verify counts every redemption"};
inline const db::Sql k_verify_promotions{
    "promotions_verify",
    "SELECT u.promotion_id, u.used, (SELECT count(*) FROM redemption r "
    "WHERE r.promotion_id = u.promotion_id AND r.returned = 0), p.use_limit "
    "FROM promotion_use u JOIN promotion p ON p.id = u.promotion_id",
    "verify counts every redemption"};
inline const db::Sql k_verify_coupons{
    "coupons_verify",
    "SELECT c.code, c.used, (SELECT count(*) FROM redemption r WHERE r.coupon_id = c.id "
    "AND r.returned = 0) FROM coupon c",
    "verify counts every redemption"};

}  // namespace shop::pricing::sql
