#pragma once

#include "bench/raw_db.hpp"
#include "bench/raw_orders.hpp"

#include <memory>
#include <string>

namespace shop::bench {

/// The plain order of any tutorial, on a plain schema of its own: three conditional stock updates,
/// three lines, one order, the cart emptied, and nothing else. No ledger, no books, no figures, no
/// events, nobody is checked. What all of libshop's order is measured against.
class RawBare {
 public:
  static void make(const std::string& path, std::int64_t products, std::int64_t customers);

  RawBare(const std::string& path, const char* sync, const char* vfs = nullptr);
  ~RawBare();

  /// Things are numbered from 1; customers from 1.
  void fill(std::int64_t customer, const Wishes& wishes);
  std::int64_t place(std::int64_t customer);
  void begin();
  void commit();

 private:
  struct Statements;
  RawDb db_;
  std::unique_ptr<Statements> sql_;
};

}  // namespace shop::bench
