#include "orders/documents.hpp"

#include "support/start_of_test.hpp"

#include <doctest/doctest.h>

using namespace shop;
using namespace shop::test;

namespace {

Money pounds(std::int64_t minor) {
  return {minor, "GBP"};
}

/// An order with something of everything, as no shop would have it at once.
Order full_order() {
  Order order;
  order.number = "ORD-20261122-000007";
  order.placed_at = start_of_test;
  order.status = OrderStatus::confirmed;
  order.tax_included = false;
  order.country = "GB";
  OrderLine line;
  line.line_no = 1;
  line.title = "Cheese <blue>";
  line.sku = "CH&1";
  line.quantity = 1250;
  line.by_measure = true;
  line.unit_price = pounds(1000);
  line.subtotal = pounds(1250);
  order.lines.push_back(line);
  line = {};
  line.line_no = 2;
  line.title = "A mug with a name that is far too long for a strip of paper: häßlich";
  line.variant_title = "Red";
  line.quantity = 1;
  line.unit_price = line.subtotal = pounds(500);
  order.lines.push_back(line);
  order.adjustments = {{AdjustmentKind::coupon, 5, "Ten off", "TEN", 1, pounds(-125)},
                       {AdjustmentKind::tax_exemption, 0, {}, {}, 2, pounds(-10)},
                       {AdjustmentKind::free_shipping, 6, "Free delivery", {}, {}, pounds(-300)},
                       {AdjustmentKind::promotion, 7, "Points only", {}, {}, pounds(0)}};
  order.shipping_method_id = 9;
  order.shipping_name = "Post";
  order.shipping = pounds(300);
  order.taxes = {{"VAT", 200'000, pounds(1600), pounds(320)}};
  order.cash_rounding = pounds(-3);
  order.total = pounds(1932);
  order.paid = pounds(1000);
  order.refunded = pounds(200);
  Payment cash;
  cash.tender = Tender::cash;
  cash.authorized = cash.captured = pounds(1000);
  cash.tendered = pounds(2000);
  cash.change = pounds(1000);
  cash.refunded = pounds(200);
  Payment voided;
  voided.tender = Tender::card;
  voided.authorized = pounds(932);
  voided.captured = pounds(0);
  voided.voided = true;
  order.payments = {cash, voided};
  return order;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a receipt says what was bought, taken off, added and paid, in 42 columns") {
  const auto order = full_order();
  const auto text = orders::receipt_text(order, 60);
  for (const char* part :
       {"1.250 × 10.00", "Ten off (TEN)", "-1.25", "Tax exemption", "Post", "Free delivery",
        "VAT 20 %", "Rounding", "TOTAL GBP", "19.32", "Cash", "20.00", "Change", "Given back"}) {
    CAPTURE(std::string{part});
    CHECK(has(text, part));
  }
  CHECK_FALSE(has(text, "incl."));
  CHECK_FALSE(has(text, "Card"));
  CHECK_FALSE(has(text, "Points only"));
  CHECK_FALSE(has(text, "CANCELED"));
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = text.find('\n', begin);
    std::size_t width = 0;
    for (const char c : text.substr(begin, end - begin)) {
      if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++width;
    }
    CHECK(width <= 42);
    begin = end + 1;
  }
  auto canceled = order;
  canceled.status = OrderStatus::canceled;
  canceled.tax_included = true;
  CHECK(has(orders::receipt_text(canceled, 0), "CANCELED"));
  CHECK(has(orders::receipt_text(canceled, 0), "incl. VAT 20 %"));
}

TEST_CASE("an invoice says the same, and nobody's text is markup") {
  auto order = full_order();
  auto html = orders::invoice_html(order, 0);
  for (const char* part :
       {"Cheese &lt;blue&gt;", "CH&amp;1", "1.250", "Ten off (TEN)", "Tax exemption", "Post",
        "Free delivery", "VAT 20 % on 16.00", "Rounding", "Total GBP", "Paid: Cash", "Given back",
        "Still to be paid", "9.32"}) {
    CAPTURE(std::string{part});
    CHECK(has(html, part));
  }
  CHECK_FALSE(has(html, "Cheese <blue>"));
  CHECK_FALSE(has(html, "including "));
  CHECK_FALSE(has(html, "Paid: Card"));
  CHECK_FALSE(has(html, "Points only"));
  CHECK(has(html, "<address>GB</address>"));

  order.address = Address{"Ann & Co", {}, "1 High St", {}, "AB1 2CD", "Town", {}, "GB", {}};
  order.status = OrderStatus::canceled;
  order.tax_included = true;
  html = orders::invoice_html(order, 0);
  CHECK(has(html, "Ann &amp; Co<br>1 High St<br>AB1 2CD Town<br>GB"));
  CHECK(has(html, "CANCELED"));
  CHECK(has(html, "including VAT 20 %"));
  CHECK_FALSE(has(html, "Still to be paid"));
  order.address->postal_code.clear();
  CHECK(has(orders::invoice_html(order, 0), "1 High St<br>Town<br>GB"));
}
