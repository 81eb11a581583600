#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "accounts/store.hpp"
#include "core/json.hpp"
#include "db/database.hpp"
#include "shop/accounts.hpp"
#include "shop/notify.hpp"
#include "shop/orders.hpp"
#include "shop/wishlist.hpp"

#include <initializer_list>
#include <utility>

/// All that the shop knows about somebody, for that person.
namespace shop {
namespace {

constexpr std::int64_t k_page = 500;

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
        .end();
  }
  json.end().end();
}

void add_orders(core::Json& json, db::Database& db, const Session& session) {
  Orders orders{db};
  json.key("orders").begin_array();
  PageQuery page{{}, k_page, false};
  do {
    const auto some = orders.mine(session, page);
    for (const auto& summary : some.items) add_order(json, orders.get(session, summary.id));
    page.cursor = some.next_cursor;
  } while (!page.cursor.empty());
  json.end();
}

void add_wishlists(core::Json& json, db::Database& db, const Session& session) {
  Wishlists wishlists{db};
  json.key("wishlists").begin_array();
  for (const auto& list : wishlists.lists(session)) {
    json.begin_object().field("name", std::string_view{list.name}).key("products").begin_array();
    PageQuery page{{}, k_page, false};
    do {
      const auto some = wishlists.items(session, list.id, page);
      for (const auto& item : some.items) json.value(item.product_id);
      page.cursor = some.next_cursor;
    } while (!page.cursor.empty());
    json.end().end();
  }
  json.end();
}

void add_notifications(core::Json& json, db::Database& db, const Session& session) {
  Notifications notifications{db};
  json.key("notifications").begin_array();
  PageQuery page{{}, k_page, false};
  do {
    const auto some = notifications.list(session, {}, page);
    for (const auto& item : some.items) {
      json.begin_object()
          .field("at", item.created_at)
          .field("title", std::string_view{item.title})
          .field("body", std::string_view{item.body})
          .end();
    }
    page.cursor = some.next_cursor;
  } while (!page.cursor.empty());
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
  });
  add_orders(json, *db_, session);
  add_wishlists(json, *db_, session);
  add_notifications(json, *db_, session);
  return json.end().take();
}

}  // namespace shop
