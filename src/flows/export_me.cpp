#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "cart/cart.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "payments/payments.hpp"
#include "recommend/recommend.hpp"
#include "sellers/sellers.hpp"
#include "shop/accounts.hpp"
#include "shop/loyalty.hpp"
#include "shop/notify.hpp"
#include "shop/orders.hpp"
#include "shop/reviews.hpp"
#include "shop/wishlist.hpp"

#include <initializer_list>
#include <utility>

/// All that the shop knows about somebody, for that person.
namespace shop {
namespace {

constexpr std::int64_t k_page = 500;
constexpr std::int64_t k_most_views = 500;

// Each item of a list that comes in pages.
template <class Read, class Use>
void each(const Read& read, const Use& use) {
  PageQuery page{{}, k_page, false};
  do {
    const auto some = read(page);
    for (const auto& item : some.items) use(item);
    page.cursor = some.next_cursor;
  } while (!page.cursor.empty());
}

using Texts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void add_texts(core::Json& json, const Texts& texts) {
  for (const auto& [name, text] : texts) json.field(name, text);
}

void add_account(core::Json& json, const accounts::store::Account& account) {
  json.field("id", account.id);
  add_texts(json, {{"username", account.username},
                   {"email", account.email},
                   {"name", account.name},
                   {"phone", account.phone},
                   {"country", account.country},
                   {"region", account.region},
                   {"referral_code", account.referral_code}});
  json.field("created_at", account.created_at);
  json.field("last_log_in_at", account.last_log_in_at.value_or(0));
  json.field("last_log_out_at", account.last_log_out_at.value_or(0));
}

void add_addresses(core::Json& json, const std::vector<UserAddress>& addresses) {
  json.key("addresses").begin_array();
  for (const auto& address : addresses) {
    json.begin_object();
    add_texts(json, {{"label", address.label},
                     {"name", address.name},
                     {"company", address.company},
                     {"line1", address.line1},
                     {"line2", address.line2},
                     {"postal_code", address.postal_code},
                     {"city", address.city},
                     {"region", address.region},
                     {"country", address.country},
                     {"phone", address.phone}});
    json.end();
  }
  json.end();
}

void add_sessions(core::Json& json, const std::vector<accounts::store::SessionRow>& rows) {
  json.key("sessions").begin_array();
  for (const auto& row : rows) {
    json.begin_object()
        .field("device_name", std::string_view{row.device_name})
        .field("created_at", row.created_at)
        .field("last_seen_at", row.last_seen_at)
        .end();
  }
  json.end();
}

void add_order(core::Json& json, const Order& order) {
  json.begin_object()
      .field("number", std::string_view{order.number})
      .field("placed_at", order.placed_at)
      .field("status", std::string_view{order.summary})
      .field("total", order.total)
      .field("note", std::string_view{order.note});
  if (order.address) {
    json.key("address").begin_object();
    add_texts(json, {{"name", order.address->name},
                     {"line1", order.address->line1},
                     {"line2", order.address->line2},
                     {"postal_code", order.address->postal_code},
                     {"city", order.address->city},
                     {"country", order.address->country},
                     {"phone", order.address->phone}});
    json.end();
  }
  json.key("lines").begin_array();
  for (const auto& line : order.lines) {
    json.begin_object()
        .field("sku", std::string_view{line.sku})
        .field("title", std::string_view{line.title})
        .field("quantity", line.quantity)
        .field("unit_price", line.unit_price)
        .field("note", std::string_view{line.note})
        .end();
  }
  json.end().end();
}

void add_orders(core::Json& json, db::Database& db, const Session& session) {
  Orders orders{db};
  json.key("orders").begin_array();
  each([&](const PageQuery& page) { return orders.mine(session, page); },
       [&](const auto& summary) { add_order(json, orders.get(session, summary.id)); });
  json.end();
}

void add_wishlists(core::Json& json, db::Database& db, const Session& session) {
  Wishlists wishlists{db};
  json.key("wishlists").begin_array();
  for (const auto& list : wishlists.lists(session)) {
    json.begin_object().field("name", std::string_view{list.name}).key("products").begin_array();
    each([&](const PageQuery& page) { return wishlists.items(session, list.id, page); },
         [&](const WishlistItem& item) {
           json.begin_object()
               .field("product_id", item.product_id)
               .field("note", std::string_view{item.note})
               .field("added_at", item.added_at)
               .end();
         });
    json.end().end();
  }
  json.end().key("waiting_for").begin_array();
  for (const auto& wait : wishlists.waiting(session)) {
    json.begin_object().field("variant_id", wait.variant_id).field("since", wait.since).end();
  }
  json.end();
}

void add_notifications(core::Json& json, db::Database& db, const Session& session) {
  Notifications notifications{db};
  json.key("notifications").begin_array();
  each([&](const PageQuery& page) { return notifications.list(session, {}, page); },
       [&](const Notification& item) {
         json.begin_object()
             .field("at", item.created_at)
             .field("title", std::string_view{item.title})
             .field("body", std::string_view{item.body})
             .end();
       });
  json.end();
}

void add_reviews(core::Json& json, db::Database& db, const Session& session) {
  Reviews reviews{db};
  json.key("reviews").begin_array();
  each([&](const PageQuery& page) { return reviews.mine(session, page); },
       [&](const Review& review) {
         json.begin_object()
             .field("product_id", review.product_id)
             .field("created_at", review.created_at)
             .field("stars", review.stars);
         add_texts(json, {{"author", review.author},
                          {"title", review.title},
                          {"text", review.text},
                          {"reason", review.reason}});
         json.end();
       });
  json.end();
}

void add_points(core::Json& json, db::Database& db, const Session& session) {
  Loyalty loyalty{db};
  const auto account = loyalty.account(session);
  json.key("points").begin_object().field("balance", account.balance);
  json.field("tier", std::string_view{account.tier}).key("entries").begin_array();
  each([&](const PageQuery& page) { return loyalty.entries(session, page); },
       [&](const PointsEntry& entry) {
         json.begin_object()
             .field("at", entry.at)
             .field("points", entry.points)
             .field("note", std::string_view{entry.note})
             .end();
       });
  json.end().end();
}

void add_carts(core::Json& json, db::Database& db, const Session& session) {
  const auto carts = Carts{db}.list(session);
  json.key("carts").begin_array();
  db.read([&](db::Tx& tx) {
    const auto actor = accounts::authorize(tx, session, accounts::Operation::cart_list);
    for (const auto& summary : carts) {
      const auto cart = cart::find(tx, actor, summary.id);
      json.begin_object().field("name", std::string_view{cart.name}).key("lines").begin_array();
      for (const auto& line : cart.lines) {
        json.begin_object()
            .field("variant_id", line.variant_id)
            .field("quantity", line.quantity)
            .field("note", std::string_view{line.note})
            .end();
      }
      json.end().end();
    }
  });
  json.end();
}

// What takes no more than a look: credit, what was viewed, a seller or the application for one.
void add_rest(core::Json& json, db::Tx& tx, Id user_id) {
  if (const auto wallet = payments::credit_of(tx, user_id)) {
    json.field("store_credit", wallet->balance);
  }
  if (const auto seller = sellers::of_account(tx, user_id)) {
    json.key("seller").begin_object();
    add_texts(json, {{"name", seller->name},
                     {"phone", seller->phone},
                     {"description", seller->description},
                     {"reason", seller->reason}});
    json.field("applied_at", seller->applied_at).end();
  }
  json.key("viewed").begin_array();
  for (const auto product_id : recommend::views(tx, user_id, k_most_views)) json.value(product_id);
  json.end();
}

}  // namespace

std::string Accounts::export_me(const Session& session) {
  core::Json json;
  json.begin_object();
  db_->read([&](db::Tx& tx) {
    const auto actor = accounts::authorize(tx, session, accounts::Operation::accounts_export_me);
    accounts::require_step_up(tx, session, StepUp::data_export);
    const auto account = accounts::acting(tx, actor);
    add_account(json, account);
    add_addresses(json, accounts::store::addresses(tx, account.id));
    add_sessions(json, accounts::store::live_sessions(tx, account.id));
    add_rest(json, tx, account.id);
  });
  add_orders(json, *db_, session);
  add_wishlists(json, *db_, session);
  add_notifications(json, *db_, session);
  add_reviews(json, *db_, session);
  add_points(json, *db_, session);
  add_carts(json, *db_, session);
  return json.end().take();
}

}  // namespace shop
