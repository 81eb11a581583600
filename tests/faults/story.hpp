#pragma once

#include "shop/shop.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shop::test {

/// A shop whose time and chance are held, and the names that a story has given to what it made.
/// The names are copied with it, so that a step can be run again and again from one moment.
struct World {
  std::optional<Engine> shop;
  std::shared_ptr<ManualClock> clock;
  std::map<std::string, Id> ids;
  std::map<std::string, std::string> texts;
  std::map<std::string, Session> sessions;

  /// Notes what only the engine that made the shop knows. Call it right after the first opening.
  void begin();

  /// Give what a call made a name. Never fail, even while memory does.
  void name(const char* name, Id id);
  void note(const char* name, const std::string& text);
  void enter(const char* name, const Session& session);

  [[nodiscard]] Session host() const { return Session::host(); }
  [[nodiscard]] Session as(const std::string& who) const { return sessions.at(who); }
  [[nodiscard]] Id id(const std::string& name) const { return ids.at(name); }
  [[nodiscard]] const std::string& text(const std::string& name) const { return texts.at(name); }
};

/// One call (or a few that a person would see as one) of a shop's life.
struct Step {
  std::string name;
  std::function<void(World&)> run;
  /// It keeps something even if it fails (an attempt to log in), or is more than one change: then
  /// the shop must be sound, but may be between before and after.
  bool in_parts = false;
};

/// A day in a small shop that uses every part of the library at least once, in an order that
/// works. The same calls with the same clock and chance make the same shop, to the last row.
const std::vector<Step>& story();

/// How the shops of these tests are opened: held clock, seeded chance, no waiting.
OpenOptions held_options(const World& world, std::uint64_t seed = 1);
World new_world();

/// Runs one step at its own second.
void play(World& world, const Step& step);

}  // namespace shop::test
