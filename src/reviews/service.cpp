#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/access.hpp"
#include "catalog/facts.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "reviews/reviews.hpp"
#include "reviews/rules.hpp"
#include "reviews/store.hpp"
#include "shop/error.hpp"

#include <algorithm>

// Reading reviews, votes and settings; what touches more than reviews is src/flows/review.cpp.
namespace shop {

using accounts::authorize;
using accounts::Operation;
using accounts::Permission;
namespace store = reviews::store;

namespace {

constexpr std::string_view k_list_tag = "reviews.list";
constexpr std::string_view k_mine_tag = "reviews.mine";
constexpr std::string_view k_queue_tag = "reviews.queue";
constexpr std::string_view k_top_tag = "reviews.top";
constexpr std::string_view k_most_tag = "reviews.most";
constexpr std::int64_t k_recounted_per_step = 500;

Id customer(const accounts::Actor& actor) {
  if (actor.user_id == 0) throw Error(Code::unauthenticated, "log in first");
  return actor.user_id;
}

// Published ones are everybody's, the others their author's and the moderation's.
bool may_see(const accounts::Actor& actor, const Review& review) {
  return review.status == ReviewStatus::published || actor.can(Permission::review_moderate) ||
         (actor.user_id != 0 && actor.user_id == review.customer_id);
}

// A product that is not on sale is only there for those who manage it or reviews.
bool shown(db::Tx& tx, const accounts::Actor& actor, Id product_id) {
  if (actor.can(Permission::review_moderate)) return true;
  const auto facts = catalog::product_facts(tx, product_id);
  return facts && (facts->for_sale() || catalog::access_of(actor).may_change(facts->seller_id));
}

/// Up to so many rows of shown products, from `read(after, limit)` on.
template <class Read>
std::vector<RatingSummary> shown_of(db::Tx& tx, const accounts::Actor& actor, RatingSummary after,
                                    std::int64_t limit, Read&& read) {
  std::vector<RatingSummary> out;
  const auto portion = std::max(limit, k_recounted_per_step);
  for (auto rows = read(after, limit);; rows = read(after, portion)) {
    for (auto& row : rows) {
      after = row;
      if (shown(tx, actor, row.product_id)) out.push_back(std::move(row));
      if (std::ssize(out) == limit) return out;
    }
    if (std::ssize(rows) < limit) return out;
  }
}

std::int64_t shown_count(db::Tx& tx, const accounts::Actor& actor) {
  if (actor.can(Permission::review_moderate)) return store::rated_products(tx);
  std::int64_t count = 0;
  Id after = 0;
  for (auto rows = store::rated_after(tx, after, k_recounted_per_step); !rows.empty();
       rows = store::rated_after(tx, after, k_recounted_per_step)) {
    for (const auto& row : rows) count += shown(tx, actor, row.product_id) ? 1 : 0;
    after = rows.back().product_id;
  }
  return count;
}

Review visible(db::Tx& tx, const accounts::Actor& actor, Id review_id) {
  auto row = store::by_id(tx, review_id);
  const bool own = row && actor.user_id != 0 && actor.user_id == row->review.customer_id;
  if (!row || !may_see(actor, row->review) || !(own || shown(tx, actor, row->review.product_id))) {
    throw Error(Code::not_found, "there is no such review");
  }
  auto& review = row->review;
  if (!actor.can(Permission::review_moderate) && actor.user_id != review.customer_id) {
    review.reason.clear();
  }
  return review;
}

void check_page(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
}

template <class T, class MakeCursor>
Page<T> page_of(std::vector<T> rows, const PageQuery& page, MakeCursor cursor) {
  Page<T> out;
  out.items = std::move(rows);
  if (std::ssize(out.items) > page.limit) {
    out.items.pop_back();
    out.next_cursor = cursor(out.items.back());
  }
  return out;
}

std::string as_json(const ReviewSettings& settings) {
  return core::Json{}
      .begin_object()
      .field("requirement", static_cast<int>(settings.requirement))
      .field("moderated", settings.moderated)
      .field("prior_reviews", settings.prior_reviews)
      .field("prior_milli", settings.prior_milli)
      .end()
      .take();
}

void count_all_again(db::Tx& tx, const ReviewSettings& settings) {
  Id after = 0;
  for (;;) {
    const auto rated = store::rated_after(tx, after, k_recounted_per_step);
    if (rated.empty()) return;
    for (auto summary : rated) {
      summary.bayes_micro =
          reviews::bayes_micro(summary.reviews, reviews::stars_of(summary), settings);
      store::put_rating(tx, summary);
      after = summary.product_id;
    }
  }
}

}  // namespace

Review Reviews::get(const Session& session, Id review_id) {
  return db_->read([&](db::Tx& tx) {
    return visible(tx, authorize(tx, session, Operation::reviews_get), review_id);
  });
}

Page<Review> Reviews::mine(const Session& session, const PageQuery& page) {
  check_page(page);
  Id before = max_magnitude;
  if (!page.cursor.empty()) before = core::CursorReader{page.cursor, k_mine_tag}.integer();
  return db_->read([&](db::Tx& tx) {
    const Id author = customer(authorize(tx, session, Operation::reviews_mine));
    auto out = page_of(
        store::of_customer(tx, author, before, page.limit + 1), page,
        [](const Review& last) { return core::CursorWriter{k_mine_tag}.add(last.id).take(); });
    if (page.with_total) out.total = store::count_of_customer(tx, author);
    return out;
  });
}

Page<Review> Reviews::list(const Session& session, const ReviewQuery& query,
                           const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  if (query.stars) fields.range("stars", *query.stars, 1, 5);
  fields.check(query.order == ReviewOrder::newest || query.order == ReviewOrder::helpful, "order",
               "unknown", "is no order of reviews");
  fields.throw_if_any();
  store::Position after;
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, k_list_tag};
    after.helpful = reader.integer();
    after.id = reader.integer();
  }
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_list);
    if (!shown(tx, actor, query.product_id)) {
      Page<Review> none;
      if (page.with_total) none.total = 0;
      return none;
    }
    auto out = page_of(store::list(tx, query, after, page.limit + 1), page, [](const Review& last) {
      return core::CursorWriter{k_list_tag}.add(last.helpful).add(last.id).take();
    });
    for (auto& review : out.items) review.reason.clear();
    if (page.with_total) {
      const auto summary = store::rating(tx, query.product_id);
      const std::int64_t by_stars[] = {summary.reviews, summary.one,  summary.two,
                                       summary.three,   summary.four, summary.five};
      out.total = by_stars[query.stars.value_or(0)];
    }
    return out;
  });
}

RatingSummary Reviews::summary(const Session& session, Id product_id) {
  return db_->peek([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_summary);
    if (shown(tx, actor, product_id)) return store::rating(tx, product_id);
    RatingSummary none;
    none.product_id = product_id;
    return none;
  });
}

Page<RatingSummary> Reviews::top_rated(const Session& session, const PageQuery& page) {
  check_page(page);
  RatingSummary after;
  after.bayes_micro = after.product_id = max_magnitude;
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, k_top_tag};
    after.bayes_micro = reader.integer();
    after.product_id = reader.integer();
  }
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_top_rated);
    auto rows = shown_of(
        tx, actor, after, page.limit + 1,
        [&](const RatingSummary& from, auto most) { return store::top_rated(tx, from, most); });
    auto out = page_of(std::move(rows), page, [](const RatingSummary& last) {
      return core::CursorWriter{k_top_tag}.add(last.bayes_micro).add(last.product_id).take();
    });
    if (page.with_total) out.total = shown_count(tx, actor);
    return out;
  });
}

Page<RatingSummary> Reviews::most_reviewed(const Session& session, const PageQuery& page) {
  check_page(page);
  RatingSummary after;
  after.reviews = after.product_id = max_magnitude;
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, k_most_tag};
    after.reviews = reader.integer();
    after.product_id = reader.integer();
  }
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_most_reviewed);
    auto rows = shown_of(
        tx, actor, after, page.limit + 1,
        [&](const RatingSummary& from, auto most) { return store::most_reviewed(tx, from, most); });
    auto out = page_of(std::move(rows), page, [](const RatingSummary& last) {
      return core::CursorWriter{k_most_tag}.add(last.reviews).add(last.product_id).take();
    });
    if (page.with_total) out.total = shown_count(tx, actor);
    return out;
  });
}

Review Reviews::vote(const Session& session, Id review_id, bool helpful) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_vote);
    const Id voter = customer(actor);
    const auto review = visible(tx, actor, review_id);
    if (review.customer_id == voter) {
      throw Error(Code::conflict, "nobody votes for their own review");
    }
    const auto before = store::vote(tx, review_id, voter);
    if (before != helpful) {
      store::put_vote(tx, review_id, voter, helpful);
      const auto gone = before.has_value() ? -1 : 0;
      store::count_votes(tx, review_id, helpful ? 1 : gone, helpful ? gone : 1);
    }
    return visible(tx, actor, review_id);
  });
}

Review Reviews::unvote(const Session& session, Id review_id) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::reviews_unvote);
    const Id voter = customer(actor);
    visible(tx, actor, review_id);
    if (const auto before = store::vote(tx, review_id, voter)) {
      store::remove_vote(tx, review_id, voter);
      store::count_votes(tx, review_id, *before ? -1 : 0, *before ? 0 : -1);
    }
    return visible(tx, actor, review_id);
  });
}

Page<Review> Reviews::queue(const Session& session, const PageQuery& page) {
  check_page(page);
  Id after = 0;
  if (!page.cursor.empty()) after = core::CursorReader{page.cursor, k_queue_tag}.integer();
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::reviews_queue);
    auto out = page_of(store::queue(tx, after, page.limit + 1), page, [](const Review& last) {
      return core::CursorWriter{k_queue_tag}.add(last.id).take();
    });
    if (page.with_total) out.total = store::queue_count(tx);
    return out;
  });
}

ReviewSettings Reviews::settings(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::reviews_settings);
    return store::settings(tx);
  });
}

ReviewSettings Reviews::set_settings(const Session& session, const ReviewSettings& settings) {
  core::Fields fields;
  fields.check(settings.requirement >= ReviewRequirement::delivered &&
                   settings.requirement <= ReviewRequirement::anyone,
               "requirement", "unknown", "is no requirement");
  fields.range("prior_reviews", settings.prior_reviews, 0, 1'000);
  fields.range("prior_milli", settings.prior_milli, 1'000, 5'000);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::reviews_set_settings);
    auto problems = fields;
    problems.throw_if_any();
    const auto before = store::settings(tx);
    store::put_settings(tx, settings);
    if (before.prior_reviews != settings.prior_reviews ||
        before.prior_milli != settings.prior_milli) {
      count_all_again(tx, settings);
    }
    audit::record(tx, session,
                  {"reviews.settings", "setting", 0, as_json(before), as_json(settings)});
    return settings;
  });
}

}  // namespace shop
