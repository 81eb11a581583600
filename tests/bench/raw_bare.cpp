#include "bench/raw_bare.hpp"

#include "bench/catalog_generator.hpp"

#include <array>
#include <chrono>

namespace shop::bench {
namespace {

constexpr const char* k_schema =
    "CREATE TABLE product (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
    "description TEXT NOT NULL, brand TEXT NOT NULL, category_id INTEGER NOT NULL, "
    "price INTEGER NOT NULL, stock INTEGER NOT NULL CHECK (stock >= 0));"
    "CREATE INDEX product_category ON product (category_id, price);"
    "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE cart_item (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES "
    "customer (id), product_id INTEGER NOT NULL REFERENCES product (id), quantity INTEGER NOT NULL "
    "CHECK (quantity > 0), UNIQUE (customer_id, product_id));"
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, customer_id INTEGER "
    "NOT NULL REFERENCES customer (id), status TEXT NOT NULL, total INTEGER NOT NULL, "
    "created_at INTEGER NOT NULL);"
    "CREATE INDEX orders_customer ON orders (customer_id, created_at);"
    "CREATE TABLE order_line (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders "
    "(id), product_id INTEGER NOT NULL REFERENCES product (id), quantity INTEGER NOT NULL, "
    "price INTEGER NOT NULL);"
    "CREATE INDEX order_line_order ON order_line (order_id);"
    "CREATE INDEX order_line_product ON order_line (product_id);";

}  // namespace

struct RawBare::Statements {
  explicit Statements(RawDb& db)
      : begin(db, "BEGIN IMMEDIATE"),
        commit(db, "COMMIT"),
        put(db, "INSERT INTO cart_item (customer_id, product_id, quantity) VALUES (?1, ?2, ?3)"),
        items(db,
              "SELECT c.product_id, c.quantity, p.price FROM cart_item c JOIN product p "
              "ON p.id = c.product_id WHERE c.customer_id = ?1 ORDER BY c.product_id"),
        take(db, "UPDATE product SET stock = stock - ?2 WHERE id = ?1 AND stock >= ?2"),
        order(db,
              "INSERT INTO orders (number, customer_id, status, total, created_at) "
              "VALUES ('ORD-' || (SELECT coalesce(max(id), 0) + 1 FROM orders), ?1, 'placed', ?2, "
              "?3)"),
        line(db,
             "INSERT INTO order_line (order_id, product_id, quantity, price) "
             "VALUES (?1, ?2, ?3, ?4)"),
        empty(db, "DELETE FROM cart_item WHERE customer_id = ?1") {}

  RawStatement begin, commit, put, items, take, order, line, empty;
};

void RawBare::make(const std::string& path, std::int64_t products, std::int64_t customers) {
  RawDb db{path, "OFF"};
  db.run(k_schema);
  db.run("BEGIN");
  {
    RawStatement add{db, "INSERT INTO product VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1000000000)"};
    for (std::int64_t i = 0; i < products; ++i) {
      const auto one = generate(i);
      const auto price = static_cast<std::int64_t>(std::stod(one.price) * 100);
      add.run(i + 1, one.sku + one.barcode, one.title, one.description, one.brand, i % 500, price);
    }
    RawStatement customer{db, "INSERT INTO customer VALUES (?1, ?2)"};
    for (std::int64_t i = 1; i <= customers; ++i) customer.run(i, std::string{"Somebody"});
  }
  db.run("COMMIT");
  db.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

RawBare::RawBare(const std::string& path, const char* sync, const char* vfs)
    : db_(path, sync, vfs), sql_(std::make_unique<Statements>(db_)) {}

RawBare::~RawBare() = default;

void RawBare::begin() {
  sql_->begin.run();
}

void RawBare::commit() {
  sql_->commit.run();
}

void RawBare::fill(std::int64_t customer, const Wishes& wishes) {
  for (const auto& wish : wishes) sql_->put.run(customer, wish.variant_id, wish.quantity);
}

std::int64_t RawBare::place(std::int64_t customer) {
  struct Item {
    std::int64_t product, quantity, price;
  };
  std::array<Item, 16> items{};
  std::size_t count = 0;
  std::int64_t total = 0;
  begin();
  auto& row = sql_->items;
  for (bool more = row.first(customer); more && count < items.size(); more = row.next()) {
    items[count++] = {row.integer(0), row.integer(1), row.integer(2)};
    total += row.integer(1) * row.integer(2);
  }
  row.done();
  if (count == 0) throw std::runtime_error("the cart is empty");
  for (std::size_t i = 0; i < count; ++i) {
    sql_->take.run(items[i].product, items[i].quantity);
    if (sqlite3_changes(db_.handle()) != 1) throw std::runtime_error("out of stock");
  }
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  sql_->order.run(customer, total, now.count());
  const auto order_id = sqlite3_last_insert_rowid(db_.handle());
  for (std::size_t i = 0; i < count; ++i) {
    sql_->line.run(order_id, items[i].product, items[i].quantity, items[i].price);
  }
  sql_->empty.run(customer);
  commit();
  return order_id;
}

}  // namespace shop::bench
