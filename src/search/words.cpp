#include "search/words.hpp"

#include "core/text.hpp"

#include <algorithm>

#include <utf8proc.h>

namespace shop::search {
namespace {

constexpr std::size_t k_query_words_max = 16;
constexpr std::size_t k_typo_letters_min = 4;
constexpr std::size_t k_typo_letters_max = 20;

bool is_ascii_word(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

bool is_word(utf8proc_int32_t point) {
  const auto category = utf8proc_category(point);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

// Written without blanks between words: each sign stands alone.
bool is_sign(utf8proc_int32_t point) {
  return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

struct Letter {
  utf8proc_int32_t point = 0;
  std::size_t size = 1;
};

Letter letter_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  Letter letter;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                       static_cast<utf8proc_ssize_t>(text.size() - at), &letter.point);
  if (size <= 0) return {0xFFFD, 1};
  letter.size = static_cast<std::size_t>(size);
  return letter;
}

std::vector<std::u32string::value_type> letters_of(std::string_view word) {
  std::vector<std::u32string::value_type> out;
  for (std::size_t at = 0; at < word.size();) {
    const auto letter = letter_at(word, at);
    out.push_back(static_cast<char32_t>(letter.point));
    at += letter.size;
  }
  return out;
}

}  // namespace

void append_words(std::string_view folded, std::vector<std::string_view>& out,
                  std::string& buffer) {
  // The words are copied one after the other into the buffer, which must not move meanwhile.
  buffer.clear();
  buffer.reserve(folded.size() + 1);
  std::size_t begin = 0;
  const auto end_word = [&] {
    if (buffer.size() > begin) {
      auto size = std::min(buffer.size() - begin, word_bytes_max);
      while (size > 0 && begin + size < buffer.size() &&
             (static_cast<unsigned char>(buffer[begin + size]) & 0xC0) == 0x80) {
        --size;
      }
      out.emplace_back(buffer.data() + begin, size);
    }
    begin = buffer.size();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const auto c = static_cast<unsigned char>(folded[at]);
    if (is_ascii_word(c)) {
      buffer += static_cast<char>(c);
      ++at;
      continue;
    }
    if (c < 0x80) {
      if (c != '\'') end_word();
      ++at;
      continue;
    }
    const auto letter = letter_at(folded, at);
    if (is_sign(letter.point)) {
      end_word();
      buffer.append(folded, at, letter.size);
      end_word();
    } else if (is_word(letter.point)) {
      buffer.append(folded, at, letter.size);
    } else if (letter.point != 0x2019) {
      end_word();
    }
    at += letter.size;
  }
  end_word();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string_view> views;
  std::string buffer;
  append_words(core::fold(text), views, buffer);
  return {views.begin(), views.end()};
}

ParsedQuery parse_query(std::string_view text) {
  ParsedQuery out;
  const auto add = [&](std::string word, bool prefix) {
    if (out.words.size() >= k_query_words_max) return;
    for (auto& known : out.words) {
      if (known.word == word) {
        known.prefix = known.prefix && prefix;
        return;
      }
    }
    out.words.push_back({std::move(word), prefix});
  };
  bool quoted = false;
  for (std::size_t from = 0; from <= text.size();) {
    const auto quote = std::min(text.find('"', from), text.size());
    const auto part = text.substr(from, quote - from);
    const bool last = quote == text.size();
    if (quoted) {
      auto words = words_of(part);
      for (const auto& word : words) add(word, false);
      if (words.size() > 1) out.phrases.push_back(std::move(words));
    } else {
      // A blank behind a word makes it whole; a star makes it a beginning.
      for (std::size_t at = 0; at < part.size();) {
        const auto stop = std::min(part.find_first_of(" \t\r\n", at), part.size());
        const auto piece = part.substr(at, stop - at);
        const auto words = words_of(piece);
        const bool open = (last && stop == part.size()) || piece.ends_with('*');
        for (const auto& word : words) add(word, open && &word == &words.back());
        at = stop + 1;
      }
    }
    quoted = !quoted;
    from = quote + 1;
  }
  return out;
}

std::vector<std::string> deletions(std::string_view word) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < word.size();) {
    starts.push_back(at);
    const auto letter = letter_at(word, at);
    if (letter.point >= '0' && letter.point <= '9') return {};  // numbers are not misspelled
    at += letter.size;
  }
  if (starts.size() < k_typo_letters_min || starts.size() > k_typo_letters_max) return {};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto end = i + 1 < starts.size() ? starts[i + 1] : word.size();
    std::string shorter{word.substr(0, starts[i])};
    shorter += word.substr(end);
    out.push_back(std::move(shorter));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool one_typo_apart(std::string_view a, std::string_view b) {
  auto first = letters_of(a);
  auto second = letters_of(b);
  if (first.size() > second.size()) std::swap(first, second);
  if (second.size() - first.size() > 1) return false;
  std::size_t same = 0;
  while (same < first.size() && first[same] == second[same]) ++same;
  const auto rest = [&](std::size_t i, std::size_t k) {
    return std::equal(first.begin() + static_cast<std::ptrdiff_t>(i), first.end(),
                      second.begin() + static_cast<std::ptrdiff_t>(k), second.end());
  };
  if (second.size() > first.size()) return rest(same, same + 1);
  if (same == first.size() || rest(same + 1, same + 1)) return true;
  return same + 1 < first.size() && first[same] == second[same + 1] &&
         first[same + 1] == second[same] && rest(same + 2, same + 2);
}

}  // namespace shop::search
