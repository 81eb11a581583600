#pragma once

#include "db/tx.hpp"
#include "loyalty/loyalty.hpp"
#include "loyalty/store.hpp"

#include <string_view>

namespace shop::loyalty {

/// One customer's points in one transaction: read at the first line, written back by finish().
class Ledger {
 public:
  /// What has expired is booked out at once.
  Ledger(db::Tx& tx, Id customer_id);

  [[nodiscard]] std::int64_t balance() const { return account_.balance; }
  [[nodiscard]] std::int64_t expired() const { return expired_; }

  /// Gives points; what was owed is settled with them first. With `counts` they count for the tier.
  void give(PointsKind kind, std::int64_t points, Id object_id, std::string_view note, bool counts);
  /// Takes points, those that expire first at the front. @pre points <= balance()
  void take(PointsKind kind, std::int64_t points, Id object_id, std::string_view note);
  /// Turns earned points back: what is not there any more is owed.
  void reverse(std::int64_t points, Id object_id, std::string_view note);

  /// Writes the account and its event. Result: what came of it all.
  Outcome finish(std::string_view reason, Id order_id);

 private:
  void book_expired();
  void take_from_lots(std::int64_t points);

  db::Tx& tx_;
  Id customer_id_;
  store::Account account_;
  std::int64_t balance_before_;
  std::int64_t expired_ = 0;
};

}  // namespace shop::loyalty
