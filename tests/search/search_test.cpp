#include "support/shop_fixture.hpp"

#include <algorithm>
#include <random>

using namespace shop;
using namespace shop::test;

namespace {

struct SearchFixture : ShopFixture {
  Catalog& catalog = shop.catalog();
  Session guest = shop.guest();

  Id add(const std::string& title, const std::string& description = {}, std::int64_t minor = 1000,
         const std::string& brand = {}, std::vector<std::string> tags = {}) {
    ProductInput input;
    input.title = title;
    input.description = description;
    input.brand = brand;
    input.tags = std::move(tags);
    input.simple.price.minor = minor;
    return catalog.create_product(host, input).id;
  }
  std::vector<std::string> titles(const std::string& text,
                                  ProductOrder order = ProductOrder::relevance) {
    std::vector<std::string> out;
    SearchQuery query;
    query.text = text;
    query.order = order;
    for (const auto& card : shop.search().products(guest, query, {}).items) {
      out.push_back(card.title);
    }
    return out;
  }
};

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(SearchFixture, "all words must occur, in any field, with the title above") {
  add("Red cotton shirt", "Soft.");
  add("Blue shirt", "With red buttons of cotton.");
  add("Green mug", "Not cotton.");
  CHECK(titles("red cotton ") == Titles{"Red cotton shirt", "Blue shirt"});
  CHECK(titles("shirt cotton red").size() == 2);
  CHECK(titles("cotton mug") == Titles{"Green mug"});
  CHECK(titles("wool").empty());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(SearchFixture, "of several changes in one call the last counts") {
  const auto first = add("Red shirt");
  const auto second = add("Red mug");
  std::vector<ProductUpdate> updates;
  const auto change = [&](Id id, std::int64_t version, const char* title) {
    ProductUpdate update{id, {}};
    update.change.version = version;
    update.change.title = title;
    updates.push_back(update);
  };
  change(first, 1, "Blue shirt");
  change(second, 1, "Green mug");
  change(first, 2, "Red large shirt");
  change(second, 2, "Blue mug");
  catalog.update_products(host, updates);
  CHECK(titles("blue") == Titles{"Blue mug"});
  CHECK(titles("red") == Titles{"Red large shirt"});
  CHECK(titles("green").empty());
  for (const auto& problem : shop.verify().problems) FAIL_CHECK(problem.message);
}

TEST_CASE_FIXTURE(SearchFixture, "beginnings, phrases, accents and one typo") {
  add("Crème Brûlée dish");
  add("Dish for creme");
  add("Wooden spoon");
  CHECK(titles("bru") == Titles{"Crème Brûlée dish"});
  CHECK(titles("bru ").empty());
  CHECK(titles("bru* dish") == Titles{"Crème Brûlée dish"});
  CHECK(titles("CRÈME dish").size() == 2);
  CHECK(titles("\"creme brulee\"") == Titles{"Crème Brûlée dish"});
  CHECK(titles("\"brulee creme\"").empty());
  CHECK(titles("wodden") == Titles{"Wooden spoon"});   // swapped letters
  CHECK(titles("woden ") == Titles{"Wooden spoon"});   // one is missing
  CHECK(titles("woodden") == Titles{"Wooden spoon"});  // one too many
  CHECK(titles("wooben") == Titles{"Wooden spoon"});   // a wrong one
  CHECK(titles("wobben").empty());                     // two are two
  SearchQuery query;
  query.text = "wooben spoon";
  CHECK(shop.search().products(guest, query, {}).corrected == "wooden spoon");
}

TEST_CASE_FIXTURE(SearchFixture, "codes find their product") {
  ProductInput input;
  input.title = "Kettle";
  input.simple.sku = "KT-77/B";
  input.simple.barcode = "5901234123457";
  catalog.create_product(host, input);
  add("Other 77");
  CHECK(titles("KT-77/B") == Titles{"Kettle"});
  CHECK(titles("kt-77/b") == Titles{"Kettle"});
  CHECK(titles("5901234123457") == Titles{"Kettle"});
  CHECK(titles("nonsense KT-77/B") == Titles{"Kettle"});
}

TEST_CASE_FIXTURE(SearchFixture, "the index follows each change") {
  const auto id = add("Oak table", "Heavy.", 1000, "Nordholz", {"garden"});
  CHECK(titles("nordholz garden heavy") == Titles{"Oak table"});
  ProductChange change;
  change.version = 1;
  change.title = "Beech table";
  change.tags = std::vector<std::string>{"indoor"};
  const auto updated = catalog.update_product(host, id, change);
  CHECK(titles("oak").empty());
  CHECK(titles("garden").empty());
  CHECK(titles("beech indoor") == Titles{"Beech table"});
  CHECK(shop.verify().ok());
  catalog.archive_product(host, id);
  CHECK(titles("beech").empty());
  catalog.restore_product(host, id);
  CHECK(titles("beech") == Titles{"Beech table"});
  catalog.set_translation(host, id, {"de", "Buchentisch", {}});
  CHECK(titles("buchentisch") == Titles{"Beech table"});
  catalog.delete_product(host, id);
  CHECK(titles("beech").empty());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(SearchFixture, "every filter and order, page by page") {
  const auto home = catalog.create_category(host, {"Home", {}});
  for (int i = 0; i < 30; ++i) {
    ProductInput input;
    input.title = "Lamp " + std::to_string(i);
    input.simple.price.minor = (i * 7) % 30 * 100;
    input.brand = i % 3 == 0 ? "Lux" : "Nox";
    input.tags = {i % 2 == 0 ? "even" : "odd"};
    input.attributes = {{"Watt", std::to_string(i % 5), AttributeType::number}};
    if (i % 2 == 0) input.category_ids = {home.id};
    catalog.create_product(host, input);
  }
  SearchQuery query;
  query.text = "lamp";
  CHECK(shop.search().products(guest, query, {{}, 50, true}).total == 30);
  query.filter.category = "home";
  CHECK(shop.search().products(guest, query, {{}, 50, true}).total == 15);
  query.filter.brand = "lux";
  CHECK(shop.search().products(guest, query, {{}, 50, true}).total == 5);
  query.filter.price_max_minor = 1500;
  const auto cheap = shop.search().products(guest, query, {{}, 50, true});
  CHECK(cheap.total == static_cast<std::int64_t>(cheap.items.size()));
  for (const auto& card : cheap.items) CHECK(card.price.minor <= 1500);
  query.filter = {};
  query.filter.tags = {"odd"};
  query.filter.attributes = {{"watt", "3", AttributeType::number}};
  CHECK(shop.search().products(guest, query, {{}, 50, true}).total == 3);
  query.filter.brand = "unheard of";
  CHECK(shop.search().products(guest, query, {{}, 50, true}).total == 0);
  query.filter = {};
  for (const auto order :
       {ProductOrder::relevance, ProductOrder::newest, ProductOrder::price_up,
        ProductOrder::price_down, ProductOrder::best_sold, ProductOrder::title}) {
    query.order = order;
    const auto all = shop.search().products(guest, query, {{}, 100, false});
    REQUIRE(all.items.size() == 30);
    PageQuery page{{}, 7, false};
    std::vector<Id> paged;
    do {
      const auto part = shop.search().products(guest, query, page);
      for (const auto& card : part.items) paged.push_back(card.id);
      page.cursor = part.next_cursor;
    } while (!page.cursor.empty());
    REQUIRE(paged.size() == 30);
    for (std::size_t i = 0; i < paged.size(); ++i) CHECK(paged[i] == all.items[i].id);
  }
  const auto facets = shop.search().facets(guest, query);
  CHECK(facets.counted == 30);
  CHECK(facets.brands.size() == 2);
  CHECK(facets.brands.front().value == "Nox");
  CHECK(facets.brands.front().count == 20);
  CHECK(facets.categories.front().count == 15);
  CHECK(facets.attributes.size() == 5);
}

TEST_CASE_FIXTURE(SearchFixture, "suggestions and counted searches") {
  catalog.create_category(host, {"Shirts", {}});
  add("Shirt blue");
  add("Shirt red");
  add("Red shirt");
  titles("shirt");
  titles("shirt");
  titles("shovel");
  const auto popular = shop.search().popular(guest, 10);
  REQUIRE(popular.size() == 1);
  CHECK(popular.front().text == "shirt");
  CHECK(popular.front().searches == 2);
  CHECK(shop.search().fruitless(host, 10).front().text == "shovel");
  const auto offered = shop.search().suggest(guest, "Shi", 10);
  REQUIRE(offered.products.size() == 3);
  CHECK(offered.products.front().title == "Shirt blue");
  CHECK(offered.categories.front().slug == "shirts");
  CHECK(offered.searches == Titles{"shirt"});
  CHECK(shop.search().suggest(guest, "", 10).products.empty());
}

TEST_CASE_FIXTURE(SearchFixture, "any bytes are a query or a refusal") {
  add("Plain thing");
  std::mt19937 chance{7};
  for (int round = 0; round < 2000; ++round) {
    std::string text(chance() % 24, ' ');
    for (char& c : text) {
      const auto kind = chance() % 4;
      c = kind == 0 ? static_cast<char>(chance() % 256)
                    : "\"*():^-+AND OR NEAR'\\%_;ab"[chance() % 25];
    }
    SearchQuery query;
    query.text = text;
    query.uncounted = true;
    try {
      shop.search().products(guest, query, {});
      shop.search().suggest(guest, text, 5);
    } catch (const Error& error) {
      CHECK(error.code() == Code::validation);
    }
  }
  SearchQuery query;
  query.text = std::string(5000, 'x');
  CHECK(code_of([&] { return shop.search().products(guest, query, {}); }) == Code::validation);
}

TEST_CASE_FIXTURE(SearchFixture, "a random history leaves the index equal to one made anew") {
  std::mt19937 chance{3};
  const std::vector<std::string> words{"red",   "blue", "oak",  "pine", "lamp",
                                       "table", "mug",  "soft", "hard", "old"};
  std::vector<Id> ids;
  for (int round = 0; round < 400; ++round) {
    const auto word = [&] { return words[chance() % words.size()]; };
    const auto what = chance() % 4;
    if (ids.empty() || what < 2) {
      ids.push_back(add(word() + " " + word() + " " + std::to_string(round), word()));
    } else if (what == 2) {
      const auto id = ids[chance() % ids.size()];
      ProductChange change;
      change.version = catalog.product(host, id).version;
      change.description = word() + " " + word();
      catalog.update_product(host, id, change);
    } else {
      const auto at = chance() % ids.size();
      catalog.delete_product(host, ids[at]);
      ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  CHECK(shop.verify().ok());
  std::vector<Titles> before;
  for (const auto& word : words) before.push_back(titles(word));
  shop.search().rebuild(host);
  for (std::size_t i = 0; i < words.size(); ++i) CHECK(titles(words[i]) == before[i]);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(SearchFixture, "popular is what is searched for among all that is on sale") {
  const auto search = [&](const Session& session, const std::string& text,
                          const ProductFilter& filter) {
    SearchQuery query;
    query.text = text;
    query.filter = filter;
    return shop.search().products(session, query, {}).items.size();
  };
  add("Lamp");
  ProductInput secret;
  secret.title = "Zeppelin";
  secret.status = ProductStatus::draft;
  secret.simple.price.minor = 100;
  secret.simple.sku = "ZEP-1";
  catalog.create_product(host, secret);
  CHECK(search(guest, "lamp", {}) == 1);
  ProductFilter dear;
  dear.price_min_minor = 999'999;
  CHECK(search(guest, "lamp", dear) == 0);
  ProductFilter drafts;
  drafts.status = ProductStatus::draft;
  search(host, "ZEP-1", drafts);
  ProductFilter ours;
  ours.seller_id = 0;
  CHECK(search(guest, "lamp", ours) == 1);
  const auto popular = shop.search().popular(guest, 10);
  REQUIRE(popular.size() == 1);
  CHECK(popular[0].text == "lamp");
  CHECK(popular[0].searches == 1);
  CHECK(popular[0].results == 1);
  CHECK(shop.search().fruitless(host, 10).empty());
  CHECK(shop.search().suggest(guest, "ze", 5).searches.empty());
}

TEST_CASE_FIXTURE(SearchFixture, "codes are found in any case and by how they begin") {
  const auto coded = [&](const std::string& title, const char* sku, const char* barcode) {
    ProductInput input;
    input.title = title;
    input.simple.price.minor = 100;
    input.simple.sku = sku;
    input.simple.barcode = barcode;
    return catalog.create_product(host, input).id;
  };
  coded("Mixed", "Ab-77", "4006381333931");
  coded("Small", "ab-1", "4006381333948");
  coded("Large", "AB-1", "9771234567003");
  for (const auto* typed : {"Ab-77", "ab-77", "AB-77"}) CHECK(titles(typed) == Titles{"Mixed"});
  CHECK(titles("ab-1") == Titles{"Small"});  // as it is written first
  CHECK(titles("AB-1") == Titles{"Large"});
  CHECK(titles("ab-7") == Titles{"Mixed"});
  CHECK(titles("Ab-").size() == 3);
  CHECK(titles("400638").size() == 2);
  CHECK(titles("400639").empty());
  CHECK(titles("ab").empty());  // a word, not how a code begins
  CHECK(catalog.product_by_sku(guest, "ab-1").title == "Small");
  CHECK(code_of([&] { catalog.product_by_sku(guest, "aB-1"); }) == Code::not_found);
  CHECK(code_of([&] { coded("Other", "ab-1", "4006381333955"); }) == Code::already_exists);
  ProductInput draft;
  draft.title = "Secret";
  draft.status = ProductStatus::draft;
  draft.simple.price.minor = 100;
  draft.simple.sku = "AB-99";
  catalog.create_product(host, draft);
  CHECK(titles("ab-99").empty());
  CHECK(titles("ab-").size() == 3);
  CHECK(titles("ab-7 ").empty());  // a blank ends what is typed
}

TEST_CASE_FIXTURE(SearchFixture, "what is not for everybody hides no code that begins alike") {
  const auto coded = [&](int number, ProductStatus status) {
    ProductInput input;
    input.title = "Thing " + std::to_string(number);
    input.status = status;
    input.simple.price.minor = 100;
    input.simple.sku = "QX-" + std::to_string(1000 + number);
    catalog.create_product(host, input);
  };
  for (int i = 0; i < 120; ++i) coded(i, ProductStatus::draft);
  coded(120, ProductStatus::active);
  SearchQuery query;
  query.text = "qx-";
  auto result = shop.search().products(guest, query, {.limit = 10, .with_total = true});
  CHECK(result.items.size() == 1);
  CHECK(result.complete);
  for (int i = 121; i < 225; ++i) coded(i, ProductStatus::active);
  result = shop.search().products(guest, query, {.limit = 10, .with_total = true});
  CHECK(result.items.size() == 10);
  CHECK_FALSE(result.complete);  // more than a hundred begin so
}

TEST_CASE_FIXTURE(SearchFixture, "those who manage products find drafts by their words and codes") {
  ProductInput draft;
  draft.title = "Purple lamp";
  draft.description = "Glass";
  draft.status = ProductStatus::draft;
  draft.simple.price.minor = 100;
  draft.simple.sku = "LAMP-9";
  const auto id = catalog.create_product(host, draft).id;
  add("Purple rug");
  const auto found = [&](const std::string& text, ProductStatus status) {
    SearchQuery query;
    query.text = text;
    query.filter.status = status;
    return shop.search().products(host, query, {.limit = 10, .with_total = true});
  };
  for (const std::string text :
       {"purple", "glass pur", "LAMP-9", "lamp-", "lamp-9", "\"purple lamp\""}) {
    CAPTURE(text);
    const auto result = found(text, ProductStatus::draft);
    REQUIRE(result.items.size() == 1);
    CHECK(result.items[0].id == id);
    CHECK(result.total == 1);
    CHECK(found(text, ProductStatus::archived).items.empty());
  }
  CHECK(found("green", ProductStatus::draft).items.empty());
  CHECK(titles("purple") == Titles{"Purple rug"});
  catalog.archive_product(host, id);
  CHECK(found("lamp", ProductStatus::archived).items.size() == 1);
  CHECK(found("lamp", ProductStatus::draft).items.empty());
}
