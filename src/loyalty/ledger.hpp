#pragma once

#include "db/tx.hpp"
#include "loyalty/loyalty.hpp"
#include "loyalty/store.hpp"

#include <string_view>
#include <vector>

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
  /// Takes points, those that expire first at the front. Result: from where. @pre points <=
  /// balance()
  std::vector<store::Spent> take(PointsKind kind, std::int64_t points, Id object_id,
                                 std::string_view note);
  /// Puts points that paid an order back to where they came from: they expire when they would have.
  /// What is owed is settled with them first, also with those that have expired meanwhile: they had
  /// been spent before.
  void put_back(std::int64_t points, Id order_id);
  /// Turns points back that an order earned, its own first: what is not there any more is owed, but
  /// for what expired. Result: how many of them had expired, beyond the `lapsed` of earlier calls.
  std::int64_t reverse(std::int64_t points, Id order_id, std::string_view note,
                       std::int64_t lapsed);

  /// Writes the account and its event. Result: what came of it all.
  Outcome finish(std::string_view reason, Id order_id);

 private:
  void book_expired();
  std::vector<store::Spent> take_from_lots(std::int64_t points, Id own_order_id = 0);
  void settle(std::int64_t points, Id object_id);

  db::Tx& tx_;
  Id customer_id_;
  store::Account account_;
  std::int64_t balance_before_;
  std::int64_t expired_ = 0;
};

}  // namespace shop::loyalty
