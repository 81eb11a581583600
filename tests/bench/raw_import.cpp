#include "bench/raw_import.hpp"

#include "bench/raw_db.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

namespace shop::bench {
namespace {

constexpr std::array k_tables{"category",      "category_ancestor",   "facet",
                              "product",       "product_description", "variant",
                              "product_label", "product_category",    "listing",
                              "facet_product", "scope_count",         "search_term",
                              "search_typo",   "search_posting"};

std::vector<std::string> definitions(RawDb& db, const char* type, const char* table) {
  const auto sql = fmt::format(
      "SELECT sql FROM s.sqlite_schema WHERE type = '{}' AND tbl_name = '{}' AND sql IS NOT NULL",
      type, table);
  RawStatement query{db, sql.c_str()};
  std::vector<std::string> out;
  for (bool more = query.first(); more; more = query.next()) out.push_back(query.text(0));
  return out;
}

}  // namespace

double raw_import(const std::string& shop, const std::string& to) {
  double taken = 0;
  {
    RawDb db{to, "NORMAL"};
    db.run(fmt::format("ATTACH '{}' AS s", shop).c_str());
    db.run("PRAGMA foreign_keys = OFF");
    for (const auto* table : k_tables) {
      for (const auto& sql : definitions(db, "table", table)) db.run(sql.c_str());
    }
    const auto start = std::chrono::steady_clock::now();
    db.run("BEGIN IMMEDIATE");
    for (const auto* table : k_tables) {
      // The condition keeps SQLite from copying whole records unseen, which no import could do.
      db.run(fmt::format("INSERT INTO main.{0} SELECT * FROM s.{0} WHERE true", table).c_str());
    }
    for (const auto* table : k_tables) {
      for (const auto& sql : definitions(db, "index", table)) db.run(sql.c_str());
    }
    db.run("COMMIT");
    taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  for (const auto* end : {"", "-wal", "-shm"}) std::remove((to + end).c_str());
  return taken;
}

}  // namespace shop::bench
