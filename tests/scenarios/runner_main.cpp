// scenario_runner <c|cpp> <shop.json> <scenario.json>...
// Runs declarative scenarios through the C API or the C++ facades. docs/scenarios.md has the
// format; run.py and run.js beside this file do the same through the packages.

#include "abi/convert_base.hpp"
#include "scenarios/invoke.hpp"
#include "scenarios/values.hpp"
#include "shop.h"

#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

namespace shop::scenarios {
namespace {

Json read_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return Json::parse(file);
}

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

class Runner {
 public:
  Runner(bool cpp, Json api) : cpp_(cpp), values_(std::move(api)), table_(functions()) {}

  void run(const Json& scenario) {
    open(scenario.value("open", Json::object()));
    std::size_t number = 0;
    for (const Json& step : scenario.at("steps")) {
      ++number;
      try {
        this->step(step);
      } catch (const std::exception& error) {
        close();
        throw std::runtime_error("step " + std::to_string(number) + " (" +
                                 step.at("call").get<std::string>() + "): " + error.what());
      }
      values_.forget();
    }
    close();
  }

 private:
  void open(const Json& options) {
    if (shop_engine_open_memory(
            static_cast<const shop_open_input*>(values_.input("shop_open_input", options)),
            &engine_, nullptr) != SHOP_OK) {
      throw std::runtime_error("cannot open a shop");
    }
    shop_session_host(engine_, &sessions_["host"], nullptr);
    shop_session_guest(engine_, &sessions_["guest"], nullptr);
  }

  void close() {
    for (const auto& [name, session] : sessions_) shop_session_close(session, nullptr);
    sessions_.clear();
    variables_.clear();
    shop_engine_close(engine_, nullptr);
  }

  /// "$name" stands for what was saved before, anywhere in the arguments.
  Json filled(const Json& value) const {
    if (value.is_string()) {
      const auto text = value.get<std::string>();
      if (!text.empty() && text.front() == '$') return variables_.at(text.substr(1));
    }
    if (!value.is_structured()) return value;
    Json made = value;
    for (auto& each : made) each = filled(each);
    return made;
  }

  void step(const Json& step) {
    const auto name = step.at("call").get<std::string>();
    const Json& function = values_.function(name);
    const Json given = filled(step.value("args", Json::object()));
    Slots slots;
    std::size_t slot = 0;
    for (const Json& param : function.at("params")) {
      const auto role = param.at("role").get<std::string>();
      if (role == "receiver") {
        slots.values[slot++] = param.at("type") == "handle:shop_engine"
                                   ? reinterpret_cast<std::uintptr_t>(engine_)
                                   : reinterpret_cast<std::uintptr_t>(
                                         sessions_.at(step.value("as", std::string("host"))));
      } else if (role == "in") {
        argument(param, given, slots, slot);
      }
    }
    Outs outs;
    const Json outcome = invoke(name, slots, outs);
    check(step, outcome.is_null() ? result(function, outs, step) : Json(), outcome);
  }

  void argument(const Json& param, const Json& given, Slots& slots, std::size_t& slot) {
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
  Json invoke(const std::string& name, const Slots& slots, Outs& outs) {
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

  Json result(const Json& function, Outs& outs, const Json& step) {
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
        shop_result_free(
            reinterpret_cast<const void*>(static_cast<std::uintptr_t>(place.words[0])));
      }
    }
    return made;
  }

  void check(const Json& step, const Json& result, const Json& error) {
    if (step.contains("error")) {
      if (error.is_null()) throw std::runtime_error("succeeded, where an error was expected");
      const std::string wrong = difference(filled(step.at("error")), error, "error");
      if (!wrong.empty()) throw std::runtime_error(wrong);
      return;
    }
    if (!error.is_null()) throw std::runtime_error("failed: " + error.dump());
    const Json saved = step.value("save", Json::object());
    for (const auto& [name, path] : saved.items()) {
      variables_[name] = result.at(Json::json_pointer("/" + path.get<std::string>()));
    }
    if (step.contains("expect")) {
      const std::string wrong = difference(filled(step.at("expect")), result, "result");
      if (!wrong.empty()) throw std::runtime_error(wrong);
    }
  }

  bool cpp_;
  Values values_;
  Table table_;
  shop_engine* engine_ = nullptr;
  std::map<std::string, shop_session*> sessions_;
  std::map<std::string, Json> variables_;
};

}  // namespace
}  // namespace shop::scenarios

int main(int argc, char** argv) {
  using namespace shop::scenarios;
  if (argc < 3) return 2;
  int failures = 0;
  for (int i = 3; i < argc; ++i) {
    try {
      Runner(std::string(argv[1]) == "cpp", read_file(argv[2])).run(read_file(argv[i]));
    } catch (const std::exception& error) {
      std::printf("%s: %s\n", argv[i], error.what());
      ++failures;
    }
  }
  std::printf("%d scenarios, %d failed\n", argc - 3, failures);
  return failures == 0 ? 0 : 1;
}
