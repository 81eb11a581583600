#pragma once

#include "shop/payments.hpp"

namespace shop::payments {

/// Where money of a tender lies.
constexpr MoneyAccount account_of(Tender tender) {
  switch (tender) {
    case Tender::cash:
      return MoneyAccount::cash;
    case Tender::card:
      return MoneyAccount::card;
    case Tender::gift_card:
    case Tender::store_credit:
      return MoneyAccount::wallet;
    case Tender::points:
      return MoneyAccount::points;
    case Tender::exchange:
      return MoneyAccount::exchange;
    case Tender::other:
      break;
  }
  return MoneyAccount::other;
}

constexpr bool is_wallet(Tender tender) {
  return tender == Tender::gift_card || tender == Tender::store_credit;
}

}  // namespace shop::payments
