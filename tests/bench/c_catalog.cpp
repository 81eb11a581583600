#include "bench/c_catalog.hpp"

namespace shop::bench {
namespace {

shop_product_filter filter_of(const std::string& category, std::int64_t low, std::int64_t high) {
  shop_product_filter filter;
  SHOP_INIT(&filter);
  if (!category.empty()) filter.category = c_text(category);
  if (high > 0) {
    filter.fields =
        SHOP_PRODUCT_FILTER_HAS_PRICE_MIN_MINOR | SHOP_PRODUCT_FILTER_HAS_PRICE_MAX_MINOR;
    filter.price_min_minor = low;
    filter.price_max_minor = high;
  }
  return filter;
}

shop_page_query first_page(bool with_total) {
  shop_page_query page;
  SHOP_INIT(&page);
  page.limit = 20;
  page.with_total = with_total ? 1 : 0;
  return page;
}

}  // namespace

void c_by_slug(shop_session* session, const std::string& slug) {
  shop_error* error = nullptr;
  CResult<shop_product> product;
  c_check(shop_catalog_product_by_slug(session, slug.c_str(), product.out(), &error), error);
}

void c_by_barcode(shop_session* session, const std::string& barcode) {
  shop_error* error = nullptr;
  CResult<shop_product> product;
  c_check(shop_catalog_product_by_barcode(session, barcode.c_str(), product.out(), &error), error);
}

void c_page(shop_session* session, const std::string& category, std::int32_t order) {
  const auto filter = filter_of(category, 0, 0);
  const auto page = first_page(true);
  shop_error* error = nullptr;
  CResult<shop_product_card_page> cards;
  c_check(shop_catalog_products(session, &filter, order, &page, cards.out(), &error), error);
}

void c_search(shop_session* session, const std::string& words, const std::string& category,
              std::int64_t low, std::int64_t high) {
  const auto filter = filter_of(category, low, high);
  const auto page = first_page(false);
  shop_search_query query;
  SHOP_INIT(&query);
  query.text = c_text(words);
  query.filter = &filter;
  query.uncounted = 1;
  shop_error* error = nullptr;
  CResult<shop_search_result> found;
  c_check(shop_search_products(session, &query, &page, found.out(), &error), error);
}

void c_suggest(shop_session* session, const std::string& prefix) {
  shop_error* error = nullptr;
  CResult<shop_suggestions> found;
  c_check(shop_search_suggest(session, prefix.c_str(), 10, found.out(), &error), error);
}

}  // namespace shop::bench
