// A large file into a shop without products goes another way than all others: lists and indexes are
// made at the end. What comes of it is the same, but for the order of products that clash and for
// numbers behind slugs.

#include "support/shop_fixture.hpp"

#include <atomic>
#include <sstream>
#include <thread>

using namespace shop;
using namespace shop::test;

namespace {

constexpr std::size_t k_large = 256 * 1024;  // from here on a file fills

/// Products of every kind, some of which clash.
std::string large_file(int rows = 2500) {
  std::ostringstream out;
  out << "title,price,sku,barcode,description,brand,category,tags,status,slug\n";
  for (int i = 0; i < rows; ++i) {
    const auto n = std::to_string(i);
    std::string title = "Lamp " + n + " of the north";
    std::string sku = "S" + n;
    std::string barcode = "40000" + n;
    std::string price = std::to_string(1 + i % 90) + ".50";
    std::string status = i % 17 == 0 ? "draft" : i % 23 == 0 ? "archived" : "";
    std::string slug;
    if (i == 700) title = "LAMP 30 OF  THE NORTH";  // taken: row 30 has it
    if (i == 701) sku = "S31";
    if (i == 702) barcode = "4000032";
    if (i == 703) title = "\"Lamp 33, of the north\"";  // another title, the same slug
    if (i == 704) slug = "lamp-34-of-the-north";        // taken: made from the title of row 34
    if (i == 705) sku = "S701";                         // free, as row 701 is refused
    if (i == 706) price = "much";
    if (i == 707) title = "";
    if (i == 708) title = "Lamp 707 of the north";
    out << title << ',' << price << ',' << sku << ',' << barcode << ",\"A lamp, glazed; word"
        << i % 40 << " and some more words so that the row is long enough\",Brand" << i % 7
        << ",House > Room " << i % 5 << ",\"tag" << i % 3 << ", warm\"," << status << ',' << slug
        << '\n';
  }
  return out.str();
}

struct FillingFixture : ShopFixture {
  static ImportReport import(Engine& into, const std::string& csv,
                             ImportMode mode = ImportMode::good_rows, bool dry_run = false) {
    ImportOptions how;
    how.mode = mode;
    how.dry_run = dry_run;
    return into.transfer().import_products_text(into.host(), csv, how);
  }
  /// A shop with a product cannot be filled.
  static void spoil(Engine& shop) {
    ProductInput other;
    other.title = "Other";
    other.simple.price = {100, shop.currency()};
    shop.catalog().create_product(shop.host(), other);
  }
  static std::int64_t found(Engine& shop, const char* words) {
    return shop.search().products(shop.host(), {words, {}}, {{}, 1, true}).total.value_or(-1);
  }
  std::int64_t products() {
    return *shop.catalog().products(shop.guest(), {}, ProductOrder::newest, {{}, 1, true}).total;
  }
};

void check_equal(const std::vector<ImportProblem>& a, const std::vector<ImportProblem>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(a[i].row);
    CHECK(a[i].row == b[i].row);
    CHECK(a[i].line == b[i].line);
    CHECK(a[i].column == b[i].column);
    CHECK(a[i].code == b[i].code);
  }
}

void check_sound(Engine& shop) {
  for (const auto& problem : shop.verify().problems) {
    FAIL_CHECK(problem.check, ": ", problem.where, ": ", problem.message);
  }
}

}  // namespace

TEST_CASE_FIXTURE(FillingFixture,
                  "a large file into an empty shop does what it does into another") {
  const auto csv = large_file();
  REQUIRE(csv.size() > k_large);
  const auto filled = import(shop, csv);
  auto other = Engine::open_memory(options());
  spoil(other);
  const auto written = import(other, csv);

  CHECK(filled.written);
  CHECK(filled.rows == 2500);
  CHECK(filled.products == 2494);
  CHECK(filled.products == written.products);
  CHECK(filled.variants == written.variants);
  CHECK(filled.bad_rows == written.bad_rows);
  check_equal(filled.problems, written.problems);
  check_sound(shop);
  check_sound(other);

  for (int i = 0; i < 2500; ++i) {
    const auto sku = "S" + std::to_string(i);
    CAPTURE(sku);
    const auto get = [&](Engine& from) -> std::optional<Product> {
      try {
        return from.catalog().product_by_sku(from.host(), sku);
      } catch (const Error& error) {
        CHECK(error.code() == Code::not_found);
        return std::nullopt;
      }
    };
    const auto here = get(shop);
    const auto there = get(other);
    REQUIRE(here.has_value() == there.has_value());
    if (!here) continue;
    CHECK(here->title == there->title);
    CHECK(here->slug == there->slug);
    CHECK(here->price == there->price);
    CHECK(here->status == there->status);
    CHECK(here->brand == there->brand);
    CHECK(here->tags == there->tags);
    CHECK(here->description == there->description);
    CHECK(here->variants.front().barcode == there->variants.front().barcode);
  }
  for (const auto* words : {"lamp", "word7 lamp", "brand3", "warm", "north 33", "glazd"}) {
    CAPTURE(words);
    CHECK(found(shop, words) == found(other, words));
    CHECK(found(shop, words) > 0);
  }
  for (const auto order : {ProductOrder::price_up, ProductOrder::title, ProductOrder::best_sold}) {
    ProductFilter filter;
    filter.category = "room-3";
    const auto here = shop.catalog().products(shop.guest(), filter, order, {{}, 100, true});
    const auto there = other.catalog().products(other.guest(), filter, order, {{}, 100, true});
    CHECK(here.total == there.total);
    REQUIRE(here.items.size() == 100);
    for (std::size_t i = 0; order == ProductOrder::title && i < 100; ++i) {
      CHECK(here.items[i].title == there.items[i].title);
    }
  }
}

TEST_CASE_FIXTURE(FillingFixture, "others see nothing of a large file, or all of it") {
  const TempFolder folder;
  auto on_disk = Engine::open(folder.path("a.shop"), options());
  std::atomic<bool> done{false};
  std::atomic<int> reads{0};
  std::thread reader{[&] {
    const auto session = on_disk.guest();
    while (!done || reads < 10) {
      const auto lists =
          on_disk.catalog().products(session, {}, ProductOrder::title, {{}, 1, true});
      const auto all = *lists.total;
      CHECK((all == 0 || all > 2000));
      CHECK(lists.items.size() == (all == 0 ? 0 : 1));
      ++reads;
    }
  }};
  std::thread writer{[&] {
    while (!done) {
      try {
        on_disk.catalog().create_category(on_disk.host(), {.name = "C" + std::to_string(reads)});
      } catch (const Error& error) {
        CHECK(error.code() == Code::already_exists);
      }
    }
  }};
  const auto report = import(on_disk, large_file());
  done = true;
  reader.join();
  writer.join();
  CHECK(report.products == 2494);
  check_sound(on_disk);
}

TEST_CASE_FIXTURE(FillingFixture, "afterwards the shop goes on as any other") {
  import(shop, large_file());
  ProductInput more;
  more.title = "lamp 5 of the NORTH";
  more.simple.price = {100, shop.currency()};
  CHECK(code_of([&] { shop.catalog().create_product(host, more); }) == Code::already_exists);
  more.title = "Lamp, 5 of the north";
  CHECK(shop.catalog().create_product(host, more).slug == "lamp-5-of-the-north-2");
  more.title = "Another";
  more.simple.sku = "S6";
  CHECK(first_path(error_of([&] { shop.catalog().create_product(host, more); })) ==
        "variants[0].sku");
  const auto again = import(shop, large_file());  // all there by now but for one
  CHECK(again.products == 0);
  CHECK(again.bad_rows == 2500);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "one bad row and nothing of a large file is kept") {
  for (const auto* bad : {"Lamp 40 of the north,1,X,Y,,,,,,\n", "Good,much,X,Y,,,,,,\n"}) {
    auto csv = large_file(600);
    while (csv.size() <= k_large) csv += "Filler " + std::to_string(csv.size()) + ",1,,,,,,,,\n";
    csv += bad;
    const auto all = import(shop, csv, ImportMode::all_or_nothing);
    CHECK_FALSE(all.written);
    CHECK(all.bad_rows == 1);
    REQUIRE(all.problems.size() == 1);
    CHECK(all.problems.front().row == all.rows + 1);
    CHECK(products() == 0);
    check_sound(shop);
  }
  CHECK(import(shop, large_file(2500), ImportMode::all_or_nothing).bad_rows == 6);
  const auto dry = import(shop, large_file(), ImportMode::good_rows, true);
  CHECK_FALSE(dry.written);
  CHECK(dry.products == 2494);
  CHECK(products() == 0);
  spoil(shop);  // every index is back
  CHECK(products() == 1);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "who stops a large file keeps what was read, or nothing") {
  const auto csv = large_file();
  ImportOptions how;
  std::int64_t rows = 0;
  how.progress = [&](const TransferProgress& now) {
    rows = now.rows;
    return now.rows < 1000;
  };
  CHECK_FALSE(shop.transfer().import_products_text(host, csv, how).written);
  CHECK(rows < 2000);
  CHECK(products() == 0);
  how.mode = ImportMode::good_rows;
  const auto part = shop.transfer().import_products_text(host, csv, how);
  CHECK(part.written);
  CHECK(part.rows == rows);
  CHECK(part.products + part.bad_rows == rows);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture,
                  "who stops a file that must begin anew gets no more than was read") {
  std::string csv = "title,price\n";
  for (int i = 0; i < 8000; ++i) {
    csv +=
        "A rather long title so that the file is large enough " + std::to_string(i % 100) + ",1\n";
  }
  REQUIRE(csv.size() > k_large);
  ImportOptions how;
  how.mode = ImportMode::good_rows;
  std::int64_t stopped = 0;
  how.progress = [&](const TransferProgress& now) {
    if (stopped == 0 && now.rows >= 6000) stopped = now.rows;
    return stopped == 0;
  };
  const auto report = shop.transfer().import_products_text(host, csv, how);
  REQUIRE(stopped > 0);
  CHECK(report.rows == stopped);
  CHECK(report.products == 100);
  CHECK(report.bad_rows == stopped - 100);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "what is wrong with a row is told once, the first rows first") {
  std::string csv = "title,price,sku,category\n";
  csv += "Lamp,1,A,\nOther,1,A,\nlamp,1,B,\nLAMP,1,C," + std::string(150, 'c') + "\n";
  const auto good = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      csv += "A title that makes the file large enough for this test number " + std::to_string(i) +
             ",1,,House > Room\n";
    }
  };
  good(0, 2000);
  for (int i = 0; i < 3000; ++i) csv += "Bad " + std::to_string(i) + ",much,,\n";
  good(2000, 3000);
  REQUIRE(csv.size() > k_large);
  const auto report = import(shop, csv);
  CHECK(report.products == 3001);
  CHECK(report.bad_rows == 3003);
  REQUIRE(report.problems.size() == 1000);
  CHECK(report.problems[0].row == 3);
  CHECK(report.problems[0].column == "sku");
  CHECK(report.problems[1].row == 4);
  CHECK(report.problems[1].column == "title");
  CHECK(report.problems[2].row == 5);
  CHECK(report.problems[2].column == "category");
  CHECK(report.problems[3].row == 2006);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "a file of nothing but bad rows can be stopped") {
  std::string csv = "title,price\n";
  for (int i = 0; i < 40'000; ++i) csv += "Bad one,much\n";
  ImportOptions how;
  int calls = 0;
  how.progress = [&](const TransferProgress&) { return ++calls < 3; };
  const auto report = shop.transfer().import_products_text(host, csv, how);
  CHECK_FALSE(report.written);
  CHECK(calls == 3);
  CHECK(report.rows < 2000);
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "a file in which nearly all clash is written row by row") {
  std::string csv = "title,price,sku\n";
  for (int i = 0; i < 6000; ++i) {
    const auto n = std::to_string(i);
    csv += "A rather long title so that the file is large enough " + n + ",1,SKU" +
           std::to_string(i / 2) + "\n";
  }
  REQUIRE(csv.size() > k_large);
  const auto report = import(shop, csv);
  CHECK(report.products == 3000);
  CHECK(report.bad_rows == 3000);
  CHECK(report.problems.size() == 1000);
  CHECK(report.problems.front().row == 3);
  CHECK(report.problems.front().column == "sku");
  check_sound(shop);
}

TEST_CASE_FIXTURE(FillingFixture, "a large file of Shopify's comes out equal") {
  std::string csv =
      "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
      "Variant Inventory Qty,Variant Price,Image Src\r\n";
  const std::string body(400, 'x');
  for (int i = 0; i < 400; ++i) {
    const auto n = std::to_string(i);
    csv += "shirt-" + n + ",Shirt " + n + ",<p>" + body +
           "</p>,Acme,Shirts,\"a, b\",true,Size,S,SH" + n + "S,5,10.00,https://example.com/" + n +
           ".jpg\r\n";
    csv += "shirt-" + n + ",,,,,,,,M,SH" + n + "M,0,12.00,\r\n";
  }
  REQUIRE(csv.size() > 200'000);
  while (csv.size() <= k_large) {
    const auto n = std::to_string(csv.size());
    csv += "hat-" + n + ",Hat " + n + "," + body + ",,,,true,,,,,1.00,\r\n";
  }
  const auto report = import(shop, csv, ImportMode::all_or_nothing);
  for (const auto& problem : report.problems) MESSAGE(problem.row << " " << problem.reason);
  REQUIRE(report.written);
  check_sound(shop);
  CHECK(shop.catalog().product_by_sku(host, "SH7S").in_stock);
  const bool equal = shop.transfer().export_products_text(host, ProductFormat::shopify) == csv;
  CHECK(equal);
  // Two variants of one SKU: such a file goes row by row.
  auto other = Engine::open_memory(options());
  csv += "late,Late,,,,,,,,SH7S,,1.00,\r\n";
  const auto clashing = import(other, csv);
  CHECK(clashing.bad_rows == 1);
  CHECK(clashing.products == report.products);
  check_sound(other);
}
