#include "block.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace shop::capi {
namespace {

constexpr std::uint64_t block_magic = 0x6b636f6c62706f68;  // "hopblock"
constexpr std::size_t first_block_bytes = 1024;

struct Header {
  std::uint64_t magic;
  std::uint64_t size;
  std::uint64_t ascii;
  std::uint64_t unused;  // keeps the root aligned as malloc does
};
static_assert(sizeof(Header) == sizeof(StaticHeader));
constexpr std::uint64_t high_bits = 0x8080808080808080;

constexpr std::size_t aligned(std::size_t size) {
  return (size + 7) & ~std::size_t{7};
}

Header* header_of(const void* root) {
  return static_cast<Header*>(const_cast<void*>(root)) - 1;
}

}  // namespace

Writer::Writer() {
  pointers_.reserve(96);
}

Writer::~Writer() {
  std::free(block_);
}

std::byte* Writer::body() const {
  return block_ + sizeof(Header);
}

void Writer::grow(std::size_t needed) {
  const std::size_t capacity = std::max({needed, capacity_ * 2, first_block_bytes});
  void* moved = std::realloc(block_, capacity + sizeof(Header));
  if (moved == nullptr) throw std::bad_alloc{};
  block_ = static_cast<std::byte*>(moved);
  capacity_ = capacity;
}

Pos Writer::reserve(std::size_t bytes) {
  const Pos at = used_;
  const std::size_t end = at + aligned(bytes);
  if (end > capacity_) grow(end);
  std::memset(body() + at, 0, end - at);
  used_ = end;
  return at;
}

void Writer::pointer(Pos at, Pos target) {
  put<std::uint64_t>(at, target);
  pointers_.push_back(at);
}

void Writer::text(Pos at, std::string_view text) {
  const Pos place = used_;
  const std::size_t end = place + aligned(text.size() + 1);
  if (end > capacity_) grow(end);
  std::byte* last_word = body() + end - 8;
  std::memset(last_word, 0, 8);
  if (!text.empty()) std::memcpy(body() + place, text.data(), text.size());
  for (const std::byte* word = body() + place; word <= last_word; word += 8) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, word, sizeof bits);
    bits_ |= bits;
  }
  used_ = end;
  pointer(at, place);
  put<std::uint64_t>(at + offsetof(shop_str, size), text.size());
}

void Writer::bytes(Pos at, std::span<const std::byte> bytes) {
  text(at, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void Writer::texts(Pos at, std::span<const std::string> texts) {
  put<std::uint64_t>(at + offsetof(shop_strs, count), texts.size());
  if (texts.empty()) return;
  Pos place = reserve(texts.size() * sizeof(shop_str));
  pointer(at, place);
  for (const std::string& each : texts) {
    text(place, each);
    place += sizeof(shop_str);
  }
}

void Writer::ids(Pos at, std::span<const Id> ids) {
  put<std::uint64_t>(at + offsetof(shop_ids, count), ids.size());
  if (ids.empty()) return;
  const Pos place = reserve(ids.size_bytes());
  pointer(at, place);
  std::memcpy(body() + place, ids.data(), ids.size_bytes());
}

void Writer::money(Pos at, const Money& money) {
  put<std::int64_t>(at, money.minor);
  std::memcpy(body() + at + offsetof(shop_money, currency), money.currency.code.data(), 4);
}

void* Writer::finish() {
  const Header header{block_magic, used_, (bits_ & high_bits) == 0 ? 1U : 0U, 0};
  std::memcpy(block_, &header, sizeof header);
  std::byte* root = body();
  for (const Pos at : pointers_) {
    std::uint64_t offset = 0;
    std::memcpy(&offset, root + at, sizeof offset);
    const std::byte* target = root + offset;
    std::memcpy(root + at, &target, sizeof target);
  }
  block_ = nullptr;
  return root;
}

const void* Writer::finish_static() {
  void* root = finish();
  header_of(root)->magic = StaticHeader{}.magic;
  return root;
}

void free_block(const void* root) noexcept {
  if (root == nullptr) return;
  Header* header = header_of(root);
  if (header->magic != block_magic) return;
  header->magic = 0;
  std::free(header);
}

std::size_t block_size(const void* root) noexcept {
  if (root == nullptr) return 0;
  const Header* header = header_of(root);
  const bool known = header->magic == block_magic || header->magic == StaticHeader{}.magic;
  return known ? header->size : 0;
}

bool block_is_ascii(const void* root) noexcept {
  return block_size(root) != 0 && header_of(root)->ascii != 0;
}

}  // namespace shop::capi
