#include "support/shop_fixture.hpp"

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace shop;
using namespace shop::test;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct TransferFixture : ShopFixture {
  Session guest = shop.guest();
  TempFolder folder;

  ImportReport import(const std::string& csv, ImportMode mode = ImportMode::all_or_nothing,
                      bool dry_run = false) {
    ImportOptions options;
    options.mode = mode;
    options.dry_run = dry_run;
    return shop.transfer().import_products_text(host, csv, options);
  }
  std::int64_t products() {
    return *shop.catalog().products(guest, {}, ProductOrder::newest, {{}, 1, true}).total;
  }
};

}  // namespace

TEST_CASE_FIXTURE(TransferFixture, "a simple file becomes products, with categories and tags") {
  const auto report = import(
      "\xEF\xBB\xBFTitle,Price,SKU,Category,Tags,Description\r\n"
      "Oak table,129.90,OT-1,Home > Tables,\"wood, garden\",\"Two\r\nlines and a "
      "\"\"quote\"\"\"\r\n"
      "Cr\xE8me dish,5,,Home,,\r\n");
  CHECK(report.written);
  CHECK(report.rows == 2);
  CHECK(report.products == 2);
  CHECK(report.bad_rows == 0);
  CHECK(report.latin1);
  const auto table = shop.catalog().product_by_sku(guest, "OT-1");
  CHECK(table.price.minor == 12990);
  CHECK(table.description == "Two\r\nlines and a \"quote\"");
  CHECK(table.tags.size() == 2);
  CHECK(shop.catalog().category(guest, "tables").parent_id ==
        shop.catalog().category(guest, "home").id);
  CHECK(shop.catalog().product_by_slug(guest, "creme-dish").title == "Crème dish");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(TransferFixture, "each bad row is told by number, column and reason") {
  const std::string csv =
      "title,price,sku\n"
      "Good,1.00,A\n"
      ",2.00,B\n"
      "Bad price,2.001,C\n"
      "\n"
      "Taken,3.00,A\n"
      "GOOD,4.00,D\n"
      "Too,5.00,E,more\n"
      "Fine,6.00,F\n";
  const auto all = import(csv);
  CHECK_FALSE(all.written);
  CHECK(products() == 0);
  const auto some = import(csv, ImportMode::good_rows);
  CHECK(some.written);
  CHECK(some.rows == 8 - 1);
  CHECK(some.products == 2);
  CHECK(some.bad_rows == 5);
  CHECK(products() == 2);
  REQUIRE(some.problems.size() == 5);
  const auto problem = [&](std::int64_t row) -> const ImportProblem& {
    for (const auto& one : some.problems) {
      if (one.row == row) return one;
    }
    FAIL("no problem in that row");
    return some.problems.front();
  };
  CHECK(problem(3).column == "title");
  CHECK(problem(3).code == "required");
  CHECK(problem(4).column == "price");
  CHECK(problem(4).line == 4);
  CHECK(problem(5).column == "sku");
  CHECK(problem(5).line == 6);  // after a blank line
  CHECK(problem(6).column == "title");
  CHECK(problem(7).code == "too_many_fields");
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(TransferFixture, "every column of a simple file is taken, or told") {
  const auto report = import(
      "title,price,compare_at,status,policy,weight_grams,minimum_age,image,slug,brand,barcode\n"
      "One,1.00,2.00,draft,backorder,250,18,https://a/1.jpg,uno,B,111\n"
      "Two,1.00,,archived,preorder,,,,,,\n"
      "Three,1.00,,active,deny,,,,,,\n");
  CHECK(report.written);
  ProductFilter drafts;
  drafts.status = ProductStatus::draft;
  const auto one = shop.catalog().products(host, drafts, ProductOrder::newest, {}).items.front();
  CHECK(one.slug == "uno");
  CHECK(one.image == "https://a/1.jpg");
  const auto whole = shop.catalog().product(host, one.id);
  CHECK(whole.minimum_age == 18);
  CHECK(whole.variants.front().compare_at == Money{200, "GBP"});
  CHECK(whole.variants.front().policy == StockPolicy::backorder);
  CHECK(whole.variants.front().weight_grams == 250);
  CHECK(products() == 1);
  const auto told = [&](const std::string& cells) {
    const auto bad =
        import("title,price,compare_at,status,policy,weight_grams,minimum_age\nX," + cells + "\n");
    CHECK_FALSE(bad.written);
    REQUIRE(bad.problems.size() == 1);
    return bad.problems.front().column + " " + bad.problems.front().code;
  };
  CHECK(told("1.00,x,,,,") == "compare_at invalid");
  CHECK(told("1.00,,gone,,,") == "status unknown");
  CHECK(told("1.00,,,perhaps,,") == "policy unknown");
  CHECK(told("1.00,,,,heavy,") == "weight_grams invalid");
  CHECK(told("1.00,,,,1kg,") == "weight_grams invalid");
  CHECK(told("1.00,,,,,99999999999999999999") == "minimum_age invalid");
  CHECK(told("1.00,,,,-5,") == "weight_grams out_of_range");
}

TEST_CASE_FIXTURE(TransferFixture, "a bad row of Shopify's takes its product with it, no other") {
  const std::string head =
      "Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
      "Variant Price,Variant Grams,Variant Inventory Qty,Image Src\n";
  const auto report = import(head +
                                 "good,Good,,V,,true,Size,S,G1,1.00,10,3,https://a/g.jpg\n"
                                 "good,,,,,,,M,G2,2.00,,,\n"
                                 "good,,,,,,,,,,,,https://a/h.jpg\n"
                                 ",Nameless,,,,,,,N,1.00,,,\n"
                                 ",Nameless too,,,,,,,N,1.00,,,\n"
                                 "untitled,,,,,,,,U,1.00,,,\n"
                                 "untitled,,,,,,,,U2,1.00,,,\n"
                                 "weight,Weight,,,,,Size,S,W,1.00,much,,\n"
                                 "weight,,,,,,,M,W2,1.00,,,\n"
                                 "later,Later,,,,,Size,S,L,1.00,,,\n"
                                 "later,,,,,,,M,L2,1.00,,many,\n"
                                 "long,Long,,,,,,,X,1.00,,,,more\n"
                                 "plain,Plain,,,,,,,P,3.00,,,\n"
                                 "title,Only,,,,,Title,Default Title,T,4.00,,,\n"
                                 "named,Named,,,,,Title,Deluxe,D,5.00,,,\n",
                             ImportMode::good_rows);
  std::map<std::int64_t, std::string> told;
  for (const auto& problem : report.problems) {
    told[problem.row] = problem.column + " " + problem.code;
  }
  CHECK(told[5] == "Handle required");
  CHECK(told[6] == "Handle required");
  CHECK(told[7] == "Title required");
  CHECK(told[8] == "Handle first_row_bad");
  CHECK(told[9] == "Variant Grams invalid");
  CHECK(told[10] == "Handle first_row_bad");
  CHECK(told[12] == "Variant Inventory Qty invalid");
  CHECK(told[13] == " too_many_fields");
  const auto good = shop.catalog().product_by_sku(host, "G2");
  CHECK(good.variants.size() == 2);
  CHECK(good.images.size() == 2);
  CHECK(shop.catalog().product_by_sku(host, "P").options.empty());
  CHECK(shop.catalog().product_by_sku(host, "T").options.empty());
  CHECK(shop.catalog().product_by_sku(host, "D").options.size() == 1);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(TransferFixture, "a dump that was edited is refused at its line") {
  import("title,price\nOne,1.50\n");
  const auto path = folder.path("whole.jsonl");
  shop.transfer().dump_shop(host, path);
  const auto whole = read_file(path);
  const auto first_end = whole.find('\n') + 1;
  const auto loaded = [&](const std::string& text) {
    std::ofstream{folder.path("edited.jsonl"), std::ios::trunc} << text;
    auto empty = Engine::open_memory(options());
    const auto error = error_of(
        [&] { return empty.transfer().load_shop(empty.host(), folder.path("edited.jsonl")); });
    CHECK(empty.verify().ok());
    return error.code();
  };
  const auto with = [&](const std::string& line) {
    return whole.substr(0, first_end) + line + "\n" + whole.substr(first_end);
  };
  CHECK(loaded("") == Code::validation);
  CHECK(loaded("[1]\n") == Code::validation);
  CHECK(loaded("{\"libshop\":\"end\",\"rows\":0}\n") == Code::validation);
  CHECK(loaded("{\"libshop\":\"dump\",\"schema\":1000000}\n") == Code::schema_newer);
  CHECK(loaded(with("[1,2]")) == Code::validation);
  CHECK(loaded(with("{\"table\":\"no_such\",\"columns\":[\"a\"]}")) == Code::validation);
  CHECK(loaded(with("{\"table\":\"setting\",\"columns\":[\"a\"]}")) == Code::validation);
  CHECK(loaded(with("{\"table\":")) == Code::validation);
  const std::string setting = "{\"table\":\"setting\",\"columns\":[\"name\",\"value\"]}\n";
  CHECK(loaded(with(setting + "[1]")) == Code::validation);
  CHECK(loaded(with(setting + "[\"currency\",\"USD\"]")) == Code::currency_mismatch);
}

TEST_CASE_FIXTURE(TransferFixture, "a dry run tells the same and keeps nothing") {
  const auto report = import("title,price\nOne,1\nTwo,x\n", ImportMode::good_rows, true);
  CHECK_FALSE(report.written);
  CHECK(report.products == 1);
  CHECK(report.bad_rows == 1);
  CHECK(products() == 0);
}

TEST_CASE_FIXTURE(TransferFixture, "headers are refused with the column") {
  CHECK(first_path(error_of([&] { return import("title,price,Title\nA,1,B\n"); })) == "Title");
  CHECK(first_path(error_of([&] { return import("title,sku\nA,1\n"); })) == "price");
  CHECK(code_of([&] { return import(""); }) == Code::validation);
  CHECK(code_of([&] { return import(std::string{"\xFF\xFEt\0i\0", 6}); }) == Code::validation);
  CHECK(code_of([&] {
          return shop.transfer().import_products(host, folder.path("none.csv"), {});
        }) == Code::cannot_open);
  CHECK(code_of([&] {
          return shop.transfer().import_products_text(guest, "title,price\nA,1\n", {});
        }) == Code::unauthenticated);
  const auto report = import("title;price;colour\nA;1;red\n");
  CHECK(report.written);
  CHECK(report.unknown_columns == std::vector<std::string>{"colour"});
}

TEST_CASE_FIXTURE(TransferFixture, "monstrous fields are cut and told, in bounded memory") {
  std::string csv = "title,price,description\nA,1,\"";
  csv.append(8 * 1024 * 1024, 'x');
  csv += "\"\nB,2,fine\nC,3,\"never closed";
  const auto report = import(csv, ImportMode::good_rows);
  CHECK(report.products == 1);
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].code == "too_long");
  CHECK(report.problems[0].column == "description");
  CHECK(report.problems[1].code == "unclosed_quote");
}

TEST_CASE_FIXTURE(TransferFixture, "progress is told and may stop the import") {
  std::string csv = "title,price\n";
  for (int i = 0; i < 2000; ++i) csv += "Product " + std::to_string(i) + ",1\n";
  int calls = 0;
  ImportOptions options;
  options.progress = [&](const TransferProgress& progress) {
    CHECK(progress.bytes_total == static_cast<std::int64_t>(csv.size()));
    return ++calls < 2;
  };
  CHECK_FALSE(shop.transfer().import_products_text(host, csv, options).written);
  CHECK(calls == 2);
  CHECK(products() == 0);
  CHECK_FALSE(shop.transfer().progress(host).running);
}

TEST_CASE_FIXTURE(TransferFixture, "Shopify's file goes in whole and comes out equal") {
  const auto sample = std::string{SHOP_SOURCE_DIR} + "/tests/transfer/shopify_sample.csv";
  const auto before = read_file(sample);
  const auto report = shop.transfer().import_products(host, sample, {});
  for (const auto& problem : report.problems) {
    MESSAGE(problem.row << " " << problem.column << ": " << problem.reason);
  }
  REQUIRE(report.written);
  CHECK(report.format == ProductFormat::shopify);
  CHECK(report.products == 4);
  CHECK(report.variants == 8);
  const auto shirt = shop.catalog().product_by_slug(guest, "linen-shirt");
  CHECK(shirt.variants.size() == 4);
  CHECK(shirt.images.size() == 2);
  CHECK(shirt.variants[1].title == "Sand / M");
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) == before);
  // What was changed since comes out changed.
  ProductChange change;
  change.version = shirt.version;
  change.title = "Linen blouse";
  shop.catalog().update_product(host, shirt.id, change);
  const auto after = shop.transfer().export_products_text(host, ProductFormat::shopify);
  CHECK(after.find("Linen blouse") != std::string::npos);
  CHECK(after.size() == before.size() + 1);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(TransferFixture,
                  "a type that is a path, or spelled another way, comes out as it was") {
  const std::string csv =
      "Handle,Title,Type,Vendor,Variant Price\r\na,A,Hats > "
      "Big,Acme,1.00\r\nb,B,Shirts,Acme,1.00\r\n"
      "c,C,shirts,ACME,1.00\r\nd,D,,,1.00\r\n";
  REQUIRE(import(csv).written);
  CHECK(shop.transfer().export_products_text(host, ProductFormat::shopify) == csv);
}

TEST_CASE_FIXTURE(TransferFixture, "the public Shopify samples go in whole and come out equal") {
  const char* given = std::getenv("SHOP_SAMPLE_DATA");
  const std::string data =
      given != nullptr ? given : std::string{SHOP_SOURCE_DIR} + "/../shared/data";
  for (const char* name : {"apparel", "home-and-garden", "jewelery"}) {
    const auto path = data + "/shopify_" + name + ".csv";
    const auto before = read_file(path);
    if (before.empty()) {
      MESSAGE("skipped: no " << path << " (set SHOP_SAMPLE_DATA)");
      continue;
    }
    auto fresh = Engine::open_memory(options());
    const auto report = fresh.transfer().import_products(fresh.host(), path, {});
    for (const auto& problem : report.problems) {
      MESSAGE(name << " " << problem.row << " " << problem.column << ": " << problem.reason);
    }
    CHECK(report.written);
    CHECK(report.bad_rows == 0);
    CHECK(fresh.transfer().export_products_text(fresh.host(), ProductFormat::shopify) == before);
    CHECK(fresh.verify().ok());
  }
}

TEST_CASE_FIXTURE(TransferFixture, "a simple export comes in again") {
  import("title,price,sku,category,tags\nOne,1.50,S1,A > B,\"x, y\"\n\"Two, three\",2.00,,,\n");
  const auto path = folder.path("out.csv");
  CHECK(shop.transfer().export_products(host, path, ProductFormat::simple) == 2);
  CHECK(code_of([&] {
          return shop.transfer().export_products(host, path, ProductFormat::simple);
        }) == Code::already_exists);
  auto other = Engine::open_memory(options());
  CHECK(other.transfer().import_products(other.host(), path, {}).products == 2);
  CHECK(other.transfer().export_products_text(other.host(), ProductFormat::simple) ==
        read_file(path));
}

TEST_CASE_FIXTURE(TransferFixture, "a dump fills an empty shop with the same") {
  import("title,price,sku,category,tags\nOne,1.50,S1,A > B,\"x, y\"\nTwo,2.00,,,\n");
  const auto id = shop.catalog().product_by_sku(guest, "S1").id;
  shop.catalog().add_image(host, id, {{}, "alt", "image/png", std::string{"\0\xFF\"\n", 4}});
  const auto path = folder.path("shop.jsonl");
  const auto rows = shop.transfer().dump_shop(host, path);
  CHECK(rows > 10);
  auto other = Engine::open_memory(options());
  CHECK(other.transfer().load_shop(other.host(), path) == rows);
  for (const auto& problem : other.verify().problems) {
    FAIL_CHECK(problem.check, ": ", problem.where, ": ", problem.message);
  }
  CHECK(other.catalog().product_by_sku(other.guest(), "S1").id == id);
  CHECK(other.search().products(other.guest(), {"two", {}}, {}).items.size() == 1);
  const auto again = folder.path("again.jsonl");
  other.transfer().dump_shop(other.host(), again);
  CHECK(read_file(again) == read_file(path));
  // It has the keys and settings of the shop that it was.
  CHECK(code_of([&] { other.catalog().create_category(other.host(), {.name = "More"}); }) ==
        Code::wrong_host_key);
  auto anew = other.fork();
  CHECK(anew.catalog().create_category(anew.host(), {.name = "More"}).id > id);
  CHECK(anew.verify().ok());
  CHECK(anew.audit().verify(anew.host(), {}).ok);
  CHECK(code_of([&] { return anew.transfer().load_shop(anew.host(), path); }) == Code::not_empty);
  const auto whole = read_file(path);
  const auto last_line = whole.rfind('\n', whole.size() - 2) + 1;
  const auto last_row = whole.rfind("\n[") + 1;
  const auto after_row = whole.find('\n', last_row) + 1;
  for (const auto& wrong : {whole.substr(0, last_line), whole.substr(0, last_line / 2),
                            whole.substr(0, last_row) + whole.substr(after_row),
                            whole + whole.substr(last_line), whole + "[1]\n"}) {
    std::ofstream{folder.path("part.jsonl")} << wrong;
    auto empty = Engine::open_memory(options());
    CHECK(code_of([&] {
            return empty.transfer().load_shop(empty.host(), folder.path("part.jsonl"));
          }) == Code::validation);
    CHECK(empty.catalog().categories(empty.guest(), {}).empty());
  }
  std::ofstream{folder.path("bad.jsonl")} << "{\"libshop\":\"dump\",\"schema\":1}\n";
  auto fresh = Engine::open_memory(options());
  CHECK(code_of([&] {
          return fresh.transfer().load_shop(fresh.host(), folder.path("bad.jsonl"));
        }) == Code::schema_older);
  CHECK(code_of([&] { return fresh.transfer().load_shop(fresh.host(), folder.path("out.csv")); }) ==
        Code::cannot_open);
}

TEST_CASE_FIXTURE(TransferFixture, "a dump does not replace people or what they are owed") {
  const auto path = folder.path("empty.jsonl");
  shop.transfer().dump_shop(host, path);
  auto lived_in = Engine::open_memory(options());
  auto& accounts = lived_in.accounts();
  NewUserInput boss;
  boss.username = "boss";
  boss.role = Role::admin;
  boss.email = "boss@example.org";
  const auto id = accounts.create_user(lived_in.host(), boss).id;
  CHECK(code_of([&] { return lived_in.transfer().load_shop(lived_in.host(), path); }) ==
        Code::not_empty);
  const auto session = accounts.log_in_as(lived_in.host(), id).session;
  CHECK(code_of([&] { return lived_in.transfer().load_shop(session, path); }) ==
        Code::step_up_required);
  CHECK(accounts.user(lived_in.host(), id).username == "boss");
}

TEST_CASE_FIXTURE(TransferFixture, "any bytes are a file or a refusal") {
  std::mt19937 chance{1};
  for (int round = 0; round < 500; ++round) {
    std::string csv = "title,price,description\n";
    const auto size = chance() % 200;
    for (std::size_t i = 0; i < size; ++i) {
      const auto kind = chance() % 5;
      csv += kind == 0 ? static_cast<char>(chance() % 256) : "\",;\r\n1.5aé"[chance() % 11];
    }
    try {
      const auto report = import(csv, ImportMode::good_rows, true);
      CHECK(report.rows >= report.bad_rows);
    } catch (const Error& error) {
      CHECK(error.code() == Code::validation);
    }
  }
  CHECK(shop.verify().ok());
}
