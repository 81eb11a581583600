#pragma once

#include "scenarios/invoke.hpp"
#include "scenarios/values.hpp"
#include "shop.h"

#include <filesystem>
#include <map>
#include <string>

namespace shop::scenarios {

Json read_file(const std::string& path);

/// A folder of its own for the files of a scenario.
struct Folder {
  std::filesystem::path path;

  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

/// Runs a scenario through the C API or the C++ facades.
class Runner {
 public:
  Runner(bool cpp, Json api) : cpp_(cpp), values_(std::move(api)), table_(functions()) {}
  virtual ~Runner() = default;
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void run(const Json& scenario);

 protected:
  /// A call that is about to be made. `given` are its arguments as the scenario has them, with
  /// every variable filled in.
  struct Call {
    const Json& step;
    const Json& function;
    const std::string& actor;
    const Json& given;
  };
  virtual void before(const Call& /*call*/) {}

  [[nodiscard]] shop_engine* engine(const std::string& name) const { return engines_.at(name); }
  [[nodiscard]] const Session& session(const std::string& actor) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path; }
  /// The arguments of a call for C; those that lie in memory live until the step is over.
  Slots slots_of(const Json& function, const Json& given, std::uintptr_t receiver);
  /// The code that a call gives through C; what it gives is freed.
  shop_status outcome(const Json& function, const Slots& slots);

 private:
  void open(const std::string& shop, const Json& options);
  void close();
  [[nodiscard]] Json filled(const Json& value) const;
  [[nodiscard]] Json filled_text(std::string text) const;
  void perform(const Json& step);
  void call(const Json& step, const std::string& actor);
  void argument(const Json& param, const Json& given, Slots& slots, std::size_t& slot);
  Json invoke(const std::string& name, const Slots& slots, Outs& outs);
  Json result(const Json& function, Outs& outs, const Json& step);
  void check(const Json& step, const Json& result, const Json& error);

  bool cpp_;
  Values values_;
  Table table_;
  Folder folder_;
  std::map<std::string, shop_engine*> engines_;
  std::map<std::string, shop_session*> sessions_;
  std::map<std::string, Json> variables_;
};

}  // namespace shop::scenarios
