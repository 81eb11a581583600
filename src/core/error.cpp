#include "shop/error.hpp"

#include <algorithm>
#include <array>

namespace shop {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  std::string_view description;
};

constexpr std::array k_codes{
    CodeRow{Code::ok, "ok", "The call did what it says."},
    CodeRow{Code::bad_handle, "bad_handle", "The handle is null, closed or of another kind."},
    CodeRow{Code::invalid_argument, "invalid_argument", "An argument makes no sense."},
    CodeRow{Code::invalid_utf8, "invalid_utf8", "A string is not valid UTF-8."},
    CodeRow{Code::too_large, "too_large", "A value is longer than its field allows."},
    CodeRow{Code::bad_struct, "bad_struct", "A struct's struct_size is zero or too small."},
    CodeRow{Code::unsupported, "unsupported", "This build or shop cannot do that."},
    CodeRow{Code::reentrant, "reentrant", "Called from inside a running transaction."},
    CodeRow{Code::forked, "forked", "The process was forked after the shop was opened."},
    CodeRow{Code::closed, "closed", "The shop was closed."},
    CodeRow{Code::not_found, "not_found", "There is no such thing, or it is not yours."},
    CodeRow{Code::validation, "validation", "One or more fields are wrong; see the details."},
    CodeRow{Code::out_of_range, "out_of_range",
            "A number left the range that can be kept exactly."},
    CodeRow{Code::unauthenticated, "unauthenticated", "This needs somebody who is logged in."},
    CodeRow{Code::forbidden, "forbidden", "This actor may not do that."},
    CodeRow{Code::bad_credentials, "bad_credentials", "The login or the password is wrong."},
    CodeRow{Code::session_expired, "session_expired", "The session is over; log in again."},
    CodeRow{Code::session_revoked, "session_revoked", "The session was ended; log in again."},
    CodeRow{Code::rate_limited, "rate_limited", "Too many attempts; wait and try again."},
    CodeRow{Code::step_up_required, "step_up_required", "Confirm who you are once more for this."},
    CodeRow{Code::token_invalid, "token_invalid", "The token or code is wrong, used or expired."},
    CodeRow{Code::second_factor_required, "second_factor_required", "A second factor is needed."},
    CodeRow{Code::tampered, "tampered", "Stored data was changed from outside."},
    CodeRow{Code::conflict, "conflict", "The state does not allow this now."},
    CodeRow{Code::already_exists, "already_exists", "There is one already."},
    CodeRow{Code::stale_version, "stale_version", "It changed since it was read; read it again."},
    CodeRow{Code::illegal_transition, "illegal_transition", "That step is not allowed from here."},
    CodeRow{Code::out_of_stock, "out_of_stock", "There is not enough in stock."},
    CodeRow{Code::price_changed, "price_changed", "A price rose since the customer saw it."},
    CodeRow{Code::coupon_rejected, "coupon_rejected", "The coupon cannot be used here."},
    CodeRow{Code::idempotency_mismatch, "idempotency_mismatch",
            "The idempotency key was used for a different call."},
    CodeRow{Code::not_empty, "not_empty", "It still has contents."},
    CodeRow{Code::limit_reached, "limit_reached", "A limit of the shop was reached."},
    CodeRow{Code::payment_mismatch, "payment_mismatch", "The payments do not fit the amount."},
    CodeRow{Code::cart_empty, "cart_empty", "The cart is empty."},
    CodeRow{Code::currency_mismatch, "currency_mismatch", "The currencies differ."},
    CodeRow{Code::not_for_sale, "not_for_sale", "The product is not on sale."},
    CodeRow{Code::insufficient_funds, "insufficient_funds", "The balance is too low."},
    CodeRow{Code::age_restricted, "age_restricted", "The buyer is too young for this product."},
    CodeRow{Code::busy, "busy", "Another program is writing; try again."},
    CodeRow{Code::io, "io", "The disk could not be read or written."},
    CodeRow{Code::full, "full", "The disk is full; nothing was changed."},
    CodeRow{Code::corrupt, "corrupt", "The file is damaged."},
    CodeRow{Code::not_a_shop, "not_a_shop", "The file is not a shop."},
    CodeRow{Code::schema_newer, "schema_newer", "The shop was made by a newer libshop."},
    CodeRow{Code::schema_older, "schema_older", "The shop must be migrated and cannot be here."},
    CodeRow{Code::read_only, "read_only", "The shop is open for reading only."},
    CodeRow{Code::uncertain, "uncertain",
            "The disk failed while committing; reopen and repeat with the same idempotency key."},
    CodeRow{Code::no_memory, "no_memory", "Out of memory; nothing was changed."},
    CodeRow{Code::cannot_open, "cannot_open", "The file cannot be opened or made."},
    CodeRow{Code::wrong_host_key, "wrong_host_key", "The host key does not fit this shop."},
    CodeRow{Code::internal, "internal", "A bug in libshop; please report it."},
};

constexpr auto k_code_values = [] {
  std::array<Code, k_codes.size()> values{};
  std::transform(k_codes.begin(), k_codes.end(), values.begin(),
                 [](const CodeRow& row) { return row.code; });
  return values;
}();

const CodeRow* find(Code code) noexcept {
  const auto* row = std::find_if(k_codes.begin(), k_codes.end(),
                                 [code](const CodeRow& r) { return r.code == code; });
  return row == k_codes.end() ? nullptr : row;
}

}  // namespace

std::string_view code_name(Code code) noexcept {
  const auto* row = find(code);
  return row != nullptr ? row->name : "unknown";
}

std::string_view code_description(Code code) noexcept {
  const auto* row = find(code);
  return row != nullptr ? row->description : "An unknown code.";
}

std::span<const Code> all_codes() noexcept {
  return k_code_values;
}

Error::Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

Error::Error(Code code, std::string message, std::vector<ErrorDetail> details)
    : code_(code), message_(std::move(message)), details_(std::move(details)) {}

}  // namespace shop
