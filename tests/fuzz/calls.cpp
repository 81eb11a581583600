#include "fuzz/calls.hpp"

#include "fuzz/need.hpp"

#include <array>
#include <limits>
#include <set>
#include <string_view>

namespace shop::fuzz {
namespace {

using scenarios::Json;
using scenarios::Outs;
using scenarios::Slots;

// Opening a shop and checking it costs as much as a few hundred calls.
constexpr int k_calls = 4096;
constexpr std::size_t k_remembered = 96;

// They give another engine, or end what the rest needs.
const std::set<std::string, std::less<>> k_left_out{"shop_engine_fork", "shop_engine_close",
                                                    "shop_session_close"};

// A text of chance must not become the name of a file of this machine.
bool touches_files(const Json& function) {
  for (const auto& param : function.at("params")) {
    const auto name = param.at("name").get<std::string>();
    if (param.at("role") == "in" && (name == "path" || name == "backup")) return true;
  }
  return false;
}

// What a caller may well say; the second half is what one should not.
constexpr std::array<std::string_view, 24> k_words{"",
                                                   "Toys",
                                                   "toys",
                                                   "GBP",
                                                   "DICE",
                                                   "CHESS-S",
                                                   "ann",
                                                   "ann@a.example",
                                                   "SAVE10",
                                                   "a long passphrase",
                                                   "en",
                                                   "key 1",
                                                   "GB",
                                                   "2026-01-05",
                                                   "mail",
                                                   "Home",
                                                   "\xFF\xFE",
                                                   "\xED\xA0\x80",
                                                   "a\nb",
                                                   "%s%n",
                                                   "' OR 1=1 --",
                                                   "../../x",
                                                   "\xF0\x9F\x8D\xB5",
                                                   "e\xCC\x81"};

constexpr std::array<std::int64_t, 16> k_numbers{0,
                                                 1,
                                                 2,
                                                 3,
                                                 5,
                                                 10,
                                                 99,
                                                 1000,
                                                 -1,
                                                 -7,
                                                 1'000'001,
                                                 9'007'199'254'740'991,
                                                 1LL << 53,
                                                 1LL << 31,
                                                 std::numeric_limits<std::int64_t>::max(),
                                                 std::numeric_limits<std::int64_t>::min()};

std::string kind_of(const std::string& type) {
  return type.substr(0, type.find(':'));
}

std::string name_in(const std::string& type) {
  return type.substr(type.find(':') + 1);
}

}  // namespace

std::size_t Bytes::below(std::size_t limit) {
  if (limit < 2) return 0;
  const std::size_t low = byte();
  return (limit > 256 ? low << 8 | byte() : low) % limit;
}

std::string Bytes::text(std::size_t size) {
  std::string out;
  while (size-- > 0 && !empty()) out += static_cast<char>(byte());
  return out;
}

Caller::Caller(Json api) : api_(api), values_(std::move(api)), table_(scenarios::functions()) {
  for (const auto& [name, entry] : table_) {
    if (!k_left_out.contains(name) && !touches_files(values_.function(name))) {
      names_.push_back(name);
    }
  }
}

void Caller::play(shop_engine* shop, Bytes bytes) {
  shop_ = shop;
  ids_.clear();
  texts_.clear();
  sessions_.resize(2);
  shop_session_host(shop_, sessions_.data(), nullptr);
  shop_session_guest(shop_, &sessions_[1], nullptr);
  for (int calls = 0; calls < k_calls && !bytes.empty(); ++calls) {
    call(bytes);
    values_.forget();
  }
  check_sound();
  end_sessions();
}

void Caller::end_sessions() {
  for (auto* session : sessions_) {
    // The handle of nobody and of another kind may be among them.
    (void)shop_session_close(session, nullptr);
    need(shop_session_close(session, nullptr) == SHOP_E_BAD_HANDLE, "a handle closes once");
  }
  sessions_.clear();
}

void Caller::call(Bytes& bytes) {
  const auto& name = names_[bytes.below(names_.size())];
  const auto& function = values_.function(name);
  const auto slots = slots_for(function, bytes);
  Outs outs;
  shop_error* error = nullptr;
  const auto status = table_.at(name).c(slots, outs, &error);
  ++calls_;
  ++statuses_[status];
  if (status == SHOP_OK) {
    need(error == nullptr, "what succeeds has no error");
    take_results(function, outs);
    return;
  }
  need(error != nullptr && error->code == status, "what fails says why");
  need(status != SHOP_E_INTERNAL, "no input is a bug of the library");
  need(error->message.size > 0, "an error has a message");
  for (const auto& place : outs.places) need(place.words[0] == 0, "what fails gives nothing");
  shop_result_free(error);
}

Slots Caller::slots_for(const Json& function, Bytes& bytes) {
  Slots slots;
  std::size_t slot = 0;
  for (const auto& param : function.at("params")) {
    const auto role = param.at("role").get<std::string>();
    const auto type = param.at("type").get<std::string>();
    if (role == "receiver") {
      const bool engine = type == "handle:shop_engine";
      slots.values[slot++] = engine ? reinterpret_cast<std::uintptr_t>(shop_)
                                    : reinterpret_cast<std::uintptr_t>(session(bytes));
    } else if (role == "in" && param.contains("size_name")) {
      const auto& data = values_.keep(text(bytes));
      slots.values[slot++] = reinterpret_cast<std::uintptr_t>(data.data());
      slots.values[slot++] = data.size();
    } else if (role == "in") {
      const bool none = bytes.byte() % 32 == 31;
      slots.values[slot++] = none ? 0 : values_.argument(type, value(type, bytes, 0));
    }
  }
  return slots;
}

// Mostly the host, which may do everything; a handle of another kind, or none, now and then.
shop_session* Caller::session(Bytes& bytes) {
  const auto choice = bytes.byte();
  if (choice < 160) return sessions_.front();
  if (choice == 255) return reinterpret_cast<shop_session*>(shop_);
  if (choice == 254) return nullptr;
  return sessions_[choice % sessions_.size()];
}

Json Caller::id(Bytes& bytes) {
  const auto choice = bytes.byte();
  if (ids_.empty() || choice % 8 == 7) return k_numbers[choice / 8U % k_numbers.size()];
  return ids_[ids_.size() - 1 - choice / 8U * 3 % ids_.size()];
}

Json Caller::number(Bytes& bytes) {
  const auto choice = bytes.byte();
  if (choice % 4 == 3) return static_cast<std::int64_t>(bytes.byte()) << (choice / 4);
  return k_numbers[choice / 4 % (choice % 4 == 0 ? k_numbers.size() : 8)];
}

std::string Caller::text(Bytes& bytes) {
  const auto choice = bytes.byte();
  if (choice % 4 == 3) return bytes.text(choice / 4 % 24);
  if (choice % 4 == 2 && !texts_.empty()) return texts_[choice / 4U * 3 % texts_.size()];
  return std::string{k_words[choice / 4 % (choice % 4 == 0 ? k_words.size() : 16)]};
}

Json Caller::value(const std::string& type, Bytes& bytes, int depth) {
  const auto kind = kind_of(type);
  if (kind == "cstr" || kind == "str" || kind == "bytes") return text(bytes);
  if (kind == "id") return id(bytes);
  if (kind == "bool") return (bytes.byte() & 1U) != 0;
  if (kind == "f64") return static_cast<double>(bytes.byte()) / 3;
  if (kind == "money") {
    const auto currency = bytes.byte() % 8 == 7 ? text(bytes).substr(0, 3) : std::string{"GBP"};
    return {{"minor", number(bytes)}, {"currency", currency}};
  }
  if (kind == "enum") {
    const auto& values = api_.at("enums").at(name_in(type)).at("values");
    const auto choice = bytes.byte();
    if (choice > 250) return static_cast<std::int64_t>(choice) - 251;
    return values[choice % values.size()].at("value");
  }
  if (kind == "record") return object(name_in(type), bytes, depth + 1);
  if (kind == "strs" || kind == "ids" || kind == "list") {
    auto items = Json::array();
    auto item = kind == "strs" ? std::string{"str"} : std::string{"id"};
    if (kind == "list") {
      item = "record:" + api_.at("structs").at(name_in(type)).at("item").get<std::string>();
    }
    for (auto count = depth > 4 ? 0U : bytes.byte() % 4U; count > 0; --count) {
      items.push_back(value(item, bytes, depth + 1));
    }
    return items;
  }
  return number(bytes);
}

Json Caller::object(const std::string& type, Bytes& bytes, int depth) {
  auto made = Json::object();
  const auto density = bytes.byte() % 4;
  for (const auto& member : api_.at("structs").at(type).at("members")) {
    const bool may_lack = member.contains("optional") || member.contains("default") ||
                          member.contains("nullable") || member.contains("update");
    if (may_lack && (bytes.byte() % 4 > density || depth > 4)) continue;
    const auto name = member.at("name").get<std::string>();
    made[name] = value(member.at("type").get<std::string>(), bytes, depth);
  }
  return made;
}

void Caller::take_results(const Json& function, Outs& outs) {
  std::size_t slot = 0;
  for (const auto& param : function.at("params")) {
    if (param.at("role") != "out") continue;
    auto& place = outs.places[slot++];
    const auto type = param.at("type").get<std::string>();
    const auto pointer = static_cast<std::uintptr_t>(place.words[0]);
    if (type == "handle:shop_session") {
      sessions_.push_back(reinterpret_cast<shop_session*>(pointer));
      continue;
    }
    remember(values_.value(type, &place), 0);
    const auto kind = kind_of(type);
    if (kind == "record" || kind == "list" || kind == "page") {
      shop_result_free(reinterpret_cast<const void*>(pointer));
    }
  }
}

void Caller::remember(const Json& result, int depth) {
  if (result.is_string()) {
    if (texts_.size() == k_remembered)
      texts_.erase(texts_.begin(), texts_.begin() + k_remembered / 2);
    texts_.push_back(result.get<std::string>());
  }
  if (result.is_number_integer() && depth <= 2) {
    if (ids_.size() == k_remembered) ids_.erase(ids_.begin(), ids_.begin() + k_remembered / 2);
    ids_.push_back(result.get<std::int64_t>());
  }
  if (!result.is_structured() || depth > 4) return;
  for (const auto& part : result) remember(part, depth + 1);
}

void Caller::check_sound() {
  const shop_verify_report* report = nullptr;
  shop_error* error = nullptr;
  const auto status = shop_engine_verify(shop_, &report, &error);
  if (status != SHOP_OK) std::fprintf(stderr, "%s\n", error->message.data);
  need(status == SHOP_OK, "verify runs");
  if (report->problems->count > 0) {
    const auto* first = SHOP_AT(shop_verify_problem, report->problems, 0);
    std::fprintf(stderr, "%s: %s: %s\n", first->check.data, first->where.data, first->message.data);
  }
  need(report->problems->count == 0, "whatever was called, the shop is sound");
  shop_result_free(report);
}

}  // namespace shop::fuzz
