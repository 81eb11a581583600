#pragma once

#include "faults/model_shop.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop::test {

enum class Kind {
  make_category,
  make_product,
  set_price,
  archive,
  restore,
  stale_update,
  receive,
  adjust,
  wrong_id,
  make_cart,
  add,
  set_quantity,
  remove,
  clear,
  bad_coupon,
  place,
  place_again,
  cancel,
  give_back,
  as_guest,
  as_customer,
  as_ended,
  read,
  move_clock,
  reopen,
  fail_disk,
  issue_gift,
  pay,
  capture,
  refund,
  give_up,
  ship,
  deliver,
  use_coupon,
  make_user,
  come,
  log_in,
  log_out,
  own_add,
  own_place,
  wish,
  wish_no_more,
  wish_to_cart,
  review,
  points,
  set_enabled,
};

inline constexpr std::array k_kind_names{
    "make_category", "make_product", "set_price",   "archive",    "restore",     "stale_update",
    "receive",       "adjust",       "wrong_id",    "make_cart",  "add",         "set_quantity",
    "remove",        "clear",        "bad_coupon",  "place",      "place_again", "cancel",
    "give_back",     "as_guest",     "as_customer", "as_ended",   "read",        "move_clock",
    "reopen",        "fail_disk",    "issue_gift",  "pay",        "capture",     "refund",
    "give_up",       "ship",         "deliver",     "use_coupon", "make_user",   "come",
    "log_in",        "log_out",      "own_add",     "own_place",  "wish",        "wish_no_more",
    "wish_to_cart",  "review",       "points",      "set_enabled"};

/// An operation whose parts are numbers of chance, taken modulo what there is when it runs: so any
/// part of a sequence is a sequence.
struct Operation {
  Kind kind;
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t c;
};

using Sequence = std::vector<Operation>;

Sequence make_sequence(std::uint64_t seed, std::int64_t length);
std::string name_of(const Operation& operation);

/// An operation made definite: what it is about, by its place in the model.
struct Call {
  Kind kind;
  std::size_t product = 0;
  std::size_t cart = 0;
  std::size_t order = 0;
  std::size_t at = 0;  // a line of the order
  std::int64_t line = 0;
  std::int64_t quantity = 0;
  int parent = -1;
  bool accept = false;  // prices that rose
  std::string text;
  std::size_t person = 0;
  std::size_t payment = 0;  // by its place in the order
  ModelShop::Plan plan;
};

inline constexpr std::int64_t k_new_line = -1;  // until the shop has numbered it

/// nullopt: there is nothing yet that it could be about.
std::optional<Call> resolve(const ModelShop& model, const Operation& operation);
/// Makes the call on the model. Result: what the shop owes as its answer.
std::string apply(ModelShop& model, const Call& call);

}  // namespace shop::test
