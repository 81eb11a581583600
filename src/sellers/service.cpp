#include "accounts/accounts.hpp"
#include "accounts/guard.hpp"
#include "audit/audit.hpp"
#include "core/encoding.hpp"
#include "core/fields.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "db/db_sql.hpp"
#include "events/events.hpp"
#include "sellers/sellers.hpp"
#include "sellers/sellers_sql.hpp"
#include "sellers/store.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

namespace shop {

using accounts::authorize;
using accounts::Operation;

namespace {

constexpr std::string_view k_approval_setting = "seller.approval";
constexpr std::string_view k_cursor = "sellers";

[[noreturn]] void no_seller() {
  throw Error(Code::not_found, "there is no such seller");
}

Seller must_find(db::Tx& tx, Id seller_id) {
  auto seller = sellers::store::get(tx, seller_id);
  if (!seller) no_seller();
  return *seller;
}

SellerApproval approval_now(db::Tx& tx) {
  auto query = tx.query(db::sql::k_setting_get, k_approval_setting);
  return query.next() && query.view(0) == "automatic" ? SellerApproval::automatic
                                                      : SellerApproval::manual;
}

std::string free_slug(db::Tx& tx, std::string_view name, Id own) {
  auto base = core::slugify(name);
  if (base.empty()) base = "seller";
  auto slug = base;
  for (int number = 2;; ++number) {
    const auto taken = sellers::store::by_slug(tx, slug);
    if (!taken || taken->id == own) return slug;
    slug = fmt::format("{}-{}", base, number);
  }
}

void check_name_free(db::Tx& tx, std::string_view folded, Id own) {
  const auto taken = sellers::store::id_by_name(tx, folded);
  if (!taken || *taken == own) return;
  throw Error(Code::already_exists, "name: another seller has that name",
              {{"name", "taken", "another seller has that name", {}}});
}

std::string_view status_name(SellerStatus status) {
  switch (status) {
    case SellerStatus::pending:
      return "pending";
    case SellerStatus::approved:
      return "approved";
    case SellerStatus::rejected:
      return "rejected";
    case SellerStatus::suspended:
      break;
  }
  return "suspended";
}

// Tells the books and the host that a seller moved on.
void announce_status(db::Tx& tx, const Session& session, std::string_view what,
                     const Seller& seller) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("account_id", seller.account_id)
                           .field("status", status_name(seller.status))
                           .field("reason", std::string_view{seller.reason})
                           .end()
                           .take();
  audit::record(tx, session, {what, "seller", seller.id, {}, payload});
  events::append(tx, {"seller.status", "seller", seller.id, payload});
}

void announce_update(db::Tx& tx, const Session& session, std::string_view what,
                     const Seller& seller) {
  const auto payload = core::Json{}
                           .begin_object()
                           .field("name", std::string_view{seller.name})
                           .field("verified", seller.verified)
                           .end()
                           .take();
  audit::record(tx, session, {what, "seller", seller.id, {}, payload});
  events::append(tx, {"seller.updated", "seller", seller.id, payload});
}

}  // namespace

Seller Sellers::mine(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::sellers_mine);
    auto seller = sellers::store::by_account(tx, actor.user_id);
    if (!seller) no_seller();
    return *seller;
  });
}

Seller Sellers::update(const Session& session, const SellerChange& change) {
  return db_->write([&](db::Tx& tx) {
    const auto actor = authorize(tx, session, Operation::sellers_update);
    auto seller = sellers::store::by_account(tx, actor.user_id);
    if (!seller) no_seller();
    if (seller->version != change.version) {
      throw Error(Code::stale_version, "the seller was changed meanwhile");
    }
    core::Fields fields;
    if (change.name)
      seller->name = fields.text("name", *change.name, {.min = 1, .max = 100, .name = true});
    if (change.phone) seller->phone = fields.text("phone", *change.phone, {.min = 3, .max = 40});
    if (change.description) {
      seller->description =
          fields.text("description", *change.description, {.max = 2000, .multiline = true});
    }
    fields.throw_if_any();
    const auto folded = core::fold(seller->name);
    check_name_free(tx, folded, seller->id);
    sellers::store::update(tx, *seller, folded);
    auto after = must_find(tx, seller->id);
    announce_update(tx, session, "seller.update", after);
    return after;
  });
}

SellerProfile Sellers::profile(const Session& session, const std::string& slug) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_profile);
    const auto seller = sellers::store::by_slug(tx, slug);
    if (!seller || seller->status != SellerStatus::approved) no_seller();
    return SellerProfile{seller->id,          seller->name,     seller->slug,
                         seller->description, seller->verified, seller->rating_milli,
                         seller->rating_count};
  });
}

Seller Sellers::get(const Session& session, Id seller_id) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_get);
    return must_find(tx, seller_id);
  });
}

Page<Seller> Sellers::list(const Session& session, const SellerFilter& filter,
                           const PageQuery& page) {
  core::Fields fields;
  fields.range("limit", page.limit, 1, 500);
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_list);
    core::Fields{fields}.throw_if_any();
    const auto fits = [&](const Seller& seller) {
      return !filter.verified || seller.verified == *filter.verified;
    };
    Page<Seller> out;
    auto below = max_magnitude;
    if (!page.cursor.empty()) below = core::CursorReader{page.cursor, k_cursor}.integer();
    const auto limit = static_cast<std::size_t>(page.limit);
    sellers::store::each(tx, below, filter.status, [&](const Seller& seller) {
      if (!fits(seller)) return true;
      if (out.items.size() == limit) {
        out.next_cursor = core::CursorWriter{k_cursor}.add(out.items.back().id).take();
        return false;
      }
      out.items.push_back(seller);
      return true;
    });
    if (page.with_total) {
      std::int64_t total = 0;
      sellers::store::each(tx, max_magnitude, filter.status, [&](const Seller& seller) {
        total += fits(seller) ? 1 : 0;
        return true;
      });
      out.total = total;
    }
    return out;
  });
}

Seller Sellers::set_verified(const Session& session, Id seller_id, bool verified) {
  return db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_set_verified);
    const auto before = must_find(tx, seller_id);
    if (before.verified == verified) return before;
    tx.exec(sellers::sql::k_set_verified, seller_id, verified);
    auto after = must_find(tx, seller_id);
    announce_update(tx, session, verified ? "seller.verify" : "seller.unverify", after);
    return after;
  });
}

SellerApproval Sellers::approval(const Session& session) {
  return db_->read([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_approval);
    return approval_now(tx);
  });
}

void Sellers::set_approval(const Session& session, SellerApproval approval) {
  db_->write([&](db::Tx& tx) {
    authorize(tx, session, Operation::sellers_set_approval);
    core::Fields fields;
    fields.check(approval == SellerApproval::manual || approval == SellerApproval::automatic,
                 "approval", "unknown", "is not a way to decide");
    fields.throw_if_any();
    const std::string_view name = approval == SellerApproval::automatic ? "automatic" : "manual";
    const auto after = core::Json{}.begin_object().field("approval", name).end().take();
    tx.exec(db::sql::k_setting_put, k_approval_setting, name);
    audit::record(tx, session, {"seller.approval", "setting", 0, {}, after});
  });
}

namespace sellers {

Seller apply(db::Tx& tx, const accounts::Actor& actor, const Session& session,
             const SellerApplication& application, const std::optional<Id>& category_id) {
  core::Fields fields;
  Seller seller;
  seller.name = fields.text("name", application.name, {.min = 1, .max = 100, .name = true});
  seller.phone = fields.text("phone", application.phone, {.min = 3, .max = 40});
  seller.description =
      fields.text("description", application.description, {.max = 2000, .multiline = true});
  fields.throw_if_any();
  if (actor.role != Role::customer) {
    throw Error(Code::forbidden, "only a customer can apply for a shop of their own");
  }
  const auto folded = core::fold(seller.name);
  const auto before = store::by_account(tx, actor.user_id);
  if (before && before->status != SellerStatus::rejected) {
    throw Error(Code::already_exists, "this account has applied already");
  }
  check_name_free(tx, folded, before ? before->id : 0);
  const bool granted = approval_now(tx) == SellerApproval::automatic;
  seller.id = before ? before->id : tx.next_id();
  seller.account_id = actor.user_id;
  seller.status = granted ? SellerStatus::approved : SellerStatus::pending;
  seller.slug = free_slug(tx, seller.name, seller.id);
  seller.category_id = category_id;
  seller.applied_at = tx.now();
  if (granted) seller.decided_at = tx.now();
  if (before) {
    store::apply_again(tx, seller, folded);
  } else {
    store::add(tx, seller, folded);
  }
  if (granted) accounts::set_seller(tx, seller.account_id, seller.id);
  auto after = must_find(tx, seller.id);
  announce_status(tx, session, granted ? "seller.approve" : "seller.apply", after);
  return after;
}

Seller move_to(db::Tx& tx, const Session& session, Id seller_id,
               std::initializer_list<SellerStatus> allowed, SellerStatus next,
               std::string_view reason, std::string_view what) {
  const auto before = must_find(tx, seller_id);
  if (std::find(allowed.begin(), allowed.end(), before.status) == allowed.end()) {
    throw Error(Code::illegal_transition,
                fmt::format("{}: not from where the seller stands", what));
  }
  const bool sells = next == SellerStatus::approved;
  const bool sold = before.status == SellerStatus::approved;
  if (sells != sold) accounts::set_seller(tx, before.account_id, sells ? seller_id : 0);
  store::set_status(tx, seller_id, next, reason);
  auto after = must_find(tx, seller_id);
  announce_status(tx, session, what, after);
  return after;
}

std::optional<Id> erase_keeper(db::Tx& tx, const Session& session, Id account_id) {
  constexpr std::string_view k_reason = "its keeper was erased";
  const auto seller = store::by_account(tx, account_id);
  if (!seller) return std::nullopt;
  const bool selling = seller->status == SellerStatus::approved;
  const bool applying = seller->status == SellerStatus::pending;
  if (applying || seller->status == SellerStatus::rejected) {
    // Nobody ever saw that name. No other has capitals, once it is folded, or a slug with them.
    tx.exec(sql::k_forget_name, seller->id, fmt::format("ERASED-{}", seller->id));
    events::redact(tx, "seller", seller->id);
  }
  if (selling) {
    move_to(tx, session, seller->id, {SellerStatus::approved}, SellerStatus::suspended, k_reason,
            "seller.suspend");
  }
  if (applying) {
    move_to(tx, session, seller->id, {SellerStatus::pending}, SellerStatus::rejected, k_reason,
            "seller.reject");
  }
  tx.exec(sql::k_forget_contact, seller->id, k_reason);
  return selling ? std::optional{seller->id} : std::nullopt;
}

bool may_sell(db::Tx& tx, Id seller_id) {
  if (seller_id == 0) return true;
  const auto status = tx.integer(sql::k_status, seller_id);
  return status && static_cast<SellerStatus>(*status) == SellerStatus::approved;
}

bool exists(db::Tx& tx, Id seller_id) {
  return tx.integer(sql::k_status, seller_id).has_value();
}

std::optional<Seller> find(db::Tx& tx, Id seller_id) {
  return store::get(tx, seller_id);
}

std::optional<Seller> of_account(db::Tx& tx, Id account_id) {
  return store::by_account(tx, account_id);
}

std::string name_of(db::Tx& tx, Id seller_id) {
  auto query = tx.query(sql::k_name, seller_id);
  return query.next() ? query.text(0) : std::string{};
}

void rate(db::Tx& tx, Id seller_id, std::int64_t stars_change, std::int64_t reviews_change) {
  if (seller_id != 0) tx.exec(sql::k_rate, seller_id, stars_change, reviews_change);
}

void move_category(db::Tx& tx, Id category_id, const std::optional<Id>& into) {
  tx.exec(sql::k_move_category, category_id, into);
}

std::vector<Rating> ratings(db::Tx& tx) {
  std::vector<Rating> out;
  auto query = tx.query(sql::k_ratings);
  while (query.next()) out.push_back({query.integer(0), query.integer(1), query.integer(2)});
  return out;
}

void verify(db::Tx& tx, core::Findings& findings) {
  findings.checked();
  auto query = tx.query(sql::k_verify);
  while (query.next()) {
    findings.add("seller.rating", fmt::format("seller {}", query.integer(0)),
                 fmt::format("{} stars in {} reviews", query.integer(1), query.integer(2)));
  }
}

}  // namespace sellers
}  // namespace shop
