#include "fault_fixture.hpp"

namespace shop::test {
namespace {

std::vector<Event> events_of(Engine& shop) {
  return shop.events().list(shop.host(), {"", 500, false}).items;
}

}  // namespace

// With an e-mail address and a password, so that there is something to prove and to tell.
Session FaultFixture::register_ann() {
  RegisterInput person;
  person.username = "ann";
  person.email = "ann@example.com";
  person.password = password;
  const auto id = shop.accounts().register_customer(shop.guest(), person).id;
  return shop.accounts().log_in_as(host, id).session;
}

FaultFixture::FaultFixture() {
  shop.loyalty().save_rule(host, {.name = "Shopping", .points = 1, .per = Money{100, {}}});
  shop.loyalty().save_rule(host, {.kind = LoyaltyRuleKind::review, .name = "Reviews", .points = 5});
  shop.loyalty().set_program(host, {100, {100, {}}, 365});
  shop.reviews().set_settings(host, {.requirement = ReviewRequirement::bought});
  shop.loyalty().adjust(host, {ann.user_id(), 500, "gift"});
  shop.sellers().set_approval(host, SellerApproval::automatic);
  seller = shop.sellers().apply(keeper, {"Anna's Ceramics", "+44 20 7946 0018", {}, {}}).id;
  shop.sellers().set_approval(host, SellerApproval::manual);
  ProductInput input;
  input.title = "Bowl";
  input.simple.price = {500, {}};
  bowl = shop.catalog().create_product(keeper, input).variants.front().id;
  shop.inventory().receive(keeper, {bowl, 10, 0, {}});
  bought = order(shop, "first", {lamp, vase});
  product = bought.lines[0].product_id;
  const auto points = shop.loyalty().account(ann).tier_points;
  shop.loyalty().set_tiers(host, {{{"Silver", points + 3, 1'000'000}}});
  shop.wishlist().add(ann, {.product_id = product});
}

Order FaultFixture::order(Engine& on, const std::string& key, std::vector<Id> variants) {
  for (const Id variant : variants) on.cart().add(ann, 0, {variant, 1, {}});
  return place(on, key);
}

Order FaultFixture::place(Engine& on, const std::string& key) {
  PlaceInput input;
  input.idempotency_key = key;
  input.payments = {{.tender = Tender::points, .amount = Money{100, {}}}, {.tender = Tender::card}};
  return on.orders().place(ann, 0, input);
}

std::string FaultFixture::mailed(Engine& on, const std::string& type, const std::string& member) {
  const auto text = [](const std::string& json, const std::string& name) {
    const auto at = json.find('"' + name + "\":\"");
    if (at == std::string::npos) return std::string{};
    const auto from = at + name.size() + 4;
    return json.substr(from, json.find('"', from) - from);
  };
  std::string out;
  for (const auto& event : events_of(on)) {
    if (event.type != type) continue;
    out = text(on.accounts().open_message(host, text(event.payload, "sealed")), member);
  }
  return out;
}

std::set<std::string> FaultFixture::every_statement_fails(const TellingChange& test) {
  StatementFaults faults;
  auto prepared = Engine::from_snapshot(shop.snapshot(), options());
  if (test.prepare) test.prepare(prepared);
  const auto image = prepared.snapshot();
  const auto before = digest_of(prepared);
  const auto events = events_of(prepared).size();
  std::set<std::string> told;
  int fired = 0;
  for (int target = 1; target < 2'000; ++target) {
    auto fork = Engine::from_snapshot(image, options());
    faults.arm(target);
    bool failed = false;
    try {
      test.change(fork);
    } catch (const Error&) {
      failed = true;
    }
    const bool had_fault = faults.fired();
    const int seen = faults.seen();
    faults.arm(0);
    CAPTURE(test.name);
    CAPTURE(target);
    CHECK(failed == had_fault);
    if (failed) {
      ++fired;
      CHECK(events_of(fork).size() == events);
      if (test.done) {
        CHECK_FALSE(test.done(fork));
      } else {
        const auto after = digest_of(fork);
        CHECK_MESSAGE(after == before, difference(before, after));
      }
      if (target % 16 != 0) continue;
      test.change(fork);  // the same call works once the trouble is over
    }
    const auto now = events_of(fork);
    CHECK(now.size() > events);
    if (test.done) CHECK(test.done(fork));
    if (failed || seen >= target) continue;
    for (auto at = events; at < now.size(); ++at) told.insert(now[at].type);
    break;
  }
  CHECK(fired > 3);
  CHECK_FALSE(told.empty());
  return told;
}

}  // namespace shop::test
