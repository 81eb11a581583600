#include "core/text.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace shop::core;

TEST_CASE("slugs are made from names") {
  CHECK(slugify("Men's Fashion") == "mens-fashion");
  CHECK(slugify("Crème Brûlée") == "creme-brulee");
  CHECK(slugify("  Ærø & Straße 7 ") == "aero-strasse-7");
  CHECK(slugify("!!!").empty());
  CHECK(slugify(std::string(500, 'a')).size() == 80);
}

TEST_CASE("folding ignores case, accents and spacing") {
  CHECK(fold("Crème  BRÛLÉE ") == "creme brulee");
  CHECK(fold("ŁÓDŹ") == "lodz");
  CHECK(fold("") == "");
}

TEST_CASE("UTF-8 is checked strictly") {
  CHECK(valid_utf8("plain, é, 漢字, 🎈"));
  CHECK_FALSE(valid_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(valid_utf8("\xED\xA0\x80"));      // a surrogate
  CHECK_FALSE(valid_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  CHECK_FALSE(valid_utf8("\xE2\x82"));          // cut off
  CHECK_FALSE(valid_utf8(std::string("a\0b", 3)));
}

TEST_CASE("letters that do not decompose are written plainly") {
  CHECK(fold("Straße") == "strasse");
  CHECK(fold("Øre Æra œuvre Đorđe Eiður Łódź Þór") == "ore aera oeuvre dorde eidur lodz thor");
  CHECK(slugify("Kapı") == "kapi");
  CHECK(slugify("×÷").empty());
}

TEST_CASE("accents fold away, the vowels and marks of other scripts stay") {
  CHECK(fold("Cafe\u0301 Zo\u00EB \u0439") == "cafe zoe \u0438");
  CHECK(fold("\u091A\u0940\u0928\u0940") != fold("\u091A\u0928\u093E"));
  CHECK(fold("\u30AC\u30B9") != fold("\u30AB\u30B9"));
  CHECK(fold("\u30AC\u30B9") == fold("\u30AB\u3099\u30B9"));
  CHECK(fold("a\u20D7b\u1DC4c\u1AB0") == "abc");
  CHECK(fold("\u200B").empty());
  CHECK(slugify("\u091A\u0940\u0928\u0940 12") == "\u091A\u0940\u0928\u0940-12");
}
