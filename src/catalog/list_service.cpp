#include "accounts/guard.hpp"
#include "catalog/access.hpp"
#include "catalog/catalog.hpp"
#include "catalog/list_plan.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace catalog {

void check_filter(core::Fields& fields, const ProductFilter& filter) {
  if (filter.price_min_minor) fields.range("price_min_minor", *filter.price_min_minor, 0);
  if (filter.price_max_minor) fields.range("price_max_minor", *filter.price_max_minor, 0);
  if (filter.price_min_minor && filter.price_max_minor) {
    fields.check(*filter.price_min_minor <= *filter.price_max_minor, "price_max_minor",
                 "out_of_range", "is below price_min_minor");
  }
  if (filter.rating_min_milli) fields.range("rating_min_milli", *filter.rating_min_milli, 0, 5000);
  // Scopes below zero are lists of what is withheld.
  if (filter.seller_id) fields.range("seller_id", *filter.seller_id, 0);
  fields.check(filter.tags.size() <= 10, "tags", "too_many", "at most 10 tags");
  fields.check(filter.attributes.size() <= 10, "attributes", "too_many", "at most 10 attributes");
  if (filter.status) {
    fields.check(
        *filter.status >= ProductStatus::draft && *filter.status <= ProductStatus::archived,
        "status", "unknown", "is not a status");
  }
}

std::optional<store::ListPlan> list_plan(db::Tx& tx, const Access& access,
                                         const ProductFilter& filter, ProductOrder order) {
  store::ListPlan plan;
  plan.order = order;
  plan.price_min = filter.price_min_minor;
  plan.price_max = filter.price_max_minor;
  plan.rating_min = filter.rating_min_milli;
  plan.in_stock = filter.in_stock;
  std::optional<Id> category;
  if (filter.category) category = named_category(tx, *filter.category);
  // Ids of categories are scopes too.
  if (!category && filter.seller_id.value_or(0) != 0 && !sellers::exists(tx, *filter.seller_id)) {
    return std::nullopt;
  }
  const auto status = filter.status.value_or(ProductStatus::active);
  if (status == ProductStatus::active) {
    plan.scope = category.value_or(filter.seller_id.value_or(store::scope_all));
    const auto seller = filter.seller_id.value_or(0);
    if (!category && access.may_change(seller) && !sellers::may_sell(tx, seller)) {
      plan.scope = -seller;  // its managers see what is withheld
      plan.status = status;
    }
    if (category) plan.seller_id = filter.seller_id;
    if (!category && filter.seller_id == Id{0}) plan.seller_id = 0;
  } else {
    if (!access.may_change(filter.seller_id.value_or(0))) {
      throw Error(Code::forbidden, "status: only its managers see what is not on sale");
    }
    plan.scope = status == ProductStatus::draft ? store::scope_drafts : store::scope_archived;
    plan.seller_id = filter.seller_id;
    if (filter.seller_id.value_or(0) != 0) {
      plan.scope = -*filter.seller_id;
      plan.seller_id.reset();
      plan.status = status;
    }
    if (category) plan.categories.push_back(*category);
  }
  const auto add_facet = [&](FacetKind kind, std::string_view name, std::string_view value) {
    const auto found = store::find_facet(tx, kind, name, value);
    if (found) plan.facets.push_back(*found);
    return found.has_value();
  };
  if (filter.brand) {
    plan.brand_id = store::find_facet(tx, FacetKind::brand, {}, *filter.brand);
    if (!plan.brand_id) return std::nullopt;
  }
  for (const auto& tag : filter.tags) {
    if (!add_facet(FacetKind::tag, {}, tag)) return std::nullopt;
  }
  for (const auto& attribute : filter.attributes) {
    if (!add_facet(FacetKind::attribute, attribute.name, attribute.value)) return std::nullopt;
  }
  return plan;
}

}  // namespace catalog

namespace {

std::string cursor_tag(ProductOrder order) {
  return fmt::format("p{}", static_cast<int>(order));
}

catalog::store::ListPosition read_cursor(const std::string& cursor, ProductOrder order) {
  core::CursorReader reader{cursor, cursor_tag(order)};
  catalog::store::ListPosition at;
  at.number = reader.integer();
  at.product_id = reader.integer();
  at.text = reader.text();
  return at;
}

std::string write_cursor(const catalog::store::ListPosition& at, ProductOrder order) {
  return core::CursorWriter{cursor_tag(order)}
      .add(at.number)
      .add(at.product_id)
      .add(at.text)
      .take();
}

}  // namespace

namespace catalog {

Page<ProductCard> list_page(db::Tx& tx, const store::ListPlan& plan, const PageQuery& page) {
  std::optional<store::ListPosition> after;
  if (!page.cursor.empty()) after = read_cursor(page.cursor, plan.order);
  Page<ProductCard> out;
  if (page.with_total) out.total = store::count(tx, plan);
  auto listed = store::list(tx, plan, after ? &*after : nullptr, page.limit, 0);
  if (listed.more) out.next_cursor = write_cursor(listed.last, plan.order);
  out.items = std::move(listed.cards);
  return out;
}

}  // namespace catalog

namespace {

void check_list(core::Fields& fields, const ProductFilter& filter, ProductOrder order,
                std::int64_t limit) {
  fields.range("limit", limit, 1, 500);
  fields.check(order >= ProductOrder::newest && order <= ProductOrder::relevance, "order",
               "unknown", "is not an order");
  catalog::check_filter(fields, filter);
}

bool by_sales(ProductOrder order) {
  return order == ProductOrder::best_sold || order == ProductOrder::least_sold;
}

/// Reads a list. Sales wait as deltas until somebody asks for an order that they decide: then they
/// are folded, and the list is read once more.
template <class R, class Read>
R read_list(db::Database& db, ProductOrder order, Read read) {
  bool look = by_sales(order) && !db.read_only();
  for (;;) {
    auto out = db.read([&](db::Tx& tx) -> std::optional<R> {
      if (look && catalog::has_unfolded(tx)) return std::nullopt;
      return read(tx);
    });
    if (out) return std::move(*out);
    look = false;
    try {
      db.write([](db::Tx& tx) { catalog::fold_sold(tx); });
    } catch (const Error& error) {
      if (error.code() != Code::busy && error.code() != Code::full) throw;  // then they lag a while
    }
  }
}

}  // namespace

Page<ProductCard> Catalog::products(const Session& session, const ProductFilter& filter,
                                    ProductOrder order, const PageQuery& page) {
  core::Fields fields;
  check_list(fields, filter, order, page.limit);
  fields.throw_if_any();
  return read_list<Page<ProductCard>>(*db_, order, [&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_products);
    const auto plan = catalog::list_plan(tx, catalog::access_of(actor), filter, order);
    if (plan) return catalog::list_page(tx, *plan, page);
    Page<ProductCard> out;
    if (page.with_total) out.total = 0;
    return out;
  });
}

Page<ProductCard> Catalog::products_at(const Session& session, const ProductFilter& filter,
                                       ProductOrder order, std::int64_t offset,
                                       std::int64_t limit) {
  core::Fields fields;
  check_list(fields, filter, order, limit);
  fields.range("offset", offset, 0, 100'000);
  fields.throw_if_any();
  return read_list<Page<ProductCard>>(*db_, order, [&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_products_at);
    const auto plan = catalog::list_plan(tx, catalog::access_of(actor), filter, order);
    Page<ProductCard> out;
    out.total = plan ? catalog::store::count(tx, *plan) : 0;
    if (!plan) return out;
    out.items = std::move(catalog::store::list(tx, *plan, nullptr, limit, offset).cards);
    return out;
  });
}

Facets Catalog::facets(const Session& session, const ProductFilter& filter) {
  core::Fields fields;
  catalog::check_filter(fields, filter);
  fields.throw_if_any();
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_facets);
    const auto access = catalog::access_of(actor);
    const auto plan = catalog::list_plan(tx, access, filter, ProductOrder::newest);
    if (!plan) return Facets{};
    auto ids = catalog::store::list_ids(tx, *plan, catalog::facet_products_max + 1);
    const bool complete = ids.size() <= catalog::facet_products_max;
    if (!complete) ids.pop_back();
    auto facets = catalog::count_facets(tx, ids);
    facets.complete = complete;
    return facets;
  });
}

std::vector<ExpensiveProduct> Catalog::most_expensive(const Session& session,
                                                      std::string_view category,
                                                      std::int64_t limit) {
  core::Fields fields;
  fields.range("limit", limit, 1, 100);
  fields.throw_if_any();
  ProductFilter filter;
  if (!category.empty()) filter.category = std::string{category};
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::catalog_most_expensive);
    const auto plan =
        catalog::list_plan(tx, catalog::access_of(actor), filter, ProductOrder::price_down);
    std::vector<ExpensiveProduct> out;
    for (auto& card : catalog::store::list(tx, *plan, nullptr, limit, 0).cards) {
      auto& product = out.emplace_back();
      product.card = std::move(card);
      for (const auto& variant : catalog::store::variants(tx, product.card.id)) {
        for (const auto& point : catalog::price_history(tx, variant)) {
          product.history.push_back(point);
        }
      }
    }
    return out;
  });
}

}  // namespace shop
