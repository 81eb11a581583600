// Filling and reading carts, logging in, the report of what sold most.

#include "bench/bench.hpp"
#include "bench/c_side.hpp"
#include "bench/raw_sales.hpp"
#include "bench/seed.hpp"
#include "shop/shop.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace shop::bench {
namespace {

constexpr std::int64_t k_adds = 128;  // in a round: four things in each of 32 carts

/// A copy of the market that one side works on.
struct Copy {
  Copy(const Market& market, const char* side)
      : path(copy_of(market.path, fmt::format("sales-{}-{}.shop", side, market.size))) {}
  ~Copy() {
    for (const char* end : {"", "-wal", "-shm", "-lock"}) std::remove((path + end).c_str());
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  std::string path;
};

struct C {
  C(const Market& market, const std::string& path, bool full) : shop(path, full) {
    for (int i = 0; i < Market::k_carts; ++i) {
      sessions.push_back(shop.log_in(market.buyers[static_cast<std::size_t>(i)].account_id));
    }
  }
  [[nodiscard]] shop_session* session(std::int64_t turn) const {
    return sessions[static_cast<std::size_t>(turn % Market::k_carts)];
  }
  CShop shop;
  std::vector<shop_session*> sessions;
};

void c_add(shop_session* session, const Wish& wish) {
  shop_cart_item_input item;
  SHOP_INIT(&item);
  item.variant_id = wish.variant_id;
  item.quantity = wish.quantity;
  shop_error* error = nullptr;
  CResult<shop_cart_line> line;
  c_check(shop_cart_add(session, 0, &item, line.out(), &error), error);
}

void c_clear(shop_session* session) {
  shop_error* error = nullptr;
  c_check(shop_cart_clear(session, 0, &error), error);
}

void add_to_cart(Report& report, const Market& world, bool full) {
  if (!report.wants("cart_add")) return;
  const Copy raw_file{world, "raw"};
  const Copy cpp_file{world, "cpp"};
  const Copy c_file{world, "c"};
  RawOrders raw{raw_file.path, full ? "FULL" : "NORMAL"};
  auto cpp = Engine::open(cpp_file.path, open_options(full));
  C c{world, c_file.path, full};
  const auto wish = [&](std::int64_t turn) { return world.wishes(0, turn)[0]; };
  const auto who = [&](std::int64_t turn) { return world.buyer(0, turn); };
  const auto cpp_add = [&](int, std::int64_t turn) {
    const auto item = wish(turn);
    (void)cpp.cart().add(world.session(0, turn), 0, {item.variant_id, item.quantity, {}});
  };
  // Everybody starts with an empty cart that is there.
  for (int i = 0; i < Market::k_carts; ++i) {
    raw.add(who(i), wish(i));
    cpp_add(0, i);
    c_add(c.session(i), wish(i));
  }
  const auto every_cart = [](auto clear) {
    return [clear](int, std::int64_t, std::int64_t) {
      for (int i = 0; i < Market::k_carts; ++i) clear(i);
    };
  };
  report.run(
      {.name = "cart_add",
       .size = world.size,
       .sync = full ? "FULL" : "NORMAL",
       .sides = {{"raw", [&](int, std::int64_t turn) { raw.add(who(turn), wish(turn)); },
                  every_cart([&](int i) { raw.clear(who(i)); })},
                 {"libshop_cpp", cpp_add,
                  every_cart([&](int i) { cpp.cart().clear(world.session(0, i), 0); })},
                 {"libshop_c", [&](int, std::int64_t turn) { c_add(c.session(turn), wish(turn)); },
                  every_cart([&](int i) { c_clear(c.session(i)); })}},
       .turns = k_adds});
}

RawRules set_up_rules(Engine& shop) {
  const auto host = shop.host();
  Promotion promotion;
  promotion.name = "A tenth off";
  promotion.benefit.kind = BenefitKind::percent;
  promotion.benefit.rate_ppm = 100'000;
  shop.pricing().put_promotion(host, promotion);
  const auto classes = shop.pricing().tax_classes(host);
  TaxZone zone;
  zone.name = "Everywhere";
  zone.places.push_back({});
  zone.rates.push_back({classes.empty() ? 0 : classes.front().id, "VAT", 200'000});
  shop.pricing().put_tax_zone(host, zone);
  return {"A tenth off", 100'000, "VAT", 200'000};
}

void read_carts(Report& report, const Market& world) {
  if (!report.wants("cart_read")) return;
  const Copy file{world, "read"};
  auto cpp = Engine::open(file.path, open_options(false));
  const auto rules = set_up_rules(cpp);
  C c{world, file.path, false};
  RawSales raw{file.path, "NORMAL", rules};
  for (const std::size_t lines : {std::size_t{3}, std::size_t{50}}) {
    const auto session = world.session(0, static_cast<std::int64_t>(lines));
    const auto& buyer = world.buyer(0, static_cast<std::int64_t>(lines));
    auto* c_session = c.session(static_cast<std::int64_t>(lines));
    std::vector<CartItem> items;
    for (std::int64_t turn = 0; items.size() < lines; ++turn) {
      for (const auto& wish : world.wishes(1, turn)) {
        if (items.size() < lines) items.push_back({wish.variant_id, wish.quantity, {}});
      }
    }
    cpp.cart().add_all(session, 0, items);
    const auto by_hand = raw.read_cart(buyer);
    const auto by_library = cpp.cart().read(session, 0);
    if (by_hand.quote.total != by_library.quote.total ||
        by_hand.quote.tax != by_library.quote.tax || by_library.quote.discount.minor == 0) {
      throw Error(Code::internal, "two sides read different carts");
    }
    report.run(
        {.name = fmt::format("cart_read_{}", lines),
         .size = world.size,
         .sides = {{"raw", [&](int, std::int64_t) { (void)raw.read_cart(buyer); }},
                   {"libshop_cpp", [&](int, std::int64_t) { (void)cpp.cart().read(session, 0); }},
                   {"libshop_c", [&](int, std::int64_t) {
                      shop_error* error = nullptr;
                      CResult<shop_cart> cart;
                      c_check(shop_cart_read(c_session, 0, cart.out(), &error), error);
                    }}}});
  }
}

void log_in(Report& report, const Market& world) {
  if (!report.wants("log_in")) return;
  const Copy raw_file{world, "raw"};
  const Copy cpp_file{world, "cpp"};
  const Copy c_file{world, "c"};
  RawSales raw{raw_file.path, "NORMAL", {}};
  auto cpp = Engine::open(cpp_file.path, open_options(false));
  CShop c{c_file.path, false};
  const auto id = [&](std::int64_t turn) { return world.buyer(0, turn).account_id; };
  report.run(
      {.name = "log_in",
       .size = world.size,
       .sync = "NORMAL",
       .sides = {
           {"raw", [&](int, std::int64_t turn) { (void)raw.log_in(id(turn)); }},
           {"libshop_cpp",
            [&](int, std::int64_t turn) { (void)cpp.accounts().log_in_as(cpp.host(), id(turn)); }},
           {"libshop_c", [&](int, std::int64_t turn) {
              shop_session* session = nullptr;
              shop_error* error = nullptr;
              CResult<shop_log_in> done;
              c_check(shop_accounts_log_in_as(c.host(), id(turn), &session, done.out(), &error),
                      error);
              shop_session_close(session, nullptr);
            }}}});
}

// After a thousand orders; the day is not over, so that some are still unfolded.
void report_top(Report& report, const Market& world) {
  if (!report.wants("report_top_selling")) return;
  const Copy file{world, "report"};
  auto cpp = Engine::open(file.path, open_options(false));
  for (std::int64_t turn = 0; turn < 1000; ++turn) {
    std::vector<CartItem> items;
    for (const auto& wish : world.wishes(0, turn)) {
      items.push_back({wish.variant_id, wish.quantity, {}});
    }
    cpp.cart().add_all(world.session(0, turn), 0, items);
    PlaceInput input;
    input.idempotency_key = fmt::format("r{}", turn);
    (void)cpp.orders().place(world.session(0, turn), 0, input);
  }
  CShop c{file.path, false};
  RawSales raw{file.path, "NORMAL", {}};
  ReportQuery query;
  const auto by_hand = raw.top_selling();
  const auto by_library = cpp.reports().top_selling(cpp.host(), query);
  if (by_hand.size() != 10 || by_library.size() != 10 ||
      by_hand.front().units != by_library.front().units ||
      by_hand.back().units != by_library.back().units) {
    throw Error(Code::internal, "two sides report different sales");
  }
  report.run(
      {.name = "report_top_selling",
       .size = world.size,
       .sides = {{"raw", [&](int, std::int64_t) { (void)raw.top_selling(); }},
                 {"libshop_cpp",
                  [&](int, std::int64_t) { (void)cpp.reports().top_selling(cpp.host(), query); }},
                 {"libshop_c", [&](int, std::int64_t) {
                    shop_report_query asked;
                    SHOP_INIT(&asked);
                    shop_error* error = nullptr;
                    CResult<shop_product_figures_list> figures;
                    c_check(shop_reports_top_selling(c.host(), &asked, figures.out(), &error),
                            error);
                  }}}});
}

void run(Report& report) {
  bool any = false;
  for (const char* name : {"cart_add", "cart_read", "log_in", "report_top_selling"}) {
    any = any || report.wants(name);
  }
  if (!any) return;
  for (const auto size : report.options().sizes) {
    const auto& world = market(report, size);
    for (const bool full : {false, true}) add_to_cart(report, world, full);
    read_carts(report, world);
    log_in(report, world);
    report_top(report, world);
  }
}

const Suite k_suite{"sales", run};

}  // namespace
}  // namespace shop::bench
