#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/facts.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "events/events.hpp"
#include "flows/tell_points.hpp"
#include "loyalty/loyalty.hpp"
#include "notify/notify.hpp"
#include "orders/purchases.hpp"
#include "reviews/reviews.hpp"
#include "shop/error.hpp"

#include <array>

// Writing reviews: whether the product was bought, the points they earn, who is told.
namespace shop {

using accounts::authorize;
using accounts::Operation;
using accounts::Permission;

namespace {

constexpr core::TextRule k_title{.max = 150};
constexpr core::TextRule k_text{.max = 8'000, .multiline = true};
constexpr std::array<std::string_view, 4> k_status_names = {"", "pending", "published", "hidden"};

Id author_of(const accounts::Actor& actor) {
  if (actor.user_id == 0) throw Error(Code::unauthenticated, "only an account writes reviews");
  return actor.user_id;
}

std::string_view name_of(ReviewStatus status) {
  return k_status_names[static_cast<std::size_t>(status)];
}

void append_event(db::Tx& tx, std::string_view type, const Review& review, bool with_stars,
                  bool with_status) {
  core::Json json;
  json.begin_object().field("review_id", review.id);
  if (with_stars) json.field("stars", review.stars);
  if (with_status) json.field("status", name_of(review.status));
  events::append(tx, {type, "product", review.product_id, json.end().text()});
}

// The order that entitles somebody to review; nothing when the settings ask for none.
std::optional<Id> entitling_order(db::Tx& tx, Id customer_id, Id product_id) {
  const auto requirement = reviews::settings(tx).requirement;
  const bool delivered = requirement == ReviewRequirement::delivered;
  const auto order = orders::order_with(tx, customer_id, product_id, delivered);
  if (!order && requirement != ReviewRequirement::anyone) {
    throw Error(Code::conflict,
                delivered ? "only what was delivered can be reviewed"
                          : "only what was bought can be reviewed",
                {{"product_id", "not_bought", "buy it first", {}}});
  }
  return order;
}

void reward(db::Tx& tx, const Review& review) {
  if (!reviews::take_reward(tx, review)) return;
  const auto earned = loyalty::earn_for_review(tx, review.customer_id, review.id);
  if (earned) flows::tell_points(tx, *earned, "Thank you for your review");
}

void tell_author(db::Tx& tx, const Review& review, std::string_view title, std::string_view body) {
  const auto data = core::Json{}
                        .begin_object()
                        .field("product_id", review.product_id)
                        .field("status", name_of(review.status))
                        .end()
                        .take();
  notify::send(
      tx, {review.customer_id, NotificationKind::review, title, body, "review", review.id, data});
}

}  // namespace

Review Reviews::add(const Session& session, const ReviewInput& input) {
  core::Fields fields;
  auto good = input;
  fields.range("stars", input.stars, 1, 5);
  good.title = fields.text("title", input.title, k_title);
  good.text = fields.text("text", input.text, k_text);
  good.author = fields.text("author", input.author, {.max = 60});
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_add);
    const Id author = author_of(actor);
    auto problems = fields;
    problems.throw_if_any();
    if (!catalog::product_facts(tx, good.product_id)) {
      throw Error(Code::not_found, "product_id: there is no such product",
                  {{"product_id", "unknown", "there is no such product", {}}});
    }
    const auto order = entitling_order(tx, author, good.product_id);
    const auto review = reviews::add(tx, author, actor.seller_id, good, order);
    append_event(tx, "review.created", review, true, true);
    reward(tx, review);
    return review;
  });
}

Review Reviews::update(const Session& session, const ReviewChange& change) {
  core::Fields fields;
  auto good = change;
  if (change.stars) fields.range("stars", *change.stars, 1, 5);
  if (change.title) good.title = fields.text("title", *change.title, k_title);
  if (change.text) good.text = fields.text("text", *change.text, k_text);
  return db_->write([&](db::Tx& tx) {
    const Id author = author_of(authorize(tx, session, Operation::reviews_update));
    auto problems = fields;
    problems.throw_if_any();
    const auto review = reviews::update(tx, author, good);
    append_event(tx, "review.updated", review, true, true);
    reward(tx, review);
    return review;
  });
}

void Reviews::remove(const Session& session, Id review_id) {
  db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_remove);
    const bool moderates = actor.can(Permission::review_moderate);
    const auto removed =
        reviews::remove(tx, review_id, moderates ? std::nullopt : std::optional{author_of(actor)});
    append_event(tx, "review.removed", removed, false, false);
    if (removed.customer_id == actor.user_id) return;
    const auto before = core::Json{}
                            .begin_object()
                            .field("product_id", removed.product_id)
                            .field("stars", removed.stars)
                            .end()
                            .take();
    audit::record(tx, session, {"reviews.remove", "review", removed.id, before, {}});
  });
}

Review Reviews::answer(const Session& session, Id review_id, const std::string& text) {
  core::Fields fields;
  const auto good = fields.text("text", text, {.max = 4'000, .multiline = true});
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_answer);
    auto problems = fields;
    problems.throw_if_any();
    const bool for_shop = actor.can(Permission::review_moderate);
    if (!for_shop && actor.seller_id == 0) {
      throw Error(Code::not_found, "there is no such review of your products");
    }
    const auto review = reviews::answer(
        tx, review_id, for_shop ? std::nullopt : std::optional{actor.seller_id}, good);
    if (!good.empty()) tell_author(tx, review, "Your review was answered", good);
    return review;
  });
}

Review Reviews::moderate(const Session& session, const ReviewDecision& decision) {
  core::Fields fields;
  auto good = decision;
  fields.check(
      decision.status == ReviewStatus::published || decision.status == ReviewStatus::hidden,
      "status", "unknown", "is published or hidden");
  good.reason = fields.text("reason", decision.reason, {.max = 500});
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::reviews_moderate);
    auto problems = fields;
    problems.throw_if_any();
    const auto [review, changed] = reviews::moderate(tx, good);
    if (!changed) return review;
    append_event(tx, "review.status", review, false, true);
    const bool published = review.status == ReviewStatus::published;
    tell_author(tx, review, published ? "Your review is published" : "Your review was hidden",
                good.reason);
    reward(tx, review);
    const auto after = core::Json{}
                           .begin_object()
                           .field("status", name_of(review.status))
                           .field("reason", std::string_view{good.reason})
                           .end()
                           .take();
    audit::record(tx, session, {"reviews.moderate", "review", review.id, {}, after});
    return review;
  });
}

}  // namespace shop
