#include "shop/pricing.hpp"
#include "shop/recommend.hpp"
#include "shop/reports.hpp"
#include "shop/transfer.hpp"
#include "support/orders_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct LinesFixture : OrdersFixture {
  Id offer(const std::string& title, const std::string& sku) {
    ProductInput input;
    input.title = title;
    input.simple.price = {1000, {}};
    input.simple.sku = sku;
    const auto variant = shop.catalog().create_product(host, input).variants.front().id;
    receive(variant, 5);
    return variant;
  }
  Id mug = offer("Mug", "MUG");
  Id tea = offer("Tea", "TEA");
};

constexpr const char* k_good =
    "Order,Placed_at,SKU,Quantity,Unit_price,Discount,Country\r\n"
    "#1001,2025-12-24T18:30:00Z,MUG,2,9.50,1.00,GB\r\n"
    "#1001,2025-12-24T18:30:00Z,TEA,1,3.00,,GB\r\n"
    "#1002,2025-12-25 09:00:00,TEA,3,3.00,,DE\r\n";

}  // namespace

TEST_CASE_FIXTURE(LinesFixture, "orders of another system become history that the figures count") {
  const auto report = shop.transfer().import_order_lines_text(host, k_good, {});
  CHECK(report.written);
  CHECK(report.rows == 3);
  CHECK(report.orders == 2);
  CHECK(report.lines == 3);
  CHECK(report.problems.empty());
  const auto first = shop.orders().by_number(host, "ORD-20251224-000001");
  CHECK(first.total.minor == 2100);
  CHECK(first.discount.minor == 100);
  CHECK(first.summary == "completed");
  CHECK(first.payments.front().tender == Tender::other);
  CHECK(shop.reports().dashboard(host, {}).total.revenue.minor == 3000);
  CHECK(shop.inventory().level(host, mug).on_hand == 5);
  check_verified();
  const auto again = shop.transfer().import_order_lines_text(host, k_good, {});
  CHECK(again.known == 2);
  CHECK(again.orders == 0);
  CHECK(shop.orders().list(host, {}, {.with_total = true}).total == 2);
  const auto csv = shop.transfer().export_order_lines_text(host);
  CHECK(csv.starts_with("order,placed_at,sku,quantity,unit_price,discount,country,region,"));
  CHECK(csv.find("ORD-20251224-000001,2025-12-24T18:30:00Z,MUG,2,9.50,1.00,GB,,1,Mug,") !=
        std::string::npos);
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "what was exported can be imported elsewhere") {
  shop.transfer().import_order_lines_text(host, k_good, {});
  buy(mug, 2, "a");
  const auto csv = shop.transfer().export_order_lines_text(host);
  LinesFixture other;
  const auto report = other.shop.transfer().import_order_lines_text(other.host, csv, {});
  CHECK(report.orders == 3);
  CHECK(other.shop.reports().dashboard(other.host, {}).total.revenue.minor ==
        shop.reports().dashboard(host, {}).total.revenue.minor);
  other.check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "each bad row is told; all or nothing, or the good orders") {
  const std::string bad = std::string{k_good} +
                          "#1003,2025-12-25T09:00:00Z,NOPE,1,3.00,,\r\n"
                          "#1004,yesterday,MUG,1,3.00,,\r\n"
                          "#1004,2025-12-25T09:00:00Z,MUG,0,3.00,,\r\n"
                          "#1005,2025-12-25T09:00:00Z,MUG,1,3.00,4.00,\r\n"
                          "#1006,2099-01-01T00:00:00Z,MUG,1,x,,\r\n";
  const auto none = shop.transfer().import_order_lines_text(host, bad, {});
  CHECK_FALSE(none.written);
  CHECK(none.bad_rows == 5);
  REQUIRE(none.problems.size() == 5);
  CHECK(none.problems[0].row == 5);
  CHECK(none.problems[0].column == "sku");
  CHECK(none.problems[0].code == "not_found");
  CHECK(none.problems[1].column == "placed_at");
  CHECK(none.problems[2].column == "quantity");
  CHECK(none.problems[3].code == "too_much");
  CHECK(none.problems[4].column == "unit_price");
  CHECK(shop.orders().list(host, {}, {.with_total = true}).total == 0);
  const auto some = shop.transfer().import_order_lines_text(host, bad, {ImportMode::good_rows});
  CHECK(some.written);
  CHECK(some.orders == 2);
  CHECK(some.bad_rows == 5);
  check_verified();
  const auto dry =
      shop.transfer().import_order_lines_text(host, k_good, {ImportMode::all_or_nothing, true});
  CHECK_FALSE(dry.written);
  const auto error =
      error_of([&] { return shop.transfer().import_order_lines_text(host, "order,sku\r\n", {}); });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
  CHECK(code_of([&] {
          return shop.transfer().import_order_lines_text(customer("ann"), k_good, {});
        }) == Code::forbidden);
  CHECK(code_of([&] { return shop.transfer().export_order_lines_text(admin()); }) ==
        Code::step_up_required);
}

TEST_CASE_FIXTURE(LinesFixture, "what is too dear to be kept exactly is a bad row like others") {
  const std::string dear = std::string{k_good} +
                           "#1003,2025-12-25T09:00:00Z,MUG,2,90071992547409.91,,\r\n"
                           "#1003,2025-12-25T09:00:00Z,TEA,1,1.00,,\r\n"
                           "#1004,2025-12-25T09:00:00Z,MUG,1,90071992547409.91,,\r\n"
                           "#1004,2025-12-25T09:00:00Z,TEA,1,1.00,,\r\n";
  const auto some = shop.transfer().import_order_lines_text(host, dear, {ImportMode::good_rows});
  CHECK(some.orders == 2);
  CHECK(some.bad_rows == 4);
  REQUIRE(some.problems.size() == 4);
  CHECK(some.problems[0].row == 5);
  CHECK(some.problems[0].column == "unit_price");
  CHECK(some.problems[0].code == "out_of_range");
  CHECK(some.problems[1].code == "order_bad");
  CHECK(some.problems[2].row == 7);  // each line can be kept, their sum cannot
  CHECK(some.problems[2].code == "out_of_range");
  CHECK(shop.orders().list(host, {}, {.with_total = true}).total == 2);
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "imported orders have their customers and their tax") {
  const auto ann = customer("ann");
  customer("ben");
  const auto csv =
      "order,placed_at,sku,quantity,unit_price,tax,customer\r\n"
      "1,2025-12-01T10:00:00Z,MUG,1,12.00,2.00,ann\r\n"
      "1,2025-12-01T10:00:00Z,TEA,1,6.00,1.00,ann\r\n"
      "2,2025-12-02T10:00:00Z,MUG,1,12.00,2.00,BEN\r\n"
      "2,2025-12-02T10:00:00Z,TEA,1,6.00,,\r\n"
      "3,2025-12-03T10:00:00Z,TEA,1,6.00,1.00,ann\r\n"
      "4,2025-12-04T10:00:00Z,TEA,1,6.00,1.00,\r\n";
  const auto report = shop.transfer().import_order_lines_text(host, csv, {});
  CHECK(report.orders == 4);
  const auto mine = shop.orders().mine(ann, {});
  REQUIRE(mine.items.size() == 2);
  const auto first = shop.orders().by_number(host, "ORD-20251201-000001");
  CHECK(first.customer_id == ann.user_id());
  CHECK(first.tax.minor == 300);
  CHECK(first.total.minor == 1800);
  REQUIRE(first.taxes.size() == 1);
  CHECK(first.taxes[0].base.minor == 1500);
  const auto total = shop.reports().dashboard(host, {}).total;
  CHECK(total.tax.minor == 700);
  CHECK(total.new_orders == 2);
  CHECK(total.returning_orders == 1);
  CHECK(shop.reports().customers(host, {}, {.with_total = true}).total == 2);
  shop.recommend().refresh(host);
  const auto pairs = shop.recommend().associations(host, 2, {});
  REQUIRE(pairs.items.size() == 1);
  CHECK(pairs.items[0].support == 2);
  check_verified();
  const auto out = shop.transfer().export_order_lines_text(host);
  CHECK(out.find(",ann\r\n") != std::string::npos);
  LinesFixture other;
  other.customer("ann");
  other.customer("ben");
  CHECK(other.shop.transfer().import_order_lines_text(other.host, out, {}).orders == 4);
  CHECK(other.shop.reports().dashboard(other.host, {}).total.tax.minor == 700);
  CHECK(other.shop.reports().dashboard(other.host, {}).total.new_orders == 2);
  other.check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "tax comes on top of prices that are without; bad ones are told") {
  PricingSettings without;
  without.tax_included = false;
  shop.pricing().set_settings(host, without);
  const auto csv =
      "order,placed_at,sku,quantity,unit_price,tax,customer\r\n"
      "1,2025-12-01T10:00:00Z,MUG,1,10.00,2.00,\r\n"
      "2,2025-12-01T11:00:00Z,MUG,1,10.00,2.00,nobody\r\n"
      "3,2025-12-01T12:00:00Z,MUG,1,10.00,-1,\r\n";
  const auto report = shop.transfer().import_order_lines_text(host, csv, {ImportMode::good_rows});
  CHECK(report.orders == 1);
  REQUIRE(report.problems.size() == 2);
  CHECK(report.problems[0].row == 3);
  CHECK(report.problems[0].column == "customer");
  CHECK(report.problems[0].code == "not_found");
  CHECK(report.problems[1].column == "tax");
  CHECK(shop.orders().by_number(host, "ORD-20251201-000001").total.minor == 1200);
  without.tax_included = true;
  shop.pricing().set_settings(host, without);
  const auto more = shop.transfer().import_order_lines_text(
      host,
      "order,placed_at,sku,quantity,unit_price,tax\r\n9,2025-12-01T10:00:00Z,MUG,1,1.00,2.00\r\n",
      {});
  REQUIRE(more.problems.size() == 1);
  CHECK(more.problems[0].code == "too_much");
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "Shopify's inventory quantity becomes stock and comes out again") {
  const std::string csv =
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\r\n"
      "bowl,Bowl,Size,Small,B-S,7,5.00\r\n"
      "bowl,,,Large,B-L,,6.00\r\n";
  const auto report = shop.transfer().import_products_text(host, csv, {});
  CHECK(report.products == 1);
  const auto bowl = shop.catalog().product_by_sku(host, "B-S");
  CHECK(bowl.in_stock);
  const auto small = bowl.variants.front().id;
  CHECK(shop.inventory().level(host, small).on_hand == 7);
  CHECK(shop.inventory().level(host, bowl.variants.back().id).on_hand == 0);
  const auto same = shop.transfer().export_products_text(host, ProductFormat::shopify);
  CHECK(same.find("B-S,7,5.00") != std::string::npos);
  CHECK(same.find("B-L,,6.00") != std::string::npos);
  buy(small, 3, "a");
  const auto after = shop.transfer().export_products_text(host, ProductFormat::shopify);
  CHECK(after.find("B-S,4,5.00") != std::string::npos);
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "each cell of an order's row is told when it is wrong") {
  std::string last_problem;
  const auto problem_of = [&](const std::string& rows) {
    const auto report = shop.transfer().import_order_lines_text(
        host, "order,placed_at,sku,quantity,unit_price,discount,country,region\r\n" + rows, {});
    CHECK_FALSE(report.written);
    REQUIRE(!report.problems.empty());
    last_problem = report.problems.back().column + " " + report.problems.back().code;
    return report.problems.front().column + " " + report.problems.front().code;
  };
  const std::string at = "2025-12-25T09:00:00Z";
  for (const char* wrong :
       {"2025-12-25", "2025/12-25T09:00:00Z", "2025-12/25T09:00:00Z", "2025-12-25T09-00:00Z",
        "2025-12-25T09:00-00Z", "1969-12-25T09:00:00Z", "2025-13-25T09:00:00Z",
        "2025-00-25T09:00:00Z", "2025-12-32T09:00:00Z", "2025-12-25T24:00:00Z",
        "2025-12-25T09:60:00Z", "2025-12-25T09:00:60Z", "2025-12-25T09:00:xxZ",
        "2025-02-30T09:00:00Z", "2025-02-29T09:00:00Z"}) {
    CAPTURE(std::string{wrong});
    CHECK(problem_of("1," + std::string{wrong} + ",MUG,1,1.00,,,\r\n") == "placed_at invalid");
  }
  for (const char* wrong : {"", "0", "-1", "1.5", "2x", "1000001", "99999999999999999999"}) {
    CAPTURE(std::string{wrong});
    CHECK(problem_of("1," + at + ",MUG," + wrong + ",1.00,,,\r\n") == "quantity invalid");
  }
  CHECK(problem_of("1," + at + ",,1,1.00,,,\r\n") == "sku required");
  CHECK(problem_of("1," + at + ",MUG,1,-1,,,\r\n") == "unit_price invalid");
  CHECK(problem_of("1," + at + ",MUG,1,1.00,x,,\r\n") == "discount invalid");
  CHECK(problem_of("," + at + ",MUG,1,1.00,,,\r\n") == "order required");
  CHECK(problem_of(std::string(101, '7') + "," + at + ",MUG,1,1.00,,,\r\n") == "order too_long");
  CHECK(problem_of("1,2099-01-01T00:00:00Z,MUG,1,1.00,,,\r\n") == "placed_at in_future");
  CHECK(problem_of("1," + at + ",MUG,1,1.00,,,\r\n1,2025-12-25T10:00:00Z,TEA,1,1.00,,,\r\n") ==
        " order_bad");
  CHECK(last_problem == "placed_at differs");
  CHECK(shop.transfer()
            .import_order_lines_text(host,
                                     "order,placed_at,sku,quantity,unit_price\r\n"
                                     "1,2024-02-29T09:00:00Z,MUG,1,1.00\r\n",
                                     {})
            .orders == 1);
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "a country or a region that is too long is told, not cut") {
  std::string odd = "x";
  for (int i = 0; i < 30; ++i) odd += "\u00e9";  // 61 bytes: the last letter would be halved
  const auto import = [&](const std::string& country, const std::string& region) {
    return shop.transfer().import_order_lines_text(
        host,
        "order,placed_at,sku,quantity,unit_price,country,region\r\n"
        "1,2025-12-25T09:00:00Z,MUG,1,1.00," +
            country + "," + region + "\r\n",
        {});
  };
  for (const auto& report : {import(odd, "R"), import("GB", odd)}) {
    CHECK_FALSE(report.written);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems.front().code == "too_long");
  }
  CHECK(import("GB", odd.substr(1)).orders == 1);
}

TEST_CASE_FIXTURE(LinesFixture,
                  "what is not UTF-8 is read as Windows-1252, what is no text is told") {
  const auto import = [&](const std::string& order, const std::string& region) {
    return shop.transfer().import_order_lines_text(
        host,
        "order,placed_at,sku,quantity,unit_price,region\r\n" + order +
            ",2025-12-25T09:00:00Z,MUG,1,1.00," + region + "\r\n",
        {});
  };
  REQUIRE(import("K\xF6ln-7", "K\xF6ln").orders == 1);
  const auto made = shop.orders().by_number(host, "ORD-20251225-000001");
  CHECK(made.region == "K\u00f6ln");
  CHECK(made.note == "imported: K\u00f6ln-7");
  CHECK(import("K\u00f6ln-7", "").known == 1);
  const std::string nul(1, '\0');
  for (const auto& bad : {import("8", "A\x01\x02"), import("8", "A" + nul), import("8\x07", "A"),
                          import("8" + nul, "A")}) {
    CHECK_FALSE(bad.written);
    CHECK(bad.bad_rows == 1);
    REQUIRE(bad.problems.size() == 1);
    const auto& problem = bad.problems.front();
    CHECK(problem.row == 2);
    CHECK((problem.column == "region" || problem.column == "order"));
    CHECK((problem.code == "control_character" || problem.code == "invalid_utf8"));
  }
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "canceled orders and what came back stay that elsewhere") {
  customer("ann");
  shop.transfer().import_order_lines_text(
      host,
      "order,placed_at,sku,quantity,unit_price,discount,customer\r\n"
      "1,2025-12-01T10:00:00Z,MUG,3,10.00,1.00,ann\r\n"
      "1,2025-12-01T10:00:00Z,TEA,1,3.00,,ann\r\n",
      {});
  const auto part = shop.orders().by_number(host, "ORD-20251201-000001");
  const auto gone = buy(mug, 2, "gone");
  const auto back = buy(tea, 2, "back");
  shop.orders().cancel(host, gone.id, "changed their mind");
  shop.orders().return_items(host, part.id, {"r1", {{1, 2, true, {}}}, false, {}});
  shop.orders().return_items(host, back.id, {"r2", {{1, 2, true, {}}}, false, {}});
  const auto csv = shop.transfer().export_order_lines_text(host);
  LinesFixture other;
  other.customer("ann");
  const auto report = other.shop.transfer().import_order_lines_text(other.host, csv, {});
  CHECK(report.problems.empty());
  CHECK(report.orders == 3);
  const auto here = shop.reports().dashboard(host, {}).total;
  const auto there = other.shop.reports().dashboard(other.host, {}).total;
  CHECK(there.orders == here.orders);
  CHECK(there.units == here.units);
  CHECK(there.revenue == here.revenue);
  CHECK(there.returned == here.returned);
  CHECK(there.returned_units == here.returned_units);
  const auto canceled = other.shop.orders().by_number(other.host, gone.number);
  CHECK(canceled.summary == "canceled");
  CHECK(canceled.paid.minor == 0);
  const auto some = other.shop.orders().by_number(other.host, part.number);
  CHECK(some.summary == "completed");
  CHECK(some.payment_status == PaymentStatus::part_refunded);
  CHECK(some.lines.front().returned == 2);
  CHECK(some.refunded == shop.orders().get(host, part.id).refunded);
  CHECK(other.shop.orders().by_number(other.host, back.number).summary == "returned");
  CHECK(other.shop.inventory().level(other.host, other.mug).on_hand == 5);
  CHECK(other.shop.transfer().import_order_lines_text(other.host, csv, {}).known == 3);
  CHECK(other.shop.transfer().export_order_lines_text(other.host) == csv);
  other.check_verified();
  const auto wrong = [&](const std::string& returned) {
    const auto told = shop.transfer().import_order_lines_text(
        host,
        "order,placed_at,sku,quantity,unit_price,returned\r\n"
        "x,2025-12-01T10:00:00Z,MUG,3,10.00," +
            returned + "\r\n",
        {});
    REQUIRE(told.problems.size() == 1);
    return told.problems.front().column + " " + told.problems.front().code;
  };
  for (const char* returned : {"4", "-1", "some"}) CHECK(wrong(returned) == "returned invalid");
  check_verified();
}

TEST_CASE_FIXTURE(LinesFixture, "an order has a thousand lines, a report a thousand problems") {
  std::string csv = "order,placed_at,sku,quantity,unit_price\r\n";
  const std::string row = ",2025-12-25T09:00:00Z,MUG,1,1.00\r\n";
  for (int i = 0; i < 1001; ++i) csv += "1" + row;
  const auto many = shop.transfer().import_order_lines_text(host, csv, {});
  CHECK_FALSE(many.written);
  CHECK(many.bad_rows == 1001);
  CHECK(many.problems.size() <= 1000);
  CHECK(many.problems.front().code == "order_bad");
  csv = "order,placed_at,sku,quantity,unit_price\r\n";
  for (int i = 0; i < 700; ++i) csv += std::to_string(i) + row;
  const auto good = shop.transfer().import_order_lines_text(host, csv, {});
  CHECK(good.orders == 700);
  check_verified();
}
