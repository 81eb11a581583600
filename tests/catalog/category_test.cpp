#include "support/shop_fixture.hpp"

using namespace shop;
using namespace shop::test;

TEST_CASE_FIXTURE(ShopFixture, "categories get slugs from their names, numbered when taken") {
  auto& catalog = shop.catalog();
  const auto fashion = catalog.create_category(host, {"Men's Fashion", {}});
  CHECK(fashion.slug == "mens-fashion");
  const auto other = catalog.create_category(host, {"Sale", {}});
  const auto nested = catalog.create_category(host, {"Mens Fashion", other.id});
  CHECK(nested.slug == "mens-fashion-2");
  CHECK(nested.parent_id == other.id);
  CHECK(catalog.categories(host, {}).size() == 2);
  CHECK(catalog.categories(host, other.id).front().id == nested.id);
}

TEST_CASE_FIXTURE(ShopFixture, "a category is refused with the failing field") {
  auto& catalog = shop.catalog();
  const auto error = error_of([&] { return catalog.create_category(host, {"   ", {}}); });
  CHECK(error.code() == Code::validation);
  CHECK(first_path(error) == "name");
  catalog.create_category(host, {"Café", {}});
  CHECK(code_of([&] {
          return catalog.create_category(host, {"CAFE", {}});
        }) == Code::already_exists);
  CHECK(code_of([&] { return catalog.create_category(host, {"Tea", 77}); }) == Code::not_found);
  CHECK(code_of([&] {
          return catalog.create_category(shop.guest(), {"Tea", {}});
        }) == Code::unauthenticated);
  CHECK(code_of([&] { return catalog.category(host, "nothing"); }) == Code::not_found);
  CHECK(shop.verify().ok());
}
