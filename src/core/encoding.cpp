#include "core/encoding.hpp"

#include "core/raw_bytes.hpp"
#include "shop/error.hpp"

#include <cstring>

#include <sodium.h>

namespace shop::core {
namespace {

[[noreturn]] void bad_cursor() {
  throw Error(Code::validation, "cursor: is not a cursor of this list",
              {{"cursor", "invalid", "is not a cursor of this list", {}}});
}

}  // namespace

std::string to_hex(std::span<const std::byte> bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string to_base64url(std::span<const std::byte> bytes) {
  constexpr int k_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), k_variant), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), k_variant);
  out.pop_back();
  return out;
}

std::optional<std::vector<std::byte>> from_base64url(std::string_view text) {
  if (text.empty()) return std::vector<std::byte>{};  // libsodium takes no null for it
  std::vector<std::byte> out(text.size());
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                        text.size(), nullptr, &size, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  out.resize(size);
  // libsodium takes some bytes above 127 for letters; a token has one spelling.
  if (to_base64url(out) != text) return std::nullopt;
  return out;
}

std::span<const std::byte> as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

std::string_view as_text(std::span<const std::byte> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string uuid7(std::int64_t microseconds, std::span<const std::byte, 10> chance) {
  std::byte id[16];
  const auto ms = static_cast<std::uint64_t>(microseconds / 1000);
  for (int i = 0; i < 6; ++i) id[i] = static_cast<std::byte>(ms >> (40 - 8 * i));
  std::memcpy(id + 6, chance.data(), chance.size());
  id[6] = (id[6] & std::byte{0x0F}) | std::byte{0x70};
  id[8] = (id[8] & std::byte{0x3F}) | std::byte{0x80};
  auto text = to_hex(id);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, "-");
  return text;
}

CursorWriter::CursorWriter(std::string_view tag) {
  add(tag);
}

CursorWriter& CursorWriter::add(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(bits >> (8 * i) & 0xFF);
  return *this;
}

CursorWriter& CursorWriter::add(std::string_view value) {
  add(static_cast<std::int64_t>(value.size()));
  bytes_ += value;
  return *this;
}

std::string CursorWriter::take() const {
  return to_base64url(as_bytes(bytes_));
}

CursorReader::CursorReader(std::string_view cursor, std::string_view tag) {
  if (cursor.size() > 4096) bad_cursor();
  const auto bytes = from_base64url(cursor);
  if (!bytes) bad_cursor();
  bytes_ = as_text(*bytes);
  if (text() != tag) bad_cursor();
}

std::int64_t CursorReader::integer() {
  if (bytes_.size() - at_ < 8) bad_cursor();
  std::uint64_t bits = 0;
  for (int i = 7; i >= 0; --i) {
    bits = bits << 8 | static_cast<unsigned char>(bytes_[at_ + static_cast<std::size_t>(i)]);
  }
  at_ += 8;
  return static_cast<std::int64_t>(bits);
}

std::string CursorReader::text() {
  const auto size = integer();
  if (size < 0 || static_cast<std::uint64_t>(size) > bytes_.size() - at_) bad_cursor();
  auto value = bytes_.substr(at_, static_cast<std::size_t>(size));
  at_ += static_cast<std::size_t>(size);
  return value;
}

}  // namespace shop::core
