// An opened shop keeps its rules in memory between quotes: whatever changes them is seen by the
// next quote, whoever made the change.

#include "support/shop_fixture.hpp"

#include <string>

using namespace shop;
using namespace shop::test;

namespace {

Id thing_at(Engine& shop, std::int64_t minor) {
  ProductInput input;
  input.title = "A thing";
  input.simple.price = {minor, {}};
  return shop.catalog().create_product(shop.host(), input).variants.at(0).id;
}

Promotion percent_off(std::int64_t percent) {
  Promotion out;
  out.name = "Off";
  out.benefit.kind = BenefitKind::percent;
  out.benefit.rate_ppm = percent * 10'000;
  return out;
}

std::int64_t total(Engine& shop, Id variant_id) {
  QuoteRequest request;
  request.lines = {{variant_id, 1}};
  return shop.pricing().quote(shop.host(), request).total.minor;
}

}  // namespace

TEST_CASE("a changed promotion counts at the next quote") {
  ShopFixture it;
  const auto thing = thing_at(it.shop, 1000);
  CHECK(total(it.shop, thing) == 1000);
  auto promotion = it.shop.pricing().put_promotion(it.host, percent_off(10));
  CHECK(total(it.shop, thing) == 900);
  CHECK(total(it.shop, thing) == 900);
  promotion.benefit.rate_ppm = 500'000;
  it.shop.pricing().put_promotion(it.host, promotion);
  CHECK(total(it.shop, thing) == 500);
  promotion.active = false;
  it.shop.pricing().put_promotion(it.host, promotion);
  CHECK(total(it.shop, thing) == 1000);
}

TEST_CASE("a change that was refused is not kept") {
  ShopFixture it;
  const auto thing = thing_at(it.shop, 1000);
  it.shop.pricing().put_promotion(it.host, percent_off(10));
  CHECK(total(it.shop, thing) == 900);
  auto missing = percent_off(90);
  missing.id = 12345;
  CHECK(error_of([&] { return it.shop.pricing().put_promotion(it.host, missing); }).code() ==
        Code::not_found);
  CHECK(total(it.shop, thing) == 900);
}

TEST_CASE("another engine on the same file changes the rules for both") {
  const TempFolder folder;
  ShopFixture it;
  auto one = Engine::open(folder.path("a.shop"), it.options());
  auto two = Engine::open(folder.path("a.shop"), it.options());
  const auto thing = thing_at(one, 1000);
  auto promotion = one.pricing().put_promotion(one.host(), percent_off(10));
  CHECK(total(one, thing) == 900);
  CHECK(total(two, thing) == 900);
  promotion.benefit.rate_ppm = 200'000;
  two.pricing().put_promotion(two.host(), promotion);
  CHECK(total(one, thing) == 800);
  CHECK(total(two, thing) == 800);
}

TEST_CASE("a fork and a shop that was read from a dump have rules of their own") {
  const TempFolder folder;
  ShopFixture it;
  const auto thing = thing_at(it.shop, 1000);
  auto promotion = it.shop.pricing().put_promotion(it.host, percent_off(10));
  CHECK(total(it.shop, thing) == 900);
  auto fork = it.shop.fork();
  promotion.benefit.rate_ppm = 300'000;
  fork.pricing().put_promotion(fork.host(), promotion);
  promotion.benefit.rate_ppm = 400'000;
  it.shop.pricing().put_promotion(it.host, promotion);
  CHECK(total(fork, thing) == 700);
  CHECK(total(it.shop, thing) == 600);

  it.shop.transfer().dump_shop(it.host, folder.path("shop.jsonl"));
  auto empty = Engine::open_memory(it.options());
  empty.transfer().load_shop(empty.host(), folder.path("shop.jsonl"));
  CHECK(total(empty, thing) == 600);
}
