#include "shop/sellers.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct ListFixture : ShopFixture {
  Catalog& catalog = shop.catalog();
  Session guest = shop.guest();

  Product add(ProductInput input, std::int64_t minor = 1000) {
    input.simple.price.minor = minor;
    return catalog.create_product(host, input);
  }
  std::vector<std::string> titles(const Session& who, const ProductFilter& filter) {
    std::vector<std::string> out;
    const auto page = catalog.products(who, filter, ProductOrder::title, {{}, 50, true});
    for (const auto& card : page.items) out.push_back(card.title);
    CHECK(page.total == static_cast<std::int64_t>(out.size()));
    CHECK(catalog.products_at(who, filter, ProductOrder::title, 0, 50).items.size() == out.size());
    CHECK(catalog.facets(who, filter).counted == static_cast<std::int64_t>(out.size()));
    return out;
  }
};

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(ListFixture, "a list is refused with everything that is wrong with its filter") {
  ProductFilter filter;
  filter.price_min_minor = -1;
  filter.price_max_minor = -2;
  filter.rating_min_milli = 5001;
  filter.seller_id = -1;
  filter.tags.assign(11, "t");
  filter.attributes.assign(11, {"a", "b", AttributeType::text});
  filter.status = static_cast<ProductStatus>(9);
  const Problems wrong{"price_min_minor out_of_range",
                       "price_max_minor out_of_range",
                       "rating_min_milli out_of_range",
                       "seller_id out_of_range",
                       "tags too_many",
                       "attributes too_many",
                       "status unknown"};
  CHECK(problems_of([&] { return catalog.facets(guest, filter); }) == wrong);
  filter.status = static_cast<ProductStatus>(0);
  auto all = wrong;
  all.insert({"limit out_of_range", "order unknown"});
  CHECK(problems_of([&] {
          return catalog.products(guest, filter, static_cast<ProductOrder>(0), {{}, 0, false});
        }) == all);
  all.insert("offset out_of_range");
  CHECK(problems_of([&] {
          return catalog.products_at(guest, filter, static_cast<ProductOrder>(9), -1, 501);
        }) == all);
  ProductFilter lost;
  lost.category = "nowhere";
  CHECK(first_path(error_of([&] { return catalog.facets(guest, lost); })) == "category");
  CHECK(code_of([&] { return catalog.most_expensive(guest, "nowhere", 3); }) == Code::not_found);
  CHECK(problems_of([&] { return catalog.most_expensive(guest, {}, 0); }) ==
        Problems{"limit out_of_range"});
  CHECK(code_of([&] {
          return catalog.products(guest, {}, ProductOrder::title, {"no cursor", 5, false});
        }) == Code::validation);
  CHECK(
      code_of([&] {
        return catalog.products(guest, {}, ProductOrder::title, {std::string(5000, 'A'), 5, false});
      }) == Code::validation);
}

TEST_CASE_FIXTURE(ListFixture, "a filter narrows by brand, label, rating, stock and price") {
  ProductInput lamp;
  lamp.title = "Lamp";
  lamp.brand = "Lux";
  lamp.tags = {"light", "home"};
  lamp.attributes = {{"Color", "Red", AttributeType::text}};
  add(lamp, 2000);
  ProductInput torch;
  torch.title = "Torch";
  torch.brand = "Lux";
  torch.tags = {"light"};
  add(torch, 600'000);
  ProductFilter filter;
  filter.brand = "Lux";
  CHECK(titles(guest, filter) == Titles{"Lamp", "Torch"});
  filter.tags = {"light", "home"};
  filter.attributes = {{"Color", "Red", AttributeType::text}};
  CHECK(titles(guest, filter) == Titles{"Lamp"});
  filter.price_min_minor = 2001;
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.price_max_minor = 1999;
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.in_stock = true;
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.rating_min_milli = 1;
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.brand = "None";
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.tags = {"none"};
  CHECK(titles(guest, filter).empty());
  filter = {};
  filter.attributes = {{"Color", "Blue", AttributeType::text}};
  CHECK(titles(guest, filter).empty());
  const auto bands = catalog.facets(guest, {}).prices;
  REQUIRE(bands.size() == 2);
  CHECK(bands.front().from_minor == 1000);
  CHECK(bands.back().from_minor == 500'000);
  CHECK_FALSE(bands.back().below_minor);
}

TEST_CASE_FIXTURE(ListFixture, "facets name the fifty most frequent values, in all categories") {
  const auto one = catalog.create_category(host, {"One", {}});
  const auto two = catalog.create_category(host, {"Two", {}});
  ProductInput input;
  input.title = "Everything";
  input.category_ids = {one.id, two.id};
  for (int i = 0; i < 60; ++i) input.tags.push_back("tag " + std::to_string(i));
  add(input);
  input.title = "Little";
  input.tags = {"tag 7"};
  add(input);
  const auto facets = catalog.facets(guest, {});
  CHECK(facets.tags.size() == 50);
  CHECK(facets.tags.front().value == "tag 7");
  CHECK(facets.tags.front().count == 2);
  CHECK(facets.categories.size() == 2);
  CHECK(facets.categories.back().count == 2);
  CHECK(facets.ratings == std::vector<std::int64_t>(5, 0));
}

TEST_CASE_FIXTURE(ListFixture, "a number that is no seller's lists nothing") {
  const auto category = catalog.create_category(host, {.name = "Tea"}).id;
  ProductInput input;
  input.title = "Drafted";
  input.status = ProductStatus::draft;
  catalog.create_product(host, input);
  input.title = "On sale";
  input.status = ProductStatus::active;
  input.category_ids = {category};
  catalog.create_product(host, input);
  ProductFilter filter;
  filter.seller_id = category;
  CHECK(titles(guest, filter).empty());
  for (const Id scope : {Id{-1}, Id{-2}, -category}) {
    filter.seller_id = scope;
    SearchQuery query;
    query.filter = filter;
    const Problems refused{"seller_id out_of_range"};
    CHECK(problems_of([&] { return catalog.products(guest, filter, ProductOrder::newest, {}); }) ==
          refused);
    CHECK(problems_of([&] { return catalog.facets(guest, filter); }) == refused);
    CHECK(problems_of([&] { return shop.search().products(guest, query, {}); }) == refused);
  }
}

TEST_CASE_FIXTURE(ListFixture,
                  "goods of a seller, withheld or not, are listed for who may see them") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop);
  const auto seller = shop.sellers().apply(anna, {"Anna", "+44 1234", {}, {}}).id;
  const auto category = catalog.create_category(host, {"Home", {}});
  ProductInput input;
  input.title = "Hers";
  input.seller_id = seller;
  input.category_ids = {category.id};
  add(input);
  input.title = "Hers, drafted";
  input.status = ProductStatus::draft;
  add(input);
  input.title = "Ours";
  input.seller_id = Id{0};
  input.status = ProductStatus::active;
  add(input);
  input.title = "Ours, archived";
  input.status = ProductStatus::archived;
  add(input);

  ProductFilter filter;
  filter.seller_id = seller;
  CHECK(titles(guest, filter) == Titles{"Hers"});
  filter.category = "home";
  CHECK(titles(guest, filter) == Titles{"Hers"});
  filter.seller_id = Id{0};
  CHECK(titles(guest, filter) == Titles{"Ours"});
  filter.category.reset();
  CHECK(titles(guest, filter) == Titles{"Ours"});
  filter.status = ProductStatus::archived;
  CHECK(titles(host, filter) == Titles{"Ours, archived"});
  filter.category = "home";
  CHECK(titles(host, filter) == Titles{"Ours, archived"});
  filter.status = ProductStatus::draft;
  filter.seller_id = seller;
  CHECK(titles(anna, filter) == Titles{"Hers, drafted"});
  CHECK(titles(host, filter) == Titles{"Hers, drafted"});
  CHECK(code_of([&] { return catalog.facets(guest, filter); }) == Code::forbidden);
  filter.seller_id.reset();
  CHECK(code_of([&] { return catalog.facets(anna, filter); }) == Code::forbidden);

  shop.sellers().suspend(host, seller, "late");
  filter = {};
  filter.seller_id = seller;
  CHECK(titles(guest, filter).empty());
  CHECK(titles(host, filter) == Titles{"Hers"});
  CHECK(titles(anna, filter).empty());
  CHECK(shop.verify().ok());
}
