#pragma once

#include "db/tx.hpp"

#include <span>
#include <string>
#include <vector>

/// How the text index of a later module follows each change of a product's texts, in the same
/// transaction.
namespace shop::catalog {

/// What a product can be found by.
struct ProductText {
  std::string title;
  std::string description;
  std::string brand;
  std::vector<std::string> tags;
  std::vector<std::string> translations;  ///< titles in other languages

  friend bool operator==(const ProductText&, const ProductText&) = default;
};

/// A product that appeared in the lists (no `before`), left them (no `after`) or has other texts.
struct TextChange {
  Id product_id = 0;
  bool was_listed = false;
  bool is_listed = false;
  ProductText before;
  ProductText after;
};

/// Called inside the writing transaction; ascending product ids are the fast case.
using TextFollower = void (*)(db::Tx&, std::span<const TextChange>);

/// Sets the one follower of the process: it keeps no state outside the transaction.
void follow_texts(TextFollower follower) noexcept;
void tell_follower(db::Tx& tx, std::span<const TextChange> changes);

}  // namespace shop::catalog
