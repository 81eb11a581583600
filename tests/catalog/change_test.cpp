#include "support/shop_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::int64_t day = 86'400'000'000;

struct ChangeFixture : ShopFixture {
  Catalog& catalog = shop.catalog();
  Session guest = shop.guest();

  Product add(const std::string& title, std::vector<Id> categories = {}) {
    ProductInput input;
    input.title = title;
    input.category_ids = std::move(categories);
    input.simple.price.minor = 1000;
    return catalog.create_product(host, input);
  }
  std::int64_t listed(const std::string& slug) {
    ProductFilter filter;
    filter.category = slug;
    return *catalog.products(guest, filter, ProductOrder::newest, {{}, 50, true}).total;
  }
};

}  // namespace

TEST_CASE_FIXTURE(ChangeFixture, "an update changes what is given and refuses a stale version") {
  const auto made = add("Chair");
  ProductChange change;
  change.version = made.version;
  change.title = "Armchair";
  change.brand = "Thonet";
  const auto updated = catalog.update_product(host, made.id, change);
  CHECK(updated.title == "Armchair");
  CHECK(updated.slug == "chair");
  CHECK(updated.brand == "Thonet");
  CHECK(updated.version == made.version + 1);
  CHECK(code_of([&] { return catalog.update_product(host, made.id, change); }) ==
        Code::stale_version);
  add("Stool");
  change.version = updated.version;
  change.title = "STOOL";
  CHECK(code_of([&] { return catalog.update_product(host, made.id, change); }) ==
        Code::already_exists);
  CHECK(catalog.product(guest, made.id).title == "Armchair");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "bulk calls write all or nothing") {
  std::vector<ProductInput> inputs(3);
  for (std::size_t i = 0; i < 3; ++i) {
    inputs[i].title = "Bulk " + std::to_string(i);
    inputs[i].simple.price.minor = 100;
  }
  inputs[2].title = "bulk 0";
  const auto error = error_of([&] { return catalog.create_products(host, inputs); });
  CHECK(error.code() == Code::already_exists);
  CHECK(first_path(error) == "products[2].title");
  CHECK(catalog.products(guest, {}, ProductOrder::newest, {}).items.empty());
  inputs[2].title = "Bulk 2";
  const auto ids = catalog.create_products(host, inputs).ids;
  REQUIRE(ids.size() == 3);
  std::vector<ProductUpdate> updates(2);
  updates[0] = {ids[0], {}};
  updates[0].change.version = 1;
  updates[0].change.brand = "B";
  updates[1] = {ids[1], {}};
  updates[1].change.version = 9;
  CHECK(code_of([&] {
          catalog.update_products(host, updates);
          return 0;
        }) == Code::stale_version);
  CHECK(catalog.product(guest, ids[0]).brand.empty());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "categories move, merge and go with their products") {
  const auto home = catalog.create_category(host, {"Home", {}});
  const auto lamps = catalog.create_category(host, {"Lamps", home.id});
  const auto desk = catalog.create_category(host, {"Desk lamps", lamps.id});
  const auto light = catalog.create_category(host, {"Light", {}});
  add("One", {desk.id});
  add("Two", {lamps.id, desk.id});
  add("Three", {home.id});
  CHECK(listed("home") == 3);
  catalog.move_category(host, lamps.id, light.id);
  CHECK(listed("home") == 1);
  CHECK(listed("light") == 2);
  CHECK(listed("desk-lamps") == 2);
  CHECK(shop.verify().ok());
  CHECK(code_of([&] { return catalog.move_category(host, light.id, desk.id); }) == Code::conflict);
  CHECK(code_of([&] { return catalog.merge_category(host, light.id, desk.id); }) == Code::conflict);
  catalog.merge_category(host, lamps.id, home.id);
  CHECK(listed("home") == 3);
  CHECK(listed("light") == 0);
  CHECK(catalog.category(guest, "desk-lamps").parent_id == home.id);
  CHECK(code_of([&] { return catalog.category(guest, "lamps"); }) == Code::not_found);
  CHECK(code_of([&] {
          catalog.delete_category(host, desk.id, {});
          return 0;
        }) == Code::not_empty);
  catalog.delete_category(host, desk.id, light.id);
  CHECK(listed("light") == 2);
  CHECK(listed("home") == 2);
  const auto renamed = catalog.update_category(host, light.id, {"Licht", {}, 1});
  CHECK(renamed.name == "Licht");
  CHECK(renamed.slug == "light");
  CHECK(catalog.categories(guest, {}).front().name == "Licht");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "prices leave their history and the lowest of thirty days") {
  const auto made = add("Watch");
  const auto id = made.variants.front().id;
  const auto reprice = [&](std::int64_t minor) {
    VariantChange change;
    change.price = Money{minor, {}};
    return catalog.update_variant(host, id, change);
  };
  clock->advance(10 * day);
  reprice(800);
  clock->advance(5 * day);
  reprice(1200);
  clock->advance(5 * day);
  reprice(900);
  const auto points = catalog.price_history(guest, id);
  REQUIRE(points.size() == 4);
  CHECK(points[0].price.minor == 900);
  CHECK_FALSE(points[0].until);
  CHECK(points[3].price.minor == 1000);
  auto reference = catalog.price_reference(guest, id);
  CHECK(reference.lowest_before.minor == 800);
  CHECK(reference.lowest_30_days.minor == 800);
  clock->advance(28 * day);
  CHECK(catalog.price_reference(guest, id).lowest_30_days.minor == 900);
  CHECK(catalog.product(guest, made.id).price.minor == 900);
  add("Cheap");
  const auto top = catalog.most_expensive(guest, {}, 5);
  CHECK(top.front().card.title == "Cheap");
  CHECK(top.back().history.size() == 4);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "variants are added, changed and removed") {
  ProductInput input;
  input.title = "Shirt";
  input.options = {{"Size", {}}};
  input.variants.resize(1);
  input.variants[0].option_values = {"S"};
  input.variants[0].price.minor = 500;
  const auto made = catalog.create_product(host, input);
  VariantInput more;
  more.option_values = {"M"};
  more.price.minor = 400;
  more.sku = "SH-M";
  const auto added = catalog.add_variant(host, made.id, more);
  CHECK(added.title == "M");
  CHECK(catalog.product(guest, made.id).price.minor == 400);
  CHECK(code_of([&] { return catalog.add_variant(host, made.id, more); }) == Code::already_exists);
  catalog.remove_variant(host, added.id);
  CHECK(catalog.product(guest, made.id).price.minor == 500);
  CHECK(code_of([&] {
          catalog.remove_variant(host, made.variants[0].id);
          return 0;
        }) == Code::conflict);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "pictures keep an order, bytes and alt texts") {
  const auto made = add("Print");
  const auto first = catalog.add_image(host, made.id, {"https://a/1.jpg", "One", {}, {}});
  const auto second = catalog.add_image(host, made.id, {{}, "Two", "image/png", "\x89PNG"});
  CHECK(second.position == 2);
  CHECK(catalog.image_bytes(guest, second.id).size() == 4);
  CHECK(code_of([&] { return catalog.image_bytes(guest, first.id); }) == Code::not_found);
  ImageChange change;
  change.position = 1;
  change.alt = "Deux";
  CHECK(catalog.update_image(host, second.id, change).position == 1);
  CHECK(catalog.product(guest, made.id).images.front().alt == "Deux");
  catalog.remove_image(host, second.id);
  const auto left = catalog.product(guest, made.id).images;
  REQUIRE(left.size() == 1);
  CHECK(left.front().position == 1);
  CHECK(catalog.products(guest, {}, ProductOrder::newest, {}).items.front().image ==
        "https://a/1.jpg");
}

TEST_CASE_FIXTURE(ChangeFixture, "bundles hold variants, never bundles") {
  const auto cup = add("Cup");
  const auto plate = add("Plate");
  const auto set = add("Set");
  catalog.set_bundle(host, set.id, {{cup.variants[0].id, 2}, {plate.variants[0].id, 1}});
  CHECK(catalog.product(guest, set.id).bundle.size() == 2);
  const auto big = add("Big set");
  CHECK(code_of([&] {
          catalog.set_bundle(host, big.id, {{set.variants[0].id, 1}});
          return 0;
        }) == Code::conflict);
  CHECK(code_of([&] {
          catalog.delete_product(host, cup.id);
          return 0;
        }) == Code::conflict);
  catalog.set_bundle(host, set.id, {});
  catalog.delete_product(host, cup.id);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(ChangeFixture, "texts come in the first language there is") {
  const auto made = add("Bread");
  catalog.set_translation(host, made.id, {"de", "Brot", "Gut."});
  catalog.set_translation(host, made.id, {"pt-BR", "Pão", {}});
  CHECK(catalog.product_in(guest, made.id, "fr, de-AT, en").title == "Brot");
  CHECK(catalog.product_in(guest, made.id, "pt-br").title == "Pão");
  CHECK(catalog.product_in(guest, made.id, "fr").title == "Bread");
  CHECK(catalog.product_in(guest, made.id, "de").language == "de");
  catalog.set_translation(host, made.id, {"DE", "Das Brot", {}});
  catalog.set_translation(host, made.id, {"PT-br", "O pão", {}});
  CHECK(catalog.translations(guest, made.id).size() == 2);
  CHECK(catalog.product_in(guest, made.id, "De-at").title == "Das Brot");
  CHECK(catalog.product_in(guest, made.id, "pt-Br").language == "pt-BR");
  catalog.set_translation(host, made.id, {"dE", {}, {}});
  CHECK(catalog.translations(guest, made.id).size() == 1);
}

TEST_CASE_FIXTURE(ChangeFixture, "pages by number, and facets of a list") {
  const auto home = catalog.create_category(host, {"Home", {}});
  for (int i = 0; i < 12; ++i) add("P" + std::to_string(i), {home.id});
  const auto page = catalog.products_at(guest, {}, ProductOrder::newest, 10, 5);
  CHECK(page.total == 12);
  CHECK(page.items.size() == 2);
  const auto facets = catalog.facets(guest, {});
  CHECK(facets.counted == 12);
  CHECK(facets.complete);
  CHECK(facets.categories.front().label == "Home");
  CHECK(facets.prices.front().from_minor == 1000);
}
