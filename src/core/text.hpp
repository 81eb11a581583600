#pragma once

#include <string>
#include <string_view>

namespace shop::core {

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF, no NUL.
bool valid_utf8(std::string_view text) noexcept;

/// Any C0 control character or DEL; with `multiline`, tab, line feed and carriage return are fine.
bool has_control(std::string_view text, bool multiline) noexcept;

/// Without leading and trailing ASCII white space.
std::string_view trim(std::string_view text) noexcept;

/// Case-folded, accents and compatibility forms removed, inner white space collapsed to one
/// space: the form in which names are compared and looked up ("Crème  BRÛLÉE" → "creme brulee").
/// @pre valid_utf8(text)
std::string fold(std::string_view text);

/// A URL part made from a name: "Men's Fashion" → "mens-fashion", "Crème Brûlée" →
/// "creme-brulee". Letters outside ASCII are kept; empty when nothing is left. At most 80 bytes.
/// @pre valid_utf8(text)
std::string slugify(std::string_view text);

}  // namespace shop::core
