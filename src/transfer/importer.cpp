#include "transfer/importer.hpp"

#include "catalog/catalog.hpp"
#include "catalog/facts.hpp"
#include "catalog/product_store.hpp"
#include "catalog/reader.hpp"
#include "catalog/rules.hpp"
#include "catalog/store.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "inventory/inventory.hpp"
#include "shop/error.hpp"
#include "transfer/store.hpp"

#include <algorithm>

namespace shop::transfer {

namespace {

/// `Home > Lamps`, from the top.
std::vector<std::string_view> category_names(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const auto at = std::min(path.find('>'), path.size());
    const auto name = core::trim(path.substr(0, at));
    path.remove_prefix(std::min(at + 1, path.size()));
    if (!name.empty()) out.push_back(name);
  }
  return out;
}

}  // namespace

void Tally::complain(const ImportProblem& problem) {
  problems.push_back(problem);
  // They do not come in the order of the file: what clashes is found last.
  if (problems.size() >= 2 * problems_max) first_problems();
}

std::vector<ImportProblem> Tally::first_problems() {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const auto& a, const auto& b) { return a.row < b.row; });
  if (problems.size() > problems_max) problems.resize(problems_max);
  return problems;
}

void Tally::add(Tally&& other) {
  products += other.products;
  variants += other.variants;
  bad_rows += other.bad_rows;
  for (auto& problem : other.problems) complain(problem);
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string out;
  for (const auto& field : fields) {
    if (&field != fields.data()) out += ',';
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out;
}

ProductSink::ProductSink(db::Tx& tx, const Session& session, const ImportFile& file, Id seller_id,
                         catalog::Writing writing)
    : tx_(&tx),
      session_(&session),
      file_(file),
      seller_id_(seller_id),
      makes_categories_(
          catalog::access_of(
              accounts::authorize(tx, session, accounts::Operation::transfer_import_products))
              .manager),
      writer_(tx, writing) {}

// The shop's categories are for those to make who look after them.
Id ProductSink::category_in(Id parent, std::string_view name) {
  if (makes_categories_) return catalog::category_named(*tx_, parent, name);
  const auto known = catalog::store::sibling(
      *tx_, parent == 0 ? std::nullopt : std::optional{parent}, core::fold(name));
  if (known) return *known;
  throw Error(Code::not_found, "category: there is no such category",
              {{"category", "not_found", "there is no such category", {}}});
}

Id ProductSink::category(const std::string& path) {
  if (path.empty()) return 0;
  if (const auto known = categories_.find(path); known != categories_.end()) return known->second;
  if (categories_.size() > 100'000) categories_.clear();
  Id parent = 0;
  for (const auto name : category_names(path)) {
    parent = category_in(parent, name);
  }
  categories_.emplace(path, parent);
  return parent;
}

void ProductSink::blame_all(const RowProduct& product, const std::vector<ErrorDetail>& details,
                            const std::string& message, Tally& tally) {
  tally.bad_rows += static_cast<std::int64_t>(product.places.size());
  if (details.empty()) {
    const auto& place = product.places.front();
    tally.complain({place.row, place.line, {}, "refused", message});
  }
  for (const auto& detail : details) {
    const auto to = blame(product, detail.path, file_.columns->format());
    const auto& place = product.places[std::min(to.record, product.places.size() - 1)];
    tally.complain({place.row, place.line, to.column, detail.code, detail.message});
  }
}

// The quantities of a file are what is there to begin with; no file says what is owed.
void ProductSink::receive(const RowProduct& product, Id product_id) {
  const bool any = std::any_of(product.stock.begin(), product.stock.end(),
                               [](std::int64_t quantity) { return quantity > 0; });
  if (!any) return;
  const auto ids = catalog::variant_ids(*tx_, product_id);
  for (std::size_t i = 0; i < ids.size() && i < product.stock.size(); ++i) {
    if (product.stock[i] > 0) inventory::stock_up(*tx_, *session_, ids[i], product.stock[i]);
  }
}

// Of the category that an export names.
const std::string& ProductSink::name_of(const Product& product) {
  auto& name = names_[product.category_ids.empty() ? 0 : product.category_ids.front()];
  if (name.empty() && !product.category_ids.empty()) {
    name = catalog::category_path(*tx_, product.category_ids.front()).back();
  }
  return name;
}

// What an export would not write as the file had it.
void ProductSink::keep_extra(const RowProduct& product, Id product_id) {
  if (product.cells.empty()) return;
  if (header_id_ == 0) {
    header_id_ = store::header(*tx_, {csv_line(file_.columns->names()), file_.final_newline});
  }
  const auto stored = catalog::read_product(*tx_, *catalog::store::product_by_id(*tx_, product_id));
  const auto rows = shopify_rows(stored, name_of(stored), inventory::stock_of(*tx_, stored));
  std::string cells;
  const auto& names = file_.columns->names();
  for (std::size_t row = 0; row < product.cells.size(); ++row) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto& raw = product.cells[row][i];
      std::string derived;
      if (row < rows.size()) {
        if (const auto found = rows[row].find(names[i]); found != rows[row].end()) {
          derived = found->second;
        }
      }
      if (raw == derived) continue;
      cells += csv_line({std::to_string(row), names[i], raw, derived});
      cells += '\n';
    }
  }
  store::add_extra(*tx_, product_id, header_id_,
                   {static_cast<std::int64_t>(product.cells.size()), std::move(cells)});
}

CheckedProduct check(RowProduct&& product, const Currency& currency) {
  constexpr std::size_t k_category_bytes_max = 1000;
  CheckedProduct out{std::move(product), std::nullopt};
  core::Fields fields;
  catalog::check_product(fields, out.product.input, currency);
  fields.check(out.product.category.size() <= k_category_bytes_max, "category", "too_long",
               "at most 1,000 bytes");
  for (const auto part : category_names(out.product.category)) {
    catalog::check_category_name(fields, part, "category");
  }
  try {
    fields.throw_if_any();
  } catch (const Error& error) {
    out.refused = error;
  }
  return out;
}

void ProductSink::write(CheckedProduct& checked, Tally& tally) {
  auto& product = checked.product;
  if (checked.refused) {
    blame_all(product, checked.refused->details(), checked.refused->message(), tally);
    return;
  }
  try {
    if (const auto id = category(product.category)) product.input.category_ids = {id};
    const auto id = writer_.add(product.input, seller_id_);
    ++tally.products;
    tally.variants += std::ssize(product.input.variants);
    receive(product, id);
    keep_extra(product, id);
  } catch (const Error& error) {
    const auto code = error.code();
    if (code != Code::validation && code != Code::already_exists && code != Code::not_found &&
        code != Code::conflict) {
      throw;
    }
    blame_all(product, error.details(), error.message(), tally);
  }
}

}  // namespace shop::transfer
