#include "accounts/guard.hpp"
#include "accounts/identity.hpp"
#include "audit/audit.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "db/settings.hpp"
#include "payments/payments.hpp"
#include "payments/payments_sql.hpp"
#include "shop/error.hpp"

// Money that leaves needs more than a log-in when it is much.
namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::string_view k_step_up = "refund.step_up_above";
constexpr std::string_view k_second = "refund.second_person_above";
constexpr std::int64_t k_step_up_default = 10'000;
constexpr std::int64_t k_approval_us = core::microseconds_per_hour;

RefundPolicy policy_now(db::Tx& tx) {
  const auto& currency = tx.env().currency;
  RefundPolicy out;
  out.step_up_above = {db::number_setting(tx, k_step_up, k_step_up_default), currency};
  const auto second = db::number_setting(tx, k_second, -1);
  if (second >= 0) out.second_person_above = Money{second, currency};
  return out;
}

std::string as_json(const RefundPolicy& policy) {
  core::Json json;
  json.begin_object().field("step_up_above", policy.step_up_above);
  if (policy.second_person_above) json.field("second_person_above", *policy.second_person_above);
  return json.end().take();
}

bool handles_money(const accounts::Actor& actor) {
  using accounts::Permission;
  return actor.can(Permission::payment_manage) || actor.can(Permission::order_manage) ||
         actor.can(Permission::till_use);
}

}  // namespace

void payments::guard_refund(db::Tx& tx, const Session& session, const accounts::Actor& actor,
                            Id order_id, std::int64_t minor, std::int64_t earlier) {
  if (minor <= 0 || session.role() == Role::host || !handles_money(actor)) return;
  const auto policy = policy_now(tx);
  // A large refund is one in slices, too.
  const auto before =
      order_id == 0 ? earlier : payments::sums_of(payments::of_order(tx, order_id)).refunded;
  const auto total = core::add(minor, before);
  if (total > policy.step_up_above.minor) {
    accounts::require_step_up(tx, session, StepUp::refunds);
  }
  if (!policy.second_person_above || total <= policy.second_person_above->minor) return;
  if (tx.exec(sql::k_approval_take, order_id, minor, session.user_id(), tx.now()) == 1) return;
  throw Error(Code::forbidden, "amount: somebody else has to approve this refund first",
              {{"amount",
                "second_person",
                "somebody else has to approve this refund first",
                {{"above", std::to_string(policy.second_person_above->minor)}}}});
}

RefundPolicy Payments::refund_policy(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_refund_policy);
    return policy_now(tx);
  });
}

RefundPolicy Payments::set_refund_policy(const Session& session, const RefundPolicy& policy) {
  core::Fields fields;
  auto good = policy;
  good.step_up_above = fields.price("step_up_above", policy.step_up_above, db_->env().currency);
  if (policy.second_person_above) {
    good.second_person_above =
        fields.price("second_person_above", *policy.second_person_above, db_->env().currency);
  }
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::payments_set_refund_policy);
    const auto before = policy_now(tx);
    db::put_number_setting(tx, k_step_up, good.step_up_above.minor);
    db::put_number_setting(tx, k_second,
                           good.second_person_above ? good.second_person_above->minor : -1);
    audit::record(tx, session, {"refund.policy", "setting", 0, as_json(before), as_json(good)});
    return good;
  });
}

RefundApproval Payments::approve_refund(const Session& session, Id order_id, const Money& amount) {
  core::Fields fields;
  const auto most = fields.price("amount", amount, db_->env().currency);
  fields.range("amount", amount.minor, 1);
  fields.throw_if_any();
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::payments_approve_refund);
    if (actor.user_id == 0) throw Error(Code::unauthenticated, "the host is nobody in particular");
    if (order_id != 0 && payments::of_order(tx, order_id).empty()) {
      throw Error(Code::not_found, "there is nothing paid for such an order");
    }
    RefundApproval out{order_id, most, actor.user_id, tx.now() + k_approval_us};
    tx.exec(payments::sql::k_approval_put, order_id, most.minor, out.approved_by, out.expires_at);
    const auto after = core::Json{}.begin_object().field("amount", most).end().take();
    audit::record(tx, session, {"refund.approve", "order", order_id, {}, after});
    return out;
  });
}

}  // namespace shop
