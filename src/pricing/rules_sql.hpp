#pragma once

#include "db/sql.hpp"

// The rules that are read as a whole into memory and written one object at a time.
namespace shop::pricing::sql {

inline constexpr const char* k_whole = "the shop's rules are read as a whole when one has changed";

inline const db::Sql k_version{"pricing_version",
                               "SELECT version FROM pricing_state WHERE one = 1"};
inline const db::Sql k_settings{
    "pricing_settings",
    "SELECT version, tax_included, rounding, tax_rounding, cash_step, shipping_tax_class_id "
    "FROM pricing_state WHERE one = 1"};
inline const db::Sql k_bump{"pricing_bump",
                            "UPDATE pricing_state SET version = version + 1 WHERE one = 1"};
inline const db::Sql k_set_settings{
    "pricing_set_settings",
    "UPDATE pricing_state SET tax_included = $1, rounding = $2, tax_rounding = $3, cash_step = $4, "
    "shipping_tax_class_id = $5 WHERE one = 1"};

#define SHOP_PROMOTION_COLUMNS                                                             \
  "id, name, lane, priority, exclusive, active, needs_code, starts_at, ends_at, benefit, " \
  "rate_ppm, minor, buy, get, number, max_discount, use_limit, customer_use_limit, seller_id"

inline const db::Sql k_promotions{
    "promotions",
    "SELECT " SHOP_PROMOTION_COLUMNS
    ", coalesce((SELECT used FROM promotion_use u WHERE u.promotion_id = promotion.id), 0) "
    "FROM promotion ORDER BY lane, priority, id",
    k_whole};
inline const db::Sql k_promotion_put{
    "promotion_put",
    "INSERT INTO promotion (" SHOP_PROMOTION_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
    "$19) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, lane = excluded.lane, "
    "priority = excluded.priority, exclusive = excluded.exclusive, active = excluded.active, "
    "needs_code = excluded.needs_code, starts_at = excluded.starts_at, "
    "ends_at = excluded.ends_at, benefit = excluded.benefit, rate_ppm = excluded.rate_ppm, "
    "minor = excluded.minor, buy = excluded.buy, get = excluded.get, number = excluded.number, "
    "max_discount = excluded.max_discount, use_limit = excluded.use_limit, "
    "customer_use_limit = excluded.customer_use_limit"};

#undef SHOP_PROMOTION_COLUMNS

inline const db::Sql k_conditions{"promotion_conditions",
                                  "SELECT promotion_id, position, kind, minor, number "
                                  "FROM promotion_condition ORDER BY promotion_id, position",
                                  k_whole};
inline const db::Sql k_condition_values{
    "promotion_condition_values",
    "SELECT promotion_id, position, id, text FROM promotion_condition_value "
    "ORDER BY promotion_id, position, seq",
    k_whole};
inline const db::Sql k_condition_add{
    "promotion_condition_add",
    "INSERT INTO promotion_condition (promotion_id, position, kind, minor, number) "
    "VALUES ($1, $2, $3, $4, $5)"};
inline const db::Sql k_condition_value_add{
    "promotion_condition_value_add",
    "INSERT INTO promotion_condition_value (promotion_id, position, seq, id, text) "
    "VALUES ($1, $2, $3, $4, $5)"};
inline const db::Sql k_conditions_delete{"promotion_conditions_delete",
                                         "DELETE FROM promotion_condition WHERE promotion_id = $1"};
inline const db::Sql k_condition_values_delete{
    "promotion_condition_values_delete",
    "DELETE FROM promotion_condition_value WHERE promotion_id = $1"};
inline const db::Sql k_use_start{"promotion_use_start",
                                 "INSERT INTO promotion_use (promotion_id, used) VALUES ($1, 0) "
                                 "ON CONFLICT (promotion_id) DO NOTHING"};

inline const db::Sql k_zones{"tax_zones", "SELECT id, name FROM tax_zone ORDER BY id", k_whole};
inline const db::Sql k_zone_put{"tax_zone_put",
                                "INSERT INTO tax_zone (id, name) VALUES ($1, $2) "
                                "ON CONFLICT (id) DO UPDATE SET name = excluded.name"};
inline const db::Sql k_zone_delete{"tax_zone_delete", "DELETE FROM tax_zone WHERE id = $1"};
inline const db::Sql k_places{"tax_zone_places",
                              "SELECT zone_id, country, region FROM tax_zone_place "
                              "ORDER BY zone_id, country, region",
                              k_whole};
inline const db::Sql k_place_add{
    "tax_zone_place_add",
    "INSERT INTO tax_zone_place (zone_id, country, region) VALUES ($1, $2, $3)"};
inline const db::Sql k_places_delete{"tax_zone_places_delete",
                                     "DELETE FROM tax_zone_place WHERE zone_id = $1"};
inline const db::Sql k_rates{"tax_rates",
                             "SELECT zone_id, tax_class_id, name, rate_ppm FROM tax_rate "
                             "ORDER BY zone_id, position",
                             k_whole};
inline const db::Sql k_rate_add{
    "tax_rate_add",
    "INSERT INTO tax_rate (zone_id, position, tax_class_id, name, rate_ppm) "
    "VALUES ($1, $2, $3, $4, $5)"};
inline const db::Sql k_rates_delete{"tax_rates_delete", "DELETE FROM tax_rate WHERE zone_id = $1"};
inline const db::Sql k_classes{"tax_classes", "SELECT id, name FROM tax_class ORDER BY id",
                               k_whole};
inline const db::Sql k_class_add{
    "tax_class_add", "INSERT INTO tax_class (id, name, name_folded) VALUES ($1, $2, $3)"};
inline const db::Sql k_class_by_name{"tax_class_by_name",
                                     "SELECT id FROM tax_class WHERE name_folded = $1"};

inline const db::Sql k_methods{"shipping_methods",
                               "SELECT id, name, pickup, active, free_above FROM shipping_method "
                               "ORDER BY id",
                               k_whole};
inline const db::Sql k_method_put{
    "shipping_method_put",
    "INSERT INTO shipping_method (id, name, pickup, active, free_above) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
    "pickup = excluded.pickup, active = excluded.active, free_above = excluded.free_above"};
inline const db::Sql k_bands{"shipping_bands",
                             "SELECT method_id, country, region, max_weight_grams, max_subtotal, "
                             "minor FROM shipping_band ORDER BY method_id, position",
                             k_whole};
inline const db::Sql k_band_add{
    "shipping_band_add",
    "INSERT INTO shipping_band (method_id, position, country, region, max_weight_grams, "
    "max_subtotal, minor) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
inline const db::Sql k_bands_delete{"shipping_bands_delete",
                                    "DELETE FROM shipping_band WHERE method_id = $1"};
inline const db::Sql k_any_list{"price_list_any", "SELECT id FROM price_list LIMIT 1",
                                "one row tells whether there are any"};
inline const db::Sql k_any_schedule{"scheduled_price_any", "SELECT id FROM scheduled_price LIMIT 1",
                                    "one row tells whether there are any"};
inline const db::Sql k_any_group{"customer_group_any", "SELECT id FROM customer_group LIMIT 1",
                                 "one row tells whether there are any"};

}  // namespace shop::pricing::sql
