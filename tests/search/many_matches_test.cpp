#include "support/problems.hpp"

#include <algorithm>

using namespace shop;
using namespace shop::test;

namespace {

/// A shop in which one word is in more products than are sorted in memory.
struct ManyFixture : ShopFixture {
  static constexpr int k_many = 2'600;

  Catalog& catalog = shop.catalog();
  Session guest = shop.guest();
  Id category_id = catalog.create_category(host, {"Half", {}}).id;

  ManyFixture() {
    std::vector<ProductInput> inputs;
    for (int i = 0; i < k_many; ++i) {
      ProductInput input;
      input.title = "Common thing " + std::to_string(i);
      input.simple.price.minor = 1 + (i * 7919) % 5000;
      if (i % 2 == 0) {
        input.category_ids = {category_id};
        input.tags = {"even"};
      }
      if (i % 1000 == 0) input.description = "rare";
      if (i == 0) input.simple.sku = "COMMON";
      inputs.push_back(std::move(input));
    }
    for (const char* title : {"Rare alone", "A rare one"}) {
      ProductInput input;
      input.title = title;
      input.simple.price.minor = 100;
      inputs.push_back(std::move(input));
    }
    catalog.create_products(host, inputs);
  }

  std::vector<ProductCard> all(SearchQuery query) {
    std::vector<ProductCard> out;
    PageQuery page{{}, 500, true};
    for (;;) {
      auto result = shop.search().products(guest, query, page);
      if (page.with_total) total = *result.total;
      page.with_total = false;
      for (auto& card : result.items) out.push_back(std::move(card));
      if (result.next_cursor.empty()) return out;
      page.cursor = result.next_cursor;
    }
  }
  std::int64_t total = 0;
};

}  // namespace

TEST_CASE_FIXTURE(ManyFixture, "many matches come in every order, page by page, each once") {
  for (const auto order : {ProductOrder::relevance, ProductOrder::newest, ProductOrder::price_up,
                           ProductOrder::price_down, ProductOrder::title, ProductOrder::rating,
                           ProductOrder::best_sold}) {
    const bool filtered = order == ProductOrder::price_down || order == ProductOrder::title;
    SearchQuery query;
    query.text = "common thing";
    query.order = order;
    if (filtered) query.filter.price_min_minor = 101;
    const auto cards = all(query);
    CAPTURE(static_cast<int>(order));
    CHECK(static_cast<std::int64_t>(cards.size()) == total);
    if (!filtered) CHECK(cards.size() == k_many);
    std::vector<Id> ids;
    for (const auto& card : cards) ids.push_back(card.id);
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    const auto ordered = [&](const ProductCard& a, const ProductCard& b) {
      if (order == ProductOrder::price_up) return a.price.minor < b.price.minor;
      if (order == ProductOrder::price_down) return a.price.minor > b.price.minor;
      return order == ProductOrder::newest && a.id > b.id;
    };
    if (ordered(cards.front(), cards.back()) || ordered(cards.back(), cards.front())) {
      CHECK(std::is_sorted(cards.begin(), cards.end(), ordered));
    }
  }
}

TEST_CASE_FIXTURE(ManyFixture, "a rare word narrows a common one, a list narrows both") {
  SearchQuery query;
  query.text = "rare common";
  CHECK(all(query).size() == 3);
  query.text = "common rare";
  query.filter.tags = {"even"};
  CHECK(all(query).size() == 3);
  query.filter = {};
  query.filter.category = "half";
  query.text = "common";
  CHECK(all(query).size() == k_many / 2);
  query.order = ProductOrder::price_up;
  CHECK(all(query).size() == k_many / 2);
  query.filter.tags = {"even"};
  query.filter.price_max_minor = 2500;
  const auto cheap = all(query);
  CHECK(static_cast<std::int64_t>(cheap.size()) == total);
  CHECK(std::all_of(cheap.begin(), cheap.end(),
                    [](const ProductCard& card) { return card.price.minor <= 2500; }));
  query.text = "\"common thing 7\"";
  query.filter = {};
  CHECK(all(query).size() == 1);
  CHECK(shop.search().facets(guest, query).counted == 1);
}

TEST_CASE_FIXTURE(ManyFixture, "facets and suggestions of many are bounded") {
  SearchQuery query;
  query.text = "common";
  const auto facets = shop.search().facets(guest, query);
  CHECK(facets.counted <= k_many);
  CHECK(facets.complete == (facets.counted == k_many));
  const auto listed = shop.search().facets(guest, {});
  CHECK(listed.counted <= k_many + 2);
  query.filter.brand = "nobody";
  CHECK(shop.search().facets(guest, query).counted == 0);
  CHECK(all(query).empty());
  const auto suggestions = shop.search().suggest(guest, "rar", 3);
  REQUIRE(suggestions.products.size() == 3);
  CHECK(suggestions.products.front().title == "Rare alone");
  CHECK(shop.search().suggest(guest, " ", 3).products.empty());
}

TEST_CASE_FIXTURE(ShopFixture, "a search is refused with all that is wrong with it") {
  const auto guest = shop.guest();
  SearchQuery query;
  query.text = std::string(1001, 'x');
  query.order = static_cast<ProductOrder>(0);
  query.filter.price_min_minor = -1;
  CHECK(problems_of([&] {
          return shop.search().products(guest, query, {{}, 0, false});
        }) == Problems{"text too_long", "order unknown", "price_min_minor out_of_range",
                       "limit out_of_range"});
  query.order = static_cast<ProductOrder>(9);
  CHECK(problems_of([&] {
          return shop.search().products(guest, query, {});
        }).contains("order unknown"));
  CHECK(problems_of([&] { return shop.search().facets(guest, query); }) ==
        Problems{"text too_long", "price_min_minor out_of_range"});
  CHECK(problems_of([&] { return shop.search().suggest(guest, query.text, 51); }) ==
        Problems{"text too_long", "limit out_of_range"});
  query = {};
  query.text = "mug";
  CHECK(code_of([&] {
          return shop.search().products(guest, query, {"none", 5, false});
        }) == Code::validation);
}

TEST_CASE_FIXTURE(ShopFixture, "counted searches are written when many wait") {
  const auto guest = shop.guest();
  for (int i = 0; i < 2000; ++i) {
    SearchQuery query;
    query.text = "query " + std::to_string(i % 700);
    shop.search().products(guest, query, {{}, 1, false});
  }
  SearchQuery query;
  query.text = std::string(900, 'y');
  shop.search().products(guest, query, {});
  const auto fruitless = shop.search().fruitless(host, 100);
  CHECK(fruitless.size() == 100);
  CHECK(fruitless.front().searches == 3);
}
