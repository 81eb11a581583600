#include "scenarios/runner.hpp"

#include "abi/convert_base.hpp"
#include "accounts/second_factor.hpp"

#include <exception>
#include <fstream>
#include <stdexcept>

namespace shop::scenarios {
namespace {

/// Everything that `expected` names must be so; more may be there.
std::string difference(const Json& expected, const Json& found, const std::string& at) {
  if (expected.is_object() && found.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      if (!found.contains(key)) return at + "." + key + " is missing";
      std::string inner = difference(value, found.at(key), at + "." + key);
      if (!inner.empty()) return inner;
    }
    return {};
  }
  if (expected.is_array() && found.is_array() && expected.size() == found.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::string inner = difference(expected[i], found[i], at + "[" + std::to_string(i) + "]");
      if (!inner.empty()) return inner;
    }
    return {};
  }
  if (expected == found) return {};
  return at + ": expected " + expected.dump() + ", found " + found.dump();
}

/// What an authenticator app with this base32 secret shows.
std::string totp_code(std::string_view secret, std::int64_t seconds) {
  std::string key;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : secret) {
    const auto value = static_cast<std::uint32_t>(
        std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").find(letter));
    bits = bits << 5 | value;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    key.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  std::string code = std::to_string(accounts::totp_at(key, seconds / 30));
  return code.insert(0, 6 - code.size(), '0');
}

/// "a/0/b" leads into objects, lists and text that is JSON.
Json found_at(Json value, const std::string& path) {
  std::size_t at = 0;
  while (at < path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (value.is_string()) value = Json::parse(value.get<std::string>());
    const std::string part = path.substr(at, end - at);
    Json inner = value.is_array() ? value.at(std::stoul(part)) : value.at(part);
    value = std::move(inner);
    at = end + 1;
  }
  return value;
}

const Json& rows(const Json& result) {
  return result.is_object() && result.contains("items") ? result.at("items") : result;
}

std::string counted(const Json& expected, const Json& result) {
  const std::size_t found = rows(result).size();
  if (found == expected.get<std::size_t>()) return {};
  return "expected " + expected.dump() + " rows, found " + result.dump();
}

/// Text that holds a text, or a list that holds a row.
std::string contained(const Json& expected, const Json& result) {
  if (result.is_string()) {
    const bool inside =
        result.get<std::string>().find(expected.get<std::string>()) != std::string::npos;
    return inside ? "" : "no " + expected.dump() + " in " + result.dump();
  }
  for (const Json& row : rows(result)) {
    if (difference(expected, row, "").empty()) return {};
  }
  return "no row " + expected.dump() + " in " + result.dump();
}

}  // namespace

Json read_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return Json::parse(file);
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "scenario-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

void Runner::run(const Json& scenario) {
  variables_["folder"] = folder_.path.string();
  open("", scenario.value("open", Json::object()));
  std::size_t number = 0;
  for (const Json& step : scenario.at("steps")) {
    ++number;
    try {
      perform(step);
    } catch (const std::exception& error) {
      close();
      throw std::runtime_error("step " + std::to_string(number) + " (" +
                               step.value("call", std::string("open")) + "): " + error.what());
    }
    values_.forget();
  }
  close();
}

/// Sessions of a further shop are called `<shop>.host` and `<shop>.guest`.
void Runner::open(const std::string& shop, const Json& options) {
  if (shop_engine_open_memory(
          static_cast<const shop_open_input*>(values_.input("shop_open_input", options)),
          &engines_[shop], nullptr) != SHOP_OK) {
    throw std::runtime_error("cannot open a shop");
  }
  const std::string prefix = shop.empty() ? "" : shop + ".";
  shop_session_host(engines_[shop], &sessions_[prefix + "host"], nullptr);
  shop_session_guest(engines_[shop], &sessions_[prefix + "guest"], nullptr);
}

void Runner::close() {
  for (const auto& [name, session] : sessions_) shop_session_close(session, nullptr);
  for (const auto& [name, engine] : engines_) shop_engine_close(engine, nullptr);
}

/// "$name" stands for what was saved before and "${name}" for its text inside of another,
/// anywhere in the arguments; "$totp:name" for the code that an app with this secret shows.
Json Runner::filled(const Json& value) const {
  if (value.is_string()) return filled_text(value.get<std::string>());
  if (!value.is_structured()) return value;
  Json made = value;
  for (auto& each : made) each = filled(each);
  return made;
}

Json Runner::filled_text(std::string text) const {
  if (text.starts_with("$totp:")) {
    shop_time now = 0;
    shop_engine_now(engines_.at(""), &now, nullptr);
    return totp_code(variables_.at(text.substr(6)).get<std::string>(), now / 1000000);
  }
  if (text.size() > 1 && text.front() == '$' && text[1] != '{') {
    return variables_.at(text.substr(1));
  }
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
    const std::size_t end = text.find('}', at);
    const Json& variable = variables_.at(text.substr(at + 2, end - at - 2));
    text.replace(at, end - at + 1,
                 variable.is_string() ? variable.get<std::string>() : variable.dump());
  }
  return text;
}

void Runner::perform(const Json& step) {
  if (step.contains("open")) return open(step.at("shop").get<std::string>(), step.at("open"));
  if (step.value("as", Json()).is_array()) {
    for (const Json& actor : step.at("as")) call(step, actor.get<std::string>());
    return;
  }
  call(step, step.value("as", std::string("host")));
}

void Runner::call(const Json& step, const std::string& actor) {
  const auto name = step.at("call").get<std::string>();
  const Json& function = values_.function(name);
  const Json given = filled(step.value("args", Json::object()));
  const bool engine_call = function.at("params").at(0).at("type") == "handle:shop_engine";
  const auto receiver =
      engine_call ? reinterpret_cast<std::uintptr_t>(engines_.at(step.value("shop", std::string())))
                  : reinterpret_cast<std::uintptr_t>(sessions_.at(actor));
  const Slots slots = slots_of(function, given, receiver);
  before({step, function, actor, given});
  Outs outs;
  const Json failure = invoke(name, slots, outs);
  check(step, failure.is_null() ? result(function, outs, step) : Json(), failure);
}

Slots Runner::slots_of(const Json& function, const Json& given, std::uintptr_t receiver) {
  Slots slots;
  std::size_t slot = 0;
  for (const Json& param : function.at("params")) {
    const auto role = param.at("role").get<std::string>();
    if (role == "receiver") slots.values[slot++] = receiver;
    if (role == "in") argument(param, given, slots, slot);
  }
  return slots;
}

const Session& Runner::session(const std::string& actor) const {
  return capi::SessionCall(sessions_.at(actor)).session();
}

void Runner::argument(const Json& param, const Json& given, Slots& slots, std::size_t& slot) {
  const auto name = param.at("name").get<std::string>();
  const bool absent = !given.contains(name) || given.at(name).is_null();
  if (param.contains("size_name")) {
    const std::string& text = values_.keep(absent ? "" : given.at(name).get<std::string>());
    slots.values[slot++] = reinterpret_cast<std::uintptr_t>(text.data());
    slots.values[slot++] = text.size();
    return;
  }
  slots.values[slot++] =
      absent ? 0 : values_.argument(param.at("type").get<std::string>(), given.at(name));
}

/// null, or the error as an object.
Json Runner::invoke(const std::string& name, const Slots& slots, Outs& outs) {
  const Entry& entry = table_.at(name);
  shop_error* error = nullptr;
  if (cpp_ && entry.cpp != nullptr) {
    try {
      entry.cpp(slots, outs);
      return nullptr;
    } catch (const Error&) {
      capi::failed(&error);
    }
  } else if (entry.c(slots, outs, &error) == SHOP_OK) {
    return nullptr;
  }
  const Json made{{"code", error->name.data},
                  {"message", error->message.data},
                  {"details", values_.record("shop_error_detail_list", error->details)}};
  shop_result_free(error);
  return made;
}

Json Runner::result(const Json& function, Outs& outs, const Json& step) {
  Json made;
  std::size_t slot = 0;
  for (const Json& param : function.at("params")) {
    if (param.at("role") != "out") continue;
    auto& place = outs.places[slot++];
    const auto type = param.at("type").get<std::string>();
    if (type == "handle:shop_session") {
      sessions_[step.at("session").get<std::string>()] =
          reinterpret_cast<shop_session*>(static_cast<std::uintptr_t>(place.words[0]));
      continue;
    }
    made = values_.value(type, &place);
    const auto kind = type.substr(0, type.find(':'));
    if (kind == "record" || kind == "list" || kind == "page") {
      shop_result_free(reinterpret_cast<const void*>(static_cast<std::uintptr_t>(place.words[0])));
    }
  }
  return made;
}

void Runner::check(const Json& step, const Json& result, const Json& error) {
  if (step.contains("error")) {
    if (error.is_null()) throw std::runtime_error("succeeded, where an error was expected");
    const std::string wrong = difference(filled(step.at("error")), error, "error");
    if (!wrong.empty()) throw std::runtime_error(wrong);
    return;
  }
  if (!error.is_null()) throw std::runtime_error("failed: " + error.dump());
  const Json saved = step.value("save", Json::object());
  for (const auto& [name, path] : saved.items()) {
    variables_[name] = found_at(result, path.get<std::string>());
  }
  std::string wrong;
  if (step.contains("expect")) wrong = difference(filled(step.at("expect")), result, "result");
  if (wrong.empty() && step.contains("count")) wrong = counted(step.at("count"), result);
  if (wrong.empty() && step.contains("contains")) {
    wrong = contained(filled(step.at("contains")), result);
  }
  if (!wrong.empty()) throw std::runtime_error(wrong);
}

shop_status Runner::outcome(const Json& function, const Slots& slots) {
  Outs outs;
  shop_error* error = nullptr;
  const auto status = table_.at(function.at("name").get<std::string>()).c(slots, outs, &error);
  shop_result_free(error);
  if (status != SHOP_OK) return status;
  std::size_t slot = 0;
  for (const Json& param : function.at("params")) {
    if (param.at("role") != "out") continue;
    const auto word = static_cast<std::uintptr_t>(outs.places[slot++].words[0]);
    const auto type = param.at("type").get<std::string>();
    const auto kind = type.substr(0, type.find(':'));
    if (type == "handle:shop_session") {
      shop_session_close(reinterpret_cast<shop_session*>(word), nullptr);
    } else if (kind == "record" || kind == "list" || kind == "page") {
      shop_result_free(reinterpret_cast<const void*>(word));
    }
  }
  return status;
}

}  // namespace shop::scenarios
