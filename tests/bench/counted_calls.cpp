#include "bench/counted_calls.hpp"

#include "bench/c_side.hpp"
#include "bench/catalog_generator.hpp"
#include "bench/seed.hpp"
#include "shop/shop.hpp"

#include <functional>
#include <memory>
#include <vector>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) (void)(name)
#endif

namespace shop::bench {
namespace {

constexpr std::int64_t k_products = 200;

/// The shop of the calls: everything that they ask for is known before they are counted.
struct Counted {
  std::unique_ptr<CShop> shop;
  shop_session* buyer = nullptr;
  std::vector<std::string> slugs;
  std::string category;
  std::vector<Id> variants;

  explicit Counted(const std::string& folder) {
    Options options;
    options.folder = folder;
    Report report{options};
    const auto& world = market(report, k_products);
    {
      auto cpp = Engine::open(world.path, open_options(false));
      const auto page =
          cpp.catalog().products(cpp.host(), {}, ProductOrder::newest, {{}, 200, false});
      for (const auto& card : page.items) slugs.push_back(card.slug);
      category = cpp.catalog().categories(cpp.host(), {}).at(0).slug;
      cpp.close();
    }
    variants = world.variants;
    shop = std::make_unique<CShop>(world.path, false);
    buyer = shop->log_in(world.buyers.front().account_id);
  }

  [[nodiscard]] std::array<Id, 3> three(int turn) const {
    const auto at = [&](int i) {
      return variants[static_cast<std::size_t>(turn * 7 + i * 61) % 200];
    };
    return {at(0), at(1), at(2)};
  }
};

void slug(Counted& it, int turn) {
  shop_error* error = nullptr;
  CResult<shop_product> product;
  const auto& slug = it.slugs[static_cast<std::size_t>(turn) % it.slugs.size()];
  c_check(shop_catalog_product_by_slug(it.shop->guest(), slug.c_str(), product.out(), &error),
          error);
}

void page(Counted& it, int) {
  shop_product_filter filter;
  SHOP_INIT(&filter);
  filter.category = c_text(it.category);
  shop_page_query query;
  SHOP_INIT(&query);
  query.limit = 20;
  query.with_total = 1;
  shop_error* error = nullptr;
  CResult<shop_product_card_page> cards;
  c_check(shop_catalog_products(it.shop->guest(), &filter, SHOP_PRODUCT_ORDER_PRICE_UP, &query,
                                cards.out(), &error),
          error);
}

void cart_add(Counted& it, int turn) {
  shop_cart_item_input item;
  SHOP_INIT(&item);
  item.variant_id = it.three(turn)[0];
  item.quantity = 1;
  shop_error* error = nullptr;
  CResult<shop_cart_line> line;
  c_check(shop_cart_add(it.buyer, 0, &item, line.out(), &error), error);
}

void quote(Counted& it, int turn) {
  shop_quote_request_line_input lines[3];
  const auto ids = it.three(turn);
  for (std::size_t i = 0; i < 3; ++i) {
    SHOP_INIT(&lines[i]);
    lines[i].variant_id = ids[i];
    lines[i].quantity = 2;
  }
  const shop_quote_request_line_input_list list{sizeof list, sizeof *lines, 3, lines};
  shop_quote_request_input input;
  SHOP_INIT(&input);
  input.lines = &list;
  shop_error* error = nullptr;
  CResult<shop_quote> result;
  c_check(shop_pricing_quote(it.buyer, &input, result.out(), &error), error);
}

void fill(Counted& it, int turn) {
  shop_cart_item_input items[3];
  const auto ids = it.three(turn);
  for (std::size_t i = 0; i < 3; ++i) {
    SHOP_INIT(&items[i]);
    items[i].variant_id = ids[i];
    items[i].quantity = 1;
  }
  const shop_cart_item_input_list list{sizeof list, sizeof *items, 3, items};
  shop_error* error = nullptr;
  CResult<shop_cart_line_list> lines;
  c_check(shop_cart_add_all(it.buyer, 0, &list, lines.out(), &error), error);
}

void place(Counted& it, int turn) {
  shop_payment_input payment;
  SHOP_INIT(&payment);
  payment.tender = SHOP_TENDER_CARD;
  const shop_payment_input_list payments{sizeof payments, sizeof payment, 1, &payment};
  shop_place_input input;
  SHOP_INIT(&input);
  const auto key = "order " + std::to_string(turn);
  input.idempotency_key = c_text(key);
  input.payments = &payments;
  shop_error* error = nullptr;
  CResult<shop_order> order;
  c_check(shop_orders_place(it.buyer, 0, &input, order.out(), &error), error);
}

void fill_and_place(Counted& it, int turn) {
  fill(it, turn);
  place(it, turn);
}

}  // namespace

void run_counted_calls(const std::string& folder, const std::string& only, int turns) {
  Counted it{folder};
  struct Call {
    const char* name;
    void (*call)(Counted&, int);
  };
  constexpr int k_warm_up = 20;
  for (const Call& each : {Call{"slug", slug}, Call{"page", page}, Call{"cart_add", cart_add},
                           Call{"quote", quote}, Call{"fill_and_place", fill_and_place}}) {
    if (!only.empty() && only != each.name) continue;
    for (int turn = 0; turn < k_warm_up; ++turn) each.call(it, turn);
    CALLGRIND_ZERO_STATS;
    for (int turn = k_warm_up; turn < k_warm_up + turns; ++turn) each.call(it, turn);
    CALLGRIND_DUMP_STATS_AT(each.name);
  }
}

}  // namespace shop::bench
