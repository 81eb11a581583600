#include "support/people.hpp"
#include "support/shop_fixture.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace shop;
using namespace shop::test;

namespace {

struct MarketFilesFixture : ShopFixture {
  Session guest = shop.guest();

  ImportReport import_text(const std::string& csv) {
    return shop.transfer().import_products_text(host, csv, {});
  }
  /// A customer who has proved to be one, for imports.
  Session who_imports(const std::string& name) {
    NewUserInput input;
    input.username = name;
    input.email = name + "@example.com";
    input.password = "correct horse battery 9";
    shop.accounts().create_user(host, input);
    LogInInput log_in;
    log_in.login = name;
    log_in.password = *input.password;
    const auto session = shop.accounts().log_in(guest, log_in).session;
    shop.accounts().step_up(session, {StepUp::price_import, log_in.password, {}, {}});
    return session;
  }
  std::int64_t products() {
    return *shop.catalog().products(guest, {}, ProductOrder::newest, {{}, 1, true}).total;
  }
};

}  // namespace

TEST_CASE_FIXTURE(MarketFilesFixture, "a seller's file goes into categories that are there") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto anna = who_imports("anna");
  shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}});
  CategoryInput home;
  home.name = "Home";
  shop.catalog().create_category(host, home);
  const std::string simple =
      "title,price,category\nBowl,5.00,Home\nThing,5.00,Owned by Anna > Deep\n"
      "Rug,5.00,home > Rugs\n";
  const std::string shopify =
      "Handle,Title,Type,Variant Price\nbowl,Bowl,Home,5.00\nthing,Thing,Owned by Anna,5.00\n"
      "rug,Rug,Rugs,5.00\n";
  for (const bool dry : {true, false}) {
    for (const auto& csv : {simple, shopify}) {
      CAPTURE(csv);
      ImportOptions options;
      options.mode = ImportMode::good_rows;
      options.dry_run = dry;
      const auto report = shop.transfer().import_products_text(anna, csv, options);
      if (!dry && csv == shopify) continue;  // the bowl is there already
      CHECK(report.products == 1);
      CHECK(report.bad_rows == 2);
      REQUIRE(report.problems.size() == 2);
      CHECK(report.problems[0].row == 3);
      CHECK(report.problems[0].column == (csv == simple ? "category" : "Type"));
      CHECK(report.problems[0].code == "not_found");
      CHECK(report.problems[1].row == 4);
      CHECK(shop.catalog().categories(host, {}).size() == 1);
    }
  }
  // Who looks after the catalog makes them, for sellers, too.
  CHECK(import_text("title,price,category\nLamp,5.00,Lamps > Small\n").products == 1);
  CHECK(shop.catalog().categories(host, {}).size() == 2);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(MarketFilesFixture, "a seller's file has the columns of the seller's own files") {
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop, 1);
  const auto bert = a_customer(shop, 2);
  ImportOptions hers;
  hers.seller_id = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}}).id;
  ImportOptions his;
  his.seller_id = shop.sellers().apply(bert, {"Bert", "+44 20 7946 0019", {}, {}}).id;
  const std::string of_anna =
      "Handle,Title,Variant Price,Anna's secret supplier\r\na,A,9.00,Factory 7\r\n";
  const std::string of_bert = "Handle,Title,Variant Price,Shelf\r\nb,B,9.00,12\r\n";
  REQUIRE(shop.transfer().import_products_text(host, of_anna, hers).written);
  const auto none = shop.transfer().export_products_text(bert, ProductFormat::shopify);
  CHECK(none.find("secret") == std::string::npos);
  CHECK(none.starts_with("Handle,Title,Body (HTML),"));
  REQUIRE(shop.transfer().import_products_text(host, of_bert, his).written);
  CHECK(shop.transfer().export_products_text(anna, ProductFormat::shopify) == of_anna);
  CHECK(shop.transfer().export_products_text(bert, ProductFormat::shopify) == of_bert);
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) ==
        "Handle,Title,Variant Price,Anna's secret supplier,Shelf\r\na,A,9.00,Factory 7,\r\n"
        "b,B,9.00,,12\r\n");
}

TEST_CASE_FIXTURE(MarketFilesFixture,
                  "Shopify's status says who sees a product, its grams may be parts") {
  const std::string csv =
      "Handle,Title,Published,Variant Grams,Variant Price,Status\r\n"
      "a,Draft,true,453.592,1.00,draft\r\n"
      "b,Archived,true,0.0,1.00,Archived\r\n"
      "c,Active,true,0.5,1.00,active\r\n"
      "d,Not published,false,12.49,1.00,active\r\n"
      "e,Said nothing,true,7,1.00,\r\n";
  const auto report = import_text(csv);
  CHECK(report.written);
  CHECK(report.unknown_columns.empty());
  CHECK(products() == 2);
  const auto of = [&](const char* slug) {
    const auto product = shop.catalog().product_by_slug(host, slug);
    return std::pair{product.status, product.variants.front().weight_grams};
  };
  CHECK(of("a") == std::pair{ProductStatus::draft, std::int64_t{454}});
  CHECK(of("b") == std::pair{ProductStatus::archived, std::int64_t{0}});
  CHECK(of("c") == std::pair{ProductStatus::active, std::int64_t{1}});
  CHECK(of("d") == std::pair{ProductStatus::draft, std::int64_t{12}});
  CHECK(of("e") == std::pair{ProductStatus::active, std::int64_t{7}});
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) == csv);
  const auto told = [&](const std::string& cells) {
    const auto bad =
        import_text("Handle,Title,Status,Variant Grams,Variant Price\nx,X," + cells + ",1\n");
    CHECK_FALSE(bad.written);
    REQUIRE(bad.problems.size() == 1);
    return bad.problems.front().column + " " + bad.problems.front().code;
  };
  CHECK(told("gone,1") == "Status unknown");
  for (const char* grams : {"1.", ".5", "-0.5", "1.5kg", "1,5", "1.2.3"}) {
    CHECK(told("active,\"" + std::string{grams} + "\"") == "Variant Grams invalid");
  }
  // One that was archived here is so elsewhere, whatever columns the files had.
  shop.catalog().archive_product(host, shop.catalog().product_by_slug(host, "e").id);
  CHECK(shop.transfer()
            .export_products_text(host, ProductFormat::shopify)
            .ends_with("e,Said nothing,false,7,1.00,archived\r\n"));
  auto fresh = Engine::open_memory(options());
  ProductInput input;
  input.title = "Old";
  input.simple.price = {100, {}};
  const auto old = fresh.catalog().create_product(fresh.host(), input);
  fresh.catalog().archive_product(fresh.host(), old.id);
  const auto text = fresh.transfer().export_products_text(fresh.host(), ProductFormat::shopify);
  REQUIRE(import_text(text).written);
  CHECK(of("old").first == ProductStatus::archived);
  auto plain = Engine::open_memory(options());
  plain.transfer().import_products_text(
      plain.host(), "Handle,Title,Published,Variant Price\r\np,P,true,1.00\r\n", {});
  plain.catalog().archive_product(plain.host(),
                                  plain.catalog().product_by_slug(plain.host(), "p").id);
  CHECK(plain.transfer().export_products_text(plain.host(), ProductFormat::shopify) ==
        "Handle,Title,Published,Variant Price,Status\r\np,P,false,1.00,archived\r\n");
}

TEST_CASE_FIXTURE(MarketFilesFixture, "columns keep the case that a file writes them in") {
  const std::string csv = "handle,TITLE,Variant price,status\r\np,P,1.00,active\r\n";
  REQUIRE(import_text(csv).written);
  const auto product = shop.catalog().product_by_slug(host, "p");
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) == csv);
  VariantChange change;
  change.price = Money{250, {}};
  shop.catalog().update_variant(host, product.variants.front().id, change);
  shop.catalog().archive_product(host, product.id);
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) ==
        "handle,TITLE,Variant price,status\r\np,P,2.50,archived\r\n");
}

TEST_CASE_FIXTURE(MarketFilesFixture, "a tag with a comma stays one tag") {
  const std::vector<std::string> tags = {"red, big", "x", "\"so-called\"", "12\" wide", "\"a\", b"};
  ProductInput input;
  input.title = "Tagged";
  input.simple.price = {100, {}};
  input.tags = tags;
  const auto kept =
      shop.catalog().product(host, shop.catalog().create_product(host, input).id).tags;
  REQUIRE(kept.size() == tags.size());
  for (const auto format : {ProductFormat::simple, ProductFormat::shopify}) {
    auto other = Engine::open_memory(options());
    const auto text = shop.transfer().export_products_text(host, format);
    REQUIRE(other.transfer().import_products_text(other.host(), text, {}).products == 1);
    CHECK(other.catalog().product_by_slug(other.host(), "tagged").tags == kept);
    CHECK(other.transfer().export_products_text(other.host(), format) == text);
  }
  // Quotes that do not go round a tag are part of it.
  REQUIRE(import_text("title,price,tags\nOdd,1.00,\"\"\"new\"\" look, \"\"half\"\n").written);
  const auto odd = shop.catalog().product_by_slug(host, "odd").tags;
  CHECK(odd.size() == 2);
  CHECK(std::find(odd.begin(), odd.end(), "\"new\" look") != odd.end());
  CHECK(std::find(odd.begin(), odd.end(), "\"half") != odd.end());
}
