#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "catalog/list_plan.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "search/index_store.hpp"
#include "search/page.hpp"
#include "search/search.hpp"
#include "shop/error.hpp"
#include "shop/search.hpp"

#include <map>
#include <mutex>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;
using catalog::store::ListPosition;

/// Searches wait here before they are written: counting them must not cost a sync each.
class Search::Counter {
 public:
  /// True when it is time to write.
  bool add(const std::string& query, std::int64_t results) {
    constexpr std::size_t k_most = 64;
    const std::lock_guard lock{mutex_};
    auto& entry = waiting_[query];
    ++entry.searches;
    entry.results = results;
    return waiting_.size() >= k_most;
  }
  std::vector<search::store::CountedQuery> take() {
    const std::lock_guard lock{mutex_};
    std::vector<search::store::CountedQuery> out;
    for (auto& [query, entry] : waiting_) {
      out.push_back({query, entry.searches, entry.results});
    }
    waiting_.clear();
    return out;
  }

 private:
  struct Entry {
    std::int64_t searches = 0;
    std::int64_t results = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Entry> waiting_;
};

namespace {

constexpr std::size_t k_text_max = 1000;
constexpr std::size_t k_counted_max = 100;

std::string checked_text(core::Fields& fields, std::string_view text) {
  if (text.size() > k_text_max) {
    fields.check(false, "text", "too_long", "at most 1,000 bytes");
    return {};
  }
  if (!core::valid_utf8(text)) {
    fields.check(false, "text", "invalid_utf8", "not valid UTF-8");
    return {};
  }
  return std::string{text};
}

std::string cursor_tag(ProductOrder order) {
  return fmt::format("s{}", static_cast<int>(order));
}

std::string relevance_cursor(const search::Match& last) {
  return core::CursorWriter{"sr"}.add(last.score).add(last.product_id).take();
}

std::string place_cursor(const ListPosition& at, ProductOrder order) {
  return core::CursorWriter{cursor_tag(order)}
      .add(at.number)
      .add(at.product_id)
      .add(at.text)
      .take();
}

void fill_ranked(db::Tx& tx, search::Found& found, const PageQuery& page, SearchResult& out) {
  const auto limit = static_cast<std::size_t>(page.limit);
  if (found.plan.order == ProductOrder::relevance) {
    std::optional<search::Match> after;
    if (!page.cursor.empty()) {
      core::CursorReader reader{page.cursor, "sr"};
      after.emplace();
      after->score = reader.integer();
      after->product_id = reader.integer();
    }
    auto ranked = search::by_relevance(tx, found, after ? &*after : nullptr, limit);
    if (ranked.last) out.next_cursor = relevance_cursor(*ranked.last);
    out.items = std::move(ranked.cards);
    return;
  }
  std::optional<ListPosition> after;
  if (!page.cursor.empty()) {
    core::CursorReader reader{page.cursor, cursor_tag(found.plan.order)};
    after.emplace();
    after->number = reader.integer();
    after->product_id = reader.integer();
    after->text = reader.text();
  }
  auto ranked = search::by_order(tx, found, after ? &*after : nullptr, limit);
  if (ranked.last_place) out.next_cursor = place_cursor(*ranked.last_place, found.plan.order);
  out.items = std::move(ranked.cards);
}

}  // namespace

Search::Search(db::Database& db) : db_(&db), counter_(std::make_unique<Counter>()) {
  search::connect();
}

Search::~Search() {
  flush_counts();
}

void Search::flush_counts() noexcept {
  try {
    const auto waiting = counter_->take();
    if (waiting.empty() || db_->read_only()) return;
    db_->write([&](db::Tx& tx) {
      for (const auto& counted : waiting) search::store::add_count(tx, counted);
    });
  } catch (const std::exception&) {  // a count of searches is not worth failing a search
  }
}

SearchResult Search::products(const Session& session, const SearchQuery& query,
                              const PageQuery& page) {
  core::Fields fields;
  const auto text = checked_text(fields, query.text);
  fields.range("limit", page.limit, 1, 500);
  fields.check(query.order >= ProductOrder::newest && query.order <= ProductOrder::relevance,
               "order", "unknown", "is not an order");
  catalog::check_filter(fields, query.filter);
  fields.throw_if_any();
  bool counts = false;
  auto result = db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::search_products);
    const auto plan = catalog::list_plan(tx, catalog::access_of(actor), query.filter, query.order);
    SearchResult out;
    if (page.with_total) out.total = 0;
    if (!plan) return out;
    // What everybody is shown is of what everybody can search: all that is on sale.
    counts = plan->scope == catalog::store::scope_all && !plan->filtered();
    if (core::trim(text).empty()) {
      auto listed = catalog::list_page(tx, *plan, page);
      out.items = std::move(listed.items);
      out.next_cursor = std::move(listed.next_cursor);
      out.total = listed.total;
      return out;
    }
    auto found = search::search(tx, text, *plan);
    out.complete = found.matches.complete;
    out.corrected = found.matches.corrected;
    if (page.with_total) out.total = search::count(tx, found);
    fill_ranked(tx, found, page, out);
    return out;
  });
  if (counts && !query.uncounted && page.cursor.empty()) {
    const auto folded = core::fold(text);
    const auto results = result.total.value_or(static_cast<std::int64_t>(result.items.size()));
    if (!folded.empty() && folded.size() <= k_counted_max && counter_->add(folded, results)) {
      flush_counts();
    }
  }
  return result;
}

Facets Search::facets(const Session& session, const SearchQuery& query) {
  core::Fields fields;
  const auto text = checked_text(fields, query.text);
  catalog::check_filter(fields, query.filter);
  fields.throw_if_any();
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::search_facets);
    const auto plan =
        catalog::list_plan(tx, catalog::access_of(actor), query.filter, ProductOrder::relevance);
    if (!plan) return Facets{};
    std::vector<Id> ids;
    if (core::trim(text).empty()) {
      ids = catalog::store::list_ids(tx, *plan, catalog::facet_products_max + 1);
    } else {
      auto found = search::search(tx, text, *plan);
      ids = search::best(tx, found, catalog::facet_products_max + 1);
    }
    const bool complete = ids.size() <= catalog::facet_products_max;
    if (!complete) ids.pop_back();
    auto facets = catalog::count_facets(tx, ids);
    facets.complete = complete;
    return facets;
  });
}

Suggestions Search::suggest(const Session& session, std::string_view text, std::int64_t limit) {
  core::Fields fields;
  const auto typed = checked_text(fields, text);
  fields.range("limit", limit, 1, 50);
  fields.throw_if_any();
  const auto folded = core::fold(typed);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::search_suggest);
    Suggestions out;
    if (folded.empty()) return out;
    const auto wanted = static_cast<std::size_t>(limit);
    out.products.reserve(wanted);
    catalog::titles_from(tx, folded, limit,
                         [&](Id id, std::string_view slug, std::string_view title) {
                           out.products.push_back({id, std::string{slug}, std::string{title}});
                         });
    if (out.products.size() < wanted) {
      // Then those that have the words somewhere else.
      constexpr std::size_t k_bound = 512;
      const auto query = search::parse_query(typed);
      search::Found found{query, {}, search::find(tx, query, k_bound)};
      for (auto& card : search::by_relevance(tx, found, nullptr, wanted).cards) {
        const auto same = [&](const auto& one) { return one.id == card.id; };
        if (out.products.size() == wanted) break;
        if (std::any_of(out.products.begin(), out.products.end(), same)) continue;
        out.products.push_back({card.id, std::move(card.slug), std::move(card.title)});
      }
    }
    out.categories = catalog::categories_from(tx, folded, limit);
    out.searches = search::store::counted_from(tx, folded, wanted);
    return out;
  });
}

namespace {

std::vector<SearchCount> counted(db::Tx& tx, bool fruitless, std::int64_t limit) {
  std::vector<SearchCount> out;
  for (auto& one : search::store::counted(tx, fruitless, limit)) {
    out.push_back({std::move(one.query), one.searches, one.results});
  }
  return out;
}

void check_limit(std::int64_t limit) {
  core::Fields fields;
  fields.range("limit", limit, 1, 500);
  fields.throw_if_any();
}

}  // namespace

std::vector<SearchCount> Search::popular(const Session& session, std::int64_t limit) {
  check_limit(limit);
  flush_counts();
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::search_popular);
    return counted(tx, false, limit);
  });
}

std::vector<SearchCount> Search::fruitless(const Session& session, std::int64_t limit) {
  check_limit(limit);
  flush_counts();
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::search_fruitless);
    return counted(tx, true, limit);
  });
}

void Search::rebuild(const Session& session) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::search_rebuild);
    search::rebuild(tx);
  });
}

}  // namespace shop
