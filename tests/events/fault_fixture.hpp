#pragma once

#include "support/digest.hpp"
#include "support/orders_fixture.hpp"
#include "support/statement_faults.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace shop::test {

/// A change that events tell of.
struct TellingChange {
  std::string name;
  std::vector<std::string> events;       ///< that it has to write, among others
  std::function<void(Engine&)> prepare;  ///< may be empty
  std::function<void(Engine&)> change;
  /// Whether the change is there. Where it is absent, the whole shop is as it was when it is not;
  /// given for what writes something whatever happens, as counts of attempts.
  std::function<bool(Engine&)> done;
};

/// A shop in which everything that follows a change has something to do.
struct FaultFixture : OrdersFixture {
  static constexpr const char* password = "a passphrase of many words";

  Session ann = register_ann();
  Session keeper = customer("keeper");
  Id lamp = sell("Lamp", 1000, 5);
  Id vase = sell("Vase", 2000, 50);
  Id bowl = 0;    ///< of the keeper
  Id seller = 0;  ///< the keeper's
  Id product = 0;
  Order bought;  ///< of ann: a lamp and a vase, paid, not shipped

  FaultFixture();

  Order order(Engine& on, const std::string& key, std::vector<Id> variants);
  Order place(Engine& on, const std::string& key);
  /// The member of the opened message of the newest event of a type.
  std::string mailed(Engine& on, const std::string& type, const std::string& member);

  /// Runs the change once for each statement it has, with that one failing: nothing of it and of
  /// its events is there. Then once without a fault: now both are. Result: the events' types.
  std::set<std::string> every_statement_fails(const TellingChange& test);

 private:
  Session register_ann();
};

std::vector<TellingChange> changes_of_accounts(FaultFixture& shop);
std::vector<TellingChange> changes_of_sellers_and_goods(FaultFixture& shop);
std::vector<TellingChange> changes_of_orders(FaultFixture& shop);
std::vector<TellingChange> changes_of_engagement(FaultFixture& shop);

}  // namespace shop::test
