#pragma once

#include "db/sql.hpp"

namespace shop::search::sql {

inline const db::Sql k_term{"search_term", "SELECT id, documents FROM search_term WHERE term = $1"};
inline const db::Sql k_term_add{
    "search_term_add", "INSERT INTO search_term (term, id, documents) VALUES ($1, $2, $3)"};
inline const db::Sql k_term_count{
    "search_term_count", "UPDATE search_term SET documents = documents + $2 WHERE term = $1"};
// A word that no product has any more stays with its number: it often comes back.
inline const db::Sql k_terms_from{
    "search_terms_from",
    "SELECT term, id, documents FROM search_term WHERE term >= $1 AND term < $2 AND documents > 0 "
    "ORDER BY term LIMIT $3"};
inline const db::Sql k_terms_all{"search_terms_all",
                                 "SELECT id, documents FROM search_term ORDER BY term",
                                 "verify reads everything"};
inline const db::Sql k_terms_remove{"search_terms_remove", "DELETE FROM search_term",
                                    "the index is made anew"};

inline const db::Sql k_block_at{
    "search_block_at",
    "SELECT first_id, count, postings FROM search_posting WHERE term_id = $1 AND first_id <= $2 "
    "ORDER BY first_id DESC LIMIT 1"};
inline const db::Sql k_block_first{
    "search_block_first",
    "SELECT first_id, count, postings FROM search_posting WHERE term_id = $1 "
    "ORDER BY first_id LIMIT 1"};
inline const db::Sql k_blocks_down{
    "search_blocks_down",
    "SELECT first_id, count, postings FROM search_posting WHERE term_id = $1 "
    "ORDER BY first_id DESC"};
inline const db::Sql k_block_put{
    "search_block_put",
    "INSERT INTO search_posting (term_id, first_id, count, postings) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (term_id, first_id) DO UPDATE "
    "SET count = excluded.count, postings = excluded.postings"};
inline const db::Sql k_block_remove{
    "search_block_remove", "DELETE FROM search_posting WHERE term_id = $1 AND first_id = $2"};
inline const db::Sql k_blocks_remove{"search_blocks_remove", "DELETE FROM search_posting",
                                     "the index is made anew"};

inline const db::Sql k_typo_add{"search_typo_add",
                                "INSERT INTO search_typo (deletion, term) VALUES ($1, $2) "
                                "ON CONFLICT (deletion, term) DO NOTHING"};
inline const db::Sql k_typos{"search_typos",
                             "SELECT term FROM search_typo WHERE deletion = $1 "
                             "ORDER BY term LIMIT 50"};
inline const db::Sql k_typos_remove{"search_typos_remove", "DELETE FROM search_typo",
                                    "the index is made anew"};

inline const db::Sql k_count_add{
    "search_count_add",
    "INSERT INTO search_count (query, searches, results) VALUES ($1, $2, $3) "
    "ON CONFLICT (query) DO UPDATE SET searches = search_count.searches + excluded.searches, "
    "results = excluded.results"};
inline const db::Sql k_popular{
    "search_popular",
    "SELECT query, searches, results FROM search_count WHERE results > 0 "
    "ORDER BY searches DESC, query LIMIT $1",
    "the first rows of an index that is in this order"};
inline const db::Sql k_fruitless{
    "search_fruitless",
    "SELECT query, searches, results FROM search_count WHERE results = 0 "
    "ORDER BY searches DESC, query LIMIT $1",
    "the first rows of an index that is in this order"};
inline const db::Sql k_counts_all{
    "search_counts_all",
    "SELECT query, searches, results FROM search_count ORDER BY searches DESC, query LIMIT $1",
    "a report over all that was searched for"};
inline const db::Sql k_counts_from{
    "search_counts_from",
    "SELECT query, searches FROM search_count WHERE query >= $1 AND query < $2 AND results > 0 "
    "ORDER BY query LIMIT 200"};

}  // namespace shop::search::sql
