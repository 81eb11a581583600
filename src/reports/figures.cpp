#include "reports/figures.hpp"

#include "reports/calendar.hpp"
#include "reports/read_sql.hpp"

#include <algorithm>

namespace shop::reports {
namespace {

constexpr std::int64_t k_day = 1;
constexpr std::int64_t k_month = 2;
constexpr std::int64_t k_all = 3;

// Adds rows that mostly come in the order of their products; puts them in order at the end.
class Collector {
 public:
  void add(Id product_id, const Sums& sums) {
    if (!rows_.empty()) {
      if (rows_.back().product_id == product_id) {
        rows_.back().sums += sums;
        return;
      }
      sorted_ = sorted_ && rows_.back().product_id < product_id;
    }
    rows_.push_back({product_id, sums});
  }

  std::vector<ProductSums> take() {
    if (!sorted_) merge();
    return std::move(rows_);
  }

 private:
  void merge() {
    std::sort(rows_.begin(), rows_.end(), [](const ProductSums& a, const ProductSums& b) {
      return a.product_id < b.product_id;
    });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < rows_.size(); ++i) {
      if (rows_[i].product_id == rows_[kept].product_id) {
        rows_[kept].sums += rows_[i].sums;
      } else {
        rows_[++kept] = rows_[i];
      }
    }
    rows_.resize(kept + 1);
  }

  std::vector<ProductSums> rows_;
  bool sorted_ = true;
};

Sums sums_at(const db::Query& query, int column) {
  return {query.integer(column), query.integer(column + 1), query.integer(column + 2),
          query.integer(column + 3), query.integer(column + 4)};
}

class Reader {
 public:
  Reader(db::Tx& tx, const std::optional<Id>& seller_id) : tx_(&tx), seller_id_(seller_id) {}

  void read(std::int64_t grain, std::int64_t first, std::int64_t last) {
    if (last < first) return;
    if (!seller_id_) {
      auto query = tx_->query(sql::k_products_in, grain, first, last);
      while (query.next()) out_.add(query.integer(0), sums_at(query, 1));
      return;
    }
    for (auto period = first; period <= last; ++period) {
      auto query = tx_->query(sql::k_seller_products_in, grain, period, *seller_id_);
      while (query.next()) out_.add(query.integer(0), sums_at(query, 1));
    }
  }

  void read_unfolded(const DaySpan& span) {
    auto query = tx_->query(sql::k_products_unfolded, span.first, span.last);
    while (query.next()) {
      if (seller_id_ && query.integer(6) != *seller_id_) continue;
      out_.add(query.integer(0), sums_at(query, 1));
    }
  }

  std::vector<ProductSums> take() { return out_.take(); }

 private:
  db::Tx* tx_;
  const std::optional<Id>& seller_id_;
  Collector out_;
};

}  // namespace

FoldState fold_state(db::Tx& tx) {
  auto query = tx.query(sql::k_state);
  query.next();
  return {query.integer(0), query.integer(1), query.integer(2)};
}

std::vector<ProductSums> product_sums(db::Tx& tx, const DaySpan& span,
                                      const std::optional<Id>& seller_id) {
  Reader reader{tx, seller_id};
  if (span.last < span.first) return {};
  const auto rolled = fold_state(tx).rolled_day;
  const auto newest = tx.integer(sql::k_newest_day).value_or(span.first - 1);
  const auto oldest = tx.integer(sql::k_oldest_day).value_or(span.last + 1);
  const auto first = std::max(span.first, oldest);
  const auto last = std::min(span.last, newest);
  if (first <= oldest && last >= rolled) {
    reader.read(k_all, 0, 0);
    reader.read(k_day, std::max(rolled + 1, first), last);
  } else {
    // Whole months that are rolled completely, and the days before and after them.
    auto first_month = month_of_day(first);
    if (first_day_of_month(first_month) < first) ++first_month;
    const auto reach = std::min(last, rolled);
    auto last_month = month_of_day(reach);
    if (first_day_of_month(last_month + 1) - 1 > reach) --last_month;
    if (first_month <= last_month) {
      reader.read(k_day, first, first_day_of_month(first_month) - 1);
      reader.read(k_month, first_month, last_month);
      reader.read(k_day, first_day_of_month(last_month + 1), last);
    } else {
      reader.read(k_day, first, last);
    }
  }
  reader.read_unfolded(span);
  return reader.take();
}

}  // namespace shop::reports
