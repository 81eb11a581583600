#pragma once

#include <deque>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace shop::scenarios {

using Json = nlohmann::json;

/// Reads and writes C structs by the offsets in capi/abi/shop.json, as a binding does.
class Values {
 public:
  explicit Values(Json api) : api_(std::move(api)) {}

  [[nodiscard]] const Json& function(const std::string& name) const {
    return api_.at("functions").at(name);
  }

  /// An input struct made from an object; lives until `forget`.
  void* input(const std::string& type, const Json& value);
  /// A list of input structs.
  void* input_list(const std::string& type, const Json& values);
  /// One argument that is a plain number or an address.
  std::uint64_t argument(const std::string& type, const Json& value);
  /// Copied text that lives until `forget`.
  const std::string& keep(std::string text);

  /// A result as JSON: absent members are null.
  [[nodiscard]] Json record(const std::string& type, const void* from) const;
  /// A plain value at an address.
  [[nodiscard]] Json value(const std::string& type, const void* from) const;

  void forget();

 private:
  std::byte* room(std::size_t bytes);
  void member(std::byte* to, const Json& member, const Json& value);
  [[nodiscard]] Json list(const std::string& type, const void* from) const;
  [[nodiscard]] Json member_value(const Json& member, const std::byte* record) const;

  Json api_;
  std::deque<std::string> texts_;
  std::deque<std::vector<std::uint64_t>> rooms_;
};

}  // namespace shop::scenarios
