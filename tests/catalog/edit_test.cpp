#include "shop/inventory.hpp"
#include "shop/sellers.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct EditFixture : ShopFixture {
  Catalog& catalog = shop.catalog();

  Product add(const std::string& title, std::vector<Id> categories = {}) {
    ProductInput input;
    input.title = title;
    input.category_ids = std::move(categories);
    input.simple.price.minor = 1000;
    return catalog.create_product(host, input);
  }
  Product with_sizes(const std::string& title) {
    ProductInput input;
    input.title = title;
    input.options = {{"Size", {}}};
    input.variants.resize(2);
    input.variants[0].option_values = {"S"};
    input.variants[0].price.minor = 500;
    input.variants[0].sku = title + "-S";
    input.variants[0].barcode = title + "-1";
    input.variants[1].option_values = {"M"};
    input.variants[1].price.minor = 600;
    return catalog.create_product(host, input);
  }
  void sell(Id variant_id) {
    shop.inventory().receive(host, {variant_id, 5, 0, {}});
    const auto cart = shop.cart().create(host, {});
    shop.cart().add(host, cart.id, {variant_id, 1, {}});
    PlaceInput input;
    input.idempotency_key = "sale";
    input.payments.emplace_back();
    shop.orders().place(host, cart.id, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(EditFixture, "an update changes every field that is given") {
  const auto first = catalog.create_category(host, {"First", {}});
  const auto second = catalog.create_category(host, {"Second", {}});
  const auto made = add("Chair", {first.id});
  ProductChange change;
  change.version = made.version;
  change.slug = "seat";
  change.description = "Oak.";
  change.category_ids = std::vector<Id>{second.id, first.id};
  change.minimum_age = 18;
  change.sold_by = SoldBy::weight;
  change.status = ProductStatus::draft;
  change.tags = std::vector<std::string>{"oak"};
  change.attributes = std::vector<ProductAttribute>{{"Legs", "4", AttributeType::number}};
  change.brand = "Thonet";
  auto now = catalog.update_product(host, made.id, change);
  CHECK(now.slug == "seat");
  CHECK(now.category_ids == std::vector<Id>{second.id, first.id});
  CHECK(now.minimum_age == 18);
  CHECK(now.sold_by == SoldBy::weight);
  CHECK(now.status == ProductStatus::draft);
  CHECK(now.tags == std::vector<std::string>{"oak"});
  CHECK(now.attributes.front().name == "Legs");

  change = {};
  change.version = now.version;
  change.title = now.title;
  change.slug = now.slug;
  change.description = "";
  change.brand = "";
  change.category_ids = std::vector<Id>{};
  change.tags = std::vector<std::string>{};
  change.status = ProductStatus::active;
  now = catalog.update_product(host, made.id, change);
  CHECK(now.slug == "seat");
  CHECK(now.brand.empty());
  CHECK(now.description.empty());
  CHECK(now.category_ids.empty());
  CHECK(now.tags.empty());
  CHECK(now.attributes.size() == 1);
  change = {};
  change.version = now.version;
  change.attributes = std::vector<ProductAttribute>{};
  CHECK(catalog.update_product(host, made.id, change).attributes.empty());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EditFixture, "an update is refused with all failing fields") {
  const auto made = add("Chair");
  add("Stool");
  ProductChange change;
  change.version = made.version;
  change.title = "";
  change.slug = "a b";
  change.description = "\x02";
  change.brand = std::string(101, 'x');
  change.category_ids = std::vector<Id>(51, 1);
  change.status = static_cast<ProductStatus>(4);
  change.minimum_age = 121;
  change.tax_class_id = -1;
  change.sold_by = static_cast<SoldBy>(9);
  change.tags = std::vector<std::string>{""};
  change.attributes = std::vector<ProductAttribute>{{"Legs", "four", AttributeType::number}};
  const Problems all{"title required",
                     "slug invalid",
                     "description control_character",
                     "brand too_long",
                     "category_ids too_many",
                     "category_ids duplicate",
                     "status unknown",
                     "minimum_age out_of_range",
                     "tax_class_id out_of_range",
                     "sold_by unknown",
                     "tags[0] required",
                     "attributes[0].value invalid"};
  CHECK(problems_of([&] { return catalog.update_product(host, made.id, change); }) == all);
  change.status = static_cast<ProductStatus>(0);
  const auto in_bulk = problems_of(error_of([&] {
    catalog.update_products(host, {{made.id, change}});
  }));
  CHECK(in_bulk.size() == all.size());
  CHECK(in_bulk.contains("updates[0].sold_by unknown"));

  const auto refused = [&](Code code, const std::string& path, ProductChange wrong) {
    wrong.version = made.version;
    const auto error = error_of([&] { return catalog.update_product(host, made.id, wrong); });
    CHECK(error.code() == code);
    CHECK(first_path(error) == path);
  };
  ProductChange taken;
  taken.slug = "stool";
  refused(Code::already_exists, "slug", taken);
  ProductChange lost;
  lost.category_ids = std::vector<Id>{4711};
  refused(Code::not_found, "category_ids[0]", lost);
  CHECK(catalog.product(host, made.id).version == made.version);

  CHECK(error_of([&] {
          catalog.update_products(host, std::vector<ProductUpdate>(10'001));
        }).code() == Code::validation);
  CHECK(code_of([&] { return catalog.create_products(host, std::vector<ProductInput>(10'001)); }) ==
        Code::validation);
}

TEST_CASE_FIXTURE(EditFixture, "what was sold is archived, not deleted") {
  const auto shirt = with_sizes("Shirt");
  sell(shirt.variants[0].id);
  CHECK(error_of([&] { catalog.delete_product(host, shirt.id); }).code() == Code::conflict);
  CHECK(error_of([&] { catalog.remove_variant(host, shirt.variants[1].id); }).code() ==
        Code::conflict);
  catalog.archive_product(host, shirt.id);
  const auto version = catalog.product(host, shirt.id).version;
  catalog.archive_product(host, shirt.id);
  CHECK(catalog.product(host, shirt.id).version == version);
  CHECK(code_of([&] { return catalog.product(shop.guest(), shirt.id); }) == Code::not_found);
  catalog.restore_product(host, shirt.id);
  CHECK(catalog.product(shop.guest(), shirt.id).status == ProductStatus::active);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EditFixture, "a variant takes every change, and none that another has") {
  const auto shirt = with_sizes("Shirt");
  const auto other = with_sizes("Coat");
  const auto id = shirt.variants[1].id;
  VariantChange change;
  change.option_values = std::vector<std::string>{"L"};
  change.sku = "SHIRT-L";
  change.barcode = "42";
  change.compare_at = std::optional<Money>{Money{900, {}}};
  change.weight_grams = 250;
  change.policy = StockPolicy::backorder;
  change.image_position = 3;
  auto now = catalog.update_variant(host, id, change);
  CHECK(now.title == "L");
  CHECK(now.sku == "SHIRT-L");
  CHECK(now.barcode == "42");
  CHECK(now.compare_at == Money{900, "GBP"});
  CHECK(now.weight_grams == 250);
  CHECK(now.policy == StockPolicy::backorder);
  CHECK(now.image_position == 3);
  CHECK(catalog.product_by_barcode(host, "42").id == shirt.id);
  change = {};
  change.sku = "";
  change.compare_at = std::optional<Money>{};
  now = catalog.update_variant(host, id, change);
  CHECK_FALSE(now.sku);
  CHECK_FALSE(now.compare_at);
  CHECK(now.barcode == "42");

  const auto taken = [&](const char* path, const VariantChange& wrong) {
    const auto error = error_of([&] { return catalog.update_variant(host, id, wrong); });
    CHECK(error.code() == Code::already_exists);
    CHECK(problems_of(error) == Problems{std::string{path} + " taken"});
  };
  VariantChange wrong;
  wrong.option_values = std::vector<std::string>{"s"};
  taken("option_values", wrong);
  wrong = {};
  wrong.sku = *other.variants[0].sku;
  taken("sku", wrong);
  wrong = {};
  wrong.barcode = *other.variants[0].barcode;
  taken("barcode", wrong);
  wrong = {};
  wrong.weight_grams = -1;
  wrong.option_values = std::vector<std::string>{};
  CHECK(problems_of([&] { return catalog.update_variant(host, id, wrong); }) ==
        Problems{"weight_grams out_of_range", "option_values wrong_count"});
  CHECK(code_of([&] { return catalog.update_variant(host, 4711, {}); }) == Code::not_found);
  CHECK(code_of([&] { return catalog.add_variant(host, add("Mug").id, {}); }) == Code::conflict);

  VariantInput more;
  more.option_values = {"XL"};
  more.barcode = "42";
  more.price.minor = 1;
  CHECK(first_path(error_of([&] { return catalog.add_variant(host, shirt.id, more); })) ==
        "barcode");
  const auto set = add("Set");
  catalog.set_bundle(host, set.id, {{id, 1}});
  CHECK(error_of([&] { catalog.remove_variant(host, id); }).code() == Code::conflict);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EditFixture, "two categories become one with what both hold") {
  const auto from = catalog.create_category(host, {"From", {}});
  const auto into = catalog.create_category(host, {"Into", {}});
  const auto child = catalog.create_category(host, {"Child", from.id});
  catalog.create_category(host, {"CHILD", into.id});
  const auto both = add("Both", {from.id, into.id});
  const auto swapped = add("Swapped", {into.id, from.id});
  CHECK(first_path(error_of([&] { return catalog.merge_category(host, from.id, into.id); })) ==
        "name");
  catalog.delete_category(host, child.id, {});
  catalog.merge_category(host, from.id, into.id);
  CHECK(catalog.product(host, both.id).category_ids == std::vector<Id>{into.id});
  CHECK(catalog.product(host, swapped.id).category_ids == std::vector<Id>{into.id});
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EditFixture, "a category takes a slug and a place, and refuses what is taken") {
  const auto one = catalog.create_category(host, {"One", {}});
  const auto two = catalog.create_category(host, {"Two", {}});
  const auto below = catalog.create_category(host, {"Below", two.id});
  CategoryChange change;
  change.slug = "uno";
  CHECK(catalog.update_category(host, one.id, change).slug == "uno");
  CHECK(catalog.update_category(host, one.id, change).slug == "uno");
  CHECK(problems_of(error_of([&] { return catalog.update_category(host, two.id, change); })) ==
        Problems{"slug taken"});
  change = {"ONE", {}, {}};
  CHECK(problems_of(error_of([&] { return catalog.update_category(host, two.id, change); })) ==
        Problems{"name taken"});
  change = {"", "a?b", 0};
  CHECK(problems_of([&] { return catalog.update_category(host, two.id, change); }) ==
        Problems{"name required", "slug invalid", "position out_of_range"});
  change = {"TWO", {}, 99};
  CHECK(catalog.update_category(host, two.id, change).position == 2);

  CHECK(catalog.move_category(host, below.id, two.id).parent_id == two.id);
  CHECK(first_path(error_of([&] { return catalog.move_category(host, one.id, 4711); })) ==
        "parent_id");
  const auto refused = [&](Id id, std::optional<Id> to) {
    return error_of([&] { catalog.delete_category(host, id, to); });
  };
  CHECK(refused(two.id, {}).code() == Code::not_empty);
  CHECK(refused(one.id, one.id).code() == Code::conflict);
  CHECK(first_path(refused(one.id, 4711)) == "move_to_id");
  CHECK(refused(4711, {}).code() == Code::not_found);
  CHECK(catalog.create_category(host, {"日本", {}}).slug != "");
  CHECK(catalog.create_category(host, {"!!!", {}}).slug == "category");
  CHECK(catalog.create_category(host, {"???", {}}).slug == "category-2");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EditFixture, "pictures are refused for their fields, their number, their owner") {
  const auto print = add("Print");
  ImageInput wrong{"https://a", std::string(501, 'x'), {}, "bytes"};
  CHECK(problems_of([&] { return catalog.add_image(host, print.id, wrong); }) ==
        Problems{"image one_of", "image.alt too_long", "image.media_type required"});
  for (int i = 0; i < 250; ++i) {
    catalog.add_image(host, print.id, {"https://a/" + std::to_string(i), {}, {}, {}});
  }
  const auto last = catalog.product(host, print.id).images.back().id;
  CHECK(code_of([&] {
          return catalog.add_image(host, print.id, {"https://a", {}, {}, {}});
        }) == Code::limit_reached);
  CHECK(problems_of([&] {
          return catalog.update_image(host, last, {std::string(501, 'x'), 251});
        }) == Problems{"alt too_long", "position out_of_range"});
  CHECK(catalog.update_image(host, last, {{}, 250}).position == 250);
  CHECK(code_of([&] { return catalog.update_image(host, 4711, {}); }) == Code::not_found);
  CHECK(code_of([&] { return catalog.image_bytes(host, 4711); }) == Code::not_found);
}

TEST_CASE_FIXTURE(EditFixture, "slugs of one name are numbered without trying them all") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  for (int i = 1; i <= 40; ++i) {
    ProductInput input;
    input.title = "Mug";
    input.simple.price.minor = 100;
    const auto person = a_customer(shop, i);
    input.seller_id =
        shop.sellers().apply(person, {"Seller " + std::to_string(i), "+44 1234", {}, {}}).id;
    const auto slug = catalog.create_product(host, input).slug;
    CHECK(slug == (i == 1 ? "mug" : "mug-" + std::to_string(i)));
  }
}
