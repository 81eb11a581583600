#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "catalog/facts.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "orders/purchases.hpp"
#include "recommend/candidates.hpp"
#include "recommend/freshen.hpp"
#include "recommend/hooks.hpp"
#include "recommend/recommend.hpp"
#include "recommend/recommend_sql.hpp"
#include "recommend/store.hpp"
#include "shop/error.hpp"

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = recommend::store;

namespace {

constexpr std::string_view k_tag = "recommend.pairs";
constexpr std::int64_t k_budget = 8'192;

// Whose views are kept: the account's, or the guest's who has an identity.
Id viewer_of(const accounts::Actor& actor) {
  return actor.user_id != 0 ? actor.user_id : actor.guest_id;
}

RecommendPrivacy both(const RecommendPrivacy& shop, const RecommendPrivacy& own) {
  return {shop.views && own.views, shop.profiling && own.profiling};
}

std::string as_json(const RecommendPrivacy& privacy) {
  return core::Json{}
      .begin_object()
      .field("views", privacy.views)
      .field("profiling", privacy.profiling)
      .end()
      .take();
}

Association association(db::Tx& tx, const db::Query& pair, std::int64_t orders) {
  Association out;
  out.a = pair.integer(0);
  out.b = pair.integer(1);
  out.support = pair.integer(2);
  out.orders_a = store::orders_of(tx, out.a);
  out.orders_b = store::orders_of(tx, out.b);
  const auto ab = recommend::figures(out.support, out.orders_a, out.orders_b, orders);
  out.confidence_ab = ab.confidence;
  out.lift = ab.lift;
  out.confidence_ba =
      recommend::figures(out.support, out.orders_b, out.orders_a, orders).confidence;
  return out;
}

// Every product that a customer ever bought: where the figures may name them.
std::vector<Id> bought_ever(db::Tx& tx, Id customer_id) {
  std::vector<Id> out;
  for (const auto& purchase :
       orders::recent_purchases(tx, customer_id, max_magnitude, max_magnitude)) {
    out.push_back(purchase.product_id);
  }
  return recommend::basket_of(std::move(out));
}

}  // namespace

std::vector<Recommendation> Recommendations::bought_together(const Session& session,
                                                             const RecommendQuery& query) {
  recommend::check(query);
  recommend::freshen(*db_);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_bought_together);
    return recommend::presentable(tx, actor.user_id, query, recommend::together(tx, query));
  });
}

std::vector<Recommendation> Recommendations::similar(const Session& session,
                                                     const RecommendQuery& query) {
  recommend::check(query);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_similar);
    return recommend::presentable(tx, actor.user_id, query, recommend::similar(tx, query));
  });
}

std::vector<Recommendation> Recommendations::trending(const Session& session,
                                                      const RecommendQuery& query) {
  recommend::check(query);
  recommend::freshen(*db_);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_trending);
    return recommend::presentable(tx, actor.user_id, query, recommend::trending(tx));
  });
}

std::vector<Recommendation> Recommendations::recently_viewed(const Session& session,
                                                             const RecommendQuery& query) {
  recommend::check(query);
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_recently_viewed);
    std::vector<recommend::Candidate> candidates;
    for (const Id product : store::views(tx, viewer_of(actor), 50)) {
      const auto score = 1.0 / static_cast<double>(candidates.size() + 1);
      candidates.push_back({product, score, RecommendReason::viewed});
    }
    // What was just bought may still be looked at again.
    return recommend::presentable(tx, 0, query, candidates);
  });
}

void Recommendations::view(const Session& session, Id product_id) {
  const bool wanted = db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_view);
    const auto facts = catalog::product_facts(tx, product_id);
    if (!facts || facts->status == ProductStatus::draft) {
      throw Error(Code::not_found, "there is no such product");
    }
    const Id viewer = viewer_of(actor);
    return viewer != 0 && recommend::allowed(tx, viewer).views;
  });
  if (!wanted) return;
  db_->write([&](db::Tx& tx) {
    const Id viewer = viewer_of(authorize(tx, session, Operation::recommend_view));
    if (!recommend::allowed(tx, viewer).views) return;
    store::add_view(tx, viewer, product_id);
    recommend::viewed(tx);
  });
}

std::int64_t Recommendations::forget_views(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_forget_views);
    return store::erase_views(tx, viewer_of(actor));
  });
}

RecommendPrivacy Recommendations::privacy(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_privacy);
    return recommend::allowed(tx, actor.user_id);
  });
}

RecommendPrivacy Recommendations::set_privacy(const Session& session,
                                              const RecommendPrivacy& privacy) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::recommend_set_privacy);
    if (actor.user_id == 0) throw Error(Code::unauthenticated, "log in first");
    recommend::take_in(tx);
    store::put_privacy(tx, actor.user_id, privacy);
    if (!privacy.views) store::erase_views(tx, actor.user_id);
    if (!privacy.profiling) {
      store::forget_buyers(tx, actor.user_id, bought_ever(tx, actor.user_id));
    }
    return recommend::allowed(tx, actor.user_id);
  });
}

RecommendPrivacy Recommendations::settings(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::recommend_settings);
    return store::settings(tx);
  });
}

RecommendPrivacy Recommendations::set_settings(const Session& session,
                                               const RecommendPrivacy& settings) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::recommend_set_settings);
    recommend::take_in(tx);
    const auto before = store::settings(tx);
    store::put_settings(tx, settings);
    audit::record(tx, session,
                  {"recommend.settings", "setting", 0, as_json(before), as_json(settings)});
    return settings;
  });
}

Page<Association> Recommendations::associations(const Session& session, std::int64_t min_support,
                                                const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.range("min_support", min_support, 1);
  fields.throw_if_any();
  Id a = 0;
  Id b = 0;
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, k_tag};
    a = reader.integer();
    b = reader.integer();
  }
  recommend::freshen(*db_);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::recommend_associations);
    Page<Association> out;
    const auto orders = store::all_orders(tx);
    auto query = tx.query(recommend::sql::k_pairs, a, b, min_support, page.limit + 1);
    while (query.next()) {
      if (std::ssize(out.items) == page.limit) {
        const auto& last = out.items.back();
        out.next_cursor = core::CursorWriter{k_tag}.add(last.a).add(last.b).take();
        break;
      }
      out.items.push_back(association(tx, query, orders));
    }
    if (page.with_total) out.total = tx.integer(recommend::sql::k_pair_count, min_support);
    return out;
  });
}

std::int64_t Recommendations::refresh(const Session& session) {
  std::int64_t done = 0;
  for (bool more = true; more;) {
    done += db_->write([&](db::Tx& tx) {
      authorize(tx, session, Operation::recommend_refresh);
      recommend::take_in(tx, 0);
      return recommend::fold(tx, k_budget);
    });
    more = db_->peek([](db::Tx& tx) { return store::waiting_since(tx).has_value(); });
  }
  return done;
}

namespace recommend {

void freshen(db::Database& db) {
  const bool due = db.peek([](db::Tx& tx) {
    const auto since = store::waiting_since(tx);
    return since && *since + core::microseconds_per_minute <= tx.now();
  });
  if (!due || db.read_only()) return;
  try {
    db.write([](db::Tx& tx) {
      take_in(tx, 0);
      fold(tx, k_budget);
    });
  } catch (const Error& error) {
    // Slightly old figures are better than none when somebody else writes or the disk is full.
    if (error.code() != Code::busy && error.code() != Code::full) throw;
  }
}

RecommendPrivacy allowed(db::Tx& tx, Id customer_id) {
  const auto shop = store::settings(tx);
  return customer_id == 0 ? shop : both(shop, store::privacy(tx, customer_id));
}

std::vector<Id> views(db::Tx& tx, Id viewer_id, std::int64_t most) {
  return store::views(tx, viewer_id, most);
}

void erase_customer(db::Tx& tx, Id customer_id) {
  take_in(tx);
  store::erase_views(tx, customer_id);
  store::forget_buyers(tx, customer_id, bought_ever(tx, customer_id));
  tx.exec(sql::k_privacy_erase, customer_id);
}

}  // namespace recommend
}  // namespace shop
