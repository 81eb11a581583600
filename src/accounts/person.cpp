#include "accounts/person.hpp"

#include "shop/error.hpp"

#include <algorithm>

namespace shop::accounts {
namespace {

constexpr std::size_t k_most_local_part = 64;

bool plausible_email(std::string_view email) {
  const auto at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > k_most_local_part) return false;
  const auto domain = email.substr(at + 1);
  if (domain.size() < 3 || domain.front() == '.' || domain.back() == '.' ||
      domain.find('.') == std::string_view::npos || domain.find("..") != std::string_view::npos) {
    return false;
  }
  return std::none_of(email.begin(), email.end(), [](char c) {
    return c == ' ' || c == '<' || c == '>' || c == '"' || c == ',' || c == ';' || c == '\\';
  });
}

}  // namespace

std::string check_username(core::Fields& fields, std::string_view path, std::string_view username) {
  auto out = fields.text(path, username, {.min = 3, .max = 40, .name = true});
  if (out.empty()) return out;
  fields.check(out.find('@') == std::string::npos && out.find(' ') == std::string::npos, path,
               "invalid", "has neither blanks nor @");
  return out;
}

std::string check_email(core::Fields& fields, std::string_view path, std::string_view email,
                        bool required) {
  auto out = fields.text(path, email, {.min = required ? 1U : 0U, .max = 254});
  if (!out.empty()) fields.check(plausible_email(out), path, "invalid", "is not an e-mail address");
  return out;
}

store::Account check_person(core::Fields& fields, const RegisterInput& input, bool needs_email) {
  store::Account out;
  out.username = check_username(fields, "username", input.username);
  out.email = check_email(fields, "email", input.email, needs_email);
  out.name = fields.text("name", input.name, {.max = 120, .name = true});
  out.phone = fields.text("phone", input.phone, {.max = 40});
  out.country = fields.text("country", input.country, {.max = 60});
  out.region = fields.text("region", input.region, {.max = 60});
  out.referral_code = fields.text("referral_code", input.referral_code, {.max = 40});
  return out;
}

void check_free(db::Tx& tx, const store::Account& account) {
  core::Fields taken;
  taken.check(!store::account_by_username(tx, account.username), "username", "taken",
              "this username is taken");
  if (!account.email.empty()) {
    taken.check(!store::account_by_email(tx, account.email), "email", "taken",
                "there is an account with this e-mail address");
  }
  taken.throw_if_any(Code::already_exists);
}

std::uint64_t permissions_of(db::Tx& tx, const Actor& actor, const std::vector<Id>& group_ids) {
  std::uint64_t all = 0;
  core::Fields missing;
  for (std::size_t i = 0; i < group_ids.size(); ++i) {
    const auto group = store::group(tx, group_ids[i]);
    if (missing.check(group.has_value(), core::path_at("group_ids", i), "not_found",
                      "there is no such permission group")) {
      all |= group->permissions;
    }
  }
  missing.throw_if_any(Code::not_found);
  if ((all & ~actor.permissions) != 0) {
    throw Error(Code::forbidden, "nobody gives permissions that they do not have");
  }
  return all;
}

User to_user(db::Tx& tx, const store::Account& account) {
  User out;
  out.id = account.id;
  out.role = account.role;
  out.status = account.status;
  out.username = account.username;
  out.email = account.email;
  out.name = account.name;
  out.phone = account.phone;
  out.country = account.country;
  out.region = account.region;
  out.email_verified = account.email_verified_at.has_value();
  out.two_factor = account.totp_on;
  out.single_device = account.single_device;
  out.seller_id = account.seller_id;
  out.group_ids = store::group_ids(tx, account.id);
  out.created_at = account.created_at;
  out.last_log_in_at = account.last_log_in_at;
  out.last_log_out_at = account.last_log_out_at;
  out.version = account.version;
  return out;
}

}  // namespace shop::accounts
