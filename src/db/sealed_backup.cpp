#include "db/sealed_backup.hpp"

#include "core/keyring.hpp"
#include "core/secret_stream.hpp"
#include "db/private_file.hpp"
#include "db/shop_file.hpp"
#include "shop/error.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace shop::db {
namespace {

using Buffer = std::vector<std::byte>;

constexpr std::size_t k_piece = 64 * 1024;
constexpr std::size_t k_box = k_piece + core::stream_overhead;
constexpr std::byte k_version{1};

// What a sealed backup begins with, byte for byte.
constexpr std::size_t k_magic_size = sizeof sealed_backup_magic - 1;
constexpr std::size_t k_version_at = k_magic_size;
constexpr std::size_t k_salt_at = k_version_at + 8;  // the version's other bytes are zero
constexpr std::size_t k_salt_size = 16;
constexpr std::size_t k_stream_at = k_salt_at + k_salt_size;
constexpr std::size_t k_keyed_at = k_stream_at + sizeof(core::StreamHead);
constexpr std::size_t k_hash_size = 16;
constexpr std::size_t k_plain_at = k_keyed_at + k_hash_size;
constexpr std::size_t k_head_size = k_plain_at + k_hash_size;

using Head = std::array<std::byte, k_head_size>;

std::string_view text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Of this one file: two backups under one host key have nothing in common.
core::Key file_key(const core::Key& host_key, const Head& head) {
  const auto purpose = core::derive_key(host_key, std::uint64_t(core::Purpose::backup));
  const auto hash =
      core::keyed_hash(purpose, {"file", text(std::span{head}.subspan(k_salt_at, k_salt_size))});
  return core::Key{hash};
}

core::Hash keyed_part(const core::Key& key, const Head& head) {
  return core::keyed_hash(key, {"head", text(std::span{head}.first(k_keyed_at))});
}

/// Shows damage of the head to those who have not the key.
core::Hash plain_part(const Head& head) {
  static const core::Key none;
  return core::keyed_hash(none, {"head", text(std::span{head}.first(k_plain_at))});
}

void put(Head& head, std::size_t at, std::span<const std::byte> bytes) {
  std::copy(bytes.begin(), bytes.end(), head.begin() + static_cast<std::ptrdiff_t>(at));
}

bool has(const Head& head, std::size_t at, std::span<const std::byte> bytes) {
  return core::same_bytes(std::span{head}.subspan(at, bytes.size()), bytes);
}

[[noreturn]] void tampered(const std::string& path, const char* how) {
  throw Error(Code::tampered, fmt::format("{} is not as it was sealed: {}", path, how));
}

/// The plain copy: an open file, or, for a shop that has no folder, its bytes.
class Plain {
 public:
  explicit Plain(SqliteConnection& connection) : file_(connection.copy_nameless().value_or(-1)) {
    if (file_.number() < 0) bytes_ = connection.serialize();
  }
  std::size_t read(std::span<std::byte> into) {
    if (file_.number() >= 0) return file_.read(into, "the copy of the shop");
    const auto part = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), part, into.begin());
    at_ += part;
    return part;
  }

 private:
  Descriptor file_;
  Buffer bytes_;
  std::size_t at_ = 0;
};

Head read_head(const Descriptor& from, const std::string& path) {
  Head head{};
  if (from.read(head, path) != head.size()) tampered(path, "it is cut off");
  const auto plain = plain_part(head);
  if (!has(head, k_plain_at, std::span{plain}.first(k_hash_size))) {
    tampered(path, "its head was changed");
  }
  if (head[k_version_at] != k_version) {
    throw Error(Code::unsupported, fmt::format("{} was sealed by a later libshop", path));
  }
  return head;
}

/// Writes what the pieces hold. A piece that is not the last is whole, nothing follows the last.
void open_pieces(const Descriptor& from, const std::string& path, const Head& head,
                 const core::Key& key, const Descriptor& to, const std::string& to_path) {
  core::StreamHead stream_head{};
  std::memcpy(stream_head.data(), head.data() + k_stream_at, stream_head.size());
  core::StreamOpener stream{key, stream_head};
  Buffer box(k_box);
  Buffer plain(k_piece);
  for (bool last = false; !last;) {
    const auto got = from.read(box, path);
    if (got < core::stream_overhead) tampered(path, "its end is missing");
    const auto size = got - core::stream_overhead;
    const auto piece = stream.open(std::span{box}.first(got), head, std::span{plain}.first(size));
    if (!piece) tampered(path, "a piece was changed, moved or cut off");
    last = *piece == core::StreamOpener::Piece::last;
    if (!last && got != box.size()) tampered(path, "its end is missing");
    to.write(std::span{plain}.first(size), to_path);
  }
  if (from.read(std::span{box}.first(1), path) != 0) tampered(path, "something follows its end");
}

}  // namespace

void write_sealed_backup(SqliteConnection& connection, const std::string& path,
                         const core::Key& key, Random& random) {
  DraftFile draft{path};
  Plain source{connection};
  const auto to = open_descriptor(draft.path(), O_WRONLY);
  Head head{};
  put(head, 0, std::as_bytes(std::span{sealed_backup_magic, k_magic_size}));
  head[k_version_at] = k_version;
  random.fill(std::span{head}.subspan(k_salt_at, k_salt_size));
  const auto sealing = file_key(key, head);
  core::StreamHead stream_head{};
  core::StreamSealer stream{sealing, stream_head};
  put(head, k_stream_at, stream_head);
  const auto keyed = keyed_part(sealing, head);
  put(head, k_keyed_at, std::span{keyed}.first(k_hash_size));
  const auto plain = plain_part(head);
  put(head, k_plain_at, std::span{plain}.first(k_hash_size));
  to.write(head, draft.path());

  // One piece ahead, as the last has to be known as such.
  Buffer now(k_piece);
  Buffer next(k_piece);
  Buffer box(k_box);
  auto size = source.read(now);
  for (bool last = false; !last;) {
    const auto following = size == k_piece ? source.read(next) : 0;
    last = following == 0;
    const auto sealed = std::span{box}.first(size + core::stream_overhead);
    stream.seal(std::span{now}.first(size), head, last, sealed);
    to.write(sealed, draft.path());
    now.swap(next);
    size = following;
  }
  draft.publish(false);
}

void open_sealed_backup(const std::string& backup, const std::string& path, const core::Key& key,
                        int newest_schema) {
  const auto from = open_descriptor(backup, O_RDONLY);
  const auto head = read_head(from, backup);
  const auto opening = file_key(key, head);
  const auto keyed = keyed_part(opening, head);
  if (!has(head, k_keyed_at, std::span{keyed}.first(k_hash_size))) {
    throw Error(Code::wrong_host_key, fmt::format("{} was sealed under another host key", backup));
  }
  DraftFile draft{path};
  {
    const auto to = open_descriptor(draft.path(), O_WRONLY);
    open_pieces(from, backup, head, opening, to, draft.path());
  }
  if (inspect_file(draft.path(), false, newest_schema) != FileState::shop) {
    throw Error(Code::not_a_shop, fmt::format("what was sealed in {} is not a shop", backup));
  }
  draft.publish(false);
}

void copy_plain_backup(const std::string& backup, const std::string& path, const std::string& vfs) {
  SqliteOptions options;
  options.path = backup;
  options.read_only = true;
  options.vfs = vfs;
  const auto connection = SqliteConnection::open(options, SqliteConnection::Kind::reader);
  const auto check = connection->prepare("PRAGMA quick_check(1)");
  if (!check->step() || check->text(0) != "ok") {
    throw Error(Code::corrupt, fmt::format("{} is damaged", backup));
  }
  connection->backup_to(path);
}

}  // namespace shop::db
