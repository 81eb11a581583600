#pragma once

#include "db/sql.hpp"

namespace shop::reviews::sql {

#define SHOP_REVIEW_COLUMNS                                                              \
  "id, product_id, customer_id, author, stars, title, body, status, order_id, helpful, " \
  "unhelpful, answer, answered_at, reason, created_at, updated_at, version, seller_id, rewarded"

inline const db::Sql k_add{
    "review_add",
    "INSERT INTO review (" SHOP_REVIEW_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', NULL, '', $10, $10, 1, $11, $12)"};
inline const db::Sql k_by_id{"review_by_id",
                             "SELECT " SHOP_REVIEW_COLUMNS " FROM review WHERE id = $1"};
inline const db::Sql k_of_customer_for{
    "review_of_customer_for", "SELECT id FROM review WHERE product_id = $1 AND customer_id = $2"};
inline const db::Sql k_save{
    "review_save",
    "UPDATE review SET status = $2, stars = $3, title = $4, body = $5, reason = $6, "
    "updated_at = $7, version = version + 1 WHERE id = $1"};
inline const db::Sql k_answer{"review_answer",
                              "UPDATE review SET answer = $2, answered_at = $3 WHERE id = $1"};
inline const db::Sql k_rewarded{"review_rewarded",
                                "UPDATE review SET rewarded = 1 WHERE id = $1 AND rewarded = 0"};
inline const db::Sql k_remove{"review_remove", "DELETE FROM review WHERE id = $1"};

inline const db::Sql k_removed_put{
    "review_removed_put",
    "INSERT INTO review_removed (customer_id, product_id, held, rewarded) VALUES ($1, $2, $3, $4)"};
inline const db::Sql k_removed_take{
    "review_removed_take",
    "DELETE FROM review_removed WHERE customer_id = $1 AND product_id = $2 "
    "RETURNING held, rewarded"};
inline const db::Sql k_removed_forget{"review_removed_forget",
                                      "DELETE FROM review_removed WHERE customer_id = $1"};

inline const db::Sql k_newest{"review_newest", "SELECT " SHOP_REVIEW_COLUMNS
                                               " FROM review WHERE product_id = $1 AND status = 2 "
                                               "AND id < $2 AND ($3 = 0 OR stars = $3) "
                                               "ORDER BY id DESC LIMIT $4"};
inline const db::Sql k_helpful{"review_helpful",
                               "SELECT " SHOP_REVIEW_COLUMNS
                               " FROM review WHERE product_id = $1 AND status = 2 "
                               "AND (helpful, id) < ($2, $3) AND ($4 = 0 OR stars = $4) "
                               "ORDER BY helpful DESC, id DESC LIMIT $5"};
inline const db::Sql k_of_customer{"review_of_customer",
                                   "SELECT " SHOP_REVIEW_COLUMNS
                                   " FROM review WHERE customer_id = $1 AND id < $2 "
                                   "ORDER BY id DESC LIMIT $3"};
inline const db::Sql k_count_of_customer{"review_count_of_customer",
                                         "SELECT count(*) FROM review WHERE customer_id = $1"};
inline const db::Sql k_queue{"review_queue", "SELECT " SHOP_REVIEW_COLUMNS
                                             " FROM review WHERE status = 1 AND id > $1 "
                                             "ORDER BY id LIMIT $2"};
inline const db::Sql k_queue_count{"review_queue_count",
                                   "SELECT count(*) FROM review WHERE status = 1",
                                   "counts what waits, by the index of the queue"};
inline const db::Sql k_liked{"review_liked",
                             "SELECT product_id, stars, updated_at FROM review "
                             "WHERE customer_id = $1 ORDER BY id DESC LIMIT $2"};

#undef SHOP_REVIEW_COLUMNS

inline const db::Sql k_vote{"review_vote",
                            "SELECT helpful FROM review_vote "
                            "WHERE review_id = $1 AND customer_id = $2"};
inline const db::Sql k_vote_put{
    "review_vote_put",
    "INSERT INTO review_vote (review_id, customer_id, helpful) VALUES ($1, $2, $3) "
    "ON CONFLICT (review_id, customer_id) DO UPDATE SET helpful = excluded.helpful"};
inline const db::Sql k_vote_remove{
    "review_vote_remove", "DELETE FROM review_vote WHERE review_id = $1 AND customer_id = $2"};
inline const db::Sql k_vote_count{
    "review_vote_count",
    "UPDATE review SET helpful = helpful + $2, unhelpful = unhelpful + $3 WHERE id = $1"};
inline const db::Sql k_votes_of_customer{
    "review_votes_of_customer",
    "SELECT review_id, helpful FROM review_vote WHERE customer_id = $1 ORDER BY review_id"};

#define SHOP_RATING_COLUMNS "product_id, reviews, bayes, one, two, three, four, five"

inline const db::Sql k_rating{
    "review_rating", "SELECT " SHOP_RATING_COLUMNS " FROM review_rating WHERE product_id = $1"};
inline const db::Sql k_rating_put{
    "review_rating_put",
    "INSERT INTO review_rating (" SHOP_RATING_COLUMNS
    ", stars) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (product_id) DO UPDATE SET "
    "reviews = excluded.reviews, bayes = excluded.bayes, one = excluded.one, two = excluded.two, "
    "three = excluded.three, four = excluded.four, five = excluded.five, stars = excluded.stars"};
inline const db::Sql k_rating_remove{"review_rating_remove",
                                     "DELETE FROM review_rating WHERE product_id = $1"};
inline const db::Sql k_top_rated{"review_top_rated",
                                 "SELECT " SHOP_RATING_COLUMNS
                                 " FROM review_rating WHERE (bayes, product_id) < ($1, $2) "
                                 "ORDER BY bayes DESC, product_id DESC LIMIT $3"};
inline const db::Sql k_most_reviewed{"review_most_reviewed",
                                     "SELECT " SHOP_RATING_COLUMNS
                                     " FROM review_rating WHERE (reviews, product_id) < ($1, $2) "
                                     "ORDER BY reviews DESC, product_id DESC LIMIT $3"};
inline const db::Sql k_rated_products{"review_rated_products", "SELECT count(*) FROM review_rating",
                                      "a total that was asked for"};
inline const db::Sql k_rated_after{"review_rated_after",
                                   "SELECT " SHOP_RATING_COLUMNS
                                   " FROM review_rating WHERE product_id > $1 "
                                   "ORDER BY product_id LIMIT $2"};

inline const db::Sql k_verify_ratings{
    "review_verify_ratings",
    "SELECT p.product_id, r.reviews, r.stars, "
    "(SELECT count(*) FROM review v WHERE v.product_id = p.product_id AND v.status = 2), "
    "(SELECT coalesce(sum(v.stars), 0) FROM review v "
    "WHERE v.product_id = p.product_id AND v.status = 2), "
    "r.one + r.two + r.three + r.four + r.five, "
    "r.one + 2 * r.two + 3 * r.three + 4 * r.four + 5 * r.five "
    "FROM (SELECT product_id FROM review UNION SELECT product_id FROM review_rating) p "
    "LEFT JOIN review_rating r ON r.product_id = p.product_id",
    "verify counts every review"};
inline const db::Sql k_verify_sellers{
    "review_verify_sellers",
    "SELECT seller_id, count(*), sum(stars) FROM review WHERE status = 2 AND seller_id <> 0 "
    "GROUP BY seller_id",
    "verify counts every review"};
inline const db::Sql k_verify_votes{
    "review_verify_votes",
    "SELECT v.id, v.helpful, v.unhelpful, "
    "(SELECT coalesce(sum(o.helpful), 0) FROM review_vote o WHERE o.review_id = v.id), "
    "(SELECT count(*) FROM review_vote o WHERE o.review_id = v.id), "
    "(SELECT count(*) FROM review_vote o "
    "WHERE o.review_id = v.id AND o.customer_id = v.customer_id) FROM review v",
    "verify counts every vote"};

#undef SHOP_RATING_COLUMNS

}  // namespace shop::reviews::sql
