#include "core/json.hpp"
#include "events/events.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace shop::events {
namespace {

/// What a member of a JSON object is, as far as a schema cares.
enum class Kind { text, integer, number, boolean, null, list, object, broken };

/// Walks over one JSON text as core::Json writes it (compact or not), without building anything.
class Walker {
 public:
  explicit Walker(std::string_view text) : rest_(text) {}

  Kind value(int depth = 0) {
    if (depth > 32) return Kind::broken;
    blank();
    if (rest_.empty()) return Kind::broken;
    switch (rest_.front()) {
      case '"':
        return string() ? Kind::text : Kind::broken;
      case '{':
        return members(depth, nullptr) ? Kind::object : Kind::broken;
      case '[':
        return elements(depth) ? Kind::list : Kind::broken;
      case 't':
        return word("true") ? Kind::boolean : Kind::broken;
      case 'f':
        return word("false") ? Kind::boolean : Kind::broken;
      case 'n':
        return word("null") ? Kind::null : Kind::broken;
      default:
        return number();
    }
  }

  // An object; its members' kinds go to `out`, if given.
  bool members(int depth, std::map<std::string, Kind, std::less<>>* out) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      blank();
      const auto from = rest_;
      if (!string() || !take(':')) return false;
      const auto name = from.substr(1, from.find('"', 1) - 1);
      const auto kind = value(depth + 1);
      if (kind == Kind::broken) return false;
      if (out != nullptr) (*out)[std::string{name}] = kind;
    } while (take(','));
    return take('}');
  }

  // The same object with empty texts for the members of these names; an empty one when it is
  // broken.
  std::string emptied(std::span<const std::string_view> names) {
    core::Json out;
    out.begin_object();
    if (!take('{')) return "{}";
    if (take('}')) return "{}";
    do {
      blank();
      const auto from = rest_;
      if (!string() || !take(':')) return "{}";
      const auto name = from.substr(1, from.find('"', 1) - 1);
      blank();
      const auto before = rest_;
      const auto kind = value(1);
      if (kind == Kind::broken) return "{}";
      const bool words = kind == Kind::text && std::ranges::find(names, name) != names.end();
      out.key(name).raw(words ? "\"\"" : before.substr(0, before.size() - rest_.size()));
    } while (take(','));
    return out.end().take();
  }

  bool at_end() {
    blank();
    return rest_.empty();
  }

 private:
  void blank() {
    while (!rest_.empty() && std::string_view{" \t\r\n"}.find(rest_.front()) != rest_.npos) {
      rest_.remove_prefix(1);
    }
  }
  bool take(char wanted) {
    blank();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool word(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool string() {
    if (!take('"')) return false;
    while (!rest_.empty() && rest_.front() != '"') {
      rest_.remove_prefix(rest_.front() == '\\' && rest_.size() > 1 ? 2 : 1);
    }
    return take('"');
  }
  bool elements(int depth) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (value(depth + 1) == Kind::broken) return false;
    } while (take(','));
    return take(']');
  }
  Kind number() {
    const auto length = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
    if (length == 0) return Kind::broken;
    const auto digits = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return digits.find_first_of(".eE") == digits.npos ? Kind::integer : Kind::number;
  }

  std::string_view rest_;
};

bool fits(std::string_view wanted, Kind kind) {
  if (wanted == "id" || wanted == "integer" || wanted == "time") return kind == Kind::integer;
  if (wanted == "text") return kind == Kind::text;
  if (wanted == "bool") return kind == Kind::boolean;
  if (wanted == "money" || wanted == "object") return kind == Kind::object;
  if (wanted == "list") return kind == Kind::list;
  return false;
}

constexpr std::array<std::string_view, 5> k_words = {"title", "body", "reason", "name", "sealed"};

}  // namespace

std::string without_words(std::string_view payload) {
  return Walker{payload}.emptied(k_words);
}

std::optional<std::string> payload_problem(std::string_view fields, std::string_view payload) {
  std::map<std::string, Kind, std::less<>> members;
  Walker walker{payload};
  if (!walker.members(0, &members) || !walker.at_end()) return "is not a JSON object";
  while (!fields.empty()) {
    const auto space = std::min(fields.find(' '), fields.size());
    auto field = fields.substr(0, space);
    fields.remove_prefix(std::min(space + 1, fields.size()));
    const auto colon = field.find(':');
    const auto kind = field.substr(colon + 1);
    auto name = field.substr(0, colon);
    const bool optional = name.ends_with('?');
    if (optional) name.remove_suffix(1);
    const auto found = members.find(name);
    if (found == members.end()) {
      if (!optional) return fmt::format("lacks {}", name);
      continue;
    }
    if (!fits(kind, found->second)) return fmt::format("{} is not of kind {}", name, kind);
    members.erase(found);
  }
  if (!members.empty()) return fmt::format("{} is not in the schema", members.begin()->first);
  return std::nullopt;
}

}  // namespace shop::events
