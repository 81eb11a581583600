#include "core/csv.hpp"

#include "accounts/guard.hpp"
#include "db/database.hpp"
#include "shop/error.hpp"
#include "shop/reports.hpp"

namespace shop {
namespace {

using core::CsvWriter;

void header(CsvWriter& csv, std::initializer_list<std::string_view> names) {
  for (const auto name : names) csv.field(name);
  csv.end_row();
}

void rows(CsvWriter& csv, const std::vector<ProductFigures>& list) {
  for (const auto& row : list) {
    csv.field(row.product_id).field(row.title).field(row.slug).field(row.seller_id);
    csv.field(row.orders).field(row.units).field(row.revenue).field(row.returned_units);
    csv.field(row.returned).field(row.net).end_row();
  }
}

void product_header(CsvWriter& csv) {
  header(csv, {"product_id", "title", "slug", "seller_id", "orders", "units", "revenue",
               "returned_units", "returned", "net"});
}

void write(CsvWriter& csv, const std::vector<ProductFigures>& list) {
  product_header(csv);
  rows(csv, list);
}

void write(CsvWriter& csv, const std::vector<SalesStep>& list) {
  header(csv, {"step", "orders", "new_orders", "returning_orders", "units", "revenue", "discount",
               "tax", "shipping", "returns", "returned_units", "returned", "net", "average_order"});
  for (const auto& row : list) {
    const auto& all = row.figures;
    csv.field(row.label).field(all.orders).field(all.new_orders).field(all.returning_orders);
    csv.field(all.units).field(all.revenue).field(all.discount).field(all.tax);
    csv.field(all.shipping).field(all.returns).field(all.returned_units).field(all.returned);
    csv.field(all.net).field(all.average_order).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<RegionFigures>& list) {
  header(csv, {"step", "country", "region", "orders", "units", "revenue", "returned_units",
               "returned", "net"});
  for (const auto& row : list) {
    csv.field(row.label).field(row.country).field(row.region).field(row.orders).field(row.units);
    csv.field(row.revenue).field(row.returned_units).field(row.returned).field(row.net).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<CategoryFigures>& list) {
  header(csv, {"category_id", "name", "slug", "orders", "units", "revenue", "returned_units",
               "returned", "net", "net_below"});
  for (const auto& row : list) {
    csv.field(row.category_id).field(row.name).field(row.slug).field(row.orders).field(row.units);
    csv.field(row.revenue).field(row.returned_units).field(row.returned).field(row.net);
    csv.field(row.net_below).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<HourFigures>& list) {
  header(csv, {"weekday", "hour", "orders", "units", "revenue"});
  for (const auto& row : list) {
    csv.field(row.weekday).field(row.hour).field(row.orders).field(row.units).field(row.revenue);
    csv.end_row();
  }
}

void write(CsvWriter& csv, const std::vector<TrendingProduct>& list) {
  header(csv, {"product_id", "title", "slug", "units", "units_before", "score"});
  for (const auto& row : list) {
    csv.field(row.product_id).field(row.title).field(row.slug).field(row.units);
    csv.field(row.units_before).field(row.score).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<CohortCell>& list) {
  header(csv, {"cohort", "months_later", "customers", "of_customers", "retention_ppm", "net"});
  for (const auto& row : list) {
    csv.field(row.cohort).field(row.months_later).field(row.customers).field(row.of_customers);
    csv.field(row.retention_ppm).field(row.net).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<FunnelStep>& list) {
  header(csv,
         {"step", "views", "carts", "checkouts", "paid", "cart_ppm", "checkout_ppm", "paid_ppm"});
  for (const auto& row : list) {
    csv.field(row.label).field(row.views).field(row.carts).field(row.checkouts).field(row.paid);
    csv.field(row.cart_ppm).field(row.checkout_ppm).field(row.paid_ppm).end_row();
  }
}

void write(CsvWriter& csv, const std::vector<SearchTerm>& list) {
  header(csv, {"text", "searches", "results"});
  for (const auto& row : list) {
    csv.field(row.text).field(row.searches).field(row.results).end_row();
  }
}

void write_rows(CsvWriter& csv, const std::vector<CustomerValue>& list) {
  for (const auto& row : list) {
    csv.field(row.customer_id).field(row.last_order_at).field(row.orders).field(row.net);
    csv.field(row.recency_score).field(row.frequency_score).field(row.money_score);
    csv.field(row.segment).end_row();
  }
}

void write_rows(CsvWriter& csv, const std::vector<LowStock>& list) {
  for (const auto& row : list) {
    csv.field(row.variant_id).field(row.product_id).field(row.title).field(row.variant_title);
    csv.field(row.sku).field(row.on_hand).field(row.held).field(row.available);
    csv.field(row.threshold).field(row.daily_rate).field(row.days_left).field(row.suggested);
    csv.field(row.moved_at).end_row();
  }
}

void write_rows(CsvWriter& csv, const std::vector<StockTurn>& list) {
  for (const auto& row : list) {
    csv.field(row.variant_id).field(row.product_id).field(row.title).field(row.sku);
    csv.field(row.sold).field(row.on_hand_first).field(row.on_hand_last).field(row.turn_milli);
    csv.field(row.days_of_stock).end_row();
  }
}

void write_rows(CsvWriter& csv, const std::vector<MyProduct>& list) {
  for (const auto& row : list) {
    csv.field(row.product_id).field(row.title).field(row.slug).field(row.price);
    csv.field(row.available).field(row.orders).field(row.sold).field(row.revenue).field(row.net);
    csv.field(row.rating_milli).field(row.rating_count).end_row();
  }
}

// All pages of a paged report, one after the other.
template <class Read, class Write>
void all_pages(Read read, Write write) {
  PageQuery page{.limit = 500};
  do {
    const auto part = read(page);
    write(part.items);
    page.cursor = part.next_cursor;
  } while (!page.cursor.empty());
}

void write_stock(CsvWriter& out, Reports& reports, const Session& session, ReportKind kind,
                 const ReportQuery& query) {
  const auto use = [&](const auto& list) { write_rows(out, list); };
  if (kind == ReportKind::my_products) {
    header(out, {"product_id", "title", "slug", "price", "available", "orders", "sold", "revenue",
                 "net", "rating_milli", "rating_count"});
    const auto read = [&](const PageQuery& page) {
      return reports.my_products(session, query, MyProductOrder::newest, page);
    };
    all_pages(read, use);
    return;
  }
  if (kind == ReportKind::stock_turn) {
    header(out, {"variant_id", "product_id", "title", "sku", "sold", "on_hand_first",
                 "on_hand_last", "turn_milli", "days_of_stock"});
    all_pages([&](const PageQuery& page) { return reports.stock_turn(session, query, page); }, use);
    return;
  }
  header(out, {"variant_id", "product_id", "title", "variant_title", "sku", "on_hand", "held",
               "available", "threshold", "daily_rate", "days_left", "suggested", "moved_at"});
  const auto read = [&](const PageQuery& page) {
    return kind == ReportKind::low_stock ? reports.low_stock(session, query, page)
                                         : reports.stock_outs(session, query, page);
  };
  all_pages(read, use);
}

}  // namespace

std::string Reports::csv(const Session& session, ReportKind kind, const ReportQuery& query) {
  using accounts::Operation;
  db_->peek([&](db::Tx& tx) { accounts::authorize(tx, session, Operation::reports_csv); });
  CsvWriter out;
  const auto product_pages = [&](auto report) {
    product_header(out);
    all_pages([&](const PageQuery& page) { return (this->*report)(session, query, page); },
              [&](const std::vector<ProductFigures>& list) { rows(out, list); });
  };
  switch (kind) {
    case ReportKind::products:
      product_pages(&Reports::products);
      break;
    case ReportKind::top_selling:
      write(out, top_selling(session, query));
      break;
    case ReportKind::never_sold:
      product_pages(&Reports::never_sold);
      break;
    case ReportKind::sales:
      write(out, sales(session, query));
      break;
    case ReportKind::regions:
      write(out, regions(session, query));
      break;
    case ReportKind::categories:
      write(out, categories(session, query));
      break;
    case ReportKind::hours:
      write(out, hours(session, query));
      break;
    case ReportKind::trending:
      write(out, trending(session, query));
      break;
    case ReportKind::cohorts:
      write(out, cohorts(session, query));
      break;
    case ReportKind::customers:
      header(out, {"customer_id", "last_order_at", "orders", "net", "recency_score",
                   "frequency_score", "money_score", "segment"});
      all_pages([&](const PageQuery& page) { return customers(session, query, page); },
                [&](const std::vector<CustomerValue>& list) { write_rows(out, list); });
      break;
    case ReportKind::countries:
      write(out, countries(session, query));
      break;
    case ReportKind::funnel:
      write(out, funnel(session, query));
      break;
    case ReportKind::search_terms:
      write(out, search_terms(session, query));
      break;
    case ReportKind::low_stock:
    case ReportKind::stock_outs:
    case ReportKind::stock_turn:
    case ReportKind::my_products:
      write_stock(out, *this, session, kind, query);
      break;
    default:
      throw Error(Code::validation, "kind: is not a report",
                  {{"kind", "unknown", "is not a report", {}}});
  }
  return out.take();
}

}  // namespace shop
