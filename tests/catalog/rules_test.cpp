#include "catalog/rules.hpp"

#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct RulesFixture : ShopFixture {
  Catalog& catalog = shop.catalog();

  static ProductInput good(const std::string& title) {
    ProductInput input;
    input.title = title;
    input.simple.price.minor = 1000;
    return input;
  }
  Problems problems(const ProductInput& input) {
    return problems_of([&] { return catalog.create_product(host, input); });
  }
};

VariantInput variant_of(std::vector<std::string> values) {
  VariantInput variant;
  variant.option_values = std::move(values);
  variant.price.minor = 1000;
  return variant;
}

}  // namespace

TEST_CASE_FIXTURE(RulesFixture, "attributes are in the form of their types") {
  const auto refused = [&](AttributeType type, const char* value) {
    auto input = good("Lamp");
    input.attributes = {{"A", value, type}};
    return problems(input) == Problems{"attributes[0].value invalid"};
  };
  for (const char* number : {"", "-", "+", ".", "1.2.3", "1,5", "12a", "1e3", "--1"}) {
    CAPTURE(number);
    if (*number != '\0') CHECK(refused(AttributeType::number, number));
  }
  for (const char* flag : {"yes", "True", "1", "falsee"}) CHECK(refused(AttributeType::flag, flag));
  for (const char* date :
       {"2026-1-22", "2026/11/22", "2026-11/22", "2026-00-10", "2026-13-10", "2026-11-00",
        "2026-11-32", "20a6-11-22", "2026-x1-22", "2026-11-2/", "2026-11-222"}) {
    CAPTURE(date);
    CHECK(refused(AttributeType::date, date));
  }
  CHECK(refused(static_cast<AttributeType>(99), "x"));

  auto input = good("Lamp");
  input.attributes = {
      {"Weight", "-12.5", AttributeType::number}, {"Height", "+7", AttributeType::number},
      {"Depth", ".5", AttributeType::number},     {"Dimmable", "true", AttributeType::flag},
      {"Outdoor", "false", AttributeType::flag},  {"Since", "2026-11-22", AttributeType::date},
      {"Style", "Art déco", AttributeType::text}};
  const auto made = catalog.create_product(host, input);
  REQUIRE(made.attributes.size() == 7);
  CHECK(made.attributes[0].value == "-12.5");
  CHECK(made.attributes[5].type == AttributeType::date);
}

TEST_CASE_FIXTURE(RulesFixture, "labels are few, named once and not empty") {
  auto input = good("Lamp");
  input.attributes = {{"Color", "Red", {}}, {"COLOR", "Blue", {}}, {"", "x", {}}, {"y", "", {}}};
  for (auto& attribute : input.attributes) attribute.type = AttributeType::text;
  CHECK(problems(input) == Problems{"attributes[1].name duplicate", "attributes[2].name required",
                                    "attributes[3].value required"});
  input.attributes.assign(251, {"A", "B", AttributeType::text});
  input.tags.assign(251, "tag");
  CHECK(problems(input) == Problems{"attributes too_many", "tags too_many"});
}

TEST_CASE_FIXTURE(RulesFixture, "every field of a product is refused by its own name") {
  ProductInput input;
  input.title = std::string(301, 'x');
  input.slug = "a/b";
  input.brand = std::string(101, 'x');
  input.description = "bell \a";
  input.category_ids = {7, 8, 7};
  input.status = static_cast<ProductStatus>(0);
  input.sold_by = static_cast<SoldBy>(4);
  input.minimum_age = -1;
  input.tax_class_id = -1;
  input.images = {{"https://a/1.jpg", {}, {}, "bytes"}, {}, {{}, {}, {}, "bytes"}};
  input.simple.price = {100, "USD"};
  input.simple.compare_at = Money{-1, {}};
  input.simple.weight_grams = -1;
  input.simple.image_position = 251;
  input.simple.policy = static_cast<StockPolicy>(9);
  input.simple.sku = std::string(101, 'x');
  input.bundle = {{1, 0}};
  CHECK(problems(input) == Problems{"title too_long",
                                    "slug invalid",
                                    "brand too_long",
                                    "description control_character",
                                    "category_ids duplicate",
                                    "status unknown",
                                    "sold_by unknown",
                                    "minimum_age out_of_range",
                                    "tax_class_id out_of_range",
                                    "images[0] one_of",
                                    "images[0].media_type required",
                                    "images[1] one_of",
                                    "images[2].media_type required",
                                    "simple.price currency_mismatch",
                                    "simple.compare_at out_of_range",
                                    "simple.weight_grams out_of_range",
                                    "simple.image_position out_of_range",
                                    "simple.policy unknown",
                                    "simple.sku too_long",
                                    "bundle[0].quantity out_of_range"});

  input = good("Many");
  input.images.assign(251, {"https://a/1.jpg", {}, {}, {}});
  for (Id id = 1; id <= 51; ++id) input.category_ids.push_back(id);
  input.status = static_cast<ProductStatus>(4);
  input.sold_by = static_cast<SoldBy>(0);
  input.simple.policy = static_cast<StockPolicy>(0);
  CHECK(problems(input) == Problems{"images too_many", "category_ids too_many", "status unknown",
                                    "sold_by unknown", "simple.policy unknown"});
  for (const char* slug : {"a b", "a?b", "a#b"}) {
    input = good("Address");
    input.slug = slug;
    CHECK(problems(input) == Problems{"slug invalid"});
  }
}

TEST_CASE_FIXTURE(RulesFixture, "variants are told apart by their options and codes") {
  auto input = good("Shirt");
  input.options = {{"Size", {}}};
  CHECK(problems(input).contains("variants required"));
  input.options.clear();
  input.variants = {variant_of({}), variant_of({})};
  CHECK(problems(input) == Problems{"options required", "variants[1].option_values duplicate"});

  input.options = {{"Size", {}}, {"SIZE", {}}, {"", {}}};
  input.variants = {variant_of({"S"})};
  CHECK(problems(input) == Problems{"options[1].name duplicate", "options[2].name required",
                                    "variants[0].option_values wrong_count"});

  input.options = {{"Size", {}}};
  input.variants = {variant_of({"S"}), variant_of({"s"}), variant_of({""}), variant_of({"L"})};
  input.variants[0].sku = "A";
  input.variants[0].barcode = "1";
  input.variants[3].sku = "A";
  input.variants[3].barcode = "1";
  CHECK(problems(input) == Problems{"variants[1].option_values duplicate",
                                    "variants[2].option_values required",
                                    "variants[3].sku duplicate", "variants[3].barcode duplicate"});

  input.options.assign(6, {"Size", {}});
  input.variants.assign(2001, variant_of({"S"}));
  const auto too_many = problems(input);
  CHECK(too_many.contains("options too_many"));
  CHECK(too_many.contains("variants too_many"));

  input = good("Coded");
  input.simple.sku = "  ";
  input.simple.barcode = "";
  const auto made = catalog.create_product(host, input);
  CHECK_FALSE(made.variants.front().sku);
  CHECK_FALSE(made.variants.front().barcode);
}

TEST_CASE_FIXTURE(RulesFixture, "a bundle is refused with the part that is wrong") {
  auto part = good("Cup");
  const auto cup = catalog.create_product(host, part).variants.front().id;
  auto input = good("Set");
  input.bundle = {{cup, 1}, {4711, 1}};
  auto error = error_of([&] { return catalog.create_product(host, input); });
  CHECK(error.code() == Code::not_found);
  CHECK(first_path(error) == "bundle[1].variant_id");
  input.bundle = {{cup, 2}};
  const auto set = catalog.create_product(host, input);
  auto outer = good("Set of sets");
  outer.bundle = {{set.variants.front().id, 1}};
  error = error_of([&] { return catalog.create_product(host, outer); });
  CHECK(error.code() == Code::conflict);
  CHECK(problems_of(error) == Problems{"bundle[0].variant_id bundle"});

  CHECK(problems_of(error_of([&] {
          catalog.set_bundle(host, set.id, {{cup, 1}, {cup, 0}});
        })) == Problems{"parts[1].variant_id duplicate", "parts[1].quantity out_of_range"});
  std::vector<BundlePart> parts;
  for (Id id = 1; id <= 101; ++id) parts.push_back({id, 1});
  CHECK(problems_of(error_of([&] { catalog.set_bundle(host, set.id, parts); })) ==
        Problems{"parts too_many"});
  error = error_of([&] { catalog.set_bundle(host, set.id, {{set.variants.front().id, 1}}); });
  CHECK(error.code() == Code::not_found);
  const auto other = catalog.create_product(host, good("Plate"));
  const auto cup_product = catalog.variant(host, cup).product_id;
  error = error_of([&] {
    catalog.set_bundle(host, cup_product, {{other.variants.front().id, 1}});
  });
  CHECK(error.code() == Code::conflict);
  CHECK(catalog.product(host, set.id).bundle.front().quantity == 2);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(RulesFixture, "a part is in a bundle once") {
  const auto cup = catalog.create_product(host, good("Cup")).variants.front().id;
  auto input = good("Set");
  input.bundle = {{cup, 1}, {cup, 2}};
  CHECK(problems(input) == Problems{"bundle[1].variant_id duplicate"});
  input.bundle.clear();
  for (Id id = 1; id <= 101; ++id) input.bundle.push_back({id, 1});
  CHECK(problems(input) == Problems{"bundle too_many"});
}

TEST_CASE_FIXTURE(RulesFixture, "a translation has a language that is a tag") {
  const auto made = catalog.create_product(host, good("Bread"));
  for (const char* language : {"d e", "de_AT", "dé", "{}"}) {
    CAPTURE(language);
    CHECK(problems_of(error_of([&] {
            catalog.set_translation(host, made.id, {language, "Brot", {}});
          })) == Problems{"language invalid"});
  }
  CHECK(problems_of(error_of([&] {
          catalog.set_translation(host, made.id, {"d", std::string(301, 'x'), "\x01"});
        })) == Problems{"language too_short", "title too_long", "description control_character"});
  catalog.set_translation(host, made.id, {"de-1996", "Brodt", {}});
  CHECK(catalog.product_in(host, made.id, " , ,DE-1996-x,").title == "Brodt");
  CHECK(catalog::split_languages("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v").size() == 20);
}

TEST_CASE("a language tag has one form") {
  CHECK(catalog::canonical_language("PT-bR") == "pt-BR");
  CHECK(catalog::canonical_language("ZH-hANT-tw") == "zh-Hant-TW");
  CHECK(catalog::canonical_language("DE-CH-1996-X-AB-Phon") == "de-CH-1996-x-ab-phon");
  CHECK(catalog::canonical_language("X-DE") == "x-de");
}

TEST_CASE("option values are joined and split without loss") {
  CHECK(catalog::split_options("").empty());
  const std::vector<std::string> values{"Red", "Small", "x"};
  CHECK(catalog::split_options(catalog::join_options(values)) == values);
  CHECK(catalog::variant_title(catalog::join_options(values)) == "Red / Small / x");
}

TEST_CASE_FIXTURE(RulesFixture, "a title or name that cannot be seen is none") {
  for (const auto* unseen : {"\u200B", "\u200B\u200B", "\u202E", "\u0301"}) {
    ProductInput input;
    input.title = unseen;
    input.simple.price.minor = 100;
    CHECK(problems(input) == Problems{"title required"});
    CHECK(problems_of(error_of([&] {
            catalog.create_category(host, {unseen, {}});
          })) == Problems{"name required"});
    input.title = "Seen";
    input.brand = unseen;
    input.tags = {unseen};
    input.attributes = {{unseen, unseen, AttributeType::text}};
    CHECK(problems(input) == Problems{"brand required", "tags[0] required",
                                      "attributes[0].name required",
                                      "attributes[0].value required"});
  }
  ProductInput input;
  input.title = "\u30AC\u30B9";
  input.simple.price.minor = 100;
  catalog.create_product(host, input);
  input.title = "\u30AB\u30B9";
  CHECK(catalog.create_product(host, input).title == input.title);
}
