#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

/// What the mutated copy of the tree calls (mutate.py writes the calls). Each place has a number,
/// its mutants are that number and the following ones; at most one is on in a process.
namespace shop_mutant {

extern int chosen;               ///< from SHOP_MUTANT; 0: none
extern unsigned char reached[];  ///< by the number of a place

/// The text that is prepared instead of a statement's own.
std::string_view sql(std::string_view text);
/// Writes which places and statements were reached into the file, and forgets them.
void write_reached(const char* path);

inline int which(int id) noexcept {
  reached[id] = 1;
  return chosen - id;
}
inline bool on(int id) noexcept {
  return which(id) == 0;
}

template <class T>
T num(int id, T value) {
  return on(id) ? static_cast<T>(value + 1) : value;
}
inline bool flag(int id, bool value) {
  return value != on(id);
}
template <class T>
bool lnot(int id, const T& value) {
  return static_cast<bool>(value) == on(id);
}
template <class T>
auto neg(int id, const T& value) {
  return on(id) ? +value : -value;
}

template <class A, class B>
bool eq(int id, const A& a, const B& b) {
  return on(id) ? !(a == b) : static_cast<bool>(a == b);
}
template <class A, class B>
bool ne(int id, const A& a, const B& b) {
  return on(id) ? a == b : a != b;
}
// An order: the first mutant moves the bound by one, the second turns it round.
#define SHOP_MUTANT_ORDER(name, op, moved, turned) \
  template <class A, class B>                      \
  bool name(int id, const A& a, const B& b) {      \
    const int mutant = which(id);                  \
    if (mutant == 0) return a moved b;             \
    return mutant == 1 ? a turned b : a op b;      \
  }
SHOP_MUTANT_ORDER(lt, <, <=, >=)
SHOP_MUTANT_ORDER(le, <=, <, >)
SHOP_MUTANT_ORDER(gt, >, >=, <=)
SHOP_MUTANT_ORDER(ge, >=, >, <)
#undef SHOP_MUTANT_ORDER

#define SHOP_MUTANT_OPERATOR(name, op, other) \
  template <class A, class B>                 \
  auto name(int id, const A& a, const B& b) { \
    return on(id) ? a other b : a op b;       \
  }
SHOP_MUTANT_OPERATOR(add, +, -)
SHOP_MUTANT_OPERATOR(sub, -, +)
SHOP_MUTANT_OPERATOR(mul, *, +)
SHOP_MUTANT_OPERATOR(div, /, *)
SHOP_MUTANT_OPERATOR(mod, %, *)
SHOP_MUTANT_OPERATOR(bit_and, &, |)
SHOP_MUTANT_OPERATOR(bit_or, |, &)
#undef SHOP_MUTANT_OPERATOR

#define SHOP_MUTANT_ASSIGNMENT(name, op, other) \
  template <class A, class B>                   \
  A& name(int id, A& a, const B& b) {           \
    if (on(id)) {                               \
      a other b;                                \
    } else {                                    \
      a op b;                                   \
    }                                           \
    return a;                                   \
  }
SHOP_MUTANT_ASSIGNMENT(add_to, +=, -=)
SHOP_MUTANT_ASSIGNMENT(sub_from, -=, +=)
SHOP_MUTANT_ASSIGNMENT(mul_by, *=, +=)
SHOP_MUTANT_ASSIGNMENT(div_by, /=, *=)
SHOP_MUTANT_ASSIGNMENT(and_with, &=, |=)
SHOP_MUTANT_ASSIGNMENT(or_with, |=, &=)
#undef SHOP_MUTANT_ASSIGNMENT

template <class T>
T& inc(int id, T& value) {
  return on(id) ? --value : ++value;
}
template <class T>
T& dec(int id, T& value) {
  return on(id) ? ++value : --value;
}

template <class T>
T min(int id, const T& a, const T& b) {
  return on(id) ? std::max(a, b) : std::min(a, b);
}
template <class T>
T max(int id, const T& a, const T& b) {
  return on(id) ? std::min(a, b) : std::max(a, b);
}
template <class T>
T min(int id, std::initializer_list<T> values) {
  return on(id) ? std::max(values) : std::min(values);
}
template <class T>
T max(int id, std::initializer_list<T> values) {
  return on(id) ? std::min(values) : std::max(values);
}

}  // namespace shop_mutant
