#include "support/orders_fixture.hpp"
#include "support/people.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>

using namespace shop;
using namespace shop::test;

namespace {

struct NoticeFixture : OrdersFixture {
  Session anna = a_customer(shop, 1);
  Seller seller;

  NoticeFixture() {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    seller = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}});
  }

  Product offer(const std::string& title, std::int64_t stock) {
    ProductInput input;
    input.title = title;
    input.simple.price = {2500, {}};
    auto product = shop.catalog().create_product(anna, input);
    if (stock > 0) receive(product.variants.front().id, stock);
    return product;
  }

  std::vector<Notification> low_notices() {
    return shop.notify().list(anna, {.kind = NotificationKind::low_stock}, {}).items;
  }
};

}  // namespace

TEST_CASE_FIXTURE(NoticeFixture,
                  "a seller is told once each time its stock falls to its threshold") {
  const auto bowl = offer("Bowl", 6).variants.front().id;
  shop.inventory().set_threshold(anna, {.variant_id = bowl, .low = 3});
  buy(bowl, 2, "a");
  CHECK(low_notices().empty());
  buy(bowl, 1, "b");
  REQUIRE(low_notices().size() == 1);
  CHECK(low_notices().front().title == "Only 3 of Bowl left");
  buy(bowl, 1, "c");
  CHECK(low_notices().size() == 1);
  receive(bowl, 4);
  const auto order = buy(bowl, 6, "d");
  REQUIRE(low_notices().size() == 2);
  CHECK(low_notices().front().title == "Bowl is sold out");
  shop.orders().cancel(host, order.id, {});
  CHECK(low_notices().size() == 2);
  shop.notify().set_preference(anna, {NotificationKind::low_stock, false, false});
  buy(bowl, 6, "e");
  CHECK(low_notices().size() == 2);
  CHECK(code_of([&] { return buy(bowl, 1, "f"); }) == Code::out_of_stock);
  check_verified();
}

TEST_CASE_FIXTURE(NoticeFixture, "buying what was put aside tells nobody anything new") {
  const auto bowl = offer("Bowl", 6).variants.front().id;
  shop.inventory().set_threshold(anna, {.variant_id = bowl, .low = 3});
  const auto ben = a_customer(shop, 2);
  const auto cleo = a_customer(shop, 3);
  shop.cart().add(ben, 0, {bowl, 6, {}});
  shop.cart().reserve(ben, 0, 30);
  CHECK(low_notices().size() == 1);
  shop.wishlist().wait_for(cleo, bowl);
  const auto events = [&] {
    std::multiset<std::string> types;
    for (const auto& event : shop.events().list(host, {"", 500, false}).items) {
      types.insert(event.type);
    }
    return std::pair{types.count("stock.low"), types.count("stock.back")};
  };
  const auto before = events();
  shop.orders().place(ben, 0, paid_in_cash("a"));
  CHECK(low_notices().size() == 1);
  CHECK(events() == before);
  CHECK(shop.notify().list(cleo, {}, {}).items.empty());
  CHECK(shop.inventory().level(host, bowl).on_hand == 0);
  check_verified();
}

TEST_CASE_FIXTURE(NoticeFixture, "what the shop itself sells is nobody's notification") {
  const auto mug = sell("Mug", 1000, 4);
  shop.inventory().set_threshold(host, {.variant_id = mug, .low = 3});
  buy(mug, 2, "a");
  CHECK(low_notices().empty());
}

TEST_CASE_FIXTURE(NoticeFixture,
                  "a seller's rating is that of its published reviews, whatever happens") {
  shop.reviews().set_settings(host, {.requirement = ReviewRequirement::anyone});
  std::vector<Id> products;
  for (int i = 0; i < 3; ++i) products.push_back(offer("Bowl " + std::to_string(i), 0).id);
  std::vector<Session> people;
  for (int i = 0; i < 6; ++i) people.push_back(a_customer(shop, 10 + i));
  struct Kept {
    Review review;
    std::size_t by = 0;
  };
  std::map<Id, Kept> kept;
  std::mt19937 random{20261122};
  const auto any = [&](std::size_t below) { return std::size_t{random()} % below; };
  for (int step = 0; step < 300; ++step) {
    const auto what = any(5);
    if (kept.empty() || what == 0) {
      const auto by = any(people.size());
      const auto product = products[any(products.size())];
      try {
        const auto review =
            shop.reviews().add(people[by], {product, 1 + static_cast<std::int64_t>(any(5))});
        kept[review.id] = {review, by};
      } catch (const Error& error) {
        CHECK(error.code() == Code::already_exists);
      }
      continue;
    }
    auto at = kept.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(any(kept.size())));
    auto& [review, by] = at->second;
    if (what == 1) {
      review = shop.reviews().update(people[by], {.review_id = review.id,
                                                  .version = review.version,
                                                  .stars = 1 + static_cast<std::int64_t>(any(5))});
    } else if (what == 2) {
      const auto status = any(2) == 0 ? ReviewStatus::hidden : ReviewStatus::published;
      review = shop.reviews().moderate(host, {review.id, status, {}});
    } else if (what == 3) {
      shop.reviews().remove(people[by], review.id);
      kept.erase(at);
    } else if (step % 60 == 59 && people.size() > 2) {
      shop.accounts().erase(host, people[by].user_id());
      const auto gone = by;
      std::erase_if(kept, [&](const auto& row) { return row.second.by == gone; });
      people[gone] = a_customer(shop, 100 + step);
    }
  }
  std::int64_t stars = 0;
  std::int64_t count = 0;
  for (const auto& [id, row] : kept) {
    if (row.review.status != ReviewStatus::published) continue;
    stars += row.review.stars;
    ++count;
  }
  REQUIRE(count > 0);
  const auto now = shop.sellers().get(host, seller.id);
  CHECK(now.rating_count == count);
  CHECK(std::abs(now.rating_milli - stars * 1000 / count) <= 1);
  check_verified();
}
