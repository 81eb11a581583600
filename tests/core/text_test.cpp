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
