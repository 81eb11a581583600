#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How texts become words. Pure.
namespace shop::search {

inline constexpr std::size_t word_bytes_max = 48;

/// Appends the words of a folded text: runs of letters and digits, an apostrophe inside does not
/// part them; each ideograph is a word of its own.
void append_words(std::string_view folded, std::vector<std::string_view>& out, std::string& buffer);

/// The words of any valid UTF-8 text, folded.
std::vector<std::string> words_of(std::string_view text);

/// A piece of a query.
struct QueryWord {
  std::string word;
  bool prefix = false;
};

struct ParsedQuery {
  std::vector<QueryWord> words;                   ///< all must occur
  std::vector<std::vector<std::string>> phrases;  ///< their words are in `words` too
};

/// @pre valid_utf8(text)
ParsedQuery parse_query(std::string_view text);

/// A word with each letter left out, for words of 4 to 20 letters; else nothing.
std::vector<std::string> deletions(std::string_view word);

/// Whether one inserted, missing, wrong or swapped letter makes one word of the other.
bool one_typo_apart(std::string_view a, std::string_view b);

}  // namespace shop::search
