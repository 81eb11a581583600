#include "support/orders_fixture.hpp"
#include "support/people.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct MarketFixture : OrdersFixture {
  Session anna = a_customer(shop, 1);
  Session carol = a_customer(shop, 9);
  Id seller = 0;

  MarketFixture() {
    shop.sellers().set_approval(host, SellerApproval::automatic);
    seller = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}}).id;
  }

  Product bowl() {
    ProductInput input;
    input.title = "Bowl";
    input.simple.price = {2500, {}};
    input.simple.sku = "BOWL-1";
    auto product = shop.catalog().create_product(anna, input);
    receive(product.variants.front().id, 10);
    return product;
  }

  template <class F>
  ErrorDetail first_detail(F&& call) {
    return error_of(std::forward<F>(call)).details().front();
  }
};

}  // namespace

TEST_CASE_FIXTURE(MarketFixture, "a bundle holds its own seller's goods alone, and stops with it") {
  const auto theirs = bowl().variants.front().id;
  ProductInput set;
  set.title = "Breakfast";
  set.simple.price = {3000, {}};
  set.bundle = {{theirs, 1}};
  const auto foreign = error_of([&] { return shop.catalog().create_product(host, set); });
  CHECK(foreign.code() == Code::not_found);
  CHECK(foreign.details().front().path == "bundle[0].variant_id");
  const auto mug = sell("Mug", 1000, 5);
  const auto own = shop.catalog().create_product(anna, set);
  const auto swapped = error_of([&] {
    shop.catalog().set_bundle(anna, own.id, {{mug, 1}});
    return 0;
  });
  CHECK(swapped.code() == Code::not_found);
  CHECK(swapped.details().front().path == "parts[0].variant_id");
  const auto variant = own.variants.front().id;
  shop.cart().add(carol, 0, {variant, 1, {}});
  shop.sellers().suspend(host, seller, "complaints");
  const auto error = error_of([&] { return shop.orders().place(carol, 0, paid_in_cash("set")); });
  CHECK(error.code() == Code::not_for_sale);
  CHECK(error.details().front().code == "seller_suspended");
  check_verified();
}

TEST_CASE_FIXTURE(MarketFixture, "what a suspended seller offers cannot be bought, nor found") {
  const auto product = bowl();
  const auto variant = product.variants.front().id;
  shop.cart().add(carol, 0, {variant, 1, {}});
  CHECK(shop.catalog().products(carol, {}, ProductOrder::newest, {}).items.size() == 1);
  CHECK(shop.search().products(carol, {.text = "bowl"}, {}).items.size() == 1);

  shop.sellers().suspend(host, seller, "complaints");
  const auto adding = error_of([&] { return shop.cart().add(carol, 0, {variant, 1, {}}); });
  CHECK(adding.code() == Code::not_for_sale);
  CHECK(adding.details().front().path == "variant_id");
  CHECK(adding.details().front().code == "seller_suspended");
  const auto more = error_of([&] { return shop.cart().set_quantity(carol, 0, 1, 2); });
  CHECK(more.code() == Code::not_for_sale);
  CHECK(shop.cart().read(carol, 0).changes.front().kind == CartChangeKind::withdrawn);
  const auto placing = error_of([&] { return shop.orders().place(carol, 0, paid_in_cash("a")); });
  CHECK(placing.code() == Code::not_for_sale);
  CHECK(placing.details().front().path == "lines[0]");
  CHECK(placing.details().front().code == "seller_suspended");

  CHECK(shop.catalog().products(carol, {}, ProductOrder::newest, {}).items.empty());
  CHECK(shop.search().products(carol, {.text = "bowl"}, {}).items.empty());
  CHECK(shop.search().products(carol, {.text = "BOWL-1"}, {}).items.empty());
  CHECK(code_of([&] { return shop.catalog().product(carol, product.id); }) == Code::not_found);
  CHECK(code_of([&] { return shop.catalog().product_by_sku(carol, "BOWL-1"); }) == Code::not_found);
  ProductFilter own;
  own.seller_id = seller;
  CHECK(shop.catalog().products(carol, own, ProductOrder::newest, {}).items.empty());
  CHECK(shop.catalog().products(host, own, ProductOrder::newest, {}).items.size() == 1);
  CHECK(shop.catalog().product(host, product.id).status == ProductStatus::active);
  check_verified();

  shop.sellers().reinstate(host, seller);
  CHECK(shop.catalog().products(carol, {}, ProductOrder::newest, {}).items.size() == 1);
  CHECK(shop.search().products(carol, {.text = "bowl"}, {}).items.size() == 1);
  CHECK(shop.orders().place(carol, 0, paid_in_cash("a")).total.minor == 2500);
  check_verified();
}

TEST_CASE_FIXTURE(MarketFixture, "what is made for a suspended seller waits for its return") {
  shop.sellers().suspend(host, seller, "complaints");
  ProductInput input;
  input.title = "Plate";
  input.simple.price = {900, {}};
  input.seller_id = seller;
  const auto plate = shop.catalog().create_product(host, input);
  receive(plate.variants.front().id, 3);
  CHECK(code_of([&] {
          return shop.cart().add(carol, 0, {plate.variants.front().id, 1, {}});
        }) == Code::not_for_sale);
  shop.catalog().archive_product(host, plate.id);
  check_verified();
  shop.catalog().restore_product(host, plate.id);
  check_verified();
  shop.sellers().reinstate(host, seller);
  CHECK(shop.cart().add(carol, 0, {plate.variants.front().id, 1, {}}).quantity == 1);
  input.title = "Cup";
  input.seller_id = 4711;
  CHECK(first_path(error_of([&] { return shop.catalog().create_product(host, input); })) ==
        "seller_id");
  check_verified();
}

TEST_CASE_FIXTURE(MarketFixture, "when a seller's keeper is erased, selling stops") {
  const auto variant = bowl().variants.front().id;
  shop.accounts().erase(host, anna.user_id());
  CHECK(code_of([&] { return shop.cart().add(carol, 0, {variant, 1, {}}); }) == Code::not_for_sale);
  check_verified();
}
