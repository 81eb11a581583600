#include "flows/tell_points.hpp"

#include "core/json.hpp"
#include "notify/notify.hpp"

#include <fmt/format.h>

namespace shop::flows {
namespace {

void tell(db::Tx& tx, const loyalty::Outcome& outcome, std::string_view title,
          std::string_view body) {
  const auto data = core::Json{}
                        .begin_object()
                        .field("points", outcome.points)
                        .field("balance", outcome.balance)
                        .field("tier", std::string_view{outcome.tier})
                        .end()
                        .take();
  notify::send(tx, {outcome.customer_id, NotificationKind::loyalty, title, body, {}, 0, data});
}

}  // namespace

void tell_points(db::Tx& tx, const loyalty::Outcome& outcome, std::string_view title) {
  tell(tx, outcome, title,
       fmt::format("{} points; you have {} now.", outcome.points, outcome.balance));
  tell_tier(tx, outcome);
}

void tell_tier(db::Tx& tx, const loyalty::Outcome& outcome) {
  if (outcome.tier == outcome.tier_before || outcome.tier.empty()) return;
  tell(tx, outcome, fmt::format("You have reached {}", outcome.tier), {});
}

}  // namespace shop::flows
