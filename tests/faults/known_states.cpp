#include "faults/known_states.hpp"

#include "faults/story.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

namespace shop::test {
namespace {

constexpr const char* k_file = "a.shop";
constexpr const char* k_log = "a.shop-wal";
constexpr const char* k_journal = "a.shop-journal";
constexpr std::size_t k_header = 100;
constexpr std::size_t k_format_at = 18;  // two bytes: 2 if the database keeps a log

Fingerprint fingerprint_of_text(std::string_view text) {
  return fingerprint_of(std::as_bytes(std::span{text}));
}

Fingerprint fingerprint_of_files(const DiskImage& image) {
  Fingerprint print;
  for (const auto& [name, content] : image) {
    print = both(both(print, fingerprint_of_text(name)), fingerprint_of(content));
  }
  return print;
}

std::size_t number_at(const FileContent& file, std::size_t at, std::size_t size) {
  std::size_t number = 0;
  for (; size > 0; --size, ++at) number = number << 8 | static_cast<std::size_t>(file[at]);
  return number;
}

/// What the library looks up in the file before SQLite has recovered it: what and of which version
/// it says that it is, and whether it is cut off and has no log that could complete it.
Fingerprint looked_up(const DiskImage& image) {
  const auto& file = image.at(k_file);
  const auto log = image.find(k_log);
  const bool has_log = log != image.end() && !log->second.empty();
  const bool is_cut_off = file.size() < number_at(file, 16, 2) * number_at(file, 28, 4);
  return both(fingerprint_of(std::span{file}.first(k_format_at)),
              fingerprint_of_text(fmt::format("{} {} {}", number_at(file, 60, 4),
                                              number_at(file, 68, 4), is_cut_off && !has_log)));
}

/// Whether it is a database with a log that SQLite recovers, and nothing else.
bool keeps_a_log(const DiskImage& image) {
  const auto file = image.find(k_file);
  if (file == image.end() || file->second.size() < k_header) return false;
  const auto format = std::span{file->second}.subspan(k_format_at, 2);
  return format[0] == std::byte{2} && format[1] == std::byte{2} && !image.contains(k_journal);
}

}  // namespace

Verdict open_and_verify(const MemoryFolder& folder) {
  Verdict verdict;
  auto world = new_world();
  world.clock->advance(1'000'000'000);
  try {
    auto shop = Engine::open(folder.shop(), held_options(world));
    const auto found = shop.verify();
    if (!found.ok()) {
      const auto& first = found.problems.front();
      verdict.problem = fmt::format("{}: {}: {}", first.check, first.where, first.message);
    }
    verdict.state = digest_of(shop);
  } catch (const std::exception& error) {
    verdict.refused = true;
    verdict.problem = error.what();
  }
  return verdict;
}

const Verdict& KnownStates::verdict(const std::function<DiskImage()>& disk, bool in_full) {
  held_.files = disk();
  const auto print = fingerprint_of_files(held_.files);
  const auto seen = disks_.find(print);
  if (seen != disks_.end() && !in_full) return *seen->second;
  auto state = print;
  if (keeps_a_log(held_.files)) {
    const auto header = looked_up(held_.files);
    if (held_.recover(k_file) == SQLITE_OK) {
      state = both(header, fingerprint_of(held_.files.at(k_file)));
    }
  }
  const auto known = states_.find(state);
  const auto& verdict = known != states_.end() && !in_full ? known->second : judge(state, disk);
  disks_[print] = &verdict;
  return verdict;
}

const Verdict& KnownStates::judge(const Fingerprint& state,
                                  const std::function<DiskImage()>& disk) {
  ++opened_;
  write_folder(folder_.path(), disk());
  auto now = open_and_verify(folder_);
  const auto [place, is_new] = states_.try_emplace(state, now);
  auto& known = place->second;
  const bool same = known.refused == now.refused && known.state == now.state;
  if (!is_new && !same && known.problem.empty()) {
    known.problem = now.problem.empty()
                        ? "a disk came to pages that were known, and to another shop: " +
                              difference(now.state, known.state)
                        : now.problem;
    known.refused = now.refused;
  }
  return known;
}

}  // namespace shop::test
