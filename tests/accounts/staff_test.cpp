#include "shop/sellers.hpp"
#include "support/people.hpp"
#include "support/problems.hpp"

using namespace shop;
using namespace shop::test;

namespace {

constexpr const char* k_password = "a long password for staff";

struct StaffFixture : ShopFixture {
  Accounts& accounts = shop.accounts();
  Session guest = shop.guest();

  static NewUserInput someone(const std::string& name, Role role) {
    NewUserInput input;
    input.username = name;
    input.email = name + "@example.com";
    input.password = k_password;
    input.role = role;
    return input;
  }
  Session log_in(const std::string& name) {
    LogInInput input;
    input.login = name;
    input.password = k_password;
    const auto session = accounts.log_in(guest, input).session;
    StepUpInput proof;
    proof.action = StepUp::roles;
    proof.password = k_password;
    accounts.step_up(session, proof);
    return session;
  }
  Session staff(const std::string& name, const std::vector<std::string>& permissions) {
    auto input = someone(name, Role::staff);
    input.group_ids = {accounts.create_group(host, {name + "s", permissions}).id};
    accounts.create_user(host, input);
    return log_in(name);
  }
};

}  // namespace

TEST_CASE_FIXTURE(StaffFixture, "nobody gives what they do not have, in no way") {
  const auto seller = accounts.create_group(host, {"Sales", {"order_view"}});
  const auto harmless = accounts.create_group(host, {"Goods", {"catalog_manage"}});
  const auto carl = accounts.create_user(host, someone("carl", Role::customer)).id;
  (void)owner();
  accounts.create_user(host, someone("adam", Role::admin));
  const auto adam = log_in("adam");
  CHECK(code_of([&] { accounts.set_role(adam, carl, Role::staff, {4711}); }) == Code::not_found);
  CHECK(first_path(error_of([&] {
          accounts.set_role(adam, carl, Role::staff, {seller.id, 4711});
        })) == "group_ids[1]");
  CHECK(code_of([&] { accounts.set_role(adam, 4711, Role::staff, {}); }) == Code::not_found);
  CHECK(problems_of([&] { accounts.set_role(adam, carl, Role::owner, {seller.id}); }) ==
        Problems{"role not_allowed", "group_ids not_allowed"});
  CHECK(accounts.set_role(adam, carl, Role::staff, {seller.id, harmless.id}).group_ids.size() == 2);
  CHECK(accounts.set_role(adam, carl, Role::customer, {}).group_ids.empty());
  auto books = someone("books", Role::customer);
  books.email.clear();
  const auto nameless = accounts.create_user(host, books).id;
  CHECK(problems_of([&] { accounts.set_role(adam, nameless, Role::staff, {}); }) ==
        Problems{"user_id no_email"});
  CHECK(code_of([&] { accounts.set_role(adam, adam.user_id(), Role::customer, {}); }) ==
        Code::forbidden);
  accounts.erase(host, nameless);
  CHECK(code_of([&] { accounts.set_role(adam, nameless, Role::staff, {}); }) == Code::not_found);

  auto wrong = someone("wrong", Role::owner);
  wrong.group_ids = {seller.id};
  CHECK(problems_of([&] { accounts.create_user(host, wrong); }) ==
        Problems{"role not_allowed", "group_ids not_allowed"});
  wrong.role = Role::seller;
  wrong.group_ids.clear();
  CHECK(problems_of([&] { accounts.create_user(host, wrong); }) == Problems{"role not_allowed"});
  wrong.role = Role::staff;
  wrong.group_ids = {seller.id, 4711, harmless.id, 4712};
  CHECK(problems_of(error_of([&] { accounts.create_user(host, wrong); })) ==
        Problems{"group_ids[1] not_found", "group_ids[3] not_found"});
  wrong.group_ids = {4711};
  CHECK(code_of([&] { accounts.create_user(host, wrong); }) == Code::not_found);
  wrong.group_ids.clear();
  wrong.password = "too short";
  CHECK(problems_of([&] { accounts.create_user(host, wrong); }) == Problems{"password too_short"});
  CHECK(shop.verify().ok());
}

TEST_CASE_FIXTURE(StaffFixture, "staff who manage customers make customers, and no more") {
  const auto sam = staff("sam", {"customer_manage", "customer_view"});
  CHECK(code_of([&] { accounts.create_user(sam, someone("eve", Role::staff)); }) ==
        Code::forbidden);
  CHECK(code_of([&] { accounts.create_user(sam, someone("eve", Role::admin)); }) ==
        Code::forbidden);
  const auto eve = accounts.create_user(sam, someone("eve", Role::customer));
  CHECK(eve.role == Role::customer);
  CHECK(code_of([&] { accounts.set_role(sam, eve.id, Role::staff, {}); }) == Code::forbidden);
  CHECK(code_of([&] {
          accounts.create_group(sam, {"Mine", {"customer_view"}});
        }) == Code::forbidden);
}

TEST_CASE_FIXTURE(StaffFixture, "groups have names of their own and permissions that exist") {
  const auto one = accounts.create_group(host, {"One", {"order_view"}});
  const auto two = accounts.create_group(host, {"Two", {}});
  CHECK(problems_of(error_of([&] {
          accounts.create_group(host, {"ONE", {}});
        })) == Problems{"name taken"});
  CHECK(problems_of(error_of([&] {
          accounts.update_group(host, two.id, {"one", {}});
        })) == Problems{"name taken"});
  CHECK(accounts.update_group(host, one.id, {"ONE", {"order_view"}}).name == "ONE");
  CHECK(problems_of([&] {
          accounts.create_group(host, {"", {"nonsense", "admin_manage"}});
        }) == Problems{"name required", "permissions[0] unknown", "permissions[1] unknown"});
  CHECK(code_of([&] { accounts.update_group(host, 4711, {"X", {}}); }) == Code::not_found);
  CHECK(code_of([&] { accounts.delete_group(host, 4711); }) == Code::not_found);
}

TEST_CASE_FIXTURE(StaffFixture,
                  "the keeper of a seller becomes staff once the seller is suspended") {
  const auto anna = a_customer(shop);
  const auto input = SellerApplication{"Anna", "+44 20 7946 0018", {}, {}};
  const auto seller = shop.sellers().apply(anna, input).id;
  shop.sellers().approve(host, seller);
  const auto refused =
      error_of([&] { return accounts.set_role(host, anna.user_id(), Role::customer, {}); });
  CHECK(refused.code() == Code::conflict);
  CHECK(problems_of(refused) == Problems{"user_id keeps_seller"});
  shop.sellers().suspend(host, seller, "joins us");
  CHECK(accounts.set_role(host, anna.user_id(), Role::customer, {}).role == Role::customer);
  CHECK(shop.sellers().reinstate(host, seller).status == SellerStatus::approved);
  accounts.erase(host, anna.user_id());
  CHECK(shop.sellers().get(host, seller).status == SellerStatus::suspended);
  CHECK(code_of([&] { return shop.sellers().reinstate(host, seller); }) == Code::conflict);
  CHECK(accounts.user(host, anna.user_id()).role == Role::customer);
  CHECK(shop.verify().ok());
}
