#pragma once

#include "scenarios/invoke.hpp"
#include "scenarios/values.hpp"
#include "shop.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace shop::fuzz {

/// Takes numbers off an input; zeros once it is used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  [[nodiscard]] bool empty() const { return at_ == end_; }
  std::uint8_t byte() { return empty() ? std::uint8_t{0} : *at_++; }
  std::size_t below(std::size_t limit);
  std::string text(std::size_t size);

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

/// What calls through C find in one shop: makes each call's arguments from the bytes of an input,
/// by the types in capi/abi/shop.json, and uses again what earlier calls gave: ids, texts,
/// sessions.
class Caller {
 public:
  explicit Caller(scenarios::Json api);

  /// Plays one input on a copy of the shop: calls of chance, then verify, which must find nothing.
  void play(shop_engine* shop, Bytes bytes);

  [[nodiscard]] std::int64_t calls() const { return calls_; }
  /// How many functions there are to be called, and how often each status came back.
  [[nodiscard]] std::size_t functions() const { return names_.size(); }
  [[nodiscard]] const std::map<std::int32_t, std::int64_t>& statuses() const { return statuses_; }

 private:
  using Json = scenarios::Json;

  void call(Bytes& bytes);
  scenarios::Slots slots_for(const Json& function, Bytes& bytes);
  shop_session* session(Bytes& bytes);
  Json value(const std::string& type, Bytes& bytes, int depth);
  Json object(const std::string& type, Bytes& bytes, int depth);
  Json number(Bytes& bytes);
  Json id(Bytes& bytes);
  std::string text(Bytes& bytes);
  void take_results(const Json& function, scenarios::Outs& outs);
  void remember(const Json& result, int depth);
  void check_sound();
  void end_sessions();

  Json api_;
  scenarios::Values values_;
  scenarios::Table table_;
  std::vector<std::string> names_;
  shop_engine* shop_ = nullptr;
  std::vector<shop_session*> sessions_;
  std::vector<std::int64_t> ids_;
  std::vector<std::string> texts_;
  std::map<std::int32_t, std::int64_t> statuses_;
  std::int64_t calls_ = 0;
};

}  // namespace shop::fuzz
