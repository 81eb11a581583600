#include "search/words.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace shop::search;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words are runs of letters and digits; an ideograph is a word of its own") {
  CHECK(words_of("Don't STOP-me now!") == Words{"dont", "stop", "me", "now"});
  CHECK(words_of("Rock’n’Roll") == Words{"rocknroll"});
  CHECK(words_of("x² cups") == Words{"x2", "cups"});
  CHECK(words_of("௰ ௱") == Words{"௰", "௱"});
  CHECK(words_of("東京 タワー") == Words{"東", "京", "タ", "ワ", "ー"});
  CHECK(words_of("\U00020000ab") == Words{"\U00020000", "ab"});
  CHECK(words_of("a\uFE30b") == Words{"a", "b"});
  CHECK(words_of("—…").empty());
  CHECK(words_of("").empty());
}

TEST_CASE("a long word is cut between two letters") {
  const auto words = words_of(std::string(100, 'a'));
  REQUIRE(words.size() == 1);
  CHECK(words.front().size() == word_bytes_max);
  std::string greek = "a";
  for (int i = 0; i < 60; ++i) greek += "λ";
  const auto cut = words_of(greek);
  REQUIRE(cut.size() == 1);
  CHECK(cut.front().size() == word_bytes_max - 1);
}

TEST_CASE("a query has at most sixteen words, each once") {
  std::string many;
  for (int i = 0; i < 30; ++i) many += "word" + std::to_string(i) + " ";
  CHECK(parse_query(many).words.size() == 16);
  const auto twice = parse_query("mug* mug");
  REQUIRE(twice.words.size() == 1);
  CHECK(twice.words.front().prefix);
  CHECK_FALSE(parse_query("mug mug ").words.front().prefix);
  CHECK_FALSE(parse_query("mug* mug ").words.front().prefix);
  const auto phrase = parse_query("big \"red mug\" \"one\"");
  CHECK(phrase.words.size() == 4);
  CHECK(phrase.phrases == std::vector<Words>{{"red", "mug"}});
}

TEST_CASE("words of four to twenty letters without a digit may have a typo") {
  CHECK(deletions("abc").empty());
  CHECK(deletions(std::string(21, 'a')).empty());
  CHECK(deletions("abc1").empty());
  CHECK(deletions("aabb") == Words{"aab", "abb"});
  CHECK(deletions("λάμπ").size() == 4);
}

TEST_CASE("one inserted, missing, wrong or swapped letter is one typo") {
  CHECK(one_typo_apart("lamp", "lamp"));
  CHECK(one_typo_apart("lamp", "lamps"));
  CHECK(one_typo_apart("lamps", "lmps"));
  CHECK(one_typo_apart("lamp", "limp"));
  CHECK(one_typo_apart("lamp", "lapm"));
  CHECK_FALSE(one_typo_apart("lamp", "lampoon"));
  CHECK_FALSE(one_typo_apart("lamp", "limb"));
  CHECK_FALSE(one_typo_apart("lamp", "laxy"));
  CHECK_FALSE(one_typo_apart("lapm", "lxmp"));
  CHECK_FALSE(one_typo_apart("lamp", "slump"));
  CHECK_FALSE(one_typo_apart("abcd", "badc"));
}
