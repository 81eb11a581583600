#include "support/shop_fixture.hpp"

#include <map>
#include <random>
#include <set>

using namespace shop;
using namespace shop::test;

namespace {

struct WishlistFixture : ShopFixture {
  Wishlists& wishlists = shop.wishlist();
  Session ann = customer("ann");
  Session bob = customer("bob");

  Product a_product(const std::string& title, std::int64_t price = 1000) {
    ProductInput input;
    input.title = title;
    input.simple.price = {price, {}};
    return shop.catalog().create_product(host, input);
  }
};

}  // namespace

TEST_CASE_FIXTURE(WishlistFixture, "a product is on a list once, on several lists if wanted") {
  const auto lamp = a_product("Lamp");
  const auto item = wishlists.add(ann, {.product_id = lamp.id, .note = "for the hall"});
  CHECK(item.title == "Lamp");
  CHECK(item.price.minor == 1000);
  CHECK(item.on_sale);
  const auto again = wishlists.add(ann, {.product_id = lamp.id, .note = "or the attic"});
  CHECK(again.note == "or the attic");
  const auto lists = wishlists.lists(ann);
  REQUIRE(lists.size() == 1);
  CHECK(lists[0].is_default);
  CHECK(lists[0].items == 1);
  const auto birthday = wishlists.create(ann, "Birthday");
  CHECK_FALSE(birthday.is_default);
  wishlists.add(ann, {.wishlist_id = birthday.id, .product_id = lamp.id});
  CHECK(wishlists.wished(ann, lamp.id) == 1);
  wishlists.add(bob, {.product_id = lamp.id});
  CHECK(wishlists.wished(ann, lamp.id) == 2);
  wishlists.take_off(ann, birthday.id, lamp.id);
  CHECK(wishlists.wished(ann, lamp.id) == 2);
  wishlists.take_off(ann, lists[0].id, lamp.id);
  CHECK(wishlists.wished(ann, lamp.id) == 1);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(WishlistFixture, "lists are named, renamed, emptied into one another, removed") {
  const auto lamp = a_product("Lamp");
  const auto vase = a_product("Vase");
  const auto home = wishlists.create(ann, "Home");
  CHECK(home.is_default);
  const auto gifts = wishlists.create(ann, "Gifts");
  CHECK(code_of([&] { return wishlists.create(ann, " GIFTS "); }) == Code::already_exists);
  CHECK(code_of([&] { return wishlists.rename(ann, home.id, "gifts"); }) == Code::already_exists);
  CHECK(wishlists.rename(ann, gifts.id, "GIFTS").name == "GIFTS");
  CHECK(first_path(error_of([&] { return wishlists.create(ann, "  "); })) == "name");
  wishlists.add(ann, {.wishlist_id = home.id, .product_id = lamp.id});
  wishlists.add(ann, {.wishlist_id = home.id, .product_id = vase.id});
  wishlists.add(ann, {.wishlist_id = gifts.id, .product_id = vase.id});
  wishlists.move(ann, home.id, vase.id, gifts.id);
  wishlists.move(ann, home.id, lamp.id, gifts.id);
  CHECK(wishlists.items(ann, home.id, {}).items.empty());
  CHECK(wishlists.items(ann, gifts.id, {"", 50, true}).total == 2);
  wishlists.remove(ann, gifts.id);
  CHECK(wishlists.wished(ann, vase.id) == 0);
  CHECK(code_of([&] { return wishlists.items(ann, gifts.id, {}); }) == Code::not_found);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(WishlistFixture, "items come newest first, in pages") {
  const auto list = wishlists.create(ann, "All");
  for (int i = 0; i < 5; ++i) {
    wishlists.add(ann, {.product_id = a_product("P" + std::to_string(i)).id});
  }
  auto page = wishlists.items(ann, list.id, {"", 2, true});
  CHECK(page.total == 5);
  CHECK(page.items[0].title == "P4");
  std::vector<std::string> rest;
  while (!page.next_cursor.empty()) {
    page = wishlists.items(ann, list.id, {page.next_cursor, 2, false});
    for (const auto& item : page.items) rest.push_back(item.title);
  }
  CHECK(rest == std::vector<std::string>{"P2", "P1", "P0"});
  CHECK(code_of([&] { return wishlists.items(ann, list.id, {"", 0, false}); }) == Code::validation);
}

TEST_CASE_FIXTURE(WishlistFixture,
                  "a shared list can be read with its token until that is revoked") {
  const auto lamp = a_product("Lamp");
  const auto list = wishlists.create(ann, "Wedding");
  wishlists.add(ann, {.product_id = lamp.id, .note = "psst"});
  const auto token = wishlists.share(ann, list.id);
  CHECK(token.size() > 40);
  CHECK(wishlists.lists(ann)[0].shared);
  const auto seen = wishlists.shared(shop.guest(), token);
  CHECK(seen.name == "Wedding");
  REQUIRE(seen.items.size() == 1);
  CHECK(seen.items[0].note.empty());
  const auto other = wishlists.share(ann, list.id);
  CHECK(code_of([&] { return wishlists.shared(bob, token); }) == Code::not_found);
  CHECK(wishlists.shared(bob, other).items.size() == 1);
  wishlists.unshare(ann, list.id);
  CHECK(code_of([&] { return wishlists.shared(bob, other); }) == Code::not_found);
  CHECK(code_of([&] { return wishlists.shared(bob, ""); }) == Code::not_found);
}

TEST_CASE_FIXTURE(WishlistFixture, "what belongs to somebody else is not found") {
  const auto lamp = a_product("Lamp");
  const auto list = wishlists.create(ann, "Mine");
  wishlists.add(ann, {.product_id = lamp.id});
  const auto theirs = wishlists.create(bob, "Theirs");
  CHECK(code_of([&] { return wishlists.items(bob, list.id, {}); }) == Code::not_found);
  CHECK(code_of([&] { return wishlists.rename(bob, list.id, "X"); }) == Code::not_found);
  CHECK(code_of([&] { return wishlists.share(bob, list.id); }) == Code::not_found);
  CHECK(code_of([&] {
          wishlists.remove(bob, list.id);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          wishlists.take_off(bob, list.id, lamp.id);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          wishlists.move(bob, theirs.id, lamp.id, list.id);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] {
          return wishlists.add(bob, {.wishlist_id = list.id, .product_id = lamp.id});
        }) == Code::not_found);
  CHECK(code_of([&] { return wishlists.add(bob, {.product_id = 7}); }) == Code::not_found);
  CHECK(code_of([&] { return wishlists.add(bob, {.product_id = lamp.id, .variant_id = 7}); }) ==
        Code::validation);
  CHECK(code_of([&] { return wishlists.lists(shop.guest()); }) == Code::unauthenticated);
  CHECK(code_of([&] { return wishlists.lists(host); }) == Code::unauthenticated);
}

TEST_CASE_FIXTURE(WishlistFixture, "customers wait for what is sold out, in their order") {
  const auto lamp = a_product("Lamp");
  const Id variant = lamp.variants[0].id;
  CHECK(wishlists.wait_for(ann, variant).ahead == 0);
  CHECK(wishlists.wait_for(bob, variant).ahead == 1);
  CHECK(wishlists.wait_for(ann, variant).ahead == 0);
  CHECK(wishlists.waiting(bob).size() == 1);
  wishlists.stop_waiting(ann, variant);
  CHECK(wishlists.waiting(bob)[0].ahead == 0);
  CHECK(code_of([&] {
          wishlists.stop_waiting(ann, variant);
          return 0;
        }) == Code::not_found);
  shop.inventory().receive(host, {.variant_id = variant, .quantity = 1});
  CHECK(code_of([&] { return wishlists.wait_for(ann, variant); }) == Code::conflict);
}

TEST_CASE_FIXTURE(WishlistFixture, "who waits for a bundle is told when its parts are there") {
  const auto part = a_product("Part").variants[0].id;
  ProductInput input;
  input.title = "Set";
  input.simple.price = {1000, {}};
  input.bundle = {{part, 2}};
  const auto set = shop.catalog().create_product(host, input);
  const auto variant = set.variants[0].id;
  const auto told = [&] { return wishlists.waiting(ann).empty(); };
  const auto wait = [&] {
    wishlists.wait_for(ann, variant);
    REQUIRE(wishlists.waiting(ann).size() == 1);
  };
  const auto hold = [&](const char* name, std::int64_t quantity) {
    const auto cart = shop.cart().create(bob, {.name = name});
    shop.cart().add(bob, cart.id, {part, quantity});
    shop.cart().reserve(bob, cart.id, 10);
    return cart.id;
  };
  wait();
  shop.inventory().receive(host, {.variant_id = part, .quantity = 3});
  CHECK(told());
  CHECK(code_of([&] { return wishlists.wait_for(ann, variant); }) == Code::conflict);
  const auto cart = hold("first", 2);
  wait();
  shop.cart().clear(bob, cart);
  CHECK(told());
  // Of a hold that is over, what somebody else takes at once comes back for nobody.
  hold("second", 2);
  wait();
  clock->advance(20 * 60 * 1'000'000LL);
  const auto third = hold("third", 2);
  CHECK_FALSE(told());
  shop.cart().clear(bob, third);
  CHECK(told());
}

TEST_CASE_FIXTURE(WishlistFixture, "another policy and other parts bring things back") {
  const auto part = a_product("Part").variants[0].id;
  const auto rare = a_product("Rare").variants[0].id;
  ProductInput input;
  input.title = "Set";
  input.simple.price = {1000, {}};
  input.bundle = {{part, 2}, {rare, 1}};
  const auto set = shop.catalog().create_product(host, input);
  const auto variant = set.variants[0].id;
  shop.inventory().receive(host, {.variant_id = part, .quantity = 2});
  wishlists.wait_for(ann, variant);
  wishlists.wait_for(ann, rare);
  VariantChange change;
  change.policy = StockPolicy::backorder;
  shop.catalog().update_variant(host, rare, change);
  CHECK(wishlists.waiting(ann).empty());
  CHECK(code_of([&] { return wishlists.wait_for(ann, rare); }) == Code::conflict);
  change.policy = StockPolicy::deny;
  shop.catalog().update_variant(host, rare, change);
  wishlists.wait_for(ann, variant);
  shop.catalog().set_bundle(host, set.id, {{part, 1}});
  CHECK(wishlists.waiting(ann).empty());
}

TEST_CASE_FIXTURE(WishlistFixture, "over random histories the kept counts equal the wishes") {
  std::mt19937 chance{3};
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(chance()) % n; };
  std::vector<Id> products;
  for (int i = 0; i < 5; ++i) products.push_back(a_product("P" + std::to_string(i)).id);
  const std::vector<Session> people{ann, bob, customer("cleo")};
  std::map<std::pair<Id, Id>, std::set<Id>> model;  // (customer, list) → products
  std::map<Id, std::vector<Id>> lists;
  int made = 0;
  for (int step = 0; step < 400; ++step) {
    const auto& who = people[pick(people.size())];
    auto& own = lists[who.user_id()];
    if (own.empty() || pick(12) == 0) {
      if (own.size() < 4) own.push_back(wishlists.create(who, "L" + std::to_string(made++)).id);
      continue;
    }
    const Id list = own[pick(own.size())];
    const Id product = products[pick(products.size())];
    auto& on = model[{who.user_id(), list}];
    if (pick(20) == 0) {
      wishlists.remove(who, list);
      std::erase(own, list);
      model.erase({who.user_id(), list});
    } else if (pick(2) == 0) {
      wishlists.add(who, {.wishlist_id = list, .product_id = product});
      on.insert(product);
    } else if (on.contains(product)) {
      wishlists.take_off(who, list, product);
      on.erase(product);
    }
  }
  for (const Id product : products) {
    std::set<Id> customers;
    for (const auto& [key, on] : model) {
      if (on.contains(product)) customers.insert(key.first);
    }
    CHECK(wishlists.wished(ann, product) == std::ssize(customers));
  }
  CHECK(shop.verify().ok());
}
