#include "support/people.hpp"
#include "support/shop_fixture.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct SellersFixture : ShopFixture {
  Sellers& sellers = shop.sellers();

  static SellerApplication shop_named(const std::string& name) {
    return {name, "+44 20 7946 0018", {}, {}};
  }
};

}  // namespace

TEST_CASE_FIXTURE(SellersFixture,
                  "an application waits for a decision, and then its keeper sells") {
  const auto anna = a_customer(shop, 1);
  const auto applied = sellers.apply(anna, shop_named("Anna's Ceramics"));
  CHECK(applied.status == SellerStatus::pending);
  CHECK(applied.slug == "annas-ceramics");
  CHECK(code_of([&] { return sellers.profile(host, "annas-ceramics"); }) == Code::not_found);
  CHECK(code_of([&] { return sellers.apply(anna, shop_named("Another")); }) ==
        Code::already_exists);
  ProductInput bowl;
  bowl.title = "Bowl";
  bowl.simple.price = {2500, "GBP"};
  CHECK(code_of([&] { return shop.catalog().create_product(anna, bowl); }) == Code::forbidden);
  const auto approved = sellers.approve(host, applied.id);
  CHECK(approved.status == SellerStatus::approved);
  CHECK(approved.decided_at == start_of_test);
  const auto product = shop.catalog().create_product(anna, bowl);
  CHECK(product.seller_id == applied.id);
  CHECK(sellers.profile(shop.guest(), "annas-ceramics").name == "Anna's Ceramics");
  CHECK(sellers.mine(anna).id == applied.id);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(SellersFixture, "a rejected application says why and may be made again") {
  const auto anna = a_customer(shop, 1);
  const auto id = sellers.apply(anna, shop_named("Bad Name")).id;
  CHECK(first_path(error_of([&] { return sellers.reject(host, id, "  "); })) == "reason");
  CHECK(sellers.reject(host, id, "no such name, please").reason == "no such name, please");
  CHECK(code_of([&] { return sellers.reject(host, id, "again"); }) == Code::illegal_transition);
  const auto second = sellers.apply(anna, shop_named("Good Name"));
  CHECK(second.id == id);
  CHECK(second.status == SellerStatus::pending);
  CHECK(second.reason.empty());
  CHECK(second.slug == "good-name");
}

TEST_CASE_FIXTURE(SellersFixture, "with automatic approval an applicant sells at once") {
  CHECK(sellers.approval(host) == SellerApproval::manual);
  sellers.set_approval(host, SellerApproval::automatic);
  const auto seller = sellers.apply(a_customer(shop, 1), shop_named("Quick"));
  CHECK(seller.status == SellerStatus::approved);
  CHECK(first_path(error_of([&] {
          sellers.set_approval(host, static_cast<SellerApproval>(7));
          return 0;
        })) == "approval");
}

TEST_CASE_FIXTURE(SellersFixture, "a suspended seller sells nothing until it is reinstated") {
  sellers.set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop, 1);
  const auto id = sellers.apply(anna, shop_named("Anna")).id;
  CHECK(sellers.suspend(host, id, "complaints").reason == "complaints");
  ProductInput bowl;
  bowl.title = "Bowl";
  bowl.simple.price = {2500, "GBP"};
  CHECK(code_of([&] { return shop.catalog().create_product(anna, bowl); }) == Code::forbidden);
  CHECK(code_of([&] { return sellers.approve(host, id); }) == Code::illegal_transition);
  CHECK(sellers.reinstate(host, id).status == SellerStatus::approved);
  CHECK(shop.catalog().create_product(anna, bowl).seller_id == id);
}

TEST_CASE_FIXTURE(SellersFixture, "names are unique, badges are given, lists are paged") {
  sellers.set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop, 1);
  const auto first = sellers.apply(anna, shop_named("Café"));
  CHECK(code_of([&] { return sellers.apply(a_customer(shop, 2), shop_named("CAFE")); }) ==
        Code::already_exists);
  const auto second = sellers.apply(a_customer(shop, 3), shop_named("Tea House"));
  CHECK(sellers.set_verified(host, second.id, true).verified);
  const auto page = sellers.list(host, {}, {.limit = 1, .with_total = true});
  CHECK(page.total == 2);
  CHECK(page.items[0].id == second.id);
  CHECK(sellers.list(host, {}, {.cursor = page.next_cursor}).items[0].id == first.id);
  CHECK(sellers.list(host, {.verified = true}, {}).items.size() == 1);
  CHECK(sellers.list(host, {.status = SellerStatus::pending}, {}).items.empty());
  const auto renamed = sellers.update(anna, {.version = first.version, .name = "Coffee"});
  CHECK(renamed.name == "Coffee");
  CHECK(renamed.slug == "cafe");
  CHECK(code_of([&] {
          return sellers.update(anna, {.version = first.version, .name = "Coffee 2"});
        }) == Code::stale_version);
}

TEST_CASE_FIXTURE(SellersFixture, "a seller follows its category when that goes") {
  auto& catalog = shop.catalog();
  const auto tea = catalog.create_category(host, {"Tea", {}}).id;
  const auto drinks = catalog.create_category(host, {"Drinks", {}}).id;
  const auto food = catalog.create_category(host, {"Food", {}}).id;
  const auto anna = a_customer(shop, 1);
  const auto id = sellers.apply(anna, {"Anna", "+44 20 7946 0018", "tea", {}}).id;
  CHECK(sellers.get(host, id).category_id == tea);
  catalog.merge_category(host, tea, drinks);
  CHECK(sellers.get(host, id).category_id == drinks);
  catalog.delete_category(host, drinks, food);
  CHECK(sellers.get(host, id).category_id == food);
  catalog.delete_category(host, food, {});
  CHECK(!sellers.get(host, id).category_id);
}

TEST_CASE_FIXTURE(SellersFixture, "bad applications and foreign hands are refused") {
  const auto anna = a_customer(shop, 1);
  const auto error = error_of([&] { return sellers.apply(anna, {"", "1", {}, {}}); });
  CHECK(error.code() == Code::validation);
  REQUIRE(error.details().size() == 2);
  CHECK(error.details()[1].path == "phone");
  CHECK(first_path(error_of([&] {
          return sellers.apply(anna, {"Shop", "12345", "no-such-category", {}});
        })) == "category");
  CHECK(code_of([&] { return sellers.apply(shop.guest(), shop_named("Guest")); }) ==
        Code::unauthenticated);
  CHECK(code_of([&] { return sellers.approve(anna, 5); }) == Code::forbidden);
  CHECK(code_of([&] { return sellers.approve(host, 5); }) == Code::not_found);
  CHECK(code_of([&] { return sellers.mine(anna); }) == Code::not_found);
}

TEST_CASE_FIXTURE(SellersFixture, "a seller sees its own products, stock and figures, no other's") {
  sellers.set_approval(host, SellerApproval::automatic);
  const auto anna = a_customer(shop, 1);
  const auto ben = a_customer(shop, 2);
  const auto annas = sellers.apply(anna, shop_named("Anna"));
  const auto bens = sellers.apply(ben, shop_named("Ben"));
  ProductInput input;
  input.title = "Bowl";
  input.simple.price = {2500, "GBP"};
  const auto bowl = shop.catalog().create_product(anna, input);
  const auto his = shop.catalog().create_product(ben, input);  // titles are unique per seller
  const auto variant = bowl.variants.front().id;
  CHECK(shop.inventory().receive(anna, {.variant_id = variant, .quantity = 3}).on_hand == 3);
  CHECK(code_of([&] {
          return shop.inventory().receive(ben, {.variant_id = variant, .quantity = 3});
        }) == Code::not_found);
  CHECK(code_of([&] { return shop.inventory().movements(ben, variant, {}); }) == Code::not_found);
  const auto room = shop.inventory().create_location(anna, "Room");
  CHECK(shop.inventory().locations(ben).empty());
  CHECK(code_of([&] {
          return shop.inventory().receive(
              ben, {.variant_id = his.variants.front().id, .quantity = 1, .location_id = room.id});
        }) == Code::not_found);
  const auto mine = shop.reports().products(anna, {}, {});
  REQUIRE(mine.items.size() == 1);
  CHECK(mine.items[0].product_id == bowl.id);
  CHECK(code_of([&] { return shop.reports().dashboard(anna, {.seller_id = bens.id}); }) ==
        Code::not_found);
  CHECK(shop.reports().dashboard(host, {.seller_id = annas.id}).total.orders == 0);
  CHECK(code_of([&] { return shop.reports().products(a_customer(shop, 3), {}, {}); }) ==
        Code::forbidden);
  CHECK(code_of([&] { return shop.reports().categories(anna, {}); }) == Code::forbidden);
}
