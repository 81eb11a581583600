// trespass <shop.json> <scenario.json>...
// Every call that succeeds in a scenario is first tried, with the same arguments, by those who may
// not: another customer, another seller, somebody who logged out, somebody whose session has run
// out. Each tries on a copy of the shop. What has to come of it stands in operations.def and
// ownership.def; a function without a row, or that no scenario calls, fails.

#include "accounts/permissions.hpp"
#include "scenarios/runner.hpp"
#include "session.hpp"
#include "shop/shop.hpp"

#include <cstdio>
#include <exception>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace shop::scenarios {
namespace {

enum class Whose { public_, own, owned, seller_own, permission };

constexpr int k_step_ups = static_cast<int>(StepUp::erase);  // the last of them

struct Row {
  Whose whose;
  std::string_view id;  // where in the arguments
};

const std::map<std::string_view, Row>& ownership() {
  static const std::map<std::string_view, Row> rows{
#define PUBLIC(name) {#name, {Whose::public_, ""}},
#define OWN(name) {#name, {Whose::own, ""}},
#define OWNED(name, id) {#name, {Whose::owned, id}},
#define SELLER_OWN(name, id) {#name, {Whose::seller_own, id}},
#include "accounts/ownership.def"
#undef PUBLIC
#undef OWN
#undef OWNED
#undef SELLER_OWN
  };
  return rows;
}

std::map<std::string, std::string> operations() {
  return {
#define OPERATION(name, permission) {#name, #permission},
#include "accounts/operations.def"
#undef OPERATION
  };
}

/// Functions that take a session in whatever state, or take one that no scenario can give.
const std::set<std::string_view>& any_session() {
  static const std::set<std::string_view> names{"accounts_log_out"};
  return names;
}
/// Those that coverage.py lets no scenario call.
const std::set<std::string_view>& not_in_scenarios() {
  static const std::set<std::string_view> names{"audit_watch"};
  return names;
}

/// An id or text at "a/0/b" of the arguments; null where there is none.
Json at_path(const Json& given, std::string_view path) {
  Json value = given;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const std::string part{path.substr(0, end)};
    path.remove_prefix(std::min(end + 1, path.size()));
    if (value.is_array()) {
      const auto index = std::stoul(part);
      value = index < value.size() ? Json(value[index]) : Json();
    } else {
      value = value.is_object() ? value.value(part, Json()) : Json();
    }
  }
  return value;
}

void put_at(Json& given, std::string_view path, const Json& value) {
  Json* at = &given;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const std::string part{path.substr(0, end)};
    path.remove_prefix(std::min(end + 1, path.size()));
    at = at->is_array() ? &at->at(std::stoul(part)) : &(*at)[part];
  }
  *at = value;
}

bool names_something(const Json& id) {
  return id.is_string() ? !id.get<std::string>().empty() : id.is_number() && id != 0;
}

/// A copy of a shop with strangers in it.
class Copy {
 public:
  explicit Copy(shop_engine* original) {
    if (shop_engine_fork(original, &handle_, nullptr) != SHOP_OK) {
      throw std::runtime_error("cannot copy the shop");
    }
  }
  ~Copy() { shop_engine_close(handle_, nullptr); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  [[nodiscard]] Session customer() { return log_in("a.stranger"); }
  [[nodiscard]] Session seller() {
    auto session = log_in("another.seller");
    const capi::EngineCall self(handle_);
    auto& sellers = self.engine().sellers();
    const auto seller = sellers.apply(session, {"A stranger's shop", "+44 20 7946 0000", "", ""});
    if (seller.status != SellerStatus::approved) {
      sellers.approve(self.engine().host(), seller.id);
    }
    return session;
  }
  [[nodiscard]] Session revoked() {
    auto session = log_in("who.left");
    const capi::EngineCall self(handle_);
    self.engine().accounts().log_out(session);
    return session;
  }
  [[nodiscard]] Session running_out() { return log_in("who.stayed"); }
  /// Shows a fresh proof for an action.
  void prove(const Session& session, StepUp action) {
    const capi::EngineCall self(handle_);
    self.engine().accounts().step_up(session, {action, k_password, {}, {}});
  }
  void run_out() {
    constexpr std::int64_t k_month = 31 * 86'400'000'000;
    const capi::EngineCall self(handle_);
    self.opened().clock->set(self.opened().clock->now() + k_month);
  }

  /// Something of `owner`, or of somebody else who is no stranger's: its id, by what the argument
  /// is called; 0 when there is none.
  [[nodiscard]] Id thing(std::string_view argument, const Session& owner) {
    const capi::EngineCall self(handle_);
    auto& engine = self.engine();
    if (argument.ends_with("cart_id")) {
      try {
        return engine.cart().read(owner, 0).id;
      } catch (const Error&) {
        return 0;  // no cart yet
      }
    }
    if (argument.ends_with("location_id")) {
      return engine.inventory().create_location(engine.host(), "The owner's cellar").id;
    }
    const auto victim = log_in("the.victim");
    if (argument.ends_with("customer_id")) return victim.user_id();
    if (argument.ends_with("seller_id")) {
      return engine.sellers().apply(victim, {"The victim's", "+44 20 7946 0001", "", ""}).id;
    }
    return 0;
  }

  [[nodiscard]] shop_session* handle_of(const Session& session) const {
    const capi::EngineCall self(handle_);
    return capi::OpenedSession(self, session).keep();
  }

 private:
  static constexpr const char* k_password = "a passphrase of many words";

  // With a password: what the host opens for somebody does not run out.
  Session log_in(const std::string& username) {
    const capi::EngineCall self(handle_);
    auto& accounts = self.engine().accounts();
    NewUserInput input;
    input.username = username;
    input.password = k_password;
    accounts.create_user(self.engine().host(), input);
    LogInInput log_in;
    log_in.login = username;
    log_in.password = k_password;
    return accounts.log_in(self.engine().host(), log_in).session;
  }

  shop_engine* handle_ = nullptr;
};

class Trespasser : public Runner {
 public:
  explicit Trespasser(Json api) : Runner(false, std::move(api)) {}

  static int problems() { return s_problems; }
  static int calls() { return s_calls; }

  /// What nobody tried.
  static void check_complete() {
    for (const auto& operation : operations()) {
      const auto& name = operation.first;
      const auto& permission = operation.second;
      const bool open = permission == "anyone" || permission == "signed_in";
      if (open != ownership().contains(name)) {
        problem(name, open ? "has no row in ownership.def" : "needs no row in ownership.def");
      }
      if (not_in_scenarios().contains(name)) continue;
      const auto missing = [&](const char* who) {
        if (!s_tried.contains({name, who})) problem(name, std::string{"was not tried by "} + who);
      };
      if (!any_session().contains(name)) {
        missing("revoked");
        missing("expired");
      }
      const auto row = row_of(name, permission);
      if (row.whose == Whose::public_ || row.whose == Whose::own) continue;
      missing("customer");
      if (row.whose != Whose::seller_own || !row.id.empty()) missing("seller");
    }
    for (const auto& [name, row] : ownership()) {
      if (!operations().contains(std::string{name})) {
        problem(std::string{name}, "is in ownership.def and no operation");
      }
    }
  }

 private:
  static Row row_of(const std::string& name, const std::string& permission) {
    if (permission != "anyone" && permission != "signed_in") return {Whose::permission, ""};
    const auto found = ownership().find(name);
    return found == ownership().end() ? Row{Whose::public_, ""} : found->second;
  }

  static void problem(const std::string& name, const std::string& text) {
    std::printf("%s: %s\n", name.c_str(), text.c_str());
    ++s_problems;
  }

  void before(const Call& call) override {
    const auto& receiver = call.function.at("params").at(0);
    const auto name = call.function.at("name").get<std::string>().substr(5);
    static const auto rows = operations();
    const auto found = rows.find(name);
    if (call.step.contains("error") || receiver.at("type") != "handle:shop_session" ||
        found == rows.end()) {
      return;
    }
    const auto dot = call.actor.find('.');
    shop_engine* original = engine(dot == std::string::npos ? "" : call.actor.substr(0, dot));
    const auto row = row_of(name, found->second);
    const auto files = files_now();
    try_all(original, call, call.given, row, !any_session().contains(name));
    // Where the scenario says nothing and so means the actor's own, strangers say it.
    if (!row.id.empty() && !names_something(at_path(call.given, row.id))) {
      Copy copy{original};
      auto given = call.given;
      if (const auto id = copy.thing(row.id, session(call.actor))) {
        put_at(given, row.id, id);
        attempt(copy, copy.customer(), call, given, row, "customer");
        attempt(copy, copy.seller(), call, given, row, "seller");
      }
    }
    for (const auto& file : files_now()) {
      if (!files.contains(file)) std::filesystem::remove(file);
    }
  }

  void try_all(shop_engine* original, const Call& call, const Json& given, const Row& row,
               bool needs_live) {
    {
      Copy copy{original};
      const auto stranger = copy.customer();
      if (needs_live) attempt(copy, copy.revoked(), call, given, row, "revoked");
      attempt(copy, stranger, call, given, row, "customer");
    }
    Copy copy{original};
    const auto staying = copy.running_out();
    attempt(copy, copy.seller(), call, given, row, "seller");
    copy.run_out();
    if (needs_live) attempt(copy, staying, call, given, row, "expired");
  }

  [[nodiscard]] std::set<std::filesystem::path> files_now() const {
    std::set<std::filesystem::path> out;
    for (const auto& file : std::filesystem::directory_iterator{folder()}) out.insert(file.path());
    return out;
  }

  void attempt(Copy& copy, const Session& session, const Call& call, const Json& given,
               const Row& row, const char* who) {
    shop_session* handle = copy.handle_of(session);
    const auto slots = slots_of(call.function, given, reinterpret_cast<std::uintptr_t>(handle));
    auto status = outcome(call.function, slots);
    for (int action = 1; status == SHOP_E_STEP_UP_REQUIRED && action <= k_step_ups; ++action) {
      copy.prove(session, static_cast<StepUp>(action));
      status = outcome(call.function, slots);
    }
    shop_session_close(handle, nullptr);
    ++s_calls;
    judge(call.function.at("name").get<std::string>().substr(5), given, row, who, status);
  }

  static void judge(const std::string& name, const Json& given, const Row& row,
                    const std::string& who, shop_status status) {
    bool good = true;
    if (who == "revoked") {
      good = status == SHOP_E_SESSION_REVOKED;
    } else if (who == "expired") {
      good = status == SHOP_E_SESSION_EXPIRED;
    } else {
      const bool named = names_something(at_path(given, row.id));
      switch (row.whose) {
        case Whose::public_:
        case Whose::own:
          return;
        case Whose::permission:
          good = status == SHOP_E_FORBIDDEN;
          break;
        case Whose::seller_own:
          if (who == "seller" && !named) return;
          good = status == SHOP_E_FORBIDDEN || status == SHOP_E_NOT_FOUND;
          break;
        case Whose::owned:
          if (!named) return;
          good = status == SHOP_E_FORBIDDEN || status == SHOP_E_NOT_FOUND;
          break;
      }
    }
    s_tried.insert({name, who});
    if (!good) {
      problem(name, who + " got " + shop_status_name(status) + " with " + given.dump());
    }
  }

  inline static int s_problems = 0;
  inline static int s_calls = 0;
  inline static std::set<std::pair<std::string, std::string>> s_tried;
};

}  // namespace
}  // namespace shop::scenarios

int main(int argc, char** argv) {
  using namespace shop::scenarios;
  if (argc < 3) return 2;
  bool failed = false;
  for (int i = 2; i < argc; ++i) {
    try {
      Trespasser(read_file(argv[1])).run(read_file(argv[i]));
    } catch (const std::exception& error) {
      std::printf("%s: %s\n", argv[i], error.what());
      failed = true;
    }
  }
  Trespasser::check_complete();
  std::printf("%d attempts, %d problems\n", Trespasser::calls(), Trespasser::problems());
  return failed || Trespasser::problems() != 0 ? 1 : 0;
}
