#include "accounts/guard.hpp"
#include "catalog/catalog.hpp"
#include "core/fields.hpp"
#include "db/database.hpp"
#include "sellers/sellers.hpp"
#include "shop/error.hpp"

// Whether a seller may sell, and with it whether anybody sees what it offers.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

std::string checked_reason(const std::string& reason) {
  core::Fields fields;
  auto clean = fields.text("reason", reason, {.min = 1, .max = 500, .multiline = true});
  fields.throw_if_any();
  return clean;
}

}  // namespace

Seller Sellers::apply(const Session& session, const SellerApplication& application) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::sellers_apply);
    std::optional<Id> category_id;
    if (!application.category.empty()) {
      category_id = catalog::named_category(tx, application.category);
    }
    auto seller = sellers::apply(tx, actor, session, application, category_id);
    if (seller.status == SellerStatus::approved) catalog::withhold_seller(tx, seller.id, false);
    return seller;
  });
}

Seller Sellers::approve(const Session& session, Id seller_id) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_approve);
    auto seller =
        sellers::move_to(tx, session, seller_id, {SellerStatus::pending, SellerStatus::rejected},
                         SellerStatus::approved, {}, "seller.approve");
    catalog::withhold_seller(tx, seller_id, false);
    return seller;
  });
}

Seller Sellers::reject(const Session& session, Id seller_id, const std::string& reason) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_reject);
    return sellers::move_to(tx, session, seller_id, {SellerStatus::pending}, SellerStatus::rejected,
                            checked_reason(reason), "seller.reject");
  });
}

Seller Sellers::suspend(const Session& session, Id seller_id, const std::string& reason) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_suspend);
    auto seller =
        sellers::move_to(tx, session, seller_id, {SellerStatus::approved}, SellerStatus::suspended,
                         checked_reason(reason), "seller.suspend");
    catalog::withhold_seller(tx, seller_id, true);
    return seller;
  });
}

Seller Sellers::reinstate(const Session& session, Id seller_id) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_reinstate);
    auto seller = sellers::move_to(tx, session, seller_id, {SellerStatus::suspended},
                                   SellerStatus::approved, {}, "seller.reinstate");
    catalog::withhold_seller(tx, seller_id, false);
    return seller;
  });
}

}  // namespace shop
