#include "mutant.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <set>
#include <string>

namespace shop_mutant {

int chosen = 0;
unsigned char reached[SHOP_MUTANTS + 1];

namespace {

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::mutex texts_mutex;
std::set<std::string, std::less<>>& texts() {
  static auto* const all = new std::set<std::string, std::less<>>;
  return *all;
}

const bool recording = *variable("SHOP_MUTANT_REACHED") != '\0';
const std::string_view old_sql = variable("SHOP_MUTANT_SQL_OLD");
const std::string_view new_sql = variable("SHOP_MUTANT_SQL_NEW");

const struct AtStart {
  AtStart() {
    chosen = std::atoi(variable("SHOP_MUTANT"));
    if (recording) {
      std::atexit([] { write_reached(variable("SHOP_MUTANT_REACHED")); });
    }
  }
} at_start;

}  // namespace

std::string_view sql(std::string_view text) {
  if (recording) {
    const std::lock_guard lock{texts_mutex};
    texts().emplace(text);
  }
  return !old_sql.empty() && text == old_sql ? new_sql : text;
}

void write_reached(const char* path) {
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return;
  for (int id = 0; id <= SHOP_MUTANTS; ++id) {
    if (reached[id] != 0) std::fprintf(file, "%d\n", id);
    reached[id] = 0;
  }
  const std::lock_guard lock{texts_mutex};
  for (const auto& text : texts()) std::fprintf(file, "sql %s\n", text.c_str());
  texts().clear();
  std::fclose(file);
}

}  // namespace shop_mutant
