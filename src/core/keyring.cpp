#include "core/keyring.hpp"

#include "shop/error.hpp"

#include <fmt/format.h>

namespace shop::core {

struct KeyRing::Version {
  std::int64_t id;
  Key data;
  std::array<Key, 10> derived;  // by Purpose; 0 is none
  const Version* older;
};

namespace {

constexpr std::byte k_format{1};
constexpr std::size_t k_head = 9;
constexpr std::size_t k_mac = 8 + sizeof(Hash);

std::int64_t read_number(Bytes eight) {
  std::uint64_t out = 0;
  for (std::size_t i = 8; i > 0; --i) out = out << 8 | std::to_integer<std::uint64_t>(eight[i - 1]);
  return static_cast<std::int64_t>(out);
}

}  // namespace

KeyRing::~KeyRing() {
  for (const auto* version : dropped_) delete version;
  for (const auto* at = newest_.load(); at != nullptr;) {
    const std::unique_ptr<const Version> gone{at};
    at = gone->older;
  }
}

void KeyRing::add(std::int64_t id, const Key& data_key) {
  const std::lock_guard lock{adding_};
  const auto* older = newest_.load();
  if (older != nullptr && older->id >= id) return;
  auto made = std::make_unique<Version>(Version{id, data_key, {}, older});
  for (std::size_t i = 1; i < made->derived.size(); ++i) {
    made->derived[i] = derive_key(data_key, i);
  }
  newest_.store(made.release());
}

void KeyRing::drop(std::int64_t id) noexcept {
  const std::lock_guard lock{adding_};
  const auto* newest = newest_.load();
  if (newest == nullptr || newest->id != id) return;
  newest_.store(newest->older);
  dropped_.push_back(newest);
}

std::int64_t KeyRing::newest() const noexcept {
  const auto* at = newest_.load();
  return at == nullptr ? 0 : at->id;
}

std::vector<std::int64_t> KeyRing::ids() const {
  std::vector<std::int64_t> out;
  for (const auto* at = newest_.load(); at != nullptr; at = at->older) out.push_back(at->id);
  return out;
}

const KeyRing::Version& KeyRing::version(std::int64_t id) const {
  for (const auto* at = newest_.load(); at != nullptr; at = at->older) {
    if (at->id == id) return *at;
  }
  throw Error(Code::wrong_host_key,
              fmt::format("data key {} is not known here: open the shop anew with its key", id));
}

const Key& KeyRing::key(Purpose purpose) const {
  return key(purpose, newest());
}

const Key& KeyRing::key(Purpose purpose, std::int64_t id) const {
  return version(id).derived[static_cast<std::size_t>(purpose)];
}

const Key& KeyRing::data_key(std::int64_t id) const {
  return version(id).data;
}

std::vector<std::byte> KeyRing::seal(std::string_view plain, std::string_view context,
                                     Random& random) const {
  const auto id = newest();
  std::vector<std::byte> out{k_format};
  for (const char byte : number_part(id)) out.push_back(static_cast<std::byte>(byte));
  const auto box = core::seal(key(Purpose::seal, id), plain, context, random);
  out.insert(out.end(), box.begin(), box.end());
  return out;
}

std::string KeyRing::open(Bytes box, std::string_view context) const {
  if (box.size() > k_head && box[0] == k_format) {
    const auto& sealing = key(Purpose::seal, read_number(box.subspan(1)));
    if (auto plain = open_sealed(sealing, box.subspan(k_head), context)) return *plain;
  }
  throw Error(Code::tampered, fmt::format("{} is not what this shop sealed", context));
}

std::vector<std::byte> KeyRing::mac_under(std::int64_t id, Purpose purpose, MacParts parts) const {
  const auto number = number_part(id);
  const auto hash = keyed_hash(key(purpose, id), parts);
  const auto head = std::as_bytes(std::span{number});
  std::vector<std::byte> out{head.begin(), head.end()};
  out.insert(out.end(), hash.begin(), hash.end());
  return out;
}

std::vector<std::byte> KeyRing::mac(Purpose purpose, MacParts parts) const {
  return mac_under(newest(), purpose, parts);
}

void KeyRing::check_mac(Purpose purpose, Bytes mac, MacParts parts, std::string_view table,
                        std::int64_t row, Under under) const {
  const auto* version = newest_.load();
  if (version != nullptr && under == Under::one_before) version = version->older;
  if (version != nullptr && same_bytes(mac, mac_under(version->id, purpose, parts))) return;
  if (mac.size() == k_mac && read_number(mac) > newest()) {
    throw Error(Code::wrong_host_key, "the shop's key was changed: open the shop anew");
  }
  throw Error(Code::tampered, fmt::format("{} {} was edited in the file", table, row));
}

}  // namespace shop::core
