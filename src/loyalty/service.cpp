#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "loyalty/ledger.hpp"
#include "loyalty/loyalty.hpp"
#include "loyalty/rules.hpp"
#include "loyalty/store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;
namespace store = loyalty::store;

namespace {

constexpr std::string_view k_entries_tag = "loyalty.entries";
constexpr std::int64_t k_most_points = 1'000'000;
constexpr std::int64_t k_accounts_per_step = 200;

Id customer(db::Tx& tx, const Session& session, Operation operation) {
  const auto actor = authorize(tx, session, operation);
  if (actor.user_id == 0) throw Error(Code::unauthenticated, "only an account has points");
  return actor.user_id;
}

LoyaltyAccount account_now(db::Tx& tx, Id customer_id) {
  const auto row = store::account(tx, customer_id);
  LoyaltyAccount out;
  out.customer_id = customer_id;
  out.owed = row.owed;
  out.tier = row.tier;
  out.tier_points = row.tier_points;
  std::int64_t in_lots = 0;
  for (const auto& lot : store::lots(tx, customer_id)) {
    in_lots += lot.remaining;
    if (lot.expires_at && *lot.expires_at <= tx.now()) continue;  // booked out at the next change
    out.balance += lot.remaining;
    if (!lot.expires_at) continue;
    if (!out.expires_at) out.expires_at = lot.expires_at;
    if (out.expires_at == lot.expires_at) out.expiring += lot.remaining;
  }
  if (in_lots != row.balance) {
    throw Error(Code::tampered,
                fmt::format("the points of customer {} were edited in the file", customer_id));
  }
  out.worth = {loyalty::worth_of(store::program(tx), out.balance), tx.env().currency};
  const auto tiers = store::tiers(tx);
  if (const auto* next = loyalty::tier_after(tiers, row.tier_points)) {
    out.next_tier = next->name;
    out.to_next_tier = next->threshold - row.tier_points;
  }
  return out;
}

Page<PointsEntry> entry_page(db::Tx& tx, Id customer_id, Id before, const PageQuery& page) {
  Page<PointsEntry> out;
  out.items = store::entries(tx, customer_id, before, page.limit + 1);
  if (std::ssize(out.items) > page.limit) {
    out.items.pop_back();
    out.next_cursor = core::CursorWriter{k_entries_tag}.add(out.items.back().id).take();
  }
  if (page.with_total) out.total = store::entry_count(tx, customer_id);
  return out;
}

Id page_start(const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  fields.throw_if_any();
  if (page.cursor.empty()) return max_magnitude;
  return core::CursorReader{page.cursor, k_entries_tag}.integer();
}

std::string as_json(const LoyaltyProgram& program) {
  return core::Json{}
      .begin_object()
      .field("redeem_points", program.redeem_points)
      .field("redeem_minor", program.redeem_value.minor)
      .field("expiry_days", program.expiry_days)
      .end()
      .take();
}

std::string as_json(const LoyaltyRule& rule) {
  core::Json json;
  json.begin_object()
      .field("kind", static_cast<int>(rule.kind))
      .field("name", std::string_view{rule.name})
      .field("points", rule.points)
      .field("friend_points", rule.friend_points);
  if (rule.per) json.field("per", *rule.per);
  if (rule.category_id) json.field("category_id", *rule.category_id);
  return json.end().take();
}

std::string as_json(const std::vector<LoyaltyTier>& tiers) {
  core::Json json;
  json.begin_object().key("tiers").begin_array();
  for (const auto& tier : tiers) {
    json.begin_object()
        .field("name", std::string_view{tier.name})
        .field("threshold", tier.threshold)
        .field("multiplier_ppm", tier.multiplier_ppm)
        .end();
  }
  return json.end().end().take();
}

LoyaltyRule checked_rule(const LoyaltyRuleInput& input, const Currency& currency,
                         core::Fields& fields) {
  LoyaltyRule rule;
  rule.kind = input.kind;
  rule.name = fields.text("name", input.name, {.min = 1, .max = 100, .name = true});
  rule.points = input.points;
  rule.friend_points = input.friend_points;
  rule.category_id = input.category_id;
  rule.starts_at = input.starts_at;
  rule.ends_at = input.ends_at;
  const bool purchase = input.kind == LoyaltyRuleKind::purchase;
  fields.check(input.kind >= LoyaltyRuleKind::purchase && input.kind <= LoyaltyRuleKind::referral,
               "kind", "unknown", "is no kind of rule");
  fields.range("points", input.points, 1, k_most_points);
  fields.range("friend_points", input.friend_points, 0, k_most_points);
  fields.check(purchase == input.per.has_value(), "per", purchase ? "required" : "not_allowed",
               "belongs to rules for purchases, which need it");
  if (input.per) {
    rule.per = fields.price("per", *input.per, currency);
    fields.check(rule.per->minor > 0, "per", "out_of_range", "is more than nothing");
  }
  fields.check(purchase || !input.category_id, "category_id", "not_allowed",
               "belongs to rules for purchases");
  fields.check(!input.starts_at || !input.ends_at || *input.starts_at < *input.ends_at, "ends_at",
               "out_of_range", "is after the start");
  return rule;
}

constexpr std::string_view k_code_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

// Eight characters that cannot be taken for one another: 40 bits.
std::string new_code(Random& random) {
  std::array<std::byte, 8> bytes;
  random.fill(bytes);
  std::string out;
  for (const auto byte : bytes) out += k_code_letters[std::to_integer<std::size_t>(byte) % 32];
  return out;
}

}  // namespace

LoyaltyProgram Loyalty::program(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_program);
    return store::program(tx);
  });
}

LoyaltyProgram Loyalty::set_program(const Session& session, const LoyaltyProgram& program) {
  core::Fields fields;
  auto after = program;
  fields.range("redeem_points", program.redeem_points, 0, k_most_points);
  after.redeem_value = fields.price("redeem_value", program.redeem_value, db_->env().currency);
  fields.check((program.redeem_points == 0) == (program.redeem_value.minor == 0), "redeem_value",
               "out_of_range", "and redeem_points are both nothing or both something");
  fields.range("expiry_days", program.expiry_days, 0, 36'500);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_set_program);
    auto problems = fields;
    problems.throw_if_any();
    const auto before = store::program(tx);
    store::put_program(tx, after);
    audit::record(tx, session, {"loyalty.program", "setting", 0, as_json(before), as_json(after)});
    return after;
  });
}

std::vector<LoyaltyRule> Loyalty::rules(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_rules);
    return store::rules(tx);
  });
}

LoyaltyRule Loyalty::save_rule(const Session& session, const LoyaltyRuleInput& input) {
  core::Fields fields;
  const auto good = checked_rule(input, db_->env().currency, fields);
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_save_rule);
    auto problems = fields;
    problems.throw_if_any();
    auto rule = good;
    std::string before;
    const auto rules = store::rules(tx);
    if (input.id) {
      const auto found = std::find_if(rules.begin(), rules.end(),
                                      [&](const auto& other) { return other.id == *input.id; });
      if (found == rules.end()) throw Error(Code::not_found, "there is no such rule");
      before = as_json(*found);
      rule.id = found->id;
    } else {
      if (rules.size() >= 100) throw Error(Code::limit_reached, "there are a hundred rules");
      rule.id = tx.next_id();
    }
    store::put_rule(tx, rule);
    audit::record(tx, session, {"loyalty.rule", "loyalty_rule", rule.id, before, as_json(rule)});
    return rule;
  });
}

void Loyalty::remove_rule(const Session& session, Id rule_id) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_remove_rule);
    if (!store::remove_rule(tx, rule_id)) {
      throw Error(Code::not_found, "there is no such rule");
    }
    audit::record(tx, session, {"loyalty.remove_rule", "loyalty_rule", rule_id, {}, {}});
  });
}

std::vector<LoyaltyTier> Loyalty::tiers(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_tiers);
    return store::tiers(tx);
  });
}

std::vector<LoyaltyTier> Loyalty::set_tiers(const Session& session,
                                            const LoyaltyTiersInput& input) {
  core::Fields fields;
  fields.check(input.tiers.size() <= 20, "tiers", "too_many", "are at most 20");
  std::vector<LoyaltyTier> good;
  std::set<std::int64_t> thresholds;
  for (std::size_t i = 0; i < std::min<std::size_t>(input.tiers.size(), 20); ++i) {
    auto tier = input.tiers[i];
    tier.name = fields.text(core::path_at("tiers", i, "name"), tier.name,
                            {.min = 1, .max = 60, .name = true});
    fields.range(core::path_at("tiers", i, "threshold"), tier.threshold, 0);
    fields.range(core::path_at("tiers", i, "multiplier_ppm"), tier.multiplier_ppm, 0, 10'000'000);
    fields.check(thresholds.insert(tier.threshold).second, core::path_at("tiers", i, "threshold"),
                 "taken", "is that of another tier");
    good.push_back(std::move(tier));
  }
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_set_tiers);
    auto problems = fields;
    problems.throw_if_any();
    const auto before = as_json(store::tiers(tx));
    store::put_tiers(tx, good);
    const auto after = store::tiers(tx);
    audit::record(tx, session, {"loyalty.tiers", "setting", 0, before, as_json(after)});
    return after;
  });
}

LoyaltyAccount Loyalty::account(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    return account_now(tx, customer(tx, session, Operation::loyalty_account));
  });
}

LoyaltyAccount Loyalty::account_of(const Session& session, Id customer_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_account_of);
    return account_now(tx, customer_id);
  });
}

Page<PointsEntry> Loyalty::entries(const Session& session, const PageQuery& page) {
  const Id before = page_start(page);
  return db_->read([&](db::Tx& tx) {
    return entry_page(tx, customer(tx, session, Operation::loyalty_entries), before, page);
  });
}

Page<PointsEntry> Loyalty::entries_of(const Session& session, Id customer_id,
                                      const PageQuery& page) {
  const Id before = page_start(page);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_entries_of);
    return entry_page(tx, customer_id, before, page);
  });
}

LoyaltyAccount Loyalty::adjust(const Session& session, const PointsAdjustment& adjustment) {
  core::Fields fields;
  fields.check(adjustment.customer_id > 0, "customer_id", "required", "is required");
  fields.range("points", adjustment.points, -k_most_points, k_most_points);
  fields.check(adjustment.points != 0, "points", "out_of_range", "are more or less than nothing");
  const auto reason = fields.text("reason", adjustment.reason, {.min = 1, .max = 200});
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::loyalty_adjust);
    auto problems = fields;
    problems.throw_if_any();
    accounts::require_user(tx, adjustment.customer_id, "customer_id");
    loyalty::Ledger ledger{tx, adjustment.customer_id};
    const auto before = ledger.balance();
    if (adjustment.points > 0) {
      ledger.give(PointsKind::adjustment, adjustment.points, 0, reason, false);
    } else if (-adjustment.points > before) {
      throw Error(Code::insufficient_funds, "points: the customer has fewer",
                  {{"points",
                    "insufficient",
                    "the customer has fewer",
                    {{"balance", std::to_string(before)}}}});
    } else {
      ledger.take(PointsKind::adjustment, -adjustment.points, 0, reason);
    }
    const auto outcome = ledger.finish("adjustment", 0);
    const auto json = [&](std::int64_t balance) {
      return core::Json{}
          .begin_object()
          .field("balance", balance)
          .field("reason", std::string_view{reason})
          .end()
          .take();
    };
    audit::record(tx, session,
                  {"loyalty.adjust", "customer", adjustment.customer_id, json(before),
                   json(outcome.balance)});
    return account_now(tx, adjustment.customer_id);
  });
}

std::int64_t Loyalty::expire(const Session& session) {
  std::int64_t expired = 0;
  Id after = 0;
  for (bool more = true; more;) {
    struct Step {
      std::int64_t expired = 0;
      Id last = 0;
    };
    const auto step = db_->write([&](db::Tx& tx) {
      authorize(tx, session, Operation::loyalty_expire);
      Step out;
      for (const Id customer_id : store::accounts_after(tx, after, k_accounts_per_step)) {
        out.last = customer_id;
        loyalty::Ledger ledger{tx, customer_id};
        if (ledger.expired() == 0) continue;
        out.expired += ledger.expired();
        ledger.finish("expiry", 0);
      }
      return out;
    });
    expired += step.expired;
    more = step.last != 0;
    after = step.last;
  }
  return expired;
}

ReferralSummary Loyalty::referral(const Session& session) {
  return db_->write([&](db::Tx& tx) {
    const Id owner = customer(tx, session, Operation::loyalty_referral);
    auto out = store::referral_counts(tx, owner);
    auto code = store::code_of(tx, owner);
    if (!code) {
      do {
        code = new_code(*tx.env().random);
      } while (store::code_owner(tx, *code));
      store::add_code(tx, owner, *code);
    }
    out.code = *code;
    return out;
  });
}

}  // namespace shop
