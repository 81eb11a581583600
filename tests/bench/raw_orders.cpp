#include "bench/raw_orders.hpp"

#include "bench/raw_orders_sql.hpp"
#include "core/digest.hpp"
#include "core/random.hpp"
#include "db/database.hpp"
#include "flows/sales.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>

#include <sys/random.h>
#include <time.h>

namespace shop::bench {
namespace {

constexpr std::int64_t k_day_us = 86'400'000'000;
const Currency k_currency{"GBP"};

Timestamp now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Money money(std::int64_t minor) {
  return {minor, k_currency};
}

template <class... Args>
std::string print(const char* format, Args... args) {
  char buffer[512];
  const int size = std::snprintf(buffer, sizeof buffer, format, args...);
  return {buffer, static_cast<std::size_t>(size)};
}

struct Civil {
  int year;
  int month;
  int day;
  int hour;
};

Civil civil(Timestamp at) {
  const time_t seconds = at / 1'000'000;
  tm parts{};
  gmtime_r(&seconds, &parts);
  return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour};
}

}  // namespace

/// What is appended is folded now and then; libshop's functions do that for both sides.
struct RawOrders::Library {
  db::Database database;
};

// The threads of a process share one: SQLite's lock of the writer is around its use.
struct RawOrders::IdBlock {
  std::int64_t next = 0;
  std::int64_t end = 0;
};

struct RawOrders::Placing {
  const Buyer* buyer = nullptr;
  Timestamp now = 0;
  Civil today{};
  std::int64_t next = 0;
  std::int64_t next_end = 0;
  std::int64_t number = 0;
  std::uint64_t chance = 0;
  Id cart_id = 0;
  std::string address;
  std::string key;
  std::string fingerprint;
  Order order;
};

RawOrders::RawOrders(const std::string& path, const char* sync, const char* vfs)
    : path_(path),
      vfs_(vfs == nullptr ? "" : vfs),
      full_(std::strcmp(sync, "FULL") == 0),
      ids_(block_of(path)),
      db_(path, sync, vfs),
      sql_(std::make_unique<Statements>(db_)) {}

RawOrders::~RawOrders() = default;

void RawOrders::begin() {
  sql_->begin.run();
}

void RawOrders::commit() {
  sql_->commit.run();
}

void RawOrders::check_session(const Buyer& buyer) {
  auto& row = sql_->session;
  const auto now = now_us();
  if (!row.first(buyer.session_id) || row.integer(0) != buyer.account_id || now >= row.integer(1) ||
      !row.null(2) || row.integer(3) != 2 || row.integer(4) != 1 || row.integer(5) != 1 ||
      now - row.integer(6) >= row.integer(7)) {
    throw std::runtime_error("not logged in");
  }
  row.done();
}

RawOrders::IdBlock& RawOrders::block_of(const std::string& path) {
  static std::mutex mutex;
  static std::map<std::string, IdBlock> blocks;
  const std::lock_guard guard{mutex};
  return blocks[path];
}

// Numbers are taken in blocks, as long as nobody else takes any.
std::int64_t RawOrders::next_id(Placing& placing) const {
  if (placing.next == 0) {
    placing.next_end = sql_->ids.number();
    placing.next = placing.next_end == ids_.end ? ids_.next : placing.next_end;
  }
  return placing.next++ * 1024;
}

void RawOrders::save_ids(const Placing& placing) {
  if (placing.next == 0) return;
  ids_.next = placing.next;
  ids_.end = placing.next_end;
  if (ids_.next <= ids_.end) return;
  ids_.end = ids_.next + 1024;
  sql_->ids_save.run(ids_.end);
}

// ---- The cart -----------------------------------------------------------------------------------

void RawOrders::fill(const Buyer& buyer, const Wishes& wishes) {
  Placing ids;
  const auto cart_id = next_id(ids);
  sql_->add_cart.run(cart_id, buyer.account_id, now_us());
  std::int64_t line_no = 0;
  for (const auto& wish : wishes) {
    if (!sql_->sale.first(wish.variant_id)) throw std::runtime_error("no such thing");
    const auto price = sql_->sale.integer(6);
    sql_->sale.done();
    sql_->add_line.run(cart_id, ++line_no, wish.variant_id, wish.quantity, price, now_us());
  }
  save_ids(ids);
}

CartLine RawOrders::add(const Buyer& buyer, const Wish& wish) {
  begin();
  check_session(buyer);
  Placing ids;
  Id cart_id = 0;
  CartLine out;
  out.variant_id = wish.variant_id;
  out.quantity = wish.quantity;
  if (sql_->cart.first(buyer.account_id)) {
    cart_id = sql_->cart.integer(0);
    sql_->cart.done();
    while (sql_->cart_lines.first(cart_id)) {
      do {
        ++out.line_no;
        if (sql_->cart_lines.integer(1) != wish.variant_id) continue;
        out.quantity += sql_->cart_lines.integer(2);
        break;
      } while (sql_->cart_lines.next());
      break;
    }
    sql_->cart_lines.done();
  } else {
    cart_id = next_id(ids);
    sql_->add_cart.run(cart_id, buyer.account_id, now_us());
  }
  (void)sql_->rules.number();
  if (!sql_->sale.first(wish.variant_id) || sql_->sale.integer(9) != 2) {
    throw std::runtime_error("not on sale");
  }
  out.seen_price = money(sql_->sale.integer(6));
  sql_->sale.done();
  if (out.quantity > wish.quantity) {
    sql_->more.run(cart_id, out.line_no, out.quantity, out.seen_price.minor, now_us());
  } else {
    sql_->add_line.run(cart_id, ++out.line_no, wish.variant_id, wish.quantity, out.seen_price.minor,
                       now_us());
  }
  save_ids(ids);
  commit();
  return out;
}

void RawOrders::clear(const Buyer& buyer) {
  begin();
  check_session(buyer);
  const auto cart_id = sql_->cart.number(buyer.account_id);
  sql_->drop_lines.run(cart_id);
  sql_->drop_coupons.run(cart_id);
  commit();
}

// ---- The order ----------------------------------------------------------------------------------

void RawOrders::price(Placing& placing) {
  auto& order = placing.order;
  auto& cart = sql_->cart;
  if (!cart.first(placing.buyer->account_id)) throw std::runtime_error("no cart");
  placing.cart_id = cart.integer(0);
  order.country = cart.text(1);
  order.region = cart.text(2);
  placing.address = cart.text(4);
  cart.done();
  auto& lines = sql_->cart_lines;
  for (bool more = lines.first(placing.cart_id); more; more = lines.next()) {
    auto& line = order.lines.emplace_back();
    line.line_no = std::ssize(order.lines);
    line.variant_id = lines.integer(1);
    line.quantity = lines.integer(2);
    line.list_price = money(lines.integer(3));
    line.note = lines.text(6);
  }
  if (sql_->coupons.first(placing.cart_id)) throw std::runtime_error("a coupon");
  (void)sql_->rules.number();
  std::int64_t total = 0;
  for (auto& line : order.lines) {
    auto& sale = sql_->sale;
    if (!sale.first(line.variant_id) || sale.integer(9) != 2 || sale.integer(8) != 0) {
      throw std::runtime_error("not on sale");
    }
    line.product_id = sale.integer(0);
    line.seller_id = sale.integer(1);
    line.category_id = sale.integer(2);
    line.sku = sale.text(3);
    line.title = sale.text(4);
    line.variant_title = sale.text(5);
    const auto price = sale.integer(6);
    sale.done();
    if (price > line.list_price.minor) throw std::runtime_error("the price rose");
    line.list_price = line.unit_price = money(price);
    line.subtotal = line.total = money(price * line.quantity);
    line.discount = line.tax = line.refunded = money(0);
    order.units += line.quantity;
    total += line.total.minor;
  }
  order.subtotal = order.total = order.paid = money(total);
  order.discount = order.shipping = order.shipping_discount = order.shipping_tax =
      order.shipping_total = order.tax = order.cash_rounding = order.refunded = money(0);
}

void RawOrders::take_stock(Placing& placing) {
  std::array<const OrderLine*, 16> sorted{};
  const auto count = std::min(placing.order.lines.size(), sorted.size());
  for (std::size_t i = 0; i < count; ++i) sorted[i] = &placing.order.lines[i];
  std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count),
            [](const auto* a, const auto* b) { return a->variant_id < b->variant_id; });
  for (std::size_t i = 0; i < count; ++i) {
    const auto& line = *sorted[i];
    const auto id = next_id(placing);
    sql_->take.run(line.variant_id, line.quantity, id);
    if (sqlite3_changes(db_.handle()) != 1 || !sql_->balance.first(line.variant_id)) {
      throw std::runtime_error("out of stock");
    }
    const auto on_hand = sql_->balance.integer(0);
    const auto previous = sql_->balance.integer(2);
    sql_->balance.done();
    sql_->movement.run(id, previous, placing.now, line.variant_id, -line.quantity, on_hand,
                       placing.order.id, placing.buyer->account_id);
  }
}

void RawOrders::pay(Placing& placing) {
  auto& order = placing.order;
  sql_->payment.run(order.id, order.total.minor, placing.now);
  sql_->entry.run(order.id, order.total.minor, placing.now, placing.buyer->account_id);
  auto& payment = order.payments.emplace_back();
  payment.order_id = order.id;
  payment.payment_no = 1;
  payment.tender = Tender::card;
  payment.authorized = payment.captured = order.total;
  payment.refunded = payment.tendered = payment.change = money(0);
  payment.at = placing.now;
  order.status = OrderStatus::confirmed;
  order.payment_status = PaymentStatus::paid;
  order.fulfilment_status = FulfilmentStatus::none;
  order.summary = "to_ship";
}

void RawOrders::write(Placing& placing) {
  const auto& order = placing.order;
  sql_->order.run(order.id, placing.number, placing.chance, placing.buyer->account_id, placing.now,
                  order.country, order.region, RawBlob{placing.address}, order.units,
                  order.total.minor, RawBlob{placing.key}, RawBlob{placing.fingerprint},
                  placing.cart_id, order.lines.size(),
                  placing.today.year * 12 + placing.today.month - 1, placing.today.hour);
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    bool first = true;
    bool first_of_category = true;
    for (std::size_t j = 0; j < i; ++j) {
      first = first && order.lines[j].product_id != line.product_id;
      first_of_category = first_of_category && order.lines[j].category_id != line.category_id;
    }
    sql_->line.run(order.id, line.line_no, line.variant_id, line.product_id, line.seller_id,
                   line.category_id, line.sku, line.title, line.variant_title, line.note,
                   line.quantity, line.unit_price.minor, line.total.minor, first ? 1 : 0,
                   first_of_category ? 1 : 0);
  }
}

void RawOrders::tell(Placing& placing) {
  const auto& order = placing.order;
  const auto who = placing.buyer->account_id;
  const auto total = static_cast<long long>(order.total.minor);
  const auto placed = print(
      "{\"number\":\"%s\",\"customer_id\":%lld,\"total\":{\"minor\":%lld,\"currency\":\"GBP\"},"
      "\"lines\":%zu}",
      order.number.c_str(), static_cast<long long>(who), total, order.lines.size());
  sql_->event.run(next_id(placing), placing.now, "order.placed", "order", order.id, placed);

  auto& wants = sql_->wants;
  wants.first(who);
  const bool room = wants.null(3);
  wants.done();
  if (!room) throw std::runtime_error("too many notifications");
  std::uint64_t chance[2];
  if (getrandom(chance, sizeof chance, 0) != sizeof chance) throw std::runtime_error("getrandom");
  const auto ms = static_cast<unsigned long long>(placing.now / 1000);
  const auto uuid = print("%08llx-%04llx-7%03llx-%04llx-%012llx", ms >> 16, ms & 0xffff,
                          static_cast<unsigned long long>(chance[0] & 0xfff),
                          static_cast<unsigned long long>((chance[0] >> 16 & 0x3fff) | 0x8000),
                          static_cast<unsigned long long>(chance[1] & 0xffff'ffff'ffff));
  const auto title = print("Order %s placed", order.number.c_str());
  const auto data = print(
      "{\"number\":\"%s\",\"summary\":\"to_ship\",\"total\":{\"minor\":%lld,"
      "\"currency\":\"GBP\"}}",
      order.number.c_str(), total);
  sql_->notification.run(who, next_id(placing), uuid, title, order.id, data, placing.now);
  const auto told = print(
      "{\"uuid\":\"%s\",\"kind\":\"order_status\",\"title\":\"%s\",\"body\":\"\",\"object\":"
      "\"order\",\"object_id\":%lld}",
      uuid.c_str(), title.c_str(), static_cast<long long>(order.id));
  sql_->event.run(next_id(placing), placing.now, "notification.created", "user", who, told);
  if (sql_->rule.first()) throw std::runtime_error("a loyalty rule");
}

void RawOrders::count(const Placing& placing) {
  const auto place = placing.number % 10'000'000;
  if (flows::due_counts(place).any()) count_in_library(place);
}

Order RawOrders::place(const Buyer& buyer, const std::string& key) {
  Placing placing;
  placing.buyer = &buyer;
  begin();
  placing.now = now_us();
  check_session(buyer);
  placing.key = core::digest16(print("place:%lld", static_cast<long long>(buyer.account_id)), key);
  placing.fingerprint = core::digest16("order", "0 0  -1 2 -1 0 ");
  if (sql_->by_key.first(RawBlob{placing.key})) throw std::runtime_error("placed before");
  price(placing);
  auto& order = placing.order;
  order.id = next_id(placing);
  order.customer_id = buyer.account_id;
  order.placed_by = Role::customer;
  order.placed_at = placing.now;
  placing.today = civil(placing.now);
  const auto low = placing.now / k_day_us * 10'000'000;
  placing.number = std::max(low, sql_->last_number.number(low, low + 10'000'000)) + 1;
  order.number = print("ORD-%04d%02d%02d-%06lld", placing.today.year, placing.today.month,
                       placing.today.day, static_cast<long long>(placing.number - low));
  if (getrandom(&placing.chance, sizeof placing.chance, 0) != sizeof placing.chance) {
    throw std::runtime_error("getrandom");
  }
  placing.chance >>= 2U;
  const auto id = static_cast<unsigned long long>(order.id);
  const auto rest = static_cast<unsigned long long>(placing.chance) | 0x8000'0000'0000'0000ULL;
  order.uuid = print("%08llx-%04llx-8%03llx-%04llx-%012llx", id >> 28, id >> 12 & 0xffff,
                     id & 0xfff, rest >> 48, rest & 0xffff'ffff'ffff);
  take_stock(placing);
  pay(placing);
  write(placing);
  tell(placing);
  sql_->drop_lines.run(placing.cart_id);
  sql_->drop_cart.run(placing.cart_id);
  save_ids(placing);
  commit();
  count(placing);
  return std::move(placing.order);
}

void RawOrders::count_in_library(std::int64_t place) {
  if (!library_) {
    db::DatabaseOptions options;
    options.sqlite.path = path_;
    options.sqlite.vfs = vfs_;
    options.sqlite.durability = full_ ? Durability::full : Durability::normal;
    options.checkpoint_frames = 1 << 30;
    library_ = std::unique_ptr<Library>(new Library{
        {options, {core::system_clock(), core::seeded_random(1), k_currency, 0, {}, {}}}});
  }
  library_->database.write([&](db::Tx& tx) { flows::count_due(tx, place); });
}

}  // namespace shop::bench
