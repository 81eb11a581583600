/** @file
 * Payments, gift cards, store credit, the ledger.
 */
#ifndef SHOP_PAYMENTS_H
#define SHOP_PAYMENTS_H

#include "shop/base.h"
#include "shop/pricing.h"
#include "shop/session.h"

/** What somebody pays with. */
typedef int32_t shop_tender;
enum {
  SHOP_TENDER_CASH = 1,
  SHOP_TENDER_CARD = 2 /**< the host talks to the acquirer and gives its reference */,
  SHOP_TENDER_GIFT_CARD = 3,
  SHOP_TENDER_STORE_CREDIT = 4,
  SHOP_TENDER_POINTS = 5,
  SHOP_TENDER_OTHER = 6,
  SHOP_TENDER_EXCHANGE = 7 /**< goods that came back; only an exchange pays with it */
};

/** One tender of a payment; an order may be paid with several. */
typedef struct shop_payment_input {
  SHOP_INPUT_HEAD;
  shop_tender tender; /**< @default */
  uint32_t unused_2;
  shop_money amount;        /**< absent: all that is left to pay. @optional */
  shop_money tendered;      /**< cash that was handed over, at least the amount. @optional */
  shop_bool authorize_only; /**< reserve it, capture later */
  uint32_t unused_3;
  shop_str reference; /**< the acquirer's, at most 200 bytes. @default */
  shop_str code;      /**< of the gift card. @default */
} shop_payment_input;

/** What was paid with one tender. */
typedef struct shop_payment {
  SHOP_RECORD_HEAD;
  shop_id order_id;
  int64_t payment_no; /**< 1, 2 … within the order */
  shop_tender tender;
  uint32_t unused_2;
  shop_money authorized;
  shop_money captured; /**< ≤ authorized */
  shop_money refunded; /**< ≤ captured */
  shop_bool voided;
  uint32_t unused_3;
  shop_money tendered; /**< cash that was handed over */
  shop_money change;   /**< cash that was given back */
  shop_str reference;
  shop_time at;
} shop_payment;

/** What an entry of the ledger is. */
typedef int32_t shop_money_entry_kind;
enum {
  SHOP_MONEY_ENTRY_KIND_AUTHORIZE = 1,
  SHOP_MONEY_ENTRY_KIND_CAPTURE = 2,
  SHOP_MONEY_ENTRY_KIND_VOID = 3 /**< an authorization that was given up */,
  SHOP_MONEY_ENTRY_KIND_REFUND = 4,
  SHOP_MONEY_ENTRY_KIND_ISSUE = 5 /**< a gift card was sold or credit was granted */,
  SHOP_MONEY_ENTRY_KIND_REDEEM = 6 /**< a gift card, credit or points paid */,
  SHOP_MONEY_ENTRY_KIND_EXPIRE = 7 /**< a gift card's rest was taken back */,
  SHOP_MONEY_ENTRY_KIND_LOOSE_REFUND =
      8 /**< money for goods that came back without their receipt */
};

/** Where money can be. */
typedef int32_t shop_money_account;
enum {
  SHOP_MONEY_ACCOUNT_SALES = 1 /**< what customers owe and pay for orders */,
  SHOP_MONEY_ACCOUNT_CASH = 2 /**< the drawers */,
  SHOP_MONEY_ACCOUNT_CARD = 3 /**< at the acquirer */,
  SHOP_MONEY_ACCOUNT_WALLET = 4 /**< owed to holders of gift cards and credit */,
  SHOP_MONEY_ACCOUNT_POINTS = 5,
  SHOP_MONEY_ACCOUNT_OTHER = 6,
  SHOP_MONEY_ACCOUNT_HOLDS = 7 /**< authorized, not captured */,
  SHOP_MONEY_ACCOUNT_PROMISES = 8 /**< the other side of holds */,
  SHOP_MONEY_ACCOUNT_GIVEN = 9 /**< credit that was granted for nothing */,
  /** between an order whose goods came back and the one that replaces them */
  SHOP_MONEY_ACCOUNT_EXCHANGE = 10
};

/** One movement of money. The ledger is never changed, only added to. */
typedef struct shop_money_entry {
  SHOP_RECORD_HEAD;
  shop_id owner_id; /**< the order; the wallet or the return when there is none */
  int64_t entry_no;
  int64_t payment_no;
  shop_money_entry_kind kind;
  shop_money_account debit;  /**< where the amount went */
  shop_money_account credit; /**< where it came from */
  uint32_t unused_2;
  shop_money amount;
  shop_time at;
  shop_role actor_role;
  uint32_t unused_3;
  shop_id actor_id;
  shop_str reference;
} shop_money_entry;

/** What a wallet is. */
typedef int32_t shop_wallet_kind;
enum {
  SHOP_WALLET_KIND_GIFT_CARD = 1 /**< whoever knows the code may pay with it */,
  SHOP_WALLET_KIND_STORE_CREDIT = 2 /**< of one customer */
};

/** A balance that the shop owes to somebody. */
typedef struct shop_wallet {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_wallet_kind kind;
  uint32_t unused_2;
  shop_str hint;       /**< the last characters of the code */
  shop_id customer_id; /**< whose credit it is. @optional */
  shop_money balance;
  shop_bool active;
  uint32_t unused_3;
  shop_time created_at;
  shop_time expires_at; /**< @optional */
} shop_wallet;

/** A gift card that is sold or given. */
typedef struct shop_gift_card_input {
  SHOP_INPUT_HEAD;
  shop_str idempotency_key; /**< 1–200 bytes */
  shop_money amount;
  shop_str code;         /**< 8–100 bytes; empty: a new one is made @default */
  shop_time expires_at;  /**< @optional */
  shop_tender paid_with; /**< where its money lies. @default */
  shop_bool given;       /**< nobody paid for it */
} shop_gift_card_input;

/** A gift card with its code, which only this once is known. */
typedef struct shop_gift_card {
  SHOP_RECORD_HEAD;
  const shop_wallet *wallet;
  shop_str code; /**< empty when the same key had made it before */
} shop_gift_card;

/** What lies in an account of the ledger. */
typedef struct shop_money_balance {
  SHOP_RECORD_HEAD;
  shop_money_account account;
  uint32_t unused_2;
  shop_money balance; /**< debits less credits; all balances sum to zero */
} shop_money_balance;

/** A list of shop_payment_input. */
SHOP_LIST(shop_payment_input_list, shop_payment_input);

/** A list of shop_payment. */
SHOP_LIST(shop_payment_list, shop_payment);

/** A list of shop_money_entry. */
SHOP_LIST(shop_money_entry_list, shop_money_entry);

/** A list of shop_money_balance. */
SHOP_LIST(shop_money_balance_list, shop_money_balance);

/** What people have to do before they give much money back. The host does not. */
typedef struct shop_refund_policy {
  SHOP_RECORD_HEAD;
  shop_money step_up_above; /**< more than this needs a fresh proof of identity */
  /** more than this somebody else approves; absent: no. @optional */
  shop_money second_person_above;
} shop_refund_policy;

/** What people have to do before they give much money back. The host does not.
 * @cpp RefundPolicy */
typedef struct shop_refund_policy_input {
  SHOP_INPUT_HEAD;
  shop_money step_up_above; /**< more than this needs a fresh proof of identity */
  /** more than this somebody else approves; absent: no. @optional */
  shop_money second_person_above;
} shop_refund_policy_input;

/** Somebody agrees that money is given back by another. */
typedef struct shop_refund_approval {
  SHOP_RECORD_HEAD;
  shop_id order_id;
  shop_money amount; /**< at most */
  shop_id approved_by;
  shop_time expires_at; /**< an hour later; it is good for one refund */
} shop_refund_approval;

/** Pays what is left of an order with further tenders. The same key does nothing again. Cash rounds
 * what is left to the smallest coin, and with it the total.
 * @param session Who acts.
 * @param order_id The order.
 * @param idempotency_key 1 to 200 bytes; the same key does it once.
 * @param payments The tenders; one without an amount pays all that is left.
 * @param out_list All payments of the order, in their order.
 * @errors rate_limited, not_found, validation, payment_mismatch, insufficient_funds,
 * illegal_transition, idempotency_mismatch
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_payments_pay(shop_session *session, shop_id order_id,
                                       const char *idempotency_key,
                                       const shop_payment_input_list *payments,
                                       const shop_payment_list **out_list, shop_error **out_error);

/** The payments of an order: of one's own, or of any for those who may view orders.
 * @param session Who acts.
 * @param order_id The order.
 * @param out_list The payments, in their order.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_payments_of_order(shop_session *session, shop_id order_id,
                                            const shop_payment_list **out_list,
                                            shop_error **out_error);

/** Takes authorized money. The same key does nothing again.
 * @param session Who acts.
 * @param order_id The order.
 * @param payment_no The payment, by its number within the order.
 * @param idempotency_key 1 to 200 bytes; the same key does it once.
 * @param amount How much, at most what is authorized, not captured and due; NULL: all of that.
 * @param out_payment The payment as it is then.
 * @errors not_found, limit_reached, idempotency_mismatch
 * @nullable amount
 * @owned out_payment
 * @since 1.0 */
SHOP_API shop_status shop_payments_capture(shop_session *session, shop_id order_id,
                                           int64_t payment_no, const char *idempotency_key,
                                           const shop_money *amount,
                                           const shop_payment **out_payment,
                                           shop_error **out_error);

/** Gives up what is authorized and not captured; doing it again is fine.
 * @param session Who acts.
 * @param order_id The order.
 * @param payment_no The payment, by its number within the order.
 * @param out_payment The payment as it is then.
 * @errors none
 * @owned out_payment
 * @call void_
 * @since 1.0 */
SHOP_API shop_status shop_payments_void(shop_session *session, shop_id order_id, int64_t payment_no,
                                        const shop_payment **out_payment, shop_error **out_error);

/** Gives captured money back. The same key does nothing again.
 * @param session Who acts.
 * @param order_id The order.
 * @param payment_no The payment, by its number within the order.
 * @param idempotency_key 1 to 200 bytes; the same key does it once.
 * @param amount How much, at most what is captured and not refunded; NULL: all of it.
 * @param reference The acquirer's or a reason, at most 200 bytes.
 * @param out_payment The payment as it is then.
 * @errors not_found, limit_reached, validation, idempotency_mismatch
 * @nullable amount
 * @owned out_payment
 * @since 1.0 */
SHOP_API shop_status shop_payments_refund(shop_session *session, shop_id order_id,
                                          int64_t payment_no, const char *idempotency_key,
                                          const shop_money *amount, const char *reference,
                                          const shop_payment **out_payment, shop_error **out_error);

/** What large refunds need, wherever money is given back: refund, returns, edits, exchanges and
 * cancellations by the people of the shop.
 * @param session Who acts.
 * @param out_policy The policy.
 * @errors forbidden
 * @owned out_policy
 * @since 1.0 */
SHOP_API shop_status shop_payments_refund_policy(shop_session *session,
                                                 const shop_refund_policy **out_policy,
                                                 shop_error **out_error);

/** Sets what large refunds need.
 * @param session Who acts.
 * @param policy The policy.
 * @param out_policy As it stands then.
 * @errors validation, forbidden
 * @owned out_policy
 * @since 1.0 */
SHOP_API shop_status shop_payments_set_refund_policy(shop_session *session,
                                                     const shop_refund_policy_input *policy,
                                                     const shop_refund_policy **out_policy,
                                                     shop_error **out_error);

/** Approves one refund of an order by somebody else, up to an amount, for an hour.
 * @param session Who acts.
 * @param order_id The order; 0: of goods without their receipt.
 * @param amount At most.
 * @param out_approval The approval.
 * @errors validation, not_found, unauthenticated
 * @owned out_approval
 * @since 1.0 */
SHOP_API shop_status shop_payments_approve_refund(shop_session *session, shop_id order_id,
                                                  const shop_money *amount,
                                                  const shop_refund_approval **out_approval,
                                                  shop_error **out_error);

/** The ledger of an order, or of a wallet's own movements.
 * @param session Who acts.
 * @param owner_id The order, the wallet, or a return without an order.
 * @param out_list The entries, oldest first.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_payments_entries(shop_session *session, shop_id owner_id,
                                           const shop_money_entry_list **out_list,
                                           shop_error **out_error);

/** Every account; they sum to zero. Cost: the ledger.
 * @param session Who acts.
 * @param out_list One row for each account that was ever used.
 * @errors none
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_payments_balances(shop_session *session,
                                            const shop_money_balance_list **out_list,
                                            shop_error **out_error);

/** Makes a gift card. The same key gives the same card again, without its code.
 * @param session Who acts.
 * @param input How much, and what was paid for it.
 * @param out_gift_card The card with its code, which is shown here and never again.
 * @errors validation, already_exists, idempotency_mismatch
 * @owned out_gift_card
 * @since 1.0 */
SHOP_API shop_status shop_payments_issue_gift_card(shop_session *session,
                                                   const shop_gift_card_input *input,
                                                   const shop_gift_card **out_gift_card,
                                                   shop_error **out_error);

/** What is on a gift card, for whoever knows its code.
 * @param session Who acts.
 * @param code As it is on the card, in any case.
 * @param out_wallet The card's balance.
 * @errors rate_limited, not_found
 * @owned out_wallet
 * @since 1.0 */
SHOP_API shop_status shop_payments_gift_card(shop_session *session, const char *code,
                                             const shop_wallet **out_wallet,
                                             shop_error **out_error);

/** Adds to a customer's store credit. The same key does nothing again.
 * @param session Who acts.
 * @param customer_id The customer.
 * @param idempotency_key 1 to 200 bytes; the same key does it once.
 * @param amount How much, more than 0.
 * @param reference Why, at most 200 bytes.
 * @param out_wallet The customer's credit as it is then.
 * @errors validation, not_found, idempotency_mismatch
 * @owned out_wallet
 * @since 1.0 */
SHOP_API shop_status shop_payments_grant_credit(shop_session *session, shop_id customer_id,
                                                const char *idempotency_key,
                                                const shop_money *amount, const char *reference,
                                                const shop_wallet **out_wallet,
                                                shop_error **out_error);

/** The acting customer's store credit.
 * @param session Who acts.
 * @param out_wallet The credit.
 * @errors not_found
 * @owned out_wallet
 * @since 1.0 */
SHOP_API shop_status shop_payments_credit(shop_session *session, const shop_wallet **out_wallet,
                                          shop_error **out_error);

/** Blocks a gift card or a customer's credit, or frees it again.
 * @param session Who acts.
 * @param wallet_id The wallet.
 * @param blocked Whether nothing can be paid with it from now on.
 * @param out_wallet The wallet as it is then.
 * @errors not_found
 * @owned out_wallet
 * @since 1.0 */
SHOP_API shop_status shop_payments_block_wallet(shop_session *session, shop_id wallet_id,
                                                shop_bool blocked, const shop_wallet **out_wallet,
                                                shop_error **out_error);

/** Everything that moved a wallet's balance, oldest first.
 * @param session Who acts.
 * @param wallet_id The wallet.
 * @param out_list The entries, oldest first.
 * @errors not_found
 * @owned out_list
 * @since 1.0 */
SHOP_API shop_status shop_payments_wallet_entries(shop_session *session, shop_id wallet_id,
                                                  const shop_money_entry_list **out_list,
                                                  shop_error **out_error);

#endif
