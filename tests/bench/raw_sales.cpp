#include "bench/raw_sales.hpp"

#include "core/digest.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include <sodium.h>

namespace shop::bench {
namespace {

__extension__ using Wide = __int128;

const Currency k_currency{"GBP"};

Money money(std::int64_t minor) {
  return {minor, k_currency};
}

Timestamp now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t rounded(std::int64_t amount, std::int64_t of, std::int64_t parts) {
  return static_cast<std::int64_t>((static_cast<Wide>(amount) * of * 2 + parts) /
                                   (static_cast<Wide>(parts) * 2));
}

using Hash = std::array<unsigned char, 32>;

Hash hash_of(std::string_view text) {
  Hash out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  return out;
}

RawBlob blob(const Hash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

std::string token(const char* kind) {
  std::array<unsigned char, 32> chance{};
  randombytes_buf(chance.data(), chance.size());
  std::string out(64, '\0');
  sodium_bin2base64(out.data(), out.size(), chance.data(), chance.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.resize(43);
  return kind + out;
}

}  // namespace

struct RawSales::Statements {
  explicit Statements(RawDb& db)
      : begin(db, "BEGIN"),
        begin_write(db, "BEGIN IMMEDIATE"),
        commit(db, "COMMIT"),
        session(db,
                "SELECT s.account_id, s.expires_at, s.ended_at, a.role, a.status, "
                "s.auth_epoch = a.auth_epoch, s.last_seen_at, s.idle_us FROM login_session s "
                "JOIN account a ON a.id = s.account_id WHERE s.id = ?1"),
        cart(db,
             "SELECT id, country, region, created_at FROM cart WHERE owner_id = ?1 AND name = '' "
             "AND owner_id <> 0"),
        lines(db,
              "SELECT l.line_no, l.variant_id, l.quantity, l.seen_minor, l.note, p.id, "
              "p.seller_id, p.category_id, v.sku, p.title, v.options, v.price_minor, p.status, "
              "v.policy, (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock s "
              "WHERE s.variant_id = l.variant_id) FROM cart_line l JOIN variant v ON v.id = "
              "l.variant_id JOIN product p ON p.id = v.product_id WHERE l.cart_id = ?1 "
              "ORDER BY l.line_no"),
        coupons(db, "SELECT code FROM cart_coupon WHERE cart_id = ?1"),
        rules(db, "SELECT version FROM pricing_state WHERE one = 1"),
        ordered(db, "SELECT 1 FROM orders WHERE owner_id = ?1 AND owner_id <> 0 LIMIT 1"),
        account(db, "SELECT status, auth_epoch FROM account WHERE id = ?1"),
        clock(db, "SELECT high FROM auth_clock WHERE id = 1"),
        clock_set(db, "UPDATE auth_clock SET high = ?1 WHERE id = 1"),
        audit_head(db, "SELECT seq, hash FROM audit_head WHERE id = 1"),
        audit_add(db,
                  "INSERT INTO audit_entry (seq, at, actor_role, actor_id, session_id, action, "
                  "object_type, object_id, before, after, key_id, hash) VALUES (?1, ?2, 7, 0, 0, "
                  "'session.log_in_as', 'user', ?3, '', '', 1, ?4)"),
        audit_set(db, "UPDATE audit_head SET seq = ?1, hash = ?2, mac = ?3 WHERE id = 1"),
        ids(db, "SELECT next FROM id_sequence WHERE site = 0"),
        ids_save(db, "UPDATE id_sequence SET next = ?1 WHERE site = 0"),
        session_add(db,
                    "INSERT INTO login_session (id, account_id, auth_epoch, expires_at, idle_us, "
                    "last_seen_at, ended_at, end_reason, access_hash, access_expires_at, "
                    "step_up_action, step_up_until, single_device, kiosk, device_name, created_at, "
                    "binding) VALUES (?1, ?2, ?3, ?4, 43200000000, ?5, NULL, 0, ?6, ?7, 0, 0, 0, "
                    "0, 'host', ?5, ?8)"),
        refresh_add(db,
                    "INSERT INTO refresh_token (hash, session_id, spent_at, request_hash) "
                    "VALUES (?1, ?2, NULL, NULL)"),
        logged_in(db, "UPDATE account SET last_log_in_at = ?2 WHERE id = ?1"),
        top(db,
            "SELECT s.product_id, sum(s.orders), sum(s.units), sum(s.revenue), "
            "sum(s.returned_units), sum(s.returned), p.title, p.slug FROM (SELECT product_id, "
            "orders, units, revenue, returned_units, returned FROM sales_product WHERE grain = 3 "
            "UNION ALL SELECT product_id, orders, units, revenue, returned_units, returned FROM "
            "sales_product WHERE grain = 1 AND period > (SELECT rolled_day FROM sales_fold) "
            "UNION ALL SELECT product_id, orders, units, revenue, returned_units, returned FROM "
            "sales_line_unfolded) s JOIN product p ON p.id = s.product_id GROUP BY s.product_id "
            "ORDER BY 3 DESC, 1 LIMIT 10") {}

  RawStatement begin, begin_write, commit, session, cart, lines, coupons, rules, ordered, account,
      clock, clock_set, audit_head, audit_add, audit_set, ids, ids_save, session_add, refresh_add,
      logged_in, top;
};

RawSales::RawSales(const std::string& path, const char* sync, RawRules rules)
    : rules_(std::move(rules)), db_(path, sync), sql_(std::make_unique<Statements>(db_)) {}

RawSales::~RawSales() = default;

void RawSales::discount_and_tax(Quote& quote) const {
  std::int64_t subtotal = 0;
  for (const auto& line : quote.lines) subtotal += line.subtotal.minor;
  const auto off = rounded(subtotal, rules_.discount_ppm, 1'000'000);
  std::vector<std::pair<std::int64_t, std::size_t>> rests;
  auto left = off;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    const auto exact = static_cast<Wide>(quote.lines[i].subtotal.minor) * off;
    const auto share = subtotal == 0 ? 0 : static_cast<std::int64_t>(exact / subtotal);
    const auto rest = subtotal == 0 ? 0 : static_cast<std::int64_t>(exact % subtotal);
    quote.lines[i].discount = money(share);
    rests.emplace_back(-rest, i);
    left -= share;
  }
  std::sort(rests.begin(), rests.end());
  for (std::size_t i = 0; left > 0; ++i, --left) ++quote.lines[rests[i].second].discount.minor;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  for (auto& line : quote.lines) {
    line.total = money(line.subtotal.minor - line.discount.minor);
    line.tax = money(rounded(line.total.minor, rules_.tax_ppm, 1'000'000 + rules_.tax_ppm));
    total += line.total.minor;
    tax += line.tax.minor;
    const auto at = static_cast<std::int64_t>(&line - quote.lines.data());
    quote.adjustments.push_back(
        {AdjustmentKind::promotion, 0, rules_.discount_name, {}, at, money(-line.discount.minor)});
  }
  quote.taxes.push_back({rules_.tax_name, rules_.tax_ppm, money(total - tax), money(tax)});
  quote.subtotal = money(subtotal);
  quote.discount = money(off);
  quote.tax = money(tax);
  quote.total = money(total);
}

Cart RawSales::read_cart(const Buyer& buyer) {
  auto& sql = *sql_;
  sql.begin.run();
  const auto now = now_us();
  if (!sql.session.first(buyer.session_id) || sql.session.integer(0) != buyer.account_id ||
      now >= sql.session.integer(1) || !sql.session.null(2) || sql.session.integer(4) != 1 ||
      sql.session.integer(5) != 1 || now - sql.session.integer(6) >= sql.session.integer(7)) {
    throw std::runtime_error("not logged in");
  }
  sql.session.done();
  Cart out;
  if (!sql.cart.first(buyer.account_id)) throw std::runtime_error("no cart");
  out.id = sql.cart.integer(0);
  out.customer_id = buyer.account_id;
  out.country = sql.cart.text(1);
  out.region = sql.cart.text(2);
  out.created_at = sql.cart.integer(3);
  sql.cart.done();
  auto& row = sql.lines;
  for (bool more = row.first(out.id); more; more = row.next()) {
    if (row.integer(12) != 2) throw std::runtime_error("withdrawn");
    auto& line = out.lines.emplace_back();
    line.line_no = row.integer(0);
    line.variant_id = row.integer(1);
    line.quantity = row.integer(2);
    line.seen_price = money(row.integer(3));
    line.note = row.text(4);
    line.quote_line = std::ssize(out.lines) - 1;
    auto& priced = out.quote.lines.emplace_back();
    priced.variant_id = line.variant_id;
    priced.product_id = row.integer(5);
    priced.seller_id = row.integer(6);
    priced.category_id = row.integer(7);
    priced.sku = row.text(8);
    priced.title = row.text(9);
    priced.variant_title = row.text(10);
    priced.quantity = line.quantity;
    priced.list_price = priced.unit_price = money(row.integer(11));
    priced.subtotal = money(row.integer(11) * line.quantity);
    out.quote.units += line.quantity;
    if (priced.unit_price != line.seen_price) {
      out.changes.push_back({line.line_no, CartChangeKind::price_rose, line.seen_price,
                             priced.unit_price, line.quantity, 0});
    }
    if (row.integer(13) == 1 && row.integer(14) < line.quantity) {
      out.changes.push_back({line.line_no, CartChangeKind::short_stock, line.seen_price,
                             line.seen_price, line.quantity, row.integer(14)});
    }
  }
  if (sql.coupons.first(out.id)) throw std::runtime_error("a coupon");
  (void)sql.rules.number();
  (void)sql.ordered.number(buyer.account_id);
  discount_and_tax(out.quote);
  sql.commit.run();
  return out;
}

std::string RawSales::log_in(Id account_id) {
  auto& sql = *sql_;
  sql.begin_write.run();
  const auto now = now_us();
  if (!sql.account.first(account_id) || sql.account.integer(0) != 1) {
    throw std::runtime_error("nobody");
  }
  const auto epoch = sql.account.integer(1);
  sql.account.done();
  if (!sql.audit_head.first()) throw std::runtime_error("no audit");
  const auto seq = sql.audit_head.integer(0) + 1;
  const auto chained = hash_of(sql.audit_head.text(1) + std::to_string(seq) + "session.log_in_as" +
                               std::to_string(account_id));
  sql.audit_head.done();
  sql.audit_add.run(seq, now, account_id, blob(chained));
  const auto mac = hash_of({reinterpret_cast<const char*>(chained.data()), chained.size()});
  sql.audit_set.run(seq, blob(chained), blob(mac));
  if (sql.clock.number() > now) throw std::runtime_error("the clock went back");
  sql.clock_set.run(now);
  const auto next = sql.ids.number();
  const auto access = token("shp1a_");
  const auto refresh = token("shp1r_");
  const auto access_hash = hash_of(access);
  const auto refresh_hash = hash_of(refresh);
  const auto binding = hash_of(std::to_string(next) + "." + std::to_string(account_id));
  sql.session_add.run(next * 1024, account_id, epoch, now + 2'592'000'000'000, now,
                      blob(access_hash), now + 900'000'000, blob(binding));
  sql.refresh_add.run(blob(refresh_hash), next * 1024);
  sql.logged_in.run(account_id, now);
  sql.ids_save.run(next + 1);
  sql.commit.run();
  return access;
}

std::vector<ProductFigures> RawSales::top_selling() {
  std::vector<ProductFigures> out;
  auto& row = sql_->top;
  for (bool more = row.first(); more; more = row.next()) {
    auto& one = out.emplace_back();
    one.product_id = row.integer(0);
    one.orders = row.integer(1);
    one.units = row.integer(2);
    one.revenue = money(row.integer(3));
    one.returned_units = row.integer(4);
    one.returned = money(row.integer(5));
    one.net = money(one.revenue.minor - one.returned.minor);
    one.title = row.text(6);
    one.slug = row.text(7);
  }
  return out;
}

}  // namespace shop::bench
