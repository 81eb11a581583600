#include "scenarios/values.hpp"

#include "shop/base.h"

#include <cstring>
#include <stdexcept>

namespace shop::scenarios {
namespace {

/// "enum:shop_role" → {"enum", "shop_role"}
std::pair<std::string, std::string> split(const std::string& type) {
  const std::size_t colon = type.find(':');
  if (colon == std::string::npos) return {type, ""};
  return {type.substr(0, colon), type.substr(colon + 1)};
}

template <class T>
T load(const void* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <class T>
void store(std::byte* to, T value) {
  std::memcpy(to, &value, sizeof value);
}

Json text_of(const shop_str& text) {
  if (text.data == nullptr) return nullptr;
  return std::string(text.data, text.size);
}

Json money_of(const shop_money& money) {
  return {{"minor", money.minor}, {"currency", std::string(money.currency)}};
}

shop_money to_money(const Json& value) {
  shop_money money{};
  money.minor = value.at("minor").get<std::int64_t>();
  const auto currency = value.value("currency", std::string{});
  std::memcpy(money.currency, currency.data(), std::min<std::size_t>(currency.size(), 4));
  return money;
}

}  // namespace

const std::string& Values::keep(std::string text) {
  return texts_.emplace_back(std::move(text));
}

std::byte* Values::room(std::size_t bytes) {
  auto& words = rooms_.emplace_back((bytes + 7) / 8 + 1);
  return reinterpret_cast<std::byte*>(words.data());
}

void Values::forget() {
  texts_.clear();
  rooms_.clear();
}

void* Values::input(const std::string& type, const Json& value) {
  const Json& layout = api_.at("structs").at(type);
  std::byte* to = room(layout.at("size").get<std::size_t>());
  store(to, layout.at("size").get<std::uint32_t>());
  std::uint64_t fields = 0;
  for (const auto& [name, given] : value.items()) {
    const Json* found = nullptr;
    for (const Json& each : layout.at("members")) {
      if (each.at("name") == name) found = &each;
    }
    if (found == nullptr) throw std::runtime_error(type + " has no member " + name);
    if (found->contains("bit")) {
      const std::uint64_t bit = std::uint64_t{1} << found->at("bit").get<int>();
      if (!given.is_null() || found->contains("update")) fields |= bit;
      if (given.is_null() && found->contains("update")) fields |= bit << 32;
    }
    const auto kind = split(found->at("type").get<std::string>()).first;
    const bool by_null = kind == "str" || kind == "bytes" || kind == "strs" || kind == "ids" ||
                         kind == "record" || kind == "list";
    if (given.is_null()) {
      if (by_null)
        fields &=
            ~(found->contains("bit") ? std::uint64_t{1} << 32 << found->at("bit").get<int>() : 0);
      continue;
    }
    member(to + found->at("offset").get<std::size_t>(), *found, given);
  }
  if (fields != 0) store(to + layout.at("mask_offset").get<std::size_t>(), fields);
  return to;
}

void* Values::input_list(const std::string& type, const Json& values) {
  const auto item = api_.at("structs").at(type).at("item").get<std::string>();
  const auto size = api_.at("structs").at(item).at("size").get<std::size_t>();
  std::byte* rows = room(size * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::memcpy(rows + i * size, input(item, values[i]), size);
  }
  std::byte* head = room(24);
  store<std::uint32_t>(head, 24);
  store<std::uint32_t>(head + 4, static_cast<std::uint32_t>(size));
  store<std::uint64_t>(head + 8, values.size());
  store<const void*>(head + 16, rows);
  return head;
}

void Values::member(std::byte* to, const Json& member, const Json& value) {
  const auto [kind, name] = split(member.at("type").get<std::string>());
  if (kind == "str" || kind == "bytes") {
    const std::string& text = keep(value.get<std::string>());
    store(to, shop_str{text.data(), text.size()});
  } else if (kind == "strs") {
    std::byte* rows = room(sizeof(shop_str) * value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string& text = keep(value[i].get<std::string>());
      store(rows + i * sizeof(shop_str), shop_str{text.data(), text.size()});
    }
    store(to, shop_strs{reinterpret_cast<const shop_str*>(rows), value.size()});
  } else if (kind == "ids") {
    std::byte* rows = room(8 * value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
      store(rows + 8 * i, value[i].get<std::int64_t>());
    }
    store(to, shop_ids{reinterpret_cast<const std::int64_t*>(rows), value.size()});
  } else if (kind == "money") {
    store(to, to_money(value));
  } else if (kind == "record") {
    store<const void*>(to, input(name, value));
  } else if (kind == "list") {
    store<const void*>(to, input_list(name, value));
  } else if (kind == "f64") {
    store(to, value.get<double>());
  } else {
    const std::uint64_t number = argument(member.at("type").get<std::string>(), value);
    std::memcpy(to, &number, member.at("size").get<std::size_t>());
  }
}

std::uint64_t Values::argument(const std::string& type, const Json& value) {
  const auto [kind, name] = split(type);
  if (kind == "cstr")
    return reinterpret_cast<std::uintptr_t>(keep(value.get<std::string>()).c_str());
  if (kind == "enum") {
    if (value.is_number()) return value.get<std::uint64_t>();
    for (const Json& each : api_.at("enums").at(name).at("values")) {
      if (each.at("short") == value) return each.at("value").get<std::uint64_t>();
    }
    throw std::runtime_error(name + " has no value " + value.dump());
  }
  if (kind == "bool") return value.get<bool>() ? 1 : 0;
  if (kind == "f64") {
    std::uint64_t bits = 0;
    const auto number = value.get<double>();
    std::memcpy(&bits, &number, sizeof bits);
    return bits;
  }
  if (kind == "money" || kind == "strs" || kind == "ids") {
    std::byte* to = room(sizeof(shop_money));
    member(to, {{"type", type}, {"size", sizeof(shop_money)}}, value);
    return reinterpret_cast<std::uintptr_t>(to);
  }
  if (kind == "record") return reinterpret_cast<std::uintptr_t>(input(name, value));
  if (kind == "list") return reinterpret_cast<std::uintptr_t>(input_list(name, value));
  return static_cast<std::uint64_t>(value.get<std::int64_t>());
}

Json Values::value(const std::string& type, const void* from) const {
  const auto [kind, name] = split(type);
  if (kind == "str" || kind == "bytes") return text_of(load<shop_str>(from));
  if (kind == "money") return money_of(load<shop_money>(from));
  if (kind == "bool") return load<std::int32_t>(from) != 0;
  if (kind == "i32") return load<std::int32_t>(from);
  if (kind == "u32") return load<std::uint32_t>(from);
  if (kind == "f64") return load<double>(from);
  if (kind == "enum") {
    const auto number = load<std::int32_t>(from);
    for (const Json& each : api_.at("enums").at(name).at("values")) {
      if (each.at("value") == number) return each.at("short");
    }
    return number;
  }
  if (kind == "strs") {
    const auto texts = load<shop_strs>(from);
    Json rows = Json::array();
    for (std::size_t i = 0; i < texts.count; ++i) rows.push_back(text_of(texts.items[i]));
    return rows;
  }
  if (kind == "ids") {
    const auto ids = load<shop_ids>(from);
    return std::vector<std::int64_t>(ids.items, ids.items + ids.count);
  }
  if (kind == "record" || kind == "list" || kind == "page") {
    return record(name, load<const void*>(from));
  }
  return load<std::int64_t>(from);
}

Json Values::member_value(const Json& member, const std::byte* record) const {
  return value(member.at("type").get<std::string>(),
               record + member.at("offset").get<std::size_t>());
}

Json Values::record(const std::string& type, const void* from) const {
  if (from == nullptr) return nullptr;
  const Json& layout = api_.at("structs").at(type);
  if (layout.contains("item")) return list(type, from);
  const auto* bytes = static_cast<const std::byte*>(from);
  if (type == "shop_text") return text_of(load<shop_text>(from).text);
  if (type == "shop_texts") return value("strs", bytes + 16);
  if (type == "shop_blob") return value("bytes", bytes + 16);
  Json object = Json::object();
  for (const Json& each : layout.at("members")) {
    const auto present = load<std::uint64_t>(bytes + 8);
    const bool absent = each.contains("bit") && (present >> each.at("bit").get<int>() & 1) == 0;
    object[each.at("name").get<std::string>()] = absent ? Json() : member_value(each, bytes);
  }
  return object;
}

Json Values::list(const std::string& type, const void* from) const {
  const auto item = api_.at("structs").at(type).at("item").get<std::string>();
  const auto* head = static_cast<const shop_error_detail_list*>(from);
  const auto* rows = reinterpret_cast<const std::byte*>(head->items);
  Json items = Json::array();
  for (std::size_t i = 0; i < head->count; ++i) {
    items.push_back(record(item, rows + i * head->item_size));
  }
  if (api_.at("structs").at(type).at("kind") == "list") return items;
  const auto* page = static_cast<const std::byte*>(from);
  const auto total =
      load<std::uint64_t>(page + 40) != 0 ? Json(load<std::int64_t>(page + 48)) : Json();
  return {{"items", items}, {"next_cursor", text_of(load<shop_str>(page + 24))}, {"total", total}};
}

}  // namespace shop::scenarios
