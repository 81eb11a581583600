#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "core/csv.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "orders/facts.hpp"
#include "orders/rules.hpp"
#include "orders/store.hpp"
#include "shop/transfer.hpp"
#include "transfer/sink.hpp"

#include <fmt/format.h>

// Every order, a row per line, oldest first.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

std::string time_text(Timestamp at) {
  const auto c = core::to_civil(at, 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour,
                     c.minute, at / core::microseconds_per_second % 60);
}

void write_header(core::CsvWriter& csv) {
  for (const auto* name : {"order", "placed_at", "sku", "quantity", "unit_price", "discount",
                           "country", "region", "line", "title", "variant", "tax", "total",
                           "returned", "currency", "summary", "customer_id", "customer"}) {
    csv.field(name);
  }
  csv.end_row();
}

// Customers go by their names, as ids are another shop's there.
std::string name_of(db::Tx& tx, const Order& order) {
  if (!order.customer_id) return {};
  const auto user = accounts::user_summary(tx, *order.customer_id);
  return user && user->status != UserStatus::erased ? user->username : std::string{};
}

void write_order(core::CsvWriter& csv, const Order& order, const std::string& customer) {
  for (const auto& line : order.lines) {
    csv.field(order.number).field(time_text(order.placed_at)).field(line.sku).field(line.quantity);
    csv.field(line.unit_price).field(line.discount).field(order.country).field(order.region);
    csv.field(line.line_no).field(line.title).field(line.variant_title).field(line.tax);
    csv.field(line.total).field(line.returned).field(order.total.currency.view());
    csv.field(order.summary).field(order.customer_id).field(customer).end_row();
  }
}

std::int64_t write_all(db::Tx& tx, transfer::Sink& sink) {
  core::CsvWriter header;
  write_header(header);
  sink.write(header.take());
  std::int64_t rows = 0;
  orders::each_id(tx, [&](Id id) {
    auto row = orders::store::order_by_id(tx, id);
    orders::store::load_parts(tx, row->order);
    core::CsvWriter csv;
    write_order(csv, row->order, name_of(tx, row->order));
    sink.write(csv.take());
    rows += static_cast<std::int64_t>(row->order.lines.size());
  });
  return rows;
}

void allow(db::Tx& tx, const Session& session, Operation operation) {
  authorize(tx, session, operation);
  accounts::require_step_up(tx, session, StepUp::data_export);
}

}  // namespace

std::int64_t Transfer::export_order_lines(const Session& session, const std::string& path) {
  const auto operation = Operation::transfer_export_order_lines;
  db_->peek([&](db::Tx& tx) { allow(tx, session, operation); });  // before the file is made
  const auto sink = transfer::create_file(path);
  const auto rows = db_->read([&](db::Tx& tx) { return write_all(tx, *sink); });
  sink->finish();
  return rows;
}

std::string Transfer::export_order_lines_text(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    allow(tx, session, Operation::transfer_export_order_lines_text);
    transfer::TextSink sink;
    write_all(tx, sink);
    return std::move(sink.text);
  });
}

}  // namespace shop
