#include "catalog/listing_store.hpp"

#include "catalog/listing_sql.hpp"
#include "catalog/product_sql.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace shop::catalog::store {
namespace {

/// The column that an order goes by, and its direction.
struct OrderColumn {
  std::string_view column;  // empty: the product's id alone
  bool descending = false;
  bool text = false;
};

OrderColumn order_column(ProductOrder order) {
  switch (order) {
    case ProductOrder::price_up:
      return {"l.price_minor", false};
    case ProductOrder::price_down:
      return {"l.price_minor", true};
    case ProductOrder::best_sold:
      return {"l.sold", true};
    case ProductOrder::least_sold:
      return {"l.sold", false};
    case ProductOrder::rating:
      return {"l.rating", true};
    case ProductOrder::title:
      return {"l.title_folded", false, true};
    case ProductOrder::newest:
    case ProductOrder::relevance:
      break;
  }
  return {{}, true};
}

/// The text of a statement and the numbers bound to it, grown together.
class Builder {
 public:
  Builder() {
    sql_.reserve(512);
    numbers_.reserve(8);
  }
  Builder& text(std::string_view part) {
    sql_ += part;
    return *this;
  }
  Builder& number(std::int64_t value) {
    numbers_.push_back(value);
    return place();
  }
  Builder& words(std::string_view value) {
    texts_.emplace_back(static_cast<int>(places_ + 1), value);
    numbers_.push_back(0);
    return place();
  }
  std::string take_text() { return std::move(sql_); }
  std::vector<std::int64_t> take_numbers() { return std::move(numbers_); }
  [[nodiscard]] db::Query query(db::Tx& tx) const { return tx.query_text(sql_); }
  void bind(db::Query& query) const {
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      query.bind(static_cast<int>(i + 1), numbers_[i]);
    }
    for (const auto& [parameter, value] : texts_) query.bind(parameter, value);
  }

 private:
  Builder& place() {
    sql_ += '$';
    sql_ += std::to_string(++places_);
    return *this;
  }

  std::string sql_;
  std::size_t places_ = 0;
  std::vector<std::int64_t> numbers_;
  std::vector<std::pair<int, std::string>> texts_;
};

void add_range(Builder& sql, const ListPlan& plan) {
  const bool by_price =
      plan.order == ProductOrder::price_up || plan.order == ProductOrder::price_down;
  const std::string_view price = by_price ? "l.price_minor" : "p.price_minor";
  if (plan.price_min) sql.text(" AND ").text(price).text(" >= ").number(*plan.price_min);
  if (plan.price_max) sql.text(" AND ").text(price).text(" <= ").number(*plan.price_max);
}

void add_conditions(Builder& sql, const ListPlan& plan) {
  add_range(sql, plan);
  if (plan.rating_min) sql.text(" AND p.rating_milli >= ").number(*plan.rating_min);
  if (plan.seller_id) sql.text(" AND p.seller_id = ").number(*plan.seller_id);
  if (plan.brand_id) sql.text(" AND p.brand_id = ").number(*plan.brand_id);
  if (plan.status) sql.text(" AND p.status = ").number(static_cast<int>(*plan.status));
  if (plan.in_stock) sql.text(" AND p.in_stock > 0");
  for (const auto facet : plan.facets) {
    sql.text(" AND EXISTS (SELECT 1 FROM facet_product f WHERE f.facet_id = ")
        .number(facet)
        .text(" AND f.product_id = p.id)");
  }
  for (const auto category : plan.categories) {
    sql.text(
           " AND EXISTS (SELECT 1 FROM product_category c JOIN category_ancestor a "
           "ON a.category_id = c.category_id WHERE c.product_id = p.id AND a.ancestor_id = ")
        .number(category)
        .text(")");
  }
}

}  // namespace

void add_listing(db::Tx& tx, Id scope, const ProductRow& row) {
  tx.exec(sql::k_listing_add, scope, row.card.id, row.card.price.minor, row.card.sold,
          row.card.rating_milli, row.title_folded);
}

void remove_listing(db::Tx& tx, Id scope, Id product_id) {
  tx.exec(sql::k_listing_remove, scope, product_id);
}

void save_listing(db::Tx& tx, Id scope, const ProductRow& row) {
  tx.exec(sql::k_listing_save, scope, row.card.id, row.card.price.minor, row.title_folded);
}

void save_listing_sold(db::Tx& tx, Id scope, Id product_id, std::int64_t sold) {
  tx.exec(sql::k_listing_sold, scope, product_id, sold);
}

void save_listing_rating(db::Tx& tx, Id scope, Id product_id, std::int64_t rating_milli) {
  tx.exec(sql::k_listing_rating, scope, product_id, rating_milli);
}

void change_scope_count(db::Tx& tx, Id scope, std::int64_t by) {
  tx.exec(sql::k_scope_count_change, scope, std::max<std::int64_t>(by, 0), by);
}

std::int64_t scope_count(db::Tx& tx, Id scope) {
  return tx.integer(sql::k_scope_count, scope).value_or(0);
}

std::vector<Id> listed(db::Tx& tx, Id after, std::int64_t limit) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_listed, scope_all, after, limit);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void add_facet_product(db::Tx& tx, Id facet_id, Id product_id) {
  tx.exec(sql::k_facet_product_add, facet_id, product_id);
}

void remove_facet_product(db::Tx& tx, Id facet_id, Id product_id) {
  tx.exec(sql::k_facet_product_remove, facet_id, product_id);
}

std::vector<Id> ancestors(db::Tx& tx, Id category_id) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_category_ancestors, category_id);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void add_ancestors(db::Tx& tx, Id category_id, std::optional<Id> parent_id) {
  tx.exec(sql::k_ancestor_add, category_id, category_id, 0);
  if (parent_id) tx.exec(sql::k_ancestors_of_parent, category_id, *parent_id);
}

void remove_ancestors(db::Tx& tx, Id category_id) {
  tx.exec(sql::k_ancestors_remove, category_id);
}

std::vector<Descendant> descendants(db::Tx& tx, Id category_id) {
  std::vector<Descendant> out;
  auto query = tx.query(sql::k_category_descendants, category_id);
  while (query.next()) out.push_back({query.integer(0), query.integer(1)});
  return out;
}

std::vector<Id> category_products(db::Tx& tx, Id category_id, Id after) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_category_products, category_id, after);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

void change_product_category(db::Tx& tx, Id product_id, Id from, Id to) {
  tx.exec(sql::k_product_category_change, product_id, from, to);
}

void drop_product_category(db::Tx& tx, Id product_id, Id category_id) {
  tx.exec(sql::k_product_category_drop, product_id, category_id);
}

void save_main_category(db::Tx& tx, Id product_id, Id category_id) {
  tx.exec(sql::k_product_main_category, product_id, category_id);
}

namespace {

/// FROM, WHERE and the place after which the page begins.
void add_from(Builder& sql, const ListPlan& plan, const ListPosition* after,
              std::string_view from) {
  const auto order = order_column(plan.order);
  sql.text(from).text("l.scope_id = ").number(plan.scope);
  if (after == nullptr) return;
  if (order.column.empty()) {
    sql.text(" AND l.product_id < ").number(after->product_id);
    return;
  }
  sql.text(" AND (").text(order.column).text(", l.product_id) ");
  sql.text(order.descending ? "< (" : "> (");
  if (order.text) {
    sql.words(after->text);
  } else {
    sql.number(after->number);
  }
  sql.text(", ").number(after->product_id).text(")");
}

void add_order(Builder& sql, const OrderColumn& order) {
  const std::string_view direction = order.descending ? " DESC" : "";
  sql.text(" ORDER BY ");
  if (!order.column.empty()) sql.text(order.column).text(direction).text(", ");
  sql.text("l.product_id").text(direction);
}

void read_position(const db::Query& query, int column, const OrderColumn& order,
                   ListPosition& position) {
  if (order.text) {
    position.text = query.text(column);
  } else if (!order.column.empty()) {
    position.number = query.integer(column);
  }
}

}  // namespace

Listed list(db::Tx& tx, const ListPlan& plan, const ListPosition* after, std::int64_t limit,
            std::int64_t offset) {
  const auto order = order_column(plan.order);
  Builder sql;
  // CROSS JOIN keeps the listing in front: its index already has the order.
  sql.text("SELECT " SHOP_CARD_COLUMNS);
  if (!order.column.empty()) sql.text(", ").text(order.column);
  add_from(sql, plan, after, " FROM listing l CROSS JOIN product p WHERE p.id = l.product_id AND ");
  add_conditions(sql, plan);
  add_order(sql, order);
  sql.text(" LIMIT ").number(limit + 1);
  if (offset > 0) sql.text(" OFFSET ").number(offset);
  auto query = sql.query(tx);
  sql.bind(query);
  Listed out;
  const auto wanted = static_cast<std::size_t>(limit);
  out.cards.reserve(wanted);
  while (query.next()) {
    if (out.cards.size() == wanted) {
      out.more = true;
      break;
    }
    out.cards.push_back(card_row(query, tx.env().currency));
    if (out.cards.size() == wanted) read_position(query, 14, order, out.last);
  }
  if (out.more) out.last.product_id = out.cards.back().id;
  return out;
}

void walk(db::Tx& tx, const ListPlan& plan, const ListPosition* after,
          core::FunctionRef<bool(const ListPosition&)> visit) {
  const auto order = order_column(plan.order);
  Builder sql;
  sql.text("SELECT l.product_id");
  if (!order.column.empty()) sql.text(", ").text(order.column);
  add_from(sql, plan, after, " FROM listing l WHERE ");
  add_order(sql, order);
  auto query = sql.query(tx);
  sql.bind(query);
  ListPosition position;
  while (query.next()) {
    position.product_id = query.integer(0);
    read_position(query, 1, order, position);
    if (!visit(position)) return;
  }
}

ListPosition position_of(const ProductCard& card, ProductOrder order) {
  ListPosition out;
  out.product_id = card.id;
  const auto column = order_column(order);
  if (column.text) {
    out.text = core::fold(card.title);
  } else if (column.column == "l.price_minor") {
    out.number = card.price.minor;
  } else if (column.column == "l.sold") {
    out.number = card.sold;
  } else if (column.column == "l.rating") {
    out.number = card.rating_milli;
  }
  return out;
}

bool comes_before(const ListPosition& a, const ListPosition& b, ProductOrder order) {
  const auto& first = order_column(order).descending ? b : a;
  const auto& second = order_column(order).descending ? a : b;
  return std::tie(first.number, first.text, first.product_id) <
         std::tie(second.number, second.text, second.product_id);
}

std::int64_t count(db::Tx& tx, const ListPlan& plan) {
  if (!plan.filtered()) return scope_count(tx, plan.scope);
  Builder sql;
  sql.text(
         "SELECT count(*) FROM listing l CROSS JOIN product p WHERE p.id = l.product_id "
         "AND l.scope_id = ")
      .number(plan.scope);
  add_conditions(sql, plan);
  auto query = sql.query(tx);
  sql.bind(query);
  return query.next() ? query.integer(0) : 0;
}

std::vector<Id> list_ids(db::Tx& tx, const ListPlan& plan, std::size_t limit) {
  Builder sql;
  sql.text(
         "SELECT l.product_id FROM listing l CROSS JOIN product p WHERE p.id = l.product_id "
         "AND l.scope_id = ")
      .number(plan.scope);
  add_conditions(sql, plan);
  sql.text(" ORDER BY l.product_id DESC LIMIT ").number(static_cast<std::int64_t>(limit));
  auto query = sql.query(tx);
  sql.bind(query);
  std::vector<Id> out;
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::vector<Id> scope_ids(db::Tx& tx, Id scope) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_scope_ids, scope);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

std::vector<Id> facet_ids(db::Tx& tx, Id facet) {
  std::vector<Id> out;
  auto query = tx.query(sql::k_facet_ids, facet);
  while (query.next()) out.push_back(query.integer(0));
  return out;
}

Probe::Probe(db::Tx& tx, const ListPlan& plan) : tx_(&tx) {
  Builder sql;
  sql.text("SELECT " SHOP_CARD_COLUMNS " FROM product p WHERE p.id = ").number(0);
  auto conditions = plan;
  conditions.order = ProductOrder::newest;  // a price is looked up in the product then
  add_conditions(sql, conditions);
  if (plan.scope != scope_all) {
    sql.text(" AND EXISTS (SELECT 1 FROM listing l WHERE l.scope_id = ")
        .number(plan.scope)
        .text(" AND l.product_id = p.id)");
  }
  sql_ = sql.take_text();
  numbers_ = sql.take_numbers();
}

std::optional<ProductCard> Probe::card(Id product_id) {
  auto query = tx_->query_text(sql_);
  query.bind(1, product_id);
  for (std::size_t i = 1; i < numbers_.size(); ++i) {
    query.bind(static_cast<int>(i + 1), numbers_[i]);
  }
  if (!query.next()) return std::nullopt;
  return card_row(query, tx_->env().currency);
}

}  // namespace shop::catalog::store
