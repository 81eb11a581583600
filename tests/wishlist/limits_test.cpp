#include "shop/sellers.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct LimitsFixture : OrdersFixture {
  Wishlists& wishlists = shop.wishlist();
  Session ann = a_customer(shop);

  Product with_sizes(const std::string& title) {
    ProductInput input;
    input.title = title;
    input.options = {{"Size", {}}};
    input.variants.resize(2);
    input.variants[0].option_values = {"S"};
    input.variants[0].price.minor = 500;
    input.variants[1].option_values = {"M"};
    input.variants[1].price.minor = 700;
    return shop.catalog().create_product(host, input);
  }
  Product simple(const std::string& title) {
    ProductInput input;
    input.title = title;
    input.simple.price.minor = 100;
    return shop.catalog().create_product(host, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(LimitsFixture, "a customer has fifty lists, each named once") {
  CHECK(problems_of([&] { wishlists.create(ann, " "); }) == Problems{"name required"});
  CHECK(problems_of([&] { wishlists.create(ann, "\u200B"); }) == Problems{"name required"});
  Id last = 0;
  for (int i = 0; i < 50; ++i) last = wishlists.create(ann, "List " + std::to_string(i)).id;
  CHECK(code_of([&] { wishlists.create(ann, "One more"); }) == Code::limit_reached);
  CHECK(problems_of(error_of([&] { wishlists.rename(ann, last, "LIST 7"); })) ==
        Problems{"name taken"});
  CHECK(wishlists.rename(ann, last, "LIST 49").name == "LIST 49");
  wishlists.remove(ann, last);
  CHECK(wishlists.create(ann, "One more").id != 0);
}

TEST_CASE_FIXTURE(LimitsFixture, "a list has a thousand products") {
  const auto list = wishlists.create(ann, "Long").id;
  const auto other = wishlists.create(ann, "Short").id;
  std::vector<ProductInput> inputs(1001);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    inputs[i].title = "Thing " + std::to_string(i);
    inputs[i].simple.price.minor = 100;
  }
  const auto ids = shop.catalog().create_products(host, inputs).ids;
  for (std::size_t i = 0; i < 1000; ++i) {
    wishlists.add(ann, {.wishlist_id = list, .product_id = ids[i]});
  }
  CHECK(code_of([&] { wishlists.add(ann, {.wishlist_id = list, .product_id = ids[1000]}); }) ==
        Code::limit_reached);
  CHECK(wishlists.add(ann, {.wishlist_id = list, .product_id = ids[0], .note = "again"}).note ==
        "again");
  wishlists.add(ann, {.wishlist_id = other, .product_id = ids[1000]});
  CHECK(code_of([&] { wishlists.move(ann, other, ids[1000], list); }) == Code::limit_reached);
  CHECK(code_of([&] { wishlists.move(ann, other, ids[5], list); }) == Code::not_found);
  wishlists.add(ann, {.wishlist_id = other, .product_id = ids[5]});
  wishlists.move(ann, other, ids[5], list);
  wishlists.move(ann, list, ids[5], list);
  CHECK(wishlists.items(ann, other, {}).items.size() == 1);
  CHECK(wishlists.wished(ann, ids[5]) == 1);

  std::size_t seen = 0;
  PageQuery page{{}, 400, true};
  for (;;) {
    const auto most = wishlists.most_wished(host, page);
    if (page.with_total) CHECK(most.total == 1001);
    page.with_total = false;
    seen += most.items.size();
    page.cursor = most.next_cursor;
    if (page.cursor.empty()) break;
  }
  CHECK(seen == 1001);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(LimitsFixture, "a wish names its variant, and follows it") {
  const auto shirt = with_sizes("Shirt");
  const auto coat = with_sizes("Coat");
  const auto medium = shirt.variants[1].id;
  CHECK(problems_of([&] {
          wishlists.add(ann, {.product_id = shirt.id,
                              .variant_id = coat.variants[0].id,
                              .note = std::string(501, 'x')});
        }) == Problems{"note too_long", "variant_id unknown"});
  CHECK(problems_of([&] { wishlists.add(ann, {.product_id = shirt.id, .variant_id = 4711}); }) ==
        Problems{"variant_id unknown"});
  CHECK(first_path(error_of([&] { wishlists.add(ann, {.product_id = 4711}); })) == "product_id");
  ProductInput draft;
  draft.title = "Draft";
  draft.status = ProductStatus::draft;
  draft.simple.price.minor = 1;
  const auto hidden = shop.catalog().create_product(host, draft).id;
  CHECK(code_of([&] { wishlists.add(ann, {.product_id = hidden}); }) == Code::not_found);

  auto item = wishlists.add(ann, {.product_id = shirt.id, .variant_id = medium});
  CHECK(item.variant_id == medium);
  CHECK(item.price.minor == 700);
  CHECK_FALSE(item.in_stock);
  receive(medium, 1);
  item = wishlists.items(ann, item.wishlist_id, {}).items.front();
  CHECK(item.in_stock);

  // Which one is meant must be said once.
  const auto list = item.wishlist_id;
  wishlists.add(ann, {.wishlist_id = list, .product_id = coat.id});
  CHECK(code_of([&] {
          wishlists.move_to_cart(ann, {.wishlist_id = list, .product_id = coat.id});
        }) == Code::validation);
  CHECK(code_of([&] {
          wishlists.move_to_cart(
              ann, {.wishlist_id = list, .product_id = coat.id, .variant_id = medium});
        }) == Code::validation);
  CHECK(wishlists.move_to_cart(ann, {.wishlist_id = list, .product_id = shirt.id}).variant_id ==
        medium);
  receive(coat.variants[0].id, 1);
  CHECK(
      wishlists
          .move_to_cart(
              ann, {.wishlist_id = list, .product_id = coat.id, .variant_id = coat.variants[0].id})
          .quantity == 1);
  CHECK(wishlists.items(ann, list, {}).items.empty());
}

TEST_CASE_FIXTURE(LimitsFixture, "what is gone stays on the list, and off the shared one") {
  const auto lamp = simple("Lamp");
  const auto list = wishlists.add(ann, {.product_id = lamp.id, .note = "mine"}).wishlist_id;
  const auto token = wishlists.share(ann, list);
  const auto guest = shop.guest();
  REQUIRE(wishlists.shared(guest, token).items.size() == 1);
  CHECK(wishlists.shared(guest, token).items.front().note.empty());
  shop.catalog().archive_product(host, lamp.id);
  CHECK(wishlists.shared(guest, token).items.empty());
  CHECK_FALSE(wishlists.items(ann, list, {}).items.front().on_sale);
  shop.catalog().delete_product(host, lamp.id);
  const auto left = wishlists.items(ann, list, {}).items;
  if (!left.empty()) CHECK(left.front().title.empty());
  wishlists.unshare(ann, list);
  CHECK(code_of([&] { wishlists.shared(guest, token); }) == Code::not_found);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(LimitsFixture, "nobody waits for what is there, or not for sale") {
  const auto there = sell("There", 100, 1);
  CHECK(code_of([&] { wishlists.wait_for(ann, there); }) == Code::conflict);
  CHECK(code_of([&] { wishlists.wait_for(ann, 4711); }) == Code::not_found);
  const auto lamp = simple("Lamp");
  const auto stool = simple("Stool");
  CHECK(wishlists.wait_for(ann, lamp.variants[0].id).ahead == 0);
  CHECK(wishlists.wait_for(ann, stool.variants[0].id).variant_id == stool.variants[0].id);
  CHECK(wishlists.waiting(ann).size() == 2);
  wishlists.stop_waiting(ann, lamp.variants[0].id);
  shop.catalog().archive_product(host, lamp.id);
  CHECK(code_of([&] { wishlists.wait_for(ann, lamp.variants[0].id); }) == Code::not_found);
  CHECK(wishlists.waiting(ann).size() == 1);
}

TEST_CASE_FIXTURE(LimitsFixture, "a wishlist shows nothing that its customer may not see") {
  const auto anna = a_customer(shop, 2);
  const auto seller = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}}).id;
  shop.sellers().approve(host, seller);
  ProductInput input;
  input.title = "Bowl";
  input.seller_id = seller;
  input.simple.price.minor = 700;
  const auto bowl = shop.catalog().create_product(host, input);
  const auto list = wishlists.add(ann, {.product_id = bowl.id}).wishlist_id;
  shop.sellers().suspend(host, seller, "complaints");
  const auto item = wishlists.items(ann, list, {}).items.front();
  CHECK(item.product_id == bowl.id);
  CHECK(item.title.empty());
  CHECK(item.slug.empty());
  CHECK(item.price.minor == 0);
  CHECK_FALSE(item.on_sale);
  CHECK(code_of([&] { return wishlists.add(ann, {.product_id = bowl.id}); }) == Code::not_found);
  shop.sellers().reinstate(host, seller);
  CHECK(wishlists.items(ann, list, {}).items.front().title == "Bowl");
  const auto lamp = simple("Lamp");
  wishlists.add(ann, {.product_id = lamp.id});
  ProductChange draft;
  draft.version = lamp.version;
  draft.status = ProductStatus::draft;
  shop.catalog().update_product(host, lamp.id, draft);
  CHECK(wishlists.items(ann, list, {}).items.front().title.empty());
  CHECK(wishlists.items(ann, list, {}).items.front().price.minor == 0);
}

TEST_CASE_FIXTURE(LimitsFixture, "who waits is told when it is for sale again, not before") {
  const auto lamp = simple("Lamp");
  const auto variant = lamp.variants[0].id;
  wishlists.wait_for(ann, variant);
  shop.catalog().archive_product(host, lamp.id);
  receive(variant, 3);
  CHECK(shop.notify().unread(ann) == 0);
  CHECK(wishlists.waiting(ann).size() == 1);
  shop.inventory().adjust(host, {variant, -3, StockReason::loss, 0, {}});
  shop.catalog().restore_product(host, lamp.id);
  receive(variant, 3);
  CHECK(shop.notify().unread(ann) == 1);
  CHECK(wishlists.waiting(ann).empty());
}

TEST_CASE_FIXTURE(LimitsFixture, "what came while it was not for sale is told when it is") {
  const auto lamp = simple("Lamp");
  const auto variant = lamp.variants[0].id;
  const auto told = [&] { return shop.notify().unread(ann); };
  wishlists.wait_for(ann, variant);
  shop.catalog().archive_product(host, lamp.id);
  shop.catalog().restore_product(host, lamp.id);
  CHECK(told() == 0);  // still sold out
  shop.catalog().archive_product(host, lamp.id);
  receive(variant, 3);
  shop.catalog().restore_product(host, lamp.id);
  CHECK(told() == 1);
  CHECK(wishlists.waiting(ann).empty());
  shop.catalog().archive_product(host, lamp.id);
  shop.catalog().restore_product(host, lamp.id);
  CHECK(told() == 1);

  const auto anna = a_customer(shop, 2);
  const auto seller = shop.sellers().apply(anna, {"Anna", "+44 20 7946 0018", {}, {}}).id;
  shop.sellers().approve(host, seller);
  ProductInput input;
  input.title = "Bowl";
  input.seller_id = seller;
  input.simple.price.minor = 700;
  const auto bowl = shop.catalog().create_product(host, input).variants[0].id;
  wishlists.wait_for(ann, bowl);
  shop.sellers().suspend(host, seller, "complaints");
  receive(bowl, 1);
  CHECK(told() == 1);
  shop.sellers().reinstate(host, seller);
  CHECK(told() == 2);
  CHECK(wishlists.waiting(ann).empty());
  CHECK(shop.verify().ok());
}
