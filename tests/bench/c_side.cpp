#include "bench/c_side.hpp"

#include <stdexcept>

namespace shop::bench {

void c_check(shop_status status, shop_error* error) {
  if (status == SHOP_OK) return;
  const std::string message = error != nullptr ? error->message.data : shop_status_name(status);
  shop_result_free(error);
  throw std::runtime_error(message);
}

CShop::CShop(const std::string& path, bool full) {
  shop_open_input options;
  SHOP_INIT(&options);
  options.durability = full ? SHOP_DURABILITY_FULL : SHOP_DURABILITY_NORMAL;
  options.password_preset = SHOP_PASSWORD_PRESET_FOR_TESTS;
  shop_error* error = nullptr;
  c_check(shop_engine_open(path.c_str(), &options, &engine_, &error), error);
  c_check(shop_session_host(engine_, &host_, &error), error);
  c_check(shop_session_guest(engine_, &guest_, &error), error);
}

CShop::~CShop() {
  for (auto* session : sessions_) shop_session_close(session, nullptr);
  shop_session_close(guest_, nullptr);
  shop_session_close(host_, nullptr);
  shop_engine_close(engine_, nullptr);
}

shop_session* CShop::log_in(std::int64_t account_id) {
  shop_session* session = nullptr;
  shop_error* error = nullptr;
  CResult<shop_log_in> log_in;
  c_check(shop_accounts_log_in_as(host_, account_id, &session, log_in.out(), &error), error);
  sessions_.push_back(session);
  return session;
}

}  // namespace shop::bench
