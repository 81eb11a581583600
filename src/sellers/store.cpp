#include "sellers/store.hpp"

#include "core/money.hpp"
#include "sellers/sellers_sql.hpp"

namespace shop::sellers::store {
namespace {

Seller row(const db::Query& query) {
  Seller seller;
  seller.id = query.integer(0);
  seller.account_id = query.integer(1);
  seller.status = query.as<SellerStatus>(2);
  seller.name = query.text(3);
  seller.slug = query.text(4);
  seller.phone = query.text(5);
  seller.category_id = query.maybe_integer(6);
  seller.description = query.text(7);
  seller.verified = query.boolean(8);
  seller.rating_count = query.integer(10);
  if (seller.rating_count > 0) {
    seller.rating_milli = core::mul_div(query.integer(9), 1000, seller.rating_count);
  }
  seller.reason = query.text(11);
  seller.applied_at = query.integer(12);
  seller.decided_at = query.maybe_integer(13);
  seller.version = query.integer(14);
  return seller;
}

}  // namespace

void add(db::Tx& tx, const Seller& seller, std::string_view name_folded) {
  tx.exec(sql::k_add, seller.id, seller.account_id, seller.status, seller.name, name_folded,
          seller.slug, seller.phone, seller.category_id, seller.description, seller.applied_at,
          seller.decided_at);
}

void apply_again(db::Tx& tx, const Seller& seller, std::string_view name_folded) {
  tx.exec(sql::k_apply_again, seller.id, seller.status, seller.name, name_folded, seller.slug,
          seller.phone, seller.category_id, seller.description, seller.applied_at,
          seller.decided_at);
}

std::optional<Seller> get(db::Tx& tx, Id id) {
  auto query = tx.query(sql::k_get, id);
  return query.next() ? std::optional{row(query)} : std::nullopt;
}

std::optional<Seller> by_account(db::Tx& tx, Id account_id) {
  auto query = tx.query(sql::k_by_account, account_id);
  return query.next() ? std::optional{row(query)} : std::nullopt;
}

std::optional<Seller> by_slug(db::Tx& tx, std::string_view slug) {
  auto query = tx.query(sql::k_by_slug, slug);
  return query.next() ? std::optional{row(query)} : std::nullopt;
}

std::optional<Id> id_by_name(db::Tx& tx, std::string_view name_folded) {
  return tx.integer(sql::k_id_by_name, name_folded);
}

void set_status(db::Tx& tx, Id id, SellerStatus status, std::string_view reason) {
  tx.exec(sql::k_set_status, id, status, reason, tx.now());
}

bool update(db::Tx& tx, const Seller& seller, std::string_view name_folded) {
  return tx.exec(sql::k_update, seller.id, seller.version, seller.name, name_folded, seller.phone,
                 seller.description) > 0;
}

void each(db::Tx& tx, Id below, const std::optional<SellerStatus>& status,
          const std::function<bool(const Seller&)>& want) {
  auto query = status ? tx.query(sql::k_list_status, below, *status) : tx.query(sql::k_list, below);
  while (query.next() && want(row(query))) {
  }
}

}  // namespace shop::sellers::store
