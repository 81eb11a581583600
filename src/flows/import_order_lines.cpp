#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "orders/orders.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "payments/payments.hpp"
#include "pricing/pricing.hpp"
#include "recommend/recommend.hpp"
#include "reports/reports.hpp"
#include "shop/error.hpp"
#include "shop/transfer.hpp"
#include "transfer/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

// Orders of another system, line by line. They are history: the figures and the recommendations
// count them, and they take nothing from anybody.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::size_t k_problems_max = 1000;
constexpr std::size_t k_orders_at_once = 500;
constexpr std::size_t k_most_lines = 1000;

enum Column : std::size_t {
  order,
  placed_at,
  sku,
  quantity,
  unit_price,
  discount,
  country,
  region,
  tax,
  customer
};
constexpr std::array<std::string_view, 10> k_columns = {
    "order",    "placed_at", "sku",    "quantity", "unit_price",
    "discount", "country",   "region", "tax",      "customer"};
constexpr std::size_t k_required = 5;

/// Undoes the transaction of a dry run, or of a file with a bad row.
struct KeepNothing {};

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, out);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return out;
}

// 2026-01-05T10:00:00Z; a blank may stand for the T, and the Z may be missing.
std::optional<Timestamp> time_of(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  if (text.size() != 19 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  static constexpr std::array<std::pair<std::size_t, std::size_t>, 6> k_parts = {
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  static constexpr std::array<std::int64_t, 6> k_least = {1970, 1, 1, 0, 0, 0};
  static constexpr std::array<std::int64_t, 6> k_most = {9999, 12, 31, 23, 59, 59};
  std::array<std::int64_t, 6> part{};
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto value = number(text.substr(k_parts.at(i).first, k_parts.at(i).second));
    if (!value || *value < k_least.at(i) || *value > k_most.at(i)) return std::nullopt;
    part.at(i) = *value;
  }
  const auto days =
      core::days_from_civil(part[0], static_cast<int>(part[1]), static_cast<int>(part[2]));
  if (core::to_civil(core::day_start(days, 0), 0).day != part[2]) return std::nullopt;
  return core::day_start(days, 0) +
         ((part[3] * 60 + part[4]) * 60 + part[5]) * core::microseconds_per_second;
}

/// The rows of one order.
struct Group {
  std::string order;
  Timestamp at = 0;
  std::string country;
  std::string region;
  std::string customer;  ///< username or e-mail; empty: nobody known
  std::optional<Id> customer_id;
  std::vector<OrderLine> lines;
  std::vector<ImportProblem> rows;  ///< where they stand; of a bad one also why
  bool bad = false;
};

class Import {
 public:
  Import(db::Database& db, const Session& session, Operation operation,
         transfer::ByteSource& source, const OrderImportOptions& options)
      : db_(&db), session_(&session), operation_(operation), options_(&options), reader_(source) {
    reader_.rewind();
    reader_.detect_delimiter();
    read_header();
  }

  OrderImportReport run() {
    const bool whole = options_->dry_run || options_->mode == ImportMode::all_or_nothing;
    whole ? run_whole() : run_in_portions();
    return std::move(report_);
  }

 private:
  void read_header() {
    transfer::Record header;
    if (!reader_.next(header)) {
      throw Error(Code::validation, "the file is empty", {{"", "required", "needs a header", {}}});
    }
    at_.fill(SIZE_MAX);
    for (std::size_t i = 0; i < header.count; ++i) {
      const auto name = core::fold(core::trim(header.field(i)));
      for (std::size_t k = 0; k < k_columns.size(); ++k) {
        if (name == k_columns.at(k)) at_.at(k) = i;
      }
    }
    std::vector<ErrorDetail> missing;
    for (std::size_t k = 0; k < k_required; ++k) {
      if (at_.at(k) != SIZE_MAX) continue;
      missing.push_back({std::string{k_columns.at(k)}, "required", "this column is missing", {}});
    }
    if (!missing.empty()) {
      throw Error(Code::validation, "the header is not that of order lines", std::move(missing));
    }
  }

  void start() {
    reader_.rewind();
    transfer::Record header;
    reader_.next(header);
    report_ = {};
    waiting_ = false;
  }

  [[nodiscard]] std::string_view get(Column column) const {
    const auto at = at_.at(column);
    return at == SIZE_MAX ? std::string_view{} : core::trim(record_.field(at));
  }

  bool read() {
    if (waiting_) {
      waiting_ = false;
      return true;
    }
    if (!reader_.next(record_)) return false;
    ++report_.rows;
    return true;
  }

  void blame(Group& group, Column column, const char* code, const char* reason) {
    auto& row = group.rows.back();
    group.bad = true;
    if (!row.code.empty()) return;
    row.column = k_columns.at(column);
    row.code = code;
    row.reason = reason;
  }

  std::int64_t amount(Group& group, Column column) {
    const auto text = get(column);
    if (text.empty()) return 0;
    const auto minor = core::parse_amount(text, db_->env().currency);
    if (!minor || *minor < 0) {
      blame(group, column, "invalid", "is not an amount of the shop's currency");
    }
    return minor.value_or(0);
  }

  std::string_view place(Group& group, Column column) {
    const auto text = get(column);
    if (text.size() > 60) blame(group, column, "too_long", "at most 60 bytes");
    return text;
  }

  void add_row(Group& group) {
    group.rows.push_back({record_.row, record_.line, {}, {}, {}});
    const auto& currency = db_->env().currency;
    auto& line = group.lines.emplace_back();
    line.line_no = static_cast<std::int64_t>(group.lines.size());
    line.sku = get(Column::sku);
    if (line.sku.empty()) blame(group, Column::sku, "required", "is required");
    const auto units = number(get(Column::quantity));
    if (!units || *units < 1 || *units > 1'000'000) {
      blame(group, Column::quantity, "invalid", "is a whole number from 1 on");
    }
    line.quantity = units.value_or(1);
    line.unit_price = line.list_price = {amount(group, Column::unit_price), currency};
    line.discount = {amount(group, Column::discount), currency};
    line.tax = {amount(group, Column::tax), currency};
    const auto at = time_of(get(Column::placed_at));
    if (!at) blame(group, Column::placed_at, "invalid", "is not a time like 2026-01-05T10:00:00Z");
    if (at && *at > now_) blame(group, Column::placed_at, "in_future", "has not come yet");
    if (group.lines.size() == 1) {
      group.at = at.value_or(0);
      group.country = place(group, Column::country);
      group.region = place(group, Column::region);
      group.customer = get(Column::customer);
    } else if (at && *at != group.at) {
      blame(group, Column::placed_at, "differs", "differs from the order's first row");
    }
    if (group.lines.size() > k_most_lines) {
      blame(group, Column::order, "too_many", "an order has at most 1,000 lines");
    }
  }

  bool next(Group& group) {
    group = {};
    while (read()) {
      const auto name = get(Column::order);
      if (group.rows.empty()) {
        group.order = name;
        add_row(group);
        if (name.empty() || name.size() > 100) {
          blame(group, Column::order, "required", "is required, at most 100 bytes");
        }
      } else if (name == group.order && !name.empty()) {
        add_row(group);
      } else {
        waiting_ = true;
        return true;
      }
    }
    return !group.rows.empty();
  }

  void complain(const Group& group, OrderImportReport& into) {
    into.bad_rows += static_cast<std::int64_t>(group.rows.size());
    for (auto row : group.rows) {
      if (into.problems.size() >= k_problems_max) return;
      if (row.code.empty()) {
        row.code = "order_bad";
        row.reason = "another row of its order is bad";
      }
      into.problems.push_back(std::move(row));
    }
  }

  // What the catalog knows of the lines; false when it does not know one.
  bool fill_lines(db::Tx& tx, Group& group) {
    for (std::size_t i = 0; i < group.lines.size(); ++i) {
      auto& line = group.lines[i];
      auto& row = group.rows[i];
      const auto refuse = [&](Column column, const char* code, const char* reason) {
        group.bad = true;
        row.column = k_columns.at(column);
        row.code = code;
        row.reason = reason;
      };
      const auto variant = catalog::variant_by_sku(tx, line.sku);
      const auto sale = variant ? catalog::sale_item(tx, *variant) : std::nullopt;
      if (!sale) {
        refuse(Column::sku, "not_found", "there is no such SKU");
        continue;
      }
      line.variant_id = sale->variant_id;
      line.product_id = sale->product_id;
      line.seller_id = sale->seller_id;
      line.category_id = sale->category_id;
      line.title = sale->title;
      line.variant_title = sale->variant_title;
      line.by_measure = sale->by_measure;
      line.subtotal = {line.by_measure ? core::mul_div(line.unit_price.minor, line.quantity, 1000)
                                       : core::mul(line.unit_price.minor, line.quantity),
                       line.unit_price.currency};
      line.shipped = line.quantity;
      line.total = {line.subtotal.minor - line.discount.minor, line.subtotal.currency};
      line.refunded.currency = line.total.currency;
      if (line.total.minor < 0) refuse(Column::discount, "too_much", "is more than the line");
      if (!tax_included_) {
        line.total.minor = core::add(line.total.minor, line.tax.minor);
      } else if (line.tax.minor > std::max<std::int64_t>(line.total.minor, 0)) {
        refuse(Column::tax, "too_much", "is more than the line");
      }
    }
    return !group.bad;
  }

  // False when the shop does not know who ordered.
  bool find_customer(db::Tx& tx, Group& group) {
    if (group.customer.empty()) return true;
    namespace store = accounts::store;
    auto account = store::account_by_username(tx, group.customer);
    if (!account) account = store::account_by_email(tx, group.customer);
    if (account) {
      group.customer_id = account->id;
      return true;
    }
    auto& row = group.rows.front();
    row.column = k_columns.at(Column::customer);
    row.code = "not_found";
    row.reason = "there is no such account";
    group.bad = true;
    return false;
  }

  void write(db::Tx& tx, Group& group, OrderImportReport& into) {
    if (group.bad || !fill_lines(tx, group) || !find_customer(tx, group)) {
      return complain(group, into);
    }
    orders::Placing placing;
    placing.key = core::digest16("import", group.order);
    placing.fingerprint = placing.key;
    if (orders::placed_with(tx, placing.key, placing.fingerprint)) {
      ++into.known;
      return;
    }
    Order made;
    orders::begin_at(tx, made, group.at);
    made.placed_by = session_->role();
    made.country = group.country;
    made.region = group.region;
    made.note = "imported: " + group.order;
    made.lines = std::move(group.lines);
    add_up(made);
    placing.cart_id = made.id;
    made.customer_id = group.customer_id;
    placing.owner_id = group.customer_id.value_or(0);
    pay(tx, made);
    orders::write(tx, *session_, made, placing);
    ++into.orders;
    into.lines += static_cast<std::int64_t>(made.lines.size());
  }

  void add_up(Order& made) const {
    const auto zero = Money{0, db_->env().currency};
    made.subtotal = made.discount = made.shipping = made.shipping_discount = zero;
    made.shipping_tax = made.shipping_total = made.tax = made.cash_rounding = zero;
    made.total = made.paid = made.refunded = made.edit_refunded = zero;
    made.tax_included = tax_included_;
    OrderTax tax{"imported", 0, zero, zero};
    for (const auto& line : made.lines) {
      made.units = core::add(made.units, line.by_measure ? 1 : line.quantity);
      made.subtotal.minor = core::add(made.subtotal.minor, line.subtotal.minor);
      made.discount.minor = core::add(made.discount.minor, line.discount.minor);
      made.total.minor = core::add(made.total.minor, line.total.minor);
      if (line.tax.minor != 0) {
        tax.amount.minor = core::add(tax.amount.minor, line.tax.minor);
        tax.base.minor = core::add(tax.base.minor, line.total.minor - line.tax.minor);
      }
      if (line.discount.minor == 0) continue;
      made.adjustments.push_back({AdjustmentKind::manual_discount,
                                  0,
                                  "discount",
                                  {},
                                  line.line_no,
                                  Money{-line.discount.minor, zero.currency}});
    }
    made.tax = tax.amount;
    if (tax.amount.minor != 0) made.taxes.push_back(std::move(tax));
  }

  void pay(db::Tx& tx, Order& made) {
    PaymentInput paid;
    paid.tender = Tender::other;
    paid.reference = "import";
    made.payments =
        payments::take(tx, *session_, made.id, 0, made.total.minor, std::span{&paid, 1});
    made.paid = made.total;
    made.status = OrderStatus::completed;
    made.payment_status = PaymentStatus::paid;
    made.fulfilment_status = FulfilmentStatus::delivered;
  }

  void allow(db::Tx& tx) {
    authorize(tx, *session_, operation_);
    if (!options_->dry_run) accounts::require_step_up(tx, *session_, StepUp::price_import);
    now_ = tx.now();
    tax_included_ = pricing::rules(tx)->settings.tax_included;
  }

  void count(db::Tx& tx, std::int64_t orders) {
    reports::fold(tx);
    catalog::fold_sold(tx);
    recommend::take_in(tx, orders);
  }

  void note(db::Tx& tx, std::int64_t orders) {
    const auto what = core::Json{}.begin_object().field("orders", orders).end().take();
    audit::record(tx, *session_, {"transfer.import_order_lines", "order", 0, {}, what});
  }

  void run_whole() {
    bool written = true;
    try {
      db_->write([&](db::Tx& tx) {
        allow(tx);
        start();  // the function may run twice
        Group group;
        while (next(group)) write(tx, group, report_);
        if (report_.bad_rows > 0 || options_->dry_run) throw KeepNothing{};
        count(tx, report_.orders);
        note(tx, report_.orders);
      });
    } catch (const KeepNothing&) {
      written = false;
    }
    report_.written = written;
  }

  void run_in_portions() {
    db_->peek([&](db::Tx& tx) { allow(tx); });
    start();
    std::vector<Group> portion;
    bool more = true;
    while (more) {
      portion.clear();
      Group group;
      while (portion.size() < k_orders_at_once && (more = next(group))) {
        portion.push_back(std::move(group));
      }
      OrderImportReport part;
      db_->write([&](db::Tx& tx) {
        allow(tx);
        part = {};  // the function may run twice
        for (const auto& one : portion) {
          auto copy = one;
          write(tx, copy, part);
        }
        count(tx, part.orders);
        if (part.orders > 0) note(tx, part.orders);
      });
      add(part);
    }
  }

  void add(OrderImportReport& part) {
    report_.orders += part.orders;
    report_.lines += part.lines;
    report_.known += part.known;
    report_.bad_rows += part.bad_rows;
    report_.written = report_.written || part.orders > 0;
    for (auto& problem : part.problems) {
      if (report_.problems.size() < k_problems_max) report_.problems.push_back(std::move(problem));
    }
  }

  db::Database* db_;
  const Session* session_;
  Operation operation_;
  const OrderImportOptions* options_;
  transfer::CsvReader reader_;
  transfer::Record record_;
  std::array<std::size_t, k_columns.size()> at_{};
  bool waiting_ = false;
  Timestamp now_ = 0;
  bool tax_included_ = true;
  OrderImportReport report_;
};

}  // namespace

OrderImportReport Transfer::import_order_lines(const Session& session, const std::string& path,
                                               const OrderImportOptions& options) {
  const auto operation = Operation::transfer_import_order_lines;
  db_->peek([&](db::Tx& tx) { authorize(tx, session, operation); });
  const auto source = transfer::open_file(path);
  return Import{*db_, session, operation, *source, options}.run();
}

OrderImportReport Transfer::import_order_lines_text(const Session& session, std::string_view csv,
                                                    const OrderImportOptions& options) {
  const auto operation = Operation::transfer_import_order_lines_text;
  db_->peek([&](db::Tx& tx) { authorize(tx, session, operation); });
  const auto source = transfer::from_text(csv);
  return Import{*db_, session, operation, *source, options}.run();
}

}  // namespace shop
