#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "catalog/owned.hpp"
#include "catalog/reader.hpp"
#include "core/function_ref.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "inventory/inventory.hpp"
#include "shop/error.hpp"
#include "shop/transfer.hpp"
#include "transfer/importer.hpp"
#include "transfer/sink.hpp"
#include "transfer/store.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

/// Writes products as rows of one format.
class Export {
 public:
  Export(db::Tx& tx, transfer::Sink& sink, ProductFormat format, const catalog::Access& access)
      : tx_(&tx), sink_(&sink), shopify_(format == ProductFormat::shopify), access_(access) {
    columns_ = shopify_ ? transfer::shopify_columns() : transfer::simple_columns();
    if (shopify_) take_header();
    sink_->write(transfer::csv_line(columns_));
  }

  std::int64_t write_all() {
    each_product(
        [this](const catalog::store::ProductRow& row) { write(catalog::read_product(*tx_, row)); });
    if (final_newline_) sink_->write("\r\n");
    return rows_;
  }

 private:
  void write(const Product& product) {
    const auto category = category_of(product);
    if (!shopify_) {
      if (product.variants.size() == 1) write_row(transfer::simple_row(product, category));
      return;
    }
    auto rows = transfer::shopify_rows(product, category, inventory::stock_of(*tx_, product));
    if (const auto extra = transfer::store::extra(*tx_, product.id)) restore(rows, *extra);
    for (const auto& cells : rows) write_row(cells);
  }

  // The products that are the exporter's to change.
  void each_product(core::FunctionRef<void(const catalog::store::ProductRow&)> visit) {
    Id last = 0;
    for (auto ids = catalog::products_after(*tx_, last, 1000); !ids.empty();
         ids = catalog::products_after(*tx_, last, 1000)) {
      for (const auto id : ids) {
        const auto row = catalog::store::product_by_id(*tx_, id);
        if (row && access_.may_change(row->card.seller_id)) visit(*row);
      }
      last = ids.back();
    }
  }

  // As the files were that the exporter's products came from: when all had one header, that. What
  // others call their columns is theirs. Only a column of its own can say that a product is
  // archived.
  void take_header() {
    auto headers = transfer::store::headers(*tx_);
    if (headers.empty()) return;
    std::set<Id> own;
    bool archived = false;
    each_product([&](const catalog::store::ProductRow& row) {
      archived = archived || row.card.status == ProductStatus::archived;
      if (access_.manager) return;
      if (const auto id = transfer::store::header_of(*tx_, row.card.id)) own.insert(*id);
    });
    if (!access_.manager) {
      std::erase_if(headers, [&](const auto& header) { return !own.contains(header.id); });
    }
    join(headers);
    if (archived) add_column("Status");
  }

  void join(const std::vector<transfer::store::Header>& headers) {
    for (const auto& header : headers) {
      const auto source = transfer::from_text(header.columns);
      transfer::CsvReader reader{*source};
      transfer::Record record;
      if (!reader.next(record)) continue;
      std::vector<std::string> names{
          record.fields.begin(), record.fields.begin() + static_cast<std::ptrdiff_t>(record.count)};
      if (&header == headers.data()) {
        columns_ = std::move(names);
        final_newline_ = header.final_newline;
        continue;
      }
      for (auto& name : names) add_column(std::move(name));
    }
  }

  void add_column(std::string name) {
    const transfer::ColumnOrder less;
    const bool known = std::any_of(columns_.begin(), columns_.end(), [&](const std::string& one) {
      return !less(one, name) && !less(name, one);
    });
    if (!known) columns_.push_back(std::move(name));
  }

  std::string category_of(const Product& product) {
    if (product.category_ids.empty()) return {};
    const auto id = product.category_ids.front();
    if (const auto known = categories_.find(id); known != categories_.end()) return known->second;
    auto path = shopify_ ? catalog::category_path(*tx_, id).back()
                         : joined(catalog::category_path(*tx_, id));
    return categories_.emplace(id, std::move(path)).first->second;
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) {
      if (!out.empty()) out += " > ";
      out += name;
    }
    return out;
  }

  static void restore(std::vector<transfer::Cells>& rows, const transfer::store::Extra& extra) {
    if (static_cast<std::int64_t>(rows.size()) < extra.rows) {
      rows.resize(static_cast<std::size_t>(extra.rows));
    }
    const auto source = transfer::from_text(extra.cells);
    transfer::CsvReader reader{*source};
    transfer::Record record;
    while (reader.next(record)) {
      std::size_t row = 0;
      const auto number = record.field(0);
      std::from_chars(number.data(), number.data() + number.size(), row);
      if (row >= rows.size()) continue;
      const auto found = rows[row].find(record.field(1));
      const auto now = found == rows[row].end() ? std::string_view{} : found->second;
      if (now != record.field(3)) continue;  // changed since
      rows[row].insert_or_assign(std::string{record.field(1)}, std::string{record.field(2)});
    }
  }

  void write_row(const transfer::Cells& cells) {
    std::vector<std::string> fields;
    fields.reserve(columns_.size());
    for (const auto& column : columns_) {
      const auto found = cells.find(column);
      fields.push_back(found == cells.end() ? std::string{} : found->second);
    }
    sink_->write("\r\n");
    sink_->write(transfer::csv_line(fields));
    ++rows_;
  }

  db::Tx* tx_;
  transfer::Sink* sink_;
  bool shopify_;
  catalog::Access access_;
  bool final_newline_ = true;
  std::vector<std::string> columns_;
  std::unordered_map<Id, std::string> categories_;
  std::int64_t rows_ = 0;
};

}  // namespace

std::int64_t Transfer::export_to(transfer::Sink& sink, ProductFormat format,
                                 const std::function<catalog::Access(db::Tx&)>& access_of) {
  return db_->read([&](db::Tx& tx) {
    const auto access = access_of(tx);
    return Export{tx, sink, format, access}.write_all();
  });
}

std::int64_t Transfer::export_products(const Session& session, const std::string& path,
                                       ProductFormat format) {
  const auto access = [&](db::Tx& tx) {
    return catalog::changing_access(authorize(tx, session, Operation::transfer_export_products));
  };
  db_->peek([&](db::Tx& tx) { access(tx); });  // refused before the file is made
  const auto sink = transfer::create_file(path);
  const auto rows = export_to(*sink, format, access);
  sink->finish();
  return rows;
}

std::string Transfer::export_products_text(const Session& session, ProductFormat format) {
  transfer::TextSink sink;
  export_to(sink, format, [&](db::Tx& tx) {
    return catalog::changing_access(
        authorize(tx, session, Operation::transfer_export_products_text));
  });
  return std::move(sink.text);
}

}  // namespace shop
