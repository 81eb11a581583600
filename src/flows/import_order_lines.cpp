#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "db/database.hpp"
#include "flows/order_line_rows.hpp"
#include "flows/return_items.hpp"
#include "flows/sales.hpp"
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

/// Undoes the transaction of a dry run, or of a file with a bad row.
struct KeepNothing {};

class Import {
 public:
  Import(db::Database& db, const Session& session, Operation operation,
         transfer::ByteSource& source, const OrderImportOptions& options)
      : db_(&db),
        session_(&session),
        operation_(operation),
        options_(&options),
        reader_(source, db.env().currency) {}

  OrderImportReport run() {
    const bool whole = options_->dry_run || options_->mode == ImportMode::all_or_nothing;
    whole ? run_whole() : run_in_portions();
    report_.rows = reader_.rows();
    return std::move(report_);
  }

 private:
  void start() {
    reader_.start(now_);
    report_ = {};
  }

  void complain(const flows::OrderRows& group, OrderImportReport& into) {
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

  static void refuse(flows::OrderRows& group, std::size_t i, flows::OrderColumn column,
                     std::string_view code, std::string_view reason) {
    auto& row = group.rows[i];
    group.bad = true;
    row.column = flows::name_of(column);
    row.code = code;
    row.reason = reason;
  }

  // What a line costs. Throws Error{out_of_range}.
  void price_line(flows::OrderRows& group, std::size_t i) const {
    auto& line = group.lines[i];
    line.subtotal = {line.by_measure ? core::mul_div(line.unit_price.minor, line.quantity, 1000)
                                     : core::mul(line.unit_price.minor, line.quantity),
                     line.unit_price.currency};
    line.total = {line.subtotal.minor - line.discount.minor, line.subtotal.currency};
    line.refunded.currency = line.total.currency;
    if (line.total.minor < 0) {
      refuse(group, i, flows::OrderColumn::discount, "too_much", "is more than the line");
    }
    if (!tax_included_) {
      line.total.minor = core::add(line.total.minor, line.tax.minor);
    } else if (line.tax.minor > std::max<std::int64_t>(line.total.minor, 0)) {
      refuse(group, i, flows::OrderColumn::tax, "too_much", "is more than the line");
    }
  }

  // What the catalog knows of the lines; false when it does not know one.
  bool fill_lines(db::Tx& tx, flows::OrderRows& group) {
    for (std::size_t i = 0; i < group.lines.size(); ++i) {
      auto& line = group.lines[i];
      const auto variant = catalog::variant_by_sku(tx, line.sku);
      const auto sale = variant ? catalog::sale_item(tx, *variant) : std::nullopt;
      if (!sale) {
        refuse(group, i, flows::OrderColumn::sku, "not_found", "there is no such SKU");
        continue;
      }
      line.variant_id = sale->variant_id;
      line.product_id = sale->product_id;
      line.seller_id = sale->seller_id;
      line.category_id = sale->category_id;
      line.title = sale->title;
      line.variant_title = sale->variant_title;
      line.by_measure = sale->by_measure;
      line.shipped = line.quantity;
      try {
        price_line(group, i);
      } catch (const Error& error) {
        refuse(group, i, flows::OrderColumn::unit_price, "out_of_range", error.what());
      }
    }
    return !group.bad;
  }

  // False when the shop does not know who ordered.
  bool find_customer(db::Tx& tx, flows::OrderRows& group) {
    if (group.customer.empty()) return true;
    namespace store = accounts::store;
    auto account = store::account_by_username(tx, group.customer);
    if (!account) account = store::account_by_email(tx, group.customer);
    if (account) {
      group.customer_id = account->id;
      return true;
    }
    refuse(group, 0, flows::OrderColumn::customer, "not_found", "there is no such account");
    return false;
  }

  void write(db::Tx& tx, flows::OrderRows& group, OrderImportReport& into) {
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
    made.lines = std::move(group.lines);
    try {
      add_up(made);
    } catch (const Error& error) {
      refuse(group, 0, flows::OrderColumn::unit_price, "out_of_range", error.what());
      return complain(group, into);
    }
    orders::begin_at(tx, made, group.at);
    made.placed_by = session_->role();
    made.country = group.country;
    made.region = group.region;
    made.note = "imported: " + group.order;
    const auto back = returned_of(made);
    placing.cart_id = made.id;
    made.customer_id = group.customer_id;
    placing.owner_id = group.customer_id.value_or(0);
    group.canceled ? leave_canceled(made) : pay(tx, made);
    orders::write(tx, *session_, made, placing);
    flows::keep_bundles(tx, made.id, made.lines);
    if (group.canceled) {
      flows::count_canceled(tx, made);
      recommend::on_order_canceled(tx, made);
    } else if (!back.lines.empty()) {
      flows::book_returned(tx, *session_, made, back, core::digest16("import return", group.order));
    }
    ++into.orders;
    into.lines += static_cast<std::int64_t>(made.lines.size());
  }

  // Throws Error{out_of_range}.
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
        flows::take_payments(tx, *session_, made.id, 0, made.total.minor, std::span{&paid, 1});
    made.paid = made.total;
    made.status = OrderStatus::completed;
    made.payment_status = PaymentStatus::paid;
    const bool all_back = std::all_of(made.lines.begin(), made.lines.end(), [](const auto& line) {
      return line.returned == line.quantity;
    });
    made.fulfilment_status = all_back ? FulfilmentStatus::returned : FulfilmentStatus::delivered;
    for (auto& line : made.lines) line.returned = 0;  // until it is booked
  }

  // Whatever was paid had gone back.
  static void leave_canceled(Order& made) {
    made.status = OrderStatus::canceled;
    made.payment_status = PaymentStatus::none;
    made.fulfilment_status = FulfilmentStatus::none;
    for (auto& line : made.lines) line.shipped = line.returned = 0;
  }

  static ReturnInput returned_of(const Order& made) {
    ReturnInput out;
    out.reason = "imported";
    for (const auto& line : made.lines) {
      if (line.returned > 0) out.lines.push_back({line.line_no, line.returned, true, {}});
    }
    return out;
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
        flows::OrderRows group;
        while (reader_.next(group)) write(tx, group, report_);
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
    std::vector<flows::OrderRows> portion;
    bool more = true;
    while (more) {
      portion.clear();
      flows::OrderRows group;
      while (portion.size() < k_orders_at_once && (more = reader_.next(group))) {
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
  flows::OrderRowsReader reader_;
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
