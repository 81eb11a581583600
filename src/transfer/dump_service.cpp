#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "db/database.hpp"
#include "pricing/pricing.hpp"
#include "shop/error.hpp"
#include "shop/transfer.hpp"
#include "transfer/csv_reader.hpp"
#include "transfer/dump_store.hpp"
#include "transfer/json_line.hpp"
#include "transfer/sink.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

namespace store = transfer::store;

constexpr std::size_t k_line_max = std::size_t{64} * 1024 * 1024;

/// Reads a file line by line.
class Lines {
 public:
  explicit Lines(transfer::ByteSource& source) : source_(&source), buffer_(256 * 1024) {}

  bool next(std::string& line) {
    line.clear();
    ++number_;
    for (;;) {
      const std::string_view rest{buffer_.data() + at_, end_ - at_};
      const auto stop = rest.find('\n');
      line += rest.substr(0, stop);
      if (stop != std::string_view::npos) {
        at_ += stop + 1;
        return true;
      }
      if (line.size() > k_line_max) refuse("the line is too long");
      at_ = 0;
      end_ = source_->read(buffer_.data(), buffer_.size());
      if (end_ == 0) return !line.empty();
    }
  }

  [[noreturn]] void refuse(const char* why) const {
    throw Error(Code::validation, fmt::format("line {}: {}", number_, why),
                {{fmt::format("line {}", number_), "invalid", why, {}}});
  }

 private:
  transfer::ByteSource* source_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::int64_t number_ = 0;
};

// What a shop has from its first moment on: settings, keys, and how far figures are counted.
bool is_born_with(const std::string& table) {
  static constexpr std::array k_names{"setting",        "id_sequence",  "data_key",
                                      "bootstrap",      "auth_clock",   "sold_counted",
                                      "pricing_state",  "cart_setting", "order_counted",
                                      "basket_counted", "taste_total",  "sales_fold"};
  return std::find(k_names.begin(), k_names.end(), table) != k_names.end();
}

void check_empty(db::Tx& tx, const std::vector<store::Table>& tables) {
  for (const auto& table : tables) {
    if (!is_born_with(table.name) && store::has_rows(tx, table)) {
      throw Error(Code::not_empty, fmt::format("the shop has something already: {}", table.name));
    }
  }
}

void check_schema(std::int64_t dumped, std::int64_t here) {
  if (dumped == here) return;
  throw Error(dumped > here ? Code::schema_newer : Code::schema_older,
              fmt::format("the dump has schema {}, the shop {}", dumped, here));
}

// The currency of an opened shop does not change under it.
void check_currency(db::Tx& tx, const store::Table& table,
                    const std::vector<transfer::Value>& row) {
  if (table.name != "setting" || row.size() != 2) return;
  const auto* name = std::get_if<std::string>(row.data());
  const auto* value = std::get_if<std::string>(&row[1]);
  if (name == nullptr || value == nullptr || *name != "currency") return;
  if (*value != tx.env().currency.view()) {
    throw Error(Code::currency_mismatch,
                fmt::format("the dump is in {}, the shop in {}", *value, tx.env().currency.view()));
  }
}

std::int64_t load(db::Tx& tx, Lines& lines) {
  std::string line;
  transfer::Heading heading;
  if (!lines.next(line) || !parse_heading(line, heading) || heading.schema < 0) {
    lines.refuse("is not the first line of a dump");
  }
  check_schema(heading.schema, store::schema(tx));
  const auto tables = store::tables(tx);
  check_empty(tx, tables);
  store::defer_references(tx);
  const auto ids = tx.stored_ids();
  store::Table table;
  std::vector<transfer::Value> row;
  std::int64_t rows = 0;
  while (lines.next(line)) {
    if (line.starts_with('{')) {
      if (!parse_heading(line, heading)) lines.refuse("is not the heading of a table");
      if (heading.rows >= 0) {
        if (heading.rows != rows) lines.refuse("the end of the dump counts other rows");
        if (lines.next(line)) lines.refuse("nothing may follow the end of the dump");
        tx.shop_replaced(ids);
        pricing::forget_rules(tx);
        return rows;
      }
      const auto known = std::find_if(tables.begin(), tables.end(), [&](const auto& one) {
        return one.name == heading.table && one.columns == heading.columns;
      });
      if (known == tables.end()) lines.refuse("is a table that this shop does not have");
      table = *known;
      if (is_born_with(table.name)) store::clear(tx, table);
      continue;
    }
    if (table.name.empty() || !parse_row(line, row) || row.size() != table.columns.size()) {
      lines.refuse("is not a row of its table");
    }
    check_currency(tx, table, row);
    store::insert(tx, table, row);
    ++rows;
  }
  lines.refuse("the dump is not whole: its end is missing");
}

}  // namespace

std::int64_t Transfer::dump_shop(const Session& session, const std::string& path) {
  db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::transfer_dump_shop);
    accounts::require_step_up(tx, session, StepUp::data_export);
  });
  const auto sink = transfer::create_file(path);
  const auto rows = db_->read([&](db::Tx& tx) {
    std::int64_t count = 0;
    sink->write(fmt::format("{{\"libshop\":\"dump\",\"schema\":{}}}\n", store::schema(tx)));
    for (const auto& table : store::tables(tx)) {
      std::string line = fmt::format("{{\"table\":\"{}\",\"columns\":[", table.name);
      for (const auto& column : table.columns) {
        if (&column != table.columns.data()) line += ',';
        line += fmt::format("\"{}\"", column);
      }
      sink->write(line + "]}\n");
      store::each_row(tx, table, [&](const std::vector<transfer::Value>& row) {
        line.clear();
        append_row(line, row);
        sink->write(line);
        ++count;
      });
    }
    sink->write(fmt::format("{{\"libshop\":\"end\",\"rows\":{}}}\n", count));
    return count;
  });
  sink->finish();
  return rows;
}

std::int64_t Transfer::load_shop(const Session& session, const std::string& path) {
  db_->peek([&](db::Tx& tx) {
    authorize(tx, session, Operation::transfer_load_shop);
    accounts::require_step_up(tx, session, StepUp::data_export);
  });
  const auto source = transfer::open_file(path);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::transfer_load_shop);
    source->rewind();  // the function may run twice
    Lines lines{*source};
    return load(tx, lines);
  });
}

}  // namespace shop
