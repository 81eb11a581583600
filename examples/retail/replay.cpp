#include "replay.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <type_traits>
#include <utility>

namespace retail {
namespace {

using Steady = std::chrono::steady_clock;

// What the shop booked as articles although nobody can hold it in the hand.
bool is_service(const std::string& code) {
  return code == "POST" || code == "DOT" || code == "C2" || code == "M";
}

// The category of an article, by the first of these words in its description.
std::string category_of(const std::string& code, const std::string& title) {
  static constexpr std::array<std::pair<const char*, const char*>, 14> words{
      {{"CHRISTMAS", "Christmas"},
       {"BAG", "Bags"},
       {"CANDLE", "Candles & Light"},
       {"LIGHT", "Candles & Light"},
       {"T-LIGHT", "Candles & Light"},
       {"CARD", "Paper & Cards"},
       {"WRAP", "Paper & Cards"},
       {"PAPER", "Paper & Cards"},
       {"MUG", "Kitchen"},
       {"CAKE", "Kitchen"},
       {"BOWL", "Kitchen"},
       {"TIN", "Kitchen"},
       {"HEART", "Decoration"},
       {"SIGN", "Decoration"}}};
  if (is_service(code)) return "Services";
  for (const auto& [word, category] : words) {
    if (title.find(word) != std::string::npos) return category;
  }
  return "Gifts";
}

template <class Value>
const Value& most_frequent(const std::map<Value, int>& counts) {
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// Titles are unique in a shop whatever their case and spacing.
std::string comparable(const std::string& title) {
  std::string out;
  for (const char c : title) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// What the file says of one code: how often under which name and price.
struct CodeFacts {
  std::map<std::string, int> titles;
  std::map<std::int64_t, int> prices;
  std::int64_t units_sold = 0;
};

}  // namespace

template <class F>
auto Replay::timed(const std::string& call, F&& work) {
  const auto start = Steady::now();
  const auto note = [&] {
    const double us = std::chrono::duration<double, std::micro>(Steady::now() - start).count();
    auto& times = outcome_.times[call];
    ++times.calls;
    times.total_us += us;
    times.slowest_us = std::max(times.slowest_us, us);
  };
  if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
    work();
    note();
  } else {
    auto result = work();
    note();
    return result;
  }
}

Replay::Replay(shop::Engine& shop, std::shared_ptr<shop::ManualClock> clock, std::vector<Row> rows)
    : shop_(shop), host_(shop.host()), clock_(std::move(clock)), rows_(std::move(rows)) {
  std::map<std::string, Document> by_invoice;
  for (const auto& row : rows_) {
    auto& document = by_invoice[row.invoice];
    document.at = document.rows.empty() ? row.at : std::min(document.at, row.at);
    document.rows.push_back(&row);
  }
  for (auto& [invoice, document] : by_invoice) documents_.push_back(std::move(document));
  std::stable_sort(documents_.begin(), documents_.end(),
                   [](const Document& a, const Document& b) { return a.at < b.at; });
  outcome_.rows = static_cast<std::int64_t>(rows_.size());
}

std::string Replay::reason_to_skip(const Row& row) {
  if (row.quantity == 0) return "nothing was counted";
  if (row.quantity < 0 && !row.credit())
    return "a stock correction, not a sale: " + row.description;
  if (row.price_minor == 0) return "has no price: a note about the stock, not a sale";
  if (row.price_minor < 0) return "a booking against a debt, not a sale";
  if (!row.credit()) return {};
  if (row.quantity > 0) return "a credit note that takes nothing back";
  if (row.code == "D") return "a discount granted afterwards, no goods came back";
  if (row.code == "AMAZONFEE" || row.code == "CRUK" || row.code == "BANK CHARGES") {
    return "a fee of a partner, no goods came back";
  }
  if (row.code == "S") return "samples written off, no goods came back";
  if (row.code == "M") return "a manual adjustment, no goods came back";
  return {};
}

void Replay::make_catalog() {
  std::map<std::string, CodeFacts> codes;
  for (const auto& row : rows_) {
    if (!reason_to_skip(row).empty()) continue;
    auto& facts = codes[row.code];
    if (!row.description.empty()) ++facts.titles[row.description];
    ++facts.prices[row.price_minor];
    if (!row.credit()) facts.units_sold += row.quantity;
  }
  std::map<std::string, shop::Id> categories;
  std::set<std::string> titles;
  for (const auto& [code, facts] : codes) {
    auto title = facts.titles.empty() ? "Article " + code : most_frequent(facts.titles);
    const auto category = category_of(code, title);
    if (!categories.contains(category)) {
      shop::CategoryInput input;
      input.name = category;
      categories[category] = shop_.catalog().create_category(host_, input).id;
    }
    if (!titles.insert(comparable(title)).second) title += " (" + code + ")";
    shop::ProductInput input;
    input.title = title;
    input.category_ids = {categories[category]};
    input.simple.sku = code;
    input.simple.price = {most_frequent(facts.prices), "GBP"};
    if (is_service(code)) input.simple.policy = shop::StockPolicy::backorder;
    const auto product =
        timed("create a product", [&] { return shop_.catalog().create_product(host_, input); });
    const auto variant_id = product.variants.front().id;
    articles_[code] = {variant_id, input.simple.price.minor};
    const auto quantity = facts.units_sold;
    if (is_service(code) || quantity == 0) continue;
    timed("receive stock", [&] {
      return shop_.inventory().receive(
          host_, {.variant_id = variant_id, .quantity = quantity, .note = "opening stock"});
    });
  }
  outcome_.products = static_cast<std::int64_t>(articles_.size());
}

void Replay::make_customers(const Progress& progress) {
  for (const auto& document : documents_) {
    const auto& first = *document.rows.front();
    if (first.customer.empty() || customers_.contains(first.customer)) continue;
    shop::NewUserInput input;
    input.username = "customer-" + first.customer;
    input.name = "Customer " + first.customer;
    input.country = country_code(first.country);
    const auto user =
        timed("create a customer", [&] { return shop_.accounts().create_user(host_, input); });
    customers_[first.customer] = user.id;
    progress(static_cast<std::int64_t>(customers_.size()));
  }
  outcome_.customers = static_cast<std::int64_t>(customers_.size());
}

void Replay::walk_the_year(const Progress& progress) {
  std::int64_t done = 0;
  for (const auto& document : documents_) {
    clock_->set(document.at);
    if (document.rows.front()->credit()) {
      take_back(document);
    } else {
      sell(document);
    }
    progress(++done);
  }
}

void Replay::skip(const Row& row, const std::string& reason) {
  outcome_.skipped.push_back({row.number, row.code, row.amount_minor(), reason});
}

void Replay::sell(const Document& document) {
  std::vector<const Row*> rows;
  std::vector<shop::CartItem> items;
  for (const auto* row : document.rows) {
    if (const auto reason = reason_to_skip(*row); !reason.empty()) {
      skip(*row, reason);
      continue;
    }
    rows.push_back(row);
    // The note keeps two rows of one article apart: they may have different prices.
    items.push_back(
        {articles_.at(row->code).variant_id, row->quantity, "row " + std::to_string(row->number)});
  }
  if (rows.empty()) return;
  const auto& first = *rows.front();
  shop::CartInput input;
  if (!first.customer.empty()) input.customer_id = customers_.at(first.customer);
  input.name = first.invoice;
  input.country = country_code(first.country);
  const auto cart = timed("start a cart", [&] { return shop_.cart().create(host_, input); });
  const auto lines =
      timed("fill a cart", [&] { return shop_.cart().add_all(host_, cart.id, items); });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i]->price_minor == articles_.at(rows[i]->code).price_minor) continue;
    timed("set a price by hand", [&] {
      shop_.cart().set_price(host_, cart.id, lines[i].line_no,
                             shop::Money{rows[i]->price_minor, "GBP"}, "as invoiced");
    });
  }
  shop::PlaceInput place;
  place.idempotency_key = "invoice " + first.invoice;
  shop::PaymentInput payment;
  payment.tender = shop::Tender::card;
  payment.reference = first.invoice;
  place.payments = {payment};
  place.accept_prices = true;
  place.handed_over = true;
  const auto order =
      timed("place an order", [&] { return shop_.orders().place(host_, cart.id, place); });
  ++outcome_.orders;
  note_sold(rows, order);
  if (outcome_.sample_order == 0 && !first.customer.empty() && rows.size() >= 5) {
    outcome_.sample_order = order.id;
  }
}

void Replay::note_sold(const std::vector<const Row*>& rows, const shop::Order& order) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = *rows[i];
    if (row.customer.empty()) continue;
    sold_[{row.customer, row.code, row.price_minor}].push_back(
        {order.id, order.lines[i].line_no, row.quantity});
  }
}

// What this customer bought at this price is taken back against the order; the rest, bought before
// the file begins or by a guest, without a receipt.
void Replay::take_back(const Document& document) {
  std::map<shop::Id, std::vector<shop::ReturnLineInput>> against;
  std::vector<shop::LooseReturnLineInput> loose;
  for (const auto* row : document.rows) {
    if (const auto reason = reason_to_skip(*row); !reason.empty()) {
      skip(*row, reason);
      continue;
    }
    auto left = -row->quantity;
    for (auto& sold : sold_[{row->customer, row->code, row->price_minor}]) {
      const auto part = std::min(left, sold.left);
      if (part == 0) continue;
      against[sold.order_id].push_back({.line_no = sold.line_no, .quantity = part});
      sold.left -= part;
      left -= part;
    }
    if (left == 0) continue;
    loose.push_back({.variant_id = articles_.at(row->code).variant_id,
                     .quantity = left,
                     .unit_price = {row->price_minor, "GBP"}});
  }
  for (const auto& [order_id, lines] : against) return_against(document, order_id, lines);
  if (!loose.empty()) return_loose(document, loose);
  if (!against.empty() || !loose.empty()) ++outcome_.returns;
}

void Replay::return_against(const Document& document, shop::Id order_id,
                            const std::vector<shop::ReturnLineInput>& lines) {
  shop::ReturnInput input;
  input.idempotency_key =
      "credit " + document.rows.front()->invoice + " order " + std::to_string(order_id);
  input.lines = lines;
  timed("take goods back", [&] { return shop_.orders().return_items(host_, order_id, input); });
}

void Replay::return_loose(const Document& document,
                          const std::vector<shop::LooseReturnLineInput>& lines) {
  const auto& first = *document.rows.front();
  shop::LooseReturnInput input;
  input.idempotency_key = "credit " + first.invoice;
  input.lines = lines;
  if (!first.customer.empty()) input.customer_id = customers_.at(first.customer);
  input.country = country_code(first.country);
  input.tender = shop::Tender::card;
  input.reference = first.invoice;
  timed("take goods back without receipt",
        [&] { return shop_.orders().return_loose(host_, input); });
}

}  // namespace retail
