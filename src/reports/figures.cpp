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

/// Periods of one grain.
struct Part {
  std::int64_t grain = k_day;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// The fewest periods that make up a span of days that are folded: the whole, or whole months and
// the days before and after them.
std::vector<Part> parts_of(db::Tx& tx, const DaySpan& span) {
  std::vector<Part> out;
  const auto add = [&](std::int64_t grain, std::int64_t first, std::int64_t last) {
    if (first <= last) out.push_back({grain, first, last});
  };
  if (span.last < span.first) return out;
  const auto rolled = fold_state(tx).rolled_day;
  if (span.first <= tx.integer(sql::k_oldest_day).value_or(span.first) && span.last >= rolled) {
    add(k_all, 0, 0);
    add(k_day, std::max(rolled + 1, span.first), span.last);
    return out;
  }
  auto first_month = month_of_day(span.first);
  if (first_day_of_month(first_month) < span.first) ++first_month;
  // A month that is not over holds the days that are: it will do when the span has all of them.
  const auto last_month =
      span.last >= rolled ? month_of_day(rolled) : month_of_day(span.last + 1) - 1;
  if (first_month > last_month) {
    add(k_day, span.first, span.last);
    return out;
  }
  add(k_day, span.first, first_day_of_month(first_month) - 1);
  add(k_month, first_month, last_month);
  const auto after = std::min(first_day_of_month(last_month + 1) - 1, rolled) + 1;
  add(k_day, after, span.last);
  return out;
}

class Reader {
 public:
  Reader(db::Tx& tx, const std::optional<Id>& seller_id) : tx_(&tx), seller_id_(seller_id) {}

  void read(const Part& part) {
    if (!seller_id_) {
      auto query = tx_->query(sql::k_products_in, part.grain, part.first, part.last);
      while (query.next()) out_.add(query.integer(0), sums_at(query, 1));
      return;
    }
    for (auto period = part.first; period <= part.last; ++period) {
      auto query = tx_->query(sql::k_seller_products_in, part.grain, period, *seller_id_);
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
  if (span.last < span.first) return {};
  Reader reader{tx, seller_id};
  for (const auto& part : parts_of(tx, folded_days(tx, span))) reader.read(part);
  reader.read_unfolded(span);
  return reader.take();
}

DaySpan folded_days(db::Tx& tx, const DaySpan& span) {
  const auto newest = tx.integer(sql::k_newest_day).value_or(span.first - 1);
  const auto oldest = tx.integer(sql::k_oldest_day).value_or(span.last + 1);
  return {std::max(span.first, oldest), std::min(span.last, newest)};
}

std::vector<ProductSums> folded_sums(db::Tx& tx, const DaySpan& span,
                                     const std::optional<Id>& seller_id) {
  Reader reader{tx, seller_id};
  for (const auto& part : parts_of(tx, span)) reader.read(part);
  return reader.take();
}

std::vector<ProductSums> unfolded_sums(db::Tx& tx, const DaySpan& span,
                                       const std::optional<Id>& seller_id) {
  Reader reader{tx, seller_id};
  reader.read_unfolded(span);
  return reader.take();
}

Sums folded_sums_of(db::Tx& tx, const DaySpan& span, Id product_id, Id seller_id,
                    std::int64_t& reads) {
  Sums out;
  for (const auto& part : parts_of(tx, span)) {
    for (auto period = part.first; period <= part.last; ++period, ++reads) {
      auto query = tx.query(sql::k_product_in, part.grain, period, seller_id, product_id);
      while (query.next()) out += sums_at(query, 0);
    }
  }
  return out;
}

}  // namespace shop::reports
