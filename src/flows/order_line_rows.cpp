#include "flows/order_line_rows.hpp"

#include "core/money.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "orders/rules.hpp"
#include "shop/error.hpp"

#include <charconv>
#include <utility>

namespace shop::flows {
namespace {

constexpr std::size_t k_most_lines_of_order = 1000;
constexpr std::array<std::string_view, 12> k_order_columns = {
    "order",   "placed_at", "sku", "quantity", "unit_price", "discount",
    "country", "region",    "tax", "customer", "returned",   "summary"};
constexpr std::size_t k_required = 5;

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

}  // namespace

std::string_view name_of(OrderColumn column) {
  return k_order_columns.at(static_cast<std::size_t>(column));
}

OrderRowsReader::OrderRowsReader(transfer::ByteSource& source, const Currency& currency)
    : reader_(source), currency_(currency) {
  reader_.rewind();
  reader_.detect_delimiter();
  read_header();
}

void OrderRowsReader::start(Timestamp now) {
  reader_.rewind();
  transfer::Record header;
  reader_.next(header);
  waiting_ = false;
  now_ = now;
  rows_ = 0;
}

void OrderRowsReader::read_header() {
  transfer::Record header;
  if (!reader_.next(header)) {
    throw Error(Code::validation, "the file is empty", {{"", "required", "needs a header", {}}});
  }
  at_.fill(SIZE_MAX);
  for (std::size_t i = 0; i < header.count; ++i) {
    transfer::repair_encoding(header.fields[i]);
    const auto name = core::fold(core::trim(header.field(i)));
    for (std::size_t k = 0; k < k_order_columns.size(); ++k) {
      if (name == k_order_columns.at(k)) at_.at(k) = i;
    }
  }
  std::vector<ErrorDetail> missing;
  for (std::size_t k = 0; k < k_required; ++k) {
    if (at_.at(k) != SIZE_MAX) continue;
    missing.push_back(
        {std::string{k_order_columns.at(k)}, "required", "this column is missing", {}});
  }
  if (!missing.empty()) {
    throw Error(Code::validation, "the header is not that of order lines", std::move(missing));
  }
}

std::string_view OrderRowsReader::get(OrderColumn column) const {
  const auto at = at_.at(static_cast<std::size_t>(column));
  return at == SIZE_MAX ? std::string_view{} : core::trim(record_.field(at));
}

bool OrderRowsReader::read() {
  if (waiting_) {
    waiting_ = false;
    return true;
  }
  if (!reader_.next(record_)) return false;
  ++rows_;
  for (std::size_t i = 0; i < record_.count; ++i) transfer::repair_encoding(record_.fields[i]);
  return true;
}

void OrderRowsReader::blame(OrderRows& group, OrderColumn column, std::string_view code,
                            std::string_view reason) {
  auto& row = group.rows.back();
  group.bad = true;
  if (!row.code.empty()) return;
  row.column = name_of(column);
  row.code = code;
  row.reason = reason;
}

std::int64_t OrderRowsReader::amount(OrderRows& group, OrderColumn column) {
  const auto text = get(column);
  if (text.empty()) return 0;
  const auto minor = core::parse_amount(text, currency_);
  if (!minor || *minor < 0) {
    blame(group, column, "invalid", "is not an amount of the shop's currency");
  }
  return minor.value_or(0);
}

// By the rules of every other text that comes in.
std::string OrderRowsReader::text(OrderRows& group, OrderColumn column,
                                  const core::TextRule& rule) {
  core::Fields fields;
  auto out = fields.text(name_of(column), get(column), rule);
  try {
    fields.throw_if_any();
  } catch (const Error& error) {
    const auto& detail = error.details().front();
    blame(group, column, detail.code, detail.message);
  }
  return out;
}

void OrderRowsReader::add_row(OrderRows& group) {
  group.rows.push_back({record_.row, record_.line, {}, {}, {}});
  auto& line = group.lines.emplace_back();
  line.line_no = static_cast<std::int64_t>(group.lines.size());
  line.sku = text(group, OrderColumn::sku, {.min = 1});
  const auto units = number(get(OrderColumn::quantity));
  if (!units || *units < 1 || *units > 1'000'000) {
    blame(group, OrderColumn::quantity, "invalid", "is a whole number from 1 on");
  }
  line.quantity = units.value_or(1);
  const auto back = get(OrderColumn::returned).empty() ? 0 : number(get(OrderColumn::returned));
  if (!back || *back < 0 || *back > line.quantity) {
    blame(group, OrderColumn::returned, "invalid", "is a whole number, at most the quantity");
  }
  line.returned = back.value_or(0);
  line.unit_price = line.list_price = {amount(group, OrderColumn::unit_price), currency_};
  line.discount = {amount(group, OrderColumn::discount), currency_};
  line.tax = {amount(group, OrderColumn::tax), currency_};
  const auto at = time_of(get(OrderColumn::placed_at));
  if (!at)
    blame(group, OrderColumn::placed_at, "invalid", "is not a time like 2026-01-05T10:00:00Z");
  if (at && *at > now_) blame(group, OrderColumn::placed_at, "in_future", "has not come yet");
  if (group.lines.size() == 1) {
    group.at = at.value_or(0);
    group.country = text(group, OrderColumn::country, {.max = 60});
    group.region = text(group, OrderColumn::region, {.max = 60});
    group.customer = text(group, OrderColumn::customer, {.max = 320});
    group.canceled = get(OrderColumn::summary) == orders::name_of(OrderStatus::canceled);
  } else if (at && *at != group.at) {
    blame(group, OrderColumn::placed_at, "differs", "differs from the order's first row");
  }
  if (group.lines.size() > k_most_lines_of_order) {
    blame(group, OrderColumn::order, "too_many", "an order has at most 1,000 lines");
  }
}

bool OrderRowsReader::next(OrderRows& group) {
  group = {};
  while (read()) {
    const auto name = get(OrderColumn::order);
    if (group.rows.empty()) {
      group.order = name;
      add_row(group);
      (void)text(group, OrderColumn::order, {.min = 1, .max = 100});
    } else if (name == group.order && !name.empty()) {
      add_row(group);
    } else {
      waiting_ = true;
      return true;
    }
  }
  return !group.rows.empty();
}

}  // namespace shop::flows
