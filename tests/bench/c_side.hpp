#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include <shop.h>

/// libshop as a C program uses it: nothing but shop_* calls, results released after each.
namespace shop::bench {

/// Throws what a call failed with.
void c_check(shop_status status, shop_error* error);

/// A result that is released when it goes out of scope.
template <class T>
class CResult {
 public:
  CResult() = default;
  ~CResult() { shop_result_free(result_); }
  CResult(const CResult&) = delete;
  CResult& operator=(const CResult&) = delete;
  const T** out() { return &result_; }
  const T* operator->() const { return result_; }

 private:
  const T* result_ = nullptr;
};

inline shop_str c_text(const std::string& text) {
  return {text.data(), text.size()};
}

class CShop {
 public:
  explicit CShop(const std::string& path, bool full = true);
  ~CShop();
  CShop(const CShop&) = delete;
  CShop& operator=(const CShop&) = delete;

  [[nodiscard]] shop_session* host() const { return host_; }
  [[nodiscard]] shop_session* guest() const { return guest_; }
  /// Logs somebody in; the session lives as long as this.
  shop_session* log_in(std::int64_t account_id);

 private:
  shop_engine* engine_ = nullptr;
  shop_session* host_ = nullptr;
  shop_session* guest_ = nullptr;
  std::vector<shop_session*> sessions_;
};

}  // namespace shop::bench
