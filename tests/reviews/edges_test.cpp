#include "shop/sellers.hpp"
#include "support/orders_fixture.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

struct EdgesFixture : OrdersFixture {
  Reviews& reviews = shop.reviews();
  Session ann = a_customer(shop);
  Session bob = a_customer(shop, 2);

  EdgesFixture() { reviews.set_settings(host, {.requirement = ReviewRequirement::anyone}); }
  Id a_product(const std::string& title, std::optional<Id> seller = {}) {
    ProductInput input;
    input.title = title;
    input.seller_id = seller;
    input.simple.price = {1000, {}};
    return shop.catalog().create_product(host, input).id;
  }
};

}  // namespace

TEST_CASE_FIXTURE(EdgesFixture, "settings of reviews are refused by field") {
  ReviewSettings settings;
  settings.requirement = static_cast<ReviewRequirement>(0);
  settings.prior_reviews = 1001;
  settings.prior_milli = 999;
  CHECK(problems_of([&] { reviews.set_settings(host, settings); }).size() == 3);
  settings = {};
  settings.requirement = static_cast<ReviewRequirement>(4);
  CHECK(problems_of([&] { reviews.set_settings(host, settings); }).size() == 1);
  CHECK(code_of([&] { reviews.set_settings(ann, {}); }) == Code::forbidden);
  CHECK(reviews.settings(host).requirement == ReviewRequirement::anyone);
}

TEST_CASE_FIXTURE(EdgesFixture, "another prior weighs every rating anew") {
  const auto lamp = a_product("Lamp");
  reviews.add(ann, {lamp, 5, {}, {}, {}});
  const auto before = reviews.summary(host, lamp).bayes_micro;
  ReviewSettings settings;
  settings.requirement = ReviewRequirement::anyone;
  settings.prior_milli = 1000;
  reviews.set_settings(host, settings);
  CHECK(reviews.summary(host, lamp).bayes_micro < before);
  settings.prior_reviews = 0;
  reviews.set_settings(host, settings);
  CHECK(reviews.summary(host, lamp).bayes_micro == 5'000'000);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EdgesFixture, "a review is changed by its author, as it was read") {
  const auto lamp = a_product("Lamp");
  const auto review = reviews.add(ann, {lamp, 2, "Dark", "Broke.", "Ann"});
  ReviewChange change{review.id, review.version, {}, "Bright", "Was mended."};
  CHECK(code_of([&] { reviews.update(bob, change); }) == Code::not_found);
  auto now = reviews.update(ann, change);
  CHECK(now.title == "Bright");
  CHECK(now.text == "Was mended.");
  CHECK(now.stars == 2);
  CHECK(problems_of(error_of([&] { reviews.update(ann, change); })) == Problems{"version stale"});
  change.version = now.version;
  change.stars = 6;
  change.title = std::string(151, 'x');
  change.text = std::string(8001, 'x');
  CHECK(problems_of([&] { reviews.update(ann, change); }) ==
        Problems{"stars out_of_range", "title too_long", "text too_long"});
  CHECK(code_of([&] { reviews.remove(bob, review.id); }) == Code::not_found);
  reviews.remove(ann, review.id);
  CHECK(code_of([&] { reviews.get(ann, review.id); }) == Code::not_found);
  CHECK(reviews.summary(host, lamp).reviews == 0);
}

TEST_CASE_FIXTURE(EdgesFixture, "drafts and one's own goods are not reviewed") {
  ProductInput draft;
  draft.title = "Draft";
  draft.status = ProductStatus::draft;
  draft.simple.price.minor = 1;
  const auto hidden = shop.catalog().create_product(host, draft).id;
  CHECK(problems_of(error_of([&] {
          reviews.add(ann, {hidden, 5, {}, {}, {}});
        })) == Problems{"product_id unknown"});
  CHECK(problems_of(error_of([&] {
          reviews.add(ann, {4711, 5, {}, {}, {}});
        })) == Problems{"product_id unknown"});
  shop.sellers().set_approval(host, SellerApproval::automatic);
  const auto seller = shop.sellers().apply(ann, {"Anna", "+44 1234", {}, {}}).id;
  const auto hers = a_product("Hers", seller);
  CHECK(code_of([&] { reviews.add(ann, {hers, 5, {}, {}, {}}); }) == Code::forbidden);

  // She answers reviews of her goods that are shown, and no others.
  const auto ours = reviews.add(bob, {a_product("Ours"), 3, {}, {}, {}});
  CHECK(code_of([&] { reviews.answer(ann, ours.id, "Thanks"); }) == Code::not_found);
  reviews.set_settings(host, {.requirement = ReviewRequirement::anyone, .moderated = true});
  const auto review = reviews.add(bob, {hers, 3, {}, {}, {}});
  CHECK(review.status == ReviewStatus::pending);
  CHECK(code_of([&] { reviews.answer(ann, review.id, "Thanks"); }) == Code::not_found);
  const ReviewDecision publish{review.id, ReviewStatus::published, "fine"};
  CHECK(reviews.moderate(host, publish).reason == "fine");
  const auto version = reviews.get(host, review.id).version;
  CHECK(reviews.moderate(host, publish).version == version);
  CHECK(reviews.moderate(host, {review.id, ReviewStatus::published, "good"}).version ==
        version + 1);
  CHECK(reviews.answer(ann, review.id, "Thanks").answered_at);
  CHECK_FALSE(reviews.answer(ann, review.id, "").answered_at);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EdgesFixture, "votes and reviews of who is erased go, and the counts follow") {
  const auto lamp = a_product("Lamp");
  const auto mug = a_product("Mug");
  const auto carl = a_customer(shop, 3);
  const auto of_ann = reviews.add(ann, {lamp, 5, {}, {}, {}}).id;
  const auto of_bob = reviews.add(bob, {mug, 1, {}, {}, {}}).id;
  reviews.add(carl, {lamp, 1, {}, {}, {}});
  reviews.vote(carl, of_ann, true);
  reviews.vote(carl, of_bob, false);
  CHECK(code_of([&] { reviews.vote(ann, of_ann, true); }) == Code::conflict);
  CHECK(reviews.get(host, of_bob).unhelpful == 1);
  shop.accounts().erase(host, carl.user_id());
  CHECK(reviews.get(host, of_ann).helpful == 0);
  CHECK(reviews.get(host, of_bob).unhelpful == 0);
  CHECK(reviews.summary(host, lamp).reviews == 1);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EdgesFixture, "lists of reviews go by page, stars and use") {
  const auto lamp = a_product("Lamp");
  std::vector<Id> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(reviews.add(a_customer(shop, 10 + i), {lamp, 1 + i % 2, {}, {}, {}}).id);
  }
  reviews.vote(ann, ids[1], true);
  for (const auto order : {ReviewOrder::newest, ReviewOrder::helpful}) {
    std::vector<Id> seen;
    PageQuery page{{}, 2, true};
    for (;;) {
      const auto part = reviews.list(host, {lamp, order, {}}, page);
      if (page.with_total) CHECK(part.total == 5);
      for (const auto& review : part.items) seen.push_back(review.id);
      page = {part.next_cursor, 2, false};
      if (page.cursor.empty()) break;
    }
    REQUIRE(seen.size() == 5);
    CHECK(seen.front() == (order == ReviewOrder::newest ? ids[4] : ids[1]));
  }
  CHECK(reviews.list(host, {lamp, ReviewOrder::newest, 2}, {{}, 10, true}).items.size() == 2);
  CHECK(code_of([&] {
          reviews.list(host, {lamp, static_cast<ReviewOrder>(3), {}}, {});
        }) == Code::validation);
  CHECK(reviews.top_rated(host, {{}, 1, true}).items.size() == 1);
  CHECK(reviews.most_reviewed(host, {{}, 1, true}).items.size() == 1);
  reviews.set_settings(host, {.requirement = ReviewRequirement::anyone, .moderated = true});
  for (int i = 0; i < 3; ++i) reviews.add(a_customer(shop, 20 + i), {lamp, 3, {}, {}, {}});
  const auto queue = reviews.queue(host, {{}, 2, true});
  CHECK(queue.items.size() == 2);
  CHECK(reviews.queue(host, {queue.next_cursor, 2, false}).items.size() == 1);
  const auto mine = reviews.mine(a_customer(shop, 30), {{}, 1, false});
  CHECK(mine.items.empty());
}

TEST_CASE_FIXTURE(EdgesFixture, "what was hidden does not come back by writing it again") {
  const auto lamp = a_product("Lamp");
  const ReviewInput rude{lamp, 1, "Rude", "Words.", {}};
  auto review = reviews.add(ann, rude);
  reviews.moderate(host, {review.id, ReviewStatus::hidden, "rude"});
  for (int i = 0; i < 3; ++i) {
    const auto version = reviews.get(ann, review.id).version;
    CHECK(reviews.update(ann, {review.id, version, 2}).status == ReviewStatus::pending);
  }
  for (int i = 0; i < 3; ++i) {
    reviews.remove(ann, review.id);
    review = reviews.add(ann, rude);
    CHECK(review.status == ReviewStatus::pending);
  }
  CHECK(reviews.list(bob, {lamp}, {}).items.empty());
  reviews.moderate(host, {review.id, ReviewStatus::published, {}});
  CHECK(reviews.list(bob, {lamp}, {}).items.size() == 1);
  reviews.remove(ann, review.id);
  CHECK(reviews.add(ann, rude).status == ReviewStatus::published);
  CHECK(reviews.add(bob, rude).status == ReviewStatus::published);
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EdgesFixture, "a customer earns points for a product once") {
  shop.loyalty().set_program(host, {100, {1, {}}, 365});
  shop.loyalty().save_rule(host, {{}, LoyaltyRuleKind::review, "Reviews", 50});
  const auto lamp = a_product("Lamp");
  const auto vase = a_product("Vase");
  for (int i = 0; i < 3; ++i) {
    reviews.remove(ann, reviews.add(ann, {lamp, 5, {}, {}, {}}).id);
    CHECK(shop.loyalty().account(ann).balance == 50);
  }
  reviews.add(ann, {lamp, 4, {}, {}, {}});
  CHECK(shop.loyalty().account(ann).balance == 50);
  reviews.add(ann, {vase, 4, {}, {}, {}});
  reviews.add(bob, {lamp, 4, {}, {}, {}});
  CHECK(shop.loyalty().account(ann).balance == 100);
  CHECK(shop.loyalty().account(bob).balance == 50);
  shop.accounts().erase(host, ann.user_id());
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(EdgesFixture, "what is not on sale shows in no ratings") {
  const auto lamp = a_product("Lamp");
  const auto rug = a_product("Rug");
  const auto bowl = a_product("Bowl");
  reviews.add(ann, {lamp, 5, {}, {}, {}});
  reviews.add(bob, {lamp, 5, {}, {}, {}});
  const auto words = reviews.add(ann, {rug, 4, "Soft", "And red.", {}}).id;
  reviews.add(ann, {bowl, 3, {}, {}, {}});
  const auto best = [&](const Session& who) {
    std::vector<Id> ids;
    std::string cursor;
    do {
      const auto page = reviews.top_rated(who, {cursor, 1});
      for (const auto& one : page.items) ids.push_back(one.product_id);
      cursor = page.next_cursor;
    } while (!cursor.empty());
    return ids;
  };
  const auto guest = shop.guest();
  CHECK(best(guest) == std::vector<Id>{lamp, rug, bowl});
  shop.catalog().archive_product(host, rug);
  CHECK(best(guest) == std::vector<Id>{lamp, bowl});
  CHECK(best(host) == std::vector<Id>{lamp, rug, bowl});
  CHECK(reviews.most_reviewed(guest, {"", 1, true}).total == 2);
  CHECK(reviews.most_reviewed(guest, {}).items.size() == 2);
  CHECK(reviews.top_rated(host, {"", 1, true}).total == 3);
  CHECK(reviews.list(guest, {rug}, {"", 10, true}).items.empty());
  CHECK(reviews.list(guest, {rug}, {"", 10, true}).total == 0);
  CHECK(reviews.list(host, {rug}, {"", 10, true}).total == 1);
  CHECK(reviews.summary(guest, rug).reviews == 0);
  CHECK(reviews.summary(guest, rug).product_id == rug);
  CHECK(reviews.summary(host, rug).reviews == 1);
  CHECK(code_of([&] { return reviews.get(guest, words); }) == Code::not_found);
  CHECK(code_of([&] { return reviews.vote(bob, words, true); }) == Code::not_found);
  CHECK(reviews.get(ann, words).title == "Soft");  // her own
}
