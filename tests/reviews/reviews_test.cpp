#include "support/orders_fixture.hpp"

#include <map>
#include <random>

using namespace shop;
using namespace shop::test;

namespace {

struct ReviewFixture : OrdersFixture {
  Reviews& reviews = shop.reviews();
  Session ann = customer("ann");
  Session bob = customer("bob");

  void anyone() { reviews.set_settings(host, {.requirement = ReviewRequirement::anyone}); }
  Id a_product(const std::string& title) {
    ProductInput input;
    input.title = title;
    input.simple.price = {1000, {}};
    return shop.catalog().create_product(host, input).id;
  }
};

}  // namespace

TEST_CASE_FIXTURE(ReviewFixture, "only what was delivered, or as the settings say, is reviewed") {
  const Id variant = sell("Lamp", 1000, 5);
  const auto order_for = [&](const Session& who, const std::string& key) {
    shop.cart().add(who, 0, {variant, 1, {}});
    return shop.orders().place(who, 0, paid_in_cash(key));
  };
  const Id lamp = order_for(ann, "a").lines[0].product_id;
  CHECK(code_of([&] { return reviews.add(ann, {lamp, 5}); }) == Code::conflict);
  reviews.set_settings(host, {.requirement = ReviewRequirement::bought});
  CHECK(code_of([&] { return reviews.add(bob, {lamp, 5}); }) == Code::conflict);
  const auto review = reviews.add(ann, {lamp, 4, "Bright", "And warm.", "Ann"});
  CHECK(review.verified);
  CHECK(review.status == ReviewStatus::published);
  CHECK(review.author == "Ann");
  CHECK(code_of([&] { return reviews.add(ann, {lamp, 5}); }) == Code::already_exists);
  anyone();
  CHECK_FALSE(reviews.add(bob, {lamp, 2}).verified);
  CHECK(shop.catalog().product(host, lamp).rating_milli == 3000);
  CHECK(shop.catalog().product(host, lamp).rating_count == 2);
  check_verified();
}

TEST_CASE_FIXTURE(ReviewFixture, "bad input is refused with its field; strangers find nothing") {
  anyone();
  const Id lamp = a_product("Lamp");
  const auto error = error_of([&] {
    return reviews.add(ann, {lamp, 6, std::string(151, 'x'), "ok", std::string(61, 'x')});
  });
  CHECK(error.code() == Code::validation);
  CHECK(error.details().size() == 3);
  CHECK(code_of([&] { return reviews.add(ann, {lamp, 0}); }) == Code::validation);
  CHECK(code_of([&] { return reviews.add(ann, {77, 3}); }) == Code::not_found);
  CHECK(code_of([&] { return reviews.add(shop.guest(), {lamp, 3}); }) == Code::unauthenticated);
  CHECK(code_of([&] { return reviews.add(host, {lamp, 3}); }) == Code::unauthenticated);
  const auto review = reviews.add(ann, {lamp, 3});
  CHECK(code_of([&] {
          return reviews.update(bob, {review.id, review.version, 1});
        }) == Code::not_found);
  CHECK(code_of([&] { return reviews.update(ann, {review.id, 99, 1}); }) == Code::stale_version);
  CHECK(code_of([&] {
          reviews.remove(bob, review.id);
          return 0;
        }) == Code::not_found);
  CHECK(code_of([&] { return reviews.answer(bob, review.id, "x"); }) == Code::not_found);
  CHECK(code_of([&] { return reviews.moderate(bob, {review.id}); }) == Code::forbidden);
  CHECK(code_of([&] {
          return reviews.list(bob, {lamp, ReviewOrder::newest, 6}, {});
        }) == Code::validation);
}

TEST_CASE_FIXTURE(ReviewFixture, "moderation: a queue, a decision, a reason for the author") {
  reviews.set_settings(host, {.requirement = ReviewRequirement::anyone, .moderated = true});
  const Id lamp = a_product("Lamp");
  const auto review = reviews.add(ann, {lamp, 5, "Great"});
  CHECK(review.status == ReviewStatus::pending);
  CHECK(reviews.list(bob, {lamp}, {}).items.empty());
  CHECK(code_of([&] { return reviews.get(bob, review.id); }) == Code::not_found);
  CHECK(reviews.get(ann, review.id).id == review.id);
  CHECK(reviews.queue(host, {"", 10, true}).total == 1);
  CHECK(code_of([&] { return reviews.queue(ann, {}); }) == Code::forbidden);
  reviews.moderate(host, {review.id, ReviewStatus::published, ""});
  CHECK(reviews.summary(bob, lamp).reviews == 1);
  auto now = reviews.get(ann, review.id);
  now = reviews.update(ann, {now.id, now.version, 1});
  CHECK(now.status == ReviewStatus::pending);
  CHECK(reviews.summary(bob, lamp).reviews == 0);
  reviews.moderate(host, {review.id, ReviewStatus::hidden, "rude"});
  CHECK(reviews.get(ann, review.id).reason == "rude");
  CHECK(reviews.queue(host, {}).items.empty());
  CHECK(shop.notify().unread(ann) == 2);
  check_verified();
}

TEST_CASE_FIXTURE(ReviewFixture, "votes count once each, never one's own; answers are shown") {
  anyone();
  const Id lamp = a_product("Lamp");
  const auto first = reviews.add(ann, {lamp, 5});
  const auto second = reviews.add(bob, {lamp, 4});
  CHECK(code_of([&] { return reviews.vote(ann, first.id, true); }) == Code::conflict);
  CHECK(reviews.vote(bob, first.id, true).helpful == 1);
  CHECK(reviews.vote(bob, first.id, true).helpful == 1);
  CHECK(reviews.list(host, {lamp, ReviewOrder::helpful}, {}).items[0].id == first.id);
  CHECK(reviews.list(host, {lamp}, {}).items[0].id == second.id);
  const auto changed = reviews.vote(bob, first.id, false);
  CHECK(changed.helpful == 0);
  CHECK(changed.unhelpful == 1);
  CHECK(reviews.unvote(bob, first.id).unhelpful == 0);
  CHECK(reviews.unvote(bob, first.id).unhelpful == 0);
  CHECK(reviews.answer(host, first.id, "Thank you").answer == "Thank you");
  CHECK(shop.notify().unread(ann) == 1);
  CHECK_FALSE(reviews.answer(host, first.id, "").answered_at.has_value());
  check_verified();
}

TEST_CASE_FIXTURE(ReviewFixture, "one five-star review does not win") {
  anyone();
  const Id once = a_product("Once");
  const Id often = a_product("Often");
  reviews.add(ann, {once, 5});
  for (int i = 0; i < 12; ++i) {
    reviews.add(customer("reviewer" + std::to_string(i)), {often, i % 4 == 0 ? 4 : 5});
  }
  CHECK(reviews.summary(ann, once).mean_milli == 5000);
  CHECK(reviews.summary(ann, often).mean_milli == 4750);
  CHECK(reviews.summary(ann, often).five == 9);
  const auto top = reviews.top_rated(ann, {"", 1, true});
  CHECK(top.total == 2);
  CHECK(top.items[0].product_id == often);
  CHECK(reviews.top_rated(ann, {top.next_cursor, 1, false}).items[0].product_id == once);
  CHECK(reviews.most_reviewed(ann, {}).items[0].product_id == often);
  reviews.set_settings(host, {.requirement = ReviewRequirement::anyone, .prior_reviews = 0});
  CHECK(reviews.top_rated(ann, {}).items[0].product_id == once);
  check_verified();
}

TEST_CASE_FIXTURE(ReviewFixture, "over random histories the aggregates are exact to the review") {
  reviews.set_settings(host, {.requirement = ReviewRequirement::anyone});
  std::vector<Session> people;
  for (int i = 0; i < 6; ++i) people.push_back(customer("person" + std::to_string(i)));
  std::vector<Id> products;
  for (int i = 0; i < 3; ++i) products.push_back(a_product("P" + std::to_string(i)));
  std::map<std::pair<Id, std::size_t>, Id> written;
  std::mt19937 chance{5};
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(chance()) % n; };
  for (int step = 0; step < 500; ++step) {
    const Id product = products[pick(products.size())];
    const auto person = pick(people.size());
    const auto stars = static_cast<std::int64_t>(1 + pick(5));
    const auto found = written.find({product, person});
    if (found == written.end()) {
      written[{product, person}] = reviews.add(people[person], {product, stars}).id;
      continue;
    }
    const Id id = found->second;
    switch (pick(6)) {
      case 0:
        reviews.remove(pick(2) == 0 ? people[person] : host, id);
        written.erase(found);
        break;
      case 1:
        reviews.moderate(host, {id, pick(2) == 0 ? ReviewStatus::hidden : ReviewStatus::published});
        break;
      case 2:
        reviews.set_settings(host,
                             {.requirement = ReviewRequirement::anyone, .moderated = pick(2) == 0});
        break;
      case 3: {
        const auto& voter = people[pick(people.size())];
        if (voter.user_id() != people[person].user_id() &&
            reviews.get(host, id).status == ReviewStatus::published) {
          reviews.vote(voter, id, pick(2) == 0);
        }
        break;
      }
      default:
        reviews.update(people[person], {id, reviews.get(host, id).version, stars});
    }
    if (step % 50 != 0) continue;
    for (const Id each : products) {
      std::int64_t count = 0;
      std::int64_t sum = 0;
      for (const auto& [key, review_id] : written) {
        const auto review = reviews.get(host, review_id);
        if (key.first != each || review.status != ReviewStatus::published) continue;
        ++count;
        sum += review.stars;
      }
      const auto summary = reviews.summary(host, each);
      CHECK(summary.reviews == count);
      CHECK(summary.mean_milli == (count == 0 ? 0 : (2000 * sum + count) / (2 * count)));
      CHECK(shop.catalog().product(host, each).rating_count == count);
      CHECK(reviews.list(host, {each}, {"", 50, true}).total == count);
    }
  }
  check_verified();
}
