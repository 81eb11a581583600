#include "shop/sellers.hpp"
#include "support/people.hpp"
#include "support/shop_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct CatalogFixture : ShopFixture {
  Catalog& catalog = shop.catalog();
  Session guest = shop.guest();

  ProductInput simple(const std::string& title, std::int64_t minor) const {
    ProductInput input;
    input.title = title;
    input.simple.price.minor = minor;
    return input;
  }
};

}  // namespace

TEST_CASE_FIXTURE(CatalogFixture,
                  "a simple product is one variant, found by slug, SKU and barcode") {
  auto input = simple("Crème Brûlée Dish", 1250);
  input.simple.sku = "DISH-1";
  input.simple.barcode = "4006381333931";
  input.description = "White.\nOven-proof.";
  input.brand = "Sèvres";
  input.tags = {"kitchen", "white", "Kitchen"};
  input.attributes = {{"Material", "Porcelain", AttributeType::text}};
  const auto made = catalog.create_product(host, input);
  CHECK(made.slug == "creme-brulee-dish");
  CHECK(made.price == Money{1250, "GBP"});
  CHECK(made.tags.size() == 2);
  const auto found = catalog.product_by_slug(guest, "creme-brulee-dish");
  CHECK(found.id == made.id);
  CHECK(found.description == "White.\nOven-proof.");
  CHECK(found.brand == "Sèvres");
  CHECK(found.attributes.front().value == "Porcelain");
  REQUIRE(found.variants.size() == 1);
  CHECK(found.variants.front().sku == "DISH-1");
  CHECK(found.variants.front().title.empty());
  CHECK(catalog.product_by_sku(guest, "DISH-1").id == made.id);
  CHECK(catalog.product_by_barcode(guest, "4006381333931").id == made.id);
  CHECK(catalog.product(guest, made.id).title == "Crème Brûlée Dish");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(CatalogFixture, "variants come from options") {
  auto input = simple("Shirt", 0);
  input.options = {{"Color", {}}, {"Size", {}}};
  for (const char* color : {"Red", "Blue"}) {
    for (const char* size : {"S", "M"}) {
      VariantInput variant;
      variant.option_values = {color, size};
      variant.price.minor = 1000 + static_cast<std::int64_t>(input.variants.size());
      input.variants.push_back(variant);
    }
  }
  const auto made = catalog.create_product(host, input);
  REQUIRE(made.variants.size() == 4);
  CHECK(made.variants[1].title == "Red / M");
  CHECK(made.price.minor == 1000);
  CHECK(made.price_max.minor == 1003);
  CHECK(made.options[1].values == std::vector<std::string>{"S", "M"});
}

TEST_CASE_FIXTURE(CatalogFixture, "titles are unique per seller, slugs are numbered") {
  catalog.create_product(host, simple("Mug", 500));
  CHECK(code_of([&] { return catalog.create_product(host, simple("MÜG", 500)); }) ==
        Code::already_exists);
  auto other = simple("Mug", 700);
  shop.sellers().set_approval(host, SellerApproval::automatic);
  other.seller_id = shop.sellers().apply(a_customer(shop), {"Anna", "+44 1234", {}, {}}).id;
  CHECK(catalog.create_product(host, other).slug == "mug-2");
}

TEST_CASE_FIXTURE(CatalogFixture, "a product is refused with all failing fields") {
  auto input = simple("", -1);
  input.minimum_age = 200;
  input.tags = {""};
  const auto error = error_of([&] { return catalog.create_product(host, input); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 4);
  CHECK(code_of([&] { return catalog.create_product(guest, simple("Mug", 1)); }) ==
        Code::unauthenticated);
  CHECK(code_of([&] { return catalog.product_by_slug(guest, "no'; --"); }) == Code::not_found);
  auto lost = simple("Lost", 1);
  lost.category_ids = {4711};
  CHECK(code_of([&] { return catalog.create_product(host, lost); }) == Code::not_found);
  CHECK(catalog.products(host, {}, ProductOrder::newest, {}).items.empty());
}

TEST_CASE_FIXTURE(CatalogFixture, "a draft is there for its managers only") {
  auto input = simple("Secret", 100);
  input.status = ProductStatus::draft;
  const auto made = catalog.create_product(host, input);
  CHECK(code_of([&] { return catalog.product(guest, made.id); }) == Code::not_found);
  CHECK(catalog.product(host, made.id).title == "Secret");
  CHECK(catalog.products(guest, {}, ProductOrder::newest, {}).items.empty());
  ProductFilter drafts;
  drafts.status = ProductStatus::draft;
  CHECK(catalog.products(host, drafts, ProductOrder::newest, {}).items.size() == 1);
  CHECK(code_of([&] { return catalog.products(guest, drafts, ProductOrder::newest, {}); }) ==
        Code::forbidden);
}

TEST_CASE_FIXTURE(CatalogFixture,
                  "a category lists what is below it, in each order, page by page") {
  const auto top = catalog.create_category(host, {"Home", {}});
  const auto low = catalog.create_category(host, {"Lamps", top.id});
  for (int i = 0; i < 7; ++i) {
    auto input = simple("Lamp " + std::to_string(i), 1000 + (i * 5) % 7);
    input.category_ids = {i % 2 == 0 ? low.id : top.id};
    catalog.create_product(host, input);
  }
  ProductFilter filter;
  filter.category = "home";
  for (const auto order : {ProductOrder::newest, ProductOrder::price_up, ProductOrder::price_down,
                           ProductOrder::best_sold, ProductOrder::least_sold, ProductOrder::rating,
                           ProductOrder::title}) {
    const auto all = catalog.products(guest, filter, order, {{}, 50, true});
    CHECK(all.total == 7);
    REQUIRE(all.items.size() == 7);
    std::vector<Id> paged;
    PageQuery page{{}, 3, false};
    do {
      auto part = catalog.products(guest, filter, order, page);
      for (const auto& card : part.items) paged.push_back(card.id);
      page.cursor = part.next_cursor;
    } while (!page.cursor.empty());
    REQUIRE(paged.size() == 7);
    for (std::size_t i = 0; i < 7; ++i) CHECK(paged[i] == all.items[i].id);
  }
  const auto cheap = catalog.products(guest, filter, ProductOrder::price_up, {});
  CHECK(cheap.items.front().price.minor == 1000);
  CHECK(cheap.items.back().price.minor == 1006);
  filter.category = "lamps";
  CHECK(catalog.products(guest, filter, ProductOrder::title, {{}, 50, true}).total == 4);
  filter.price_min_minor = 1004;
  CHECK(catalog.products(guest, filter, ProductOrder::title, {{}, 50, true}).total ==
        static_cast<std::int64_t>(
            catalog.products(guest, filter, ProductOrder::price_up, {}).items.size()));
}
