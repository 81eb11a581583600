#include "core/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

#include <utf8proc.h>

namespace shop::core {
namespace {

bool is_space(unsigned char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// ASCII needs no tables: it is nearly all that shops hold, and folding sits on hot paths.
bool is_ascii(std::string_view text) noexcept {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

std::string map_unicode(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPAT |
                                                  UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, &std::free};
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc{};
  if (size < 0) return std::string{text};
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

std::string lower_ascii(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Letters that do not decompose but that everybody writes plainly in a URL or a search box.
std::string_view plain_letter(std::string_view two_bytes) noexcept {
  if (two_bytes == "ß") return "ss";
  if (two_bytes == "ø") return "o";
  if (two_bytes == "æ") return "ae";
  if (two_bytes == "œ") return "oe";
  if (two_bytes == "đ" || two_bytes == "ð") return "d";
  if (two_bytes == "ł") return "l";
  if (two_bytes == "þ") return "th";
  if (two_bytes == "ı") return "i";
  return {};
}

// Accents, in the blocks of combining diacritics. The marks of other scripts are as good as
// letters: the vowels of Devanagari, what makes ガ of カ.
bool is_accent(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto lead = byte(0);
  if (lead == 0xCC) return true;                                // 0300–033F
  if (lead == 0xCD) return byte(1) <= 0xAF;                     // 0340–036F
  if (lead == 0xE2) return byte(1) == 0x83 && byte(2) >= 0x90;  // 20D0–20FF
  if (lead != 0xE1) return false;
  return (byte(1) == 0xAA && byte(2) >= 0xB0) || byte(1) == 0xAB ||  // 1AB0–1AFF
         byte(1) == 0xB7;                                            // 1DC0–1DFF
}

std::string plain_letters(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead >= 0xCC && is_accent(text, i)) {
      i += lead < 0xE0 ? 1 : 2;
      continue;
    }
    if (lead >= 0xC3 && lead <= 0xC5 && i + 1 < text.size()) {
      const auto plain = plain_letter(std::string_view{text}.substr(i, 2));
      if (!plain.empty()) {
        out += plain;
        ++i;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string folded(std::string_view text) {
  return is_ascii(text) ? lower_ascii(text) : plain_letters(map_unicode(text));
}

std::size_t sequence_length(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// The second byte alone decides between a legal sequence and an overlong form or a surrogate.
bool second_byte_ok(unsigned char lead, unsigned char second) noexcept {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

}  // namespace

bool valid_utf8(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead == 0) return false;
    const auto length = sequence_length(lead);
    if (length == 0 || i + length > text.size()) return false;
    if (length > 1 && !second_byte_ok(lead, static_cast<unsigned char>(text[i + 1]))) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

bool has_control(std::string_view text, bool multiline) noexcept {
  for (const char raw : text) {
    const auto c = static_cast<unsigned char>(raw);
    if (c == 0x7F) return true;
    if (c < 0x20 && !(multiline && (c == '\n' || c == '\r' || c == '\t'))) return true;
  }
  return false;
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::string fold(std::string_view text) {
  const auto mapped = folded(text);
  std::string out;
  out.reserve(mapped.size());
  for (const char c : mapped) {
    const bool space = is_space(static_cast<unsigned char>(c));
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string slugify(std::string_view text) {
  constexpr std::size_t k_max = 80;
  const auto mapped = folded(text);
  std::string out;
  for (std::size_t i = 0; i < mapped.size();) {
    const auto c = static_cast<unsigned char>(mapped[i]);
    const auto length = c < 0x80 ? 1 : sequence_length(c);
    utf8proc_int32_t point = c;
    if (c >= 0x80) {
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(mapped.data() + i),
                       static_cast<utf8proc_ssize_t>(mapped.size() - i), &point);
    }
    const auto category = utf8proc_category(point);
    const bool word = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC) ||
                      category == UTF8PROC_CATEGORY_ND;
    const bool silent = c == '\'' || point == 0x2019;  // "Men's" is one word
    if (word) {
      if (out.size() + length > k_max) break;
      out.append(mapped, i, length);
    } else if (!silent && !out.empty() && out.back() != '-') {
      out += '-';
    }
    i += length;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace shop::core
