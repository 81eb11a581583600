#pragma once

#include "db/tx.hpp"

#include <cstddef>
#include <memory>
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

  [[nodiscard]] std::size_t bytes() const;

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

/// Follows the texts of one transaction.
class TextFollower {
 public:
  virtual ~TextFollower() = default;
  /// Takes note; touches nothing but itself, so that another thread may do it. Ascending product
  /// ids are the fast case.
  virtual void add(TextChange change) = 0;
  /// Writes what was added, and forgets it.
  virtual void write(db::Tx& tx) = 0;
};

/// Sets what makes the followers of the process.
using MakeTextFollower = std::unique_ptr<TextFollower> (*)();
void follow_texts(MakeTextFollower make) noexcept;
/// One of them; nothing when nobody follows.
std::unique_ptr<TextFollower> make_text_follower();
/// One that adds on a thread of its own.
std::unique_ptr<TextFollower> make_background_text_follower();

}  // namespace shop::catalog
