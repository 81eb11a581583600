#include "reports/ranking.hpp"

#include "catalog/lookup.hpp"

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <tuple>
#include <utility>

namespace shop::reports {
namespace {

constexpr std::size_t k_sure = 1000;           // the most that anybody asks for
constexpr std::size_t k_kept_lists = 16;       // of a shop
constexpr std::int64_t k_most_reads = 20'000;  // of rows, to remove doubts

using List = std::shared_ptr<const Ranked>;

/// What a list is of.
struct Key {
  std::int64_t first = 0;
  std::int64_t last = 0;
  Id seller_id = -1;  ///< −1: everybody's
  ReportOrder order = ReportOrder::most_units;
  std::size_t kept = 0;
  friend bool operator==(const Key&, const Key&) = default;
};

/// The lists of the shops that are open. A shop is known by its keys: each one that is opened has
/// its own. Only what is committed gets in, and each state of the sums has a number.
class KeptLists {
 public:
  using Shop = std::shared_ptr<core::KeyRing>;
  struct Entry {
    Key key;
    std::int64_t generation = -1;
    List closed;  ///< of the days that are over
    std::int64_t folds = -1;
    List folded;  ///< of all that is folded
  };

  Entry find(const Shop& shop, const Key& key) {
    const std::lock_guard lock{mutex_};
    auto& entries = of(shop);
    const auto at = place_of(entries, key);
    if (at == entries.end()) return {key, -1, nullptr, -1, nullptr};
    std::rotate(entries.begin(), at, at + 1);  // the latest in front
    return entries.front();
  }
  void keep(const Shop& shop, Entry entry) {
    const std::lock_guard lock{mutex_};
    auto& entries = of(shop);
    const auto at = place_of(entries, entry.key);
    if (at == entries.end()) {
      entries.insert(entries.begin(), std::move(entry));
      if (entries.size() > k_kept_lists) entries.pop_back();
    } else if (at->folds <= entry.folds) {  // a reader of an older state leaves it alone
      *at = std::move(entry);
    }
  }

 private:
  using Entries = std::vector<Entry>;
  Entries& of(const Shop& shop) {
    std::erase_if(shops_, [](const auto& kept) { return kept.first.expired(); });
    for (auto& [known, entries] : shops_) {
      if (!known.owner_before(shop) && !shop.owner_before(known)) return entries;
    }
    return shops_.emplace_back(shop, Entries{}).second;
  }
  static Entries::iterator place_of(Entries& entries, const Key& key) {
    return std::find_if(entries.begin(), entries.end(),
                        [&](const Entry& entry) { return entry.key == key; });
  }

  std::mutex mutex_;
  std::vector<std::pair<std::weak_ptr<core::KeyRing>, Entries>> shops_;
};

KeptLists& kept_lists() {
  static KeptLists instance;
  return instance;
}

std::int64_t value_of(const ProductSums& row, ReportOrder order) {
  return order == ReportOrder::most_revenue ? row.sums.revenue : row.sums.units;
}

auto best_first(ReportOrder order) {
  return [order](const ProductSums& a, const ProductSums& b) {
    const auto x = value_of(a, order);
    const auto y = value_of(b, order);
    return x != y ? x > y : a.product_id < b.product_id;
  };
}

void note_places(Ranked& list) {
  list.places.reserve(list.rows.size());
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    list.places.emplace_back(list.rows[i].product_id, i);
  }
  std::sort(list.places.begin(), list.places.end());
}

// The best of many, and a bound for the rest.
Ranked cut(std::vector<ProductSums> rows, ReportOrder order, std::size_t most) {
  Ranked out;
  std::erase_if(rows, [](const ProductSums& row) { return row.sums == Sums{}; });
  const auto kept = std::min(most, rows.size());
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(kept);
  if (end != rows.end()) {
    std::nth_element(rows.begin(), end, rows.end(), best_first(order));
    out.bound = value_of(*end, order);
  }
  out.rows.assign(rows.begin(), end);
  std::sort(out.rows.begin(), out.rows.end(), best_first(order));
  note_places(out);
  return out;
}

void keep_category(db::Tx& tx, std::vector<ProductSums>& rows, Id category_id, std::size_t most) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size() && kept < most; ++i) {
    if (catalog::is_in_category(tx, rows[i].product_id, category_id)) rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

/// Adds what changed to a list.
class Extension {
 public:
  Extension(db::Tx& tx, const Ranked& list, const DaySpan& of_list, ReportOrder order)
      : tx_(&tx), list_(&list), of_list_(of_list), order_(order), doubt_(list.bound) {}

  /// The best of all that is known, at most `want`. Others may be better unless doubt() says no.
  std::vector<ProductSums> best(const std::vector<ProductSums>& more, std::size_t want) {
    add_changed(more);
    // So many of the others may be among the wanted.
    for (std::size_t i = 0, left = want; i < list_->rows.size() && left > 0; ++i) {
      if (changed_[i]) continue;
      out_.push_back(list_->rows[i]);
      --left;
    }
    std::sort(out_.begin(), out_.end(), best_first(order_));
    if (!doubtful_.empty()) remove_doubts(want);
    std::erase_if(out_, [](const ProductSums& row) { return row.sums == Sums{}; });
    if (out_.size() > want) out_.resize(want);
    return std::move(out_);
  }

  /// Nothing that is not known has more than this; absent when all is known.
  [[nodiscard]] const std::optional<std::int64_t>& doubt() const { return doubt_; }

  /// The list with what had to be read, so that it is known from now on; nothing when it was all
  /// known. Changes are not in it.
  [[nodiscard]] List learned() const {
    if (found_.empty()) return nullptr;
    auto out = std::make_shared<Ranked>();
    out->bound = list_->bound;
    out->rows = list_->rows;
    out->rows.insert(out->rows.end(), found_.begin(), found_.end());
    std::sort(out->rows.begin(), out->rows.end(), best_first(order_));
    note_places(*out);
    return out;
  }

  /// The whole list with what changed.
  Ranked extended(const std::vector<ProductSums>& more, std::size_t most_rows) {
    Ranked out;
    out.rows = best(more, list_->rows.size() + more.size());
    out.bound = doubt_;
    if (out.rows.size() > most_rows) {
      const auto rest = value_of(out.rows[most_rows], order_);
      out.bound = std::max(out.bound.value_or(rest), rest);
      out.rows.resize(most_rows);
    }
    note_places(out);
    return out;
  }

 private:
  void add_changed(const std::vector<ProductSums>& more) {
    changed_.resize(list_->rows.size());
    for (const auto& row : more) {
      const auto at = std::lower_bound(list_->places.begin(), list_->places.end(),
                                       std::pair{row.product_id, std::size_t{0}});
      if (at != list_->places.end() && at->first == row.product_id) {
        changed_[at->second] = true;
        out_.push_back(list_->rows[at->second]);
        out_.back().sums += row.sums;
      } else if (!list_->bound) {
        out_.push_back(row);
      } else {
        doubtful_.push_back(row);
      }
    }
  }

  [[nodiscard]] std::int64_t most(const ProductSums& row) const {
    return *list_->bound + std::max<std::int64_t>(0, value_of(row, order_));
  }

  // What may be among the wanted is read; what is not worth it raises the bound.
  void remove_doubts(std::size_t want) {
    std::sort(doubtful_.begin(), doubtful_.end(), [&](const auto& a, const auto& b) {
      return most(a) != most(b) ? most(a) > most(b) : a.product_id < b.product_id;
    });
    // Beyond the first thousand nobody asks.
    const auto last = std::min({want, out_.size(), k_sure}) - 1;
    const auto least = out_.empty() ? 0 : value_of(out_[last], order_);
    std::int64_t reads = 0;
    for (const auto& row : doubtful_) {
      const auto card = reads < k_most_reads && (most(row) >= least || out_.empty())
                            ? catalog::product_card(*tx_, row.product_id)
                            : std::nullopt;
      if (!card) {
        doubt_ = std::max(*doubt_, most(row));
        break;  // the rest may have as much at most
      }
      auto sums = folded_sums_of(*tx_, of_list_, row.product_id, card->seller_id, reads);
      found_.push_back({row.product_id, sums});
      sums += row.sums;
      out_.push_back({row.product_id, sums});
    }
    std::sort(out_.begin(), out_.end(), best_first(order_));
  }

  db::Tx* tx_;
  const Ranked* list_;
  DaySpan of_list_;
  ReportOrder order_;
  std::optional<std::int64_t> doubt_;
  std::vector<bool> changed_;
  std::vector<ProductSums> out_;
  std::vector<ProductSums> doubtful_;
  std::vector<ProductSums> found_;
};

}  // namespace

Ranking::Ranking(db::Tx& tx, const DaySpan& span, const std::optional<Id>& seller_id,
                 std::size_t kept)
    : tx_(&tx),
      seller_id_(seller_id),
      state_(fold_state(tx)),
      kept_(kept),
      folded_(folded_days(tx, span)),
      unfolded_(unfolded_sums(tx, span, seller_id)) {}

std::shared_ptr<const Ranked> Ranking::closed(ReportOrder order) {
  const DaySpan span{folded_.first, std::min(folded_.last, state_.rolled_day)};
  return std::make_shared<const Ranked>(cut(folded_sums(*tx_, span, seller_id_), order, kept_));
}

std::shared_ptr<const Ranked> Ranking::folded(ReportOrder order) {
  const auto& shop = tx_->env().keys;
  const Key key{folded_.first, folded_.last, seller_id_.value_or(-1), order, kept_};
  const bool may_keep = shop && !tx_->writable();  // what is being written may still be undone
  auto entry = may_keep ? kept_lists().find(shop, key) : KeptLists::Entry{key, -1, {}, -1, {}};
  if (entry.folds == state_.folds) return entry.folded;
  if (entry.generation != state_.generation) {
    entry.closed = closed(order);
    entry.generation = state_.generation;
  }
  entry.folded = entry.closed;
  if (const DaySpan open{std::max(folded_.first, state_.rolled_day + 1), folded_.last};
      open.first <= open.last) {
    const DaySpan over{folded_.first, state_.rolled_day};
    entry.folded =
        std::make_shared<const Ranked>(Extension{*tx_, *entry.closed, over, order}.extended(
            folded_sums(*tx_, open, seller_id_), kept_));
  }
  entry.folds = state_.folds;
  auto out = entry.folded;
  if (may_keep) kept_lists().keep(shop, std::move(entry));
  return out;
}

void Ranking::keep(ReportOrder order, const std::shared_ptr<const Ranked>& learned) {
  const auto& shop = tx_->env().keys;
  if (!shop || tx_->writable() || learned->rows.size() > 2 * kept_) return;
  auto entry =
      kept_lists().find(shop, {folded_.first, folded_.last, seller_id_.value_or(-1), order, kept_});
  if (entry.folds != state_.folds) return;
  entry.folded = learned;
  kept_lists().keep(shop, std::move(entry));
}

std::optional<std::vector<ProductSums>> Ranking::best(ReportOrder order, std::int64_t limit,
                                                      const std::optional<Id>& category_id) {
  if (order != ReportOrder::most_units && order != ReportOrder::most_revenue) return std::nullopt;
  const auto list = folded(order);
  const auto wanted = static_cast<std::size_t>(limit);
  Extension extension{*tx_, *list, folded_, order};
  const auto everything = list->rows.size() + unfolded_.size();
  auto out = extension.best(unfolded_, category_id ? std::max(everything, wanted) : wanted);
  if (const auto learned = extension.learned()) keep(order, learned);
  if (category_id) keep_category(*tx_, out, *category_id, wanted);
  if (const auto& doubt = extension.doubt()) {
    // Equals are told apart by their ids, and some of the last one's equals may not be known.
    const bool sure = out.size() == wanted && value_of(out.back(), order) > *doubt;
    if (!sure) return std::nullopt;
  }
  return out;
}

}  // namespace shop::reports
