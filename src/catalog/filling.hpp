#pragma once

#include "db/tx.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// The first products of a shop, many at once. Lists, facets and the indexes that are in an order
/// of their own are made when all products are written, in one go each; what only one product may
/// have is looked at then. A Writer for Writing::fill writes the products meanwhile.
namespace shop::catalog {

class Filling {
 public:
  /// Only a shop without products can be filled.
  static bool possible(db::Tx& tx);

  /// Takes the indexes away.
  explicit Filling(db::Tx& tx);
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;

  /// Makes the unique indexes. False: some products share what only one may have.
  bool settle();
  /// Those products, all of each kind, by ascending id; at most `limit`.
  std::vector<Id> clashing(std::size_t limit);
  /// Makes lists, facets and the other indexes. Once, after settle() said true.
  void finish();

 private:
  db::Tx* tx_;
  std::vector<std::string> unique_;  // definitions of indexes that are away
  std::vector<std::string> others_;
};

}  // namespace shop::catalog
