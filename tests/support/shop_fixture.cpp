#include "support/shop_fixture.hpp"

#include <stdlib.h>

namespace shop::test {

Session ShopFixture::owner() {
  auto& id = users_["olga.owner"];
  if (id == 0) {
    RegisterInput input;
    input.username = "olga.owner";
    input.email = "olga.owner@example.com";
    input.password = "a long passphrase for olga";
    id = shop.accounts().redeem_bootstrap(shop.guest(), shop.bootstrap_code(), input).id;
  }
  return shop.accounts().log_in_as(host, id).session;
}

Session ShopFixture::log_in(const std::string& username, Role role) {
  auto& id = users_[username];
  if (id == 0) {
    NewUserInput input;
    input.role = role;
    input.username = username;
    input.email = username + "@example.com";
    id = shop.accounts().create_user(host, input).id;
  }
  return shop.accounts().log_in_as(host, id).session;
}

TempFolder::TempFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "libshop-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace shop::test
