#include "support/vfs/disk_log.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

namespace shop::test {
namespace {

constexpr std::size_t k_sector = 512;

// Shared memory and locks do not outlive the machine's memory.
bool lives_in_memory(const std::string& name) {
  return name.ends_with("-shm") || name.ends_with("-lock");
}

/// How much of what was not synced reaches the disk; one mood for each file and image.
enum class Mood { nothing, everything, whole_writes, sectors, late };

void put(FileContent& content, std::size_t offset, std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
  std::memcpy(content.data() + offset, bytes.data(), bytes.size());
}

void put_sectors(FileContent& content, const DiskChange& change, DiskReplay::Chance& chance) {
  const std::span<const std::byte> bytes{change.bytes};
  auto at = static_cast<std::size_t>(change.offset);
  const auto end = at + bytes.size();
  const auto begin = at;
  while (at < end) {
    const auto next = std::min(end, (at / k_sector + 1) * k_sector);
    if ((chance() & 1U) != 0) put(content, at, bytes.subspan(at - begin, next - at));
    at = next;
  }
}

void apply(FileContent& content, const DiskChange& change) {
  if (change.kind == DiskChange::Kind::truncate) {
    content.resize(static_cast<std::size_t>(change.offset));
  } else {
    put(content, static_cast<std::size_t>(change.offset), change.bytes);
  }
}

void apply_some(FileContent& content, const std::vector<const DiskChange*>& pending, Mood mood,
                DiskReplay::Chance& chance) {
  if (mood == Mood::nothing) return;
  // "late": everything but the oldest ones, which are the likeliest to be taken for granted.
  const auto skipped = mood == Mood::late ? 1 + chance() % 3 : 0;
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const auto& change = *pending[i];
    const bool keep = (mood != Mood::whole_writes && mood != Mood::sectors) || (chance() & 1U) != 0;
    if (i < skipped) continue;
    if (mood == Mood::sectors && change.kind == DiskChange::Kind::write) {
      put_sectors(content, change, chance);
    } else if (keep) {
      apply(content, change);
    }
  }
}

}  // namespace

namespace {

FileContent read_file(const std::filesystem::path& path) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(path, absent);
  FileContent content(absent ? 0 : static_cast<std::size_t>(size));
  std::ifstream in{path, std::ios::binary};
  in.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(content.size()));
  return content;
}

}  // namespace

DiskImage read_folder(const std::string& folder) {
  DiskImage image;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    const auto name = entry.path().filename().string();
    if (lives_in_memory(name)) continue;
    image[name] = read_file(entry.path());
  }
  return image;
}

void write_folder(const std::string& folder, const DiskImage& image) {
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (!image.contains(entry.path().filename().string())) std::filesystem::remove(entry.path());
  }
  for (const auto& [name, content] : image) {
    const auto path = std::filesystem::path{folder} / name;
    // Most tests want again what is nearly there.
    if (std::filesystem::exists(path) && read_file(path) == content) continue;
    std::filesystem::remove(path);
    std::ofstream out{path, std::ios::binary};
    out.write(reinterpret_cast<const char*>(content.data()),
              static_cast<std::streamsize>(content.size()));
  }
}

// ---- Recording --------------------------------------------------------------------------------

DiskLog::DiskLog(const std::string& folder) : folder_(folder), start_(read_folder(folder)) {
  for (const auto& [name, content] : start_) names_[name] = files_++;
  start_names_ = names_;
}

std::size_t DiskLog::size() const {
  const std::lock_guard lock{mutex_};
  return changes_.size();
}

std::optional<std::string> DiskLog::name_of(const std::string& path) const {
  const std::filesystem::path full{path};
  if (full.parent_path() != std::filesystem::path{folder_}) return std::nullopt;
  auto name = full.filename().string();
  if (name.empty() || lives_in_memory(name)) return std::nullopt;
  return name;
}

int DiskLog::file_of(const std::string& name) {
  const auto found = names_.find(name);
  if (found != names_.end()) return found->second;
  names_[name] = files_;
  // Somebody other than SQLite may have made it, and is trusted to have synced what it holds.
  changes_.push_back({DiskChange::Kind::make, files_, name, 0, read_file(folder_ + "/" + name)});
  return files_++;
}

void DiskLog::opened(const std::string& path, bool /*created*/) {
  const std::lock_guard lock{mutex_};
  if (const auto name = name_of(path)) file_of(*name);
}

void DiskLog::wrote(const std::string& path, std::int64_t offset,
                    std::span<const std::byte> bytes) {
  const std::lock_guard lock{mutex_};
  if (const auto name = name_of(path)) {
    changes_.push_back({DiskChange::Kind::write,
                        file_of(*name),
                        {},
                        offset,
                        std::vector<std::byte>{bytes.begin(), bytes.end()}});
  }
}

void DiskLog::truncated(const std::string& path, std::int64_t size) {
  const std::lock_guard lock{mutex_};
  if (const auto name = name_of(path)) {
    changes_.push_back({DiskChange::Kind::truncate, file_of(*name), {}, size, {}});
  }
}

void DiskLog::synced(const std::string& path, bool folder) {
  const std::lock_guard lock{mutex_};
  const auto name = name_of(path);
  if (!name || (lied_about_ && name->ends_with(*lied_about_))) return;
  changes_.push_back({DiskChange::Kind::sync, file_of(*name), {}, 0, {}});
  if (folder) changes_.push_back({DiskChange::Kind::sync_folder, -1, {}, 0, {}});
}

void DiskLog::removed(const std::string& path, bool folder_synced) {
  const std::lock_guard lock{mutex_};
  const auto name = name_of(path);
  if (!name || !names_.contains(*name)) return;
  changes_.push_back({DiskChange::Kind::remove, names_[*name], *name, 0, {}});
  names_.erase(*name);
  if (folder_synced) changes_.push_back({DiskChange::Kind::sync_folder, -1, {}, 0, {}});
}

// ---- Playing back -----------------------------------------------------------------------------

DiskReplay::DiskReplay(const DiskLog& log) : log_(&log), safe_names_(log.names_at_start()) {
  for (const auto& [name, file] : safe_names_) files_[file].safe = log.start().at(name);
}

bool DiskReplay::advance() {
  if (position_ == log_->changes().size()) return false;
  const auto& change = log_->changes()[position_++];
  switch (change.kind) {
    case DiskChange::Kind::make:
      files_[change.file].safe = change.bytes;
      pending_names_.push_back({change.name, change.file});
      break;
    case DiskChange::Kind::remove:
      pending_names_.push_back({change.name, -1});
      break;
    case DiskChange::Kind::write:
    case DiskChange::Kind::truncate:
      files_[change.file].pending.push_back(&change);
      break;
    case DiskChange::Kind::sync:
      sync(files_[change.file]);
      break;
    case DiskChange::Kind::sync_folder:
      sync_folder();
      break;
  }
  return true;
}

void DiskReplay::sync(File& file) {
  for (const auto* change : file.pending) apply(file.safe, *change);
  file.pending.clear();
}

void DiskReplay::sync_folder() {
  for (const auto& change : pending_names_) {
    if (change.file < 0) {
      safe_names_.erase(change.name);
    } else {
      safe_names_[change.name] = change.file;
    }
  }
  pending_names_.clear();
}

bool DiskReplay::anything_unsynced() const {
  return !pending_names_.empty() || std::any_of(files_.begin(), files_.end(), [](const auto& file) {
    return !file.second.pending.empty();
  });
}

DiskImage DiskReplay::image(Chance& chance) const {
  auto names = safe_names_;
  // Each name got as far as chance says, on its own: names reach the disk in any order.
  std::set<std::string> stuck;
  const bool reordered = (chance() & 1U) != 0;
  for (const auto& change : pending_names_) {
    if (reordered && !stuck.contains(change.name) && (chance() & 1U) != 0) {
      stuck.insert(change.name);
    }
    if (stuck.contains(change.name)) continue;
    if (change.file < 0) {
      names.erase(change.name);
    } else {
      names[change.name] = change.file;
    }
  }
  DiskImage image;
  for (const auto& [name, number] : names) {
    const auto found = files_.find(number);
    if (found == files_.end()) {  // made and never written
      image[name];
      continue;
    }
    const auto mood = static_cast<Mood>(chance() % 5);
    auto& content = image[name] = found->second.safe;
    apply_some(content, found->second.pending, mood, chance);
  }
  return image;
}

}  // namespace shop::test
