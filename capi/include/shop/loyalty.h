/** @file
 * Points, tiers and referrals.
 */
#ifndef SHOP_LOYALTY_H
#define SHOP_LOYALTY_H

#include "shop/base.h"
#include "shop/session.h"

/** What points are given for. */
typedef int32_t shop_loyalty_rule_kind;
enum {
  SHOP_LOYALTY_RULE_KIND_PURCHASE = 1, /**< `points` for each `per` of what an order's goods cost */
  SHOP_LOYALTY_RULE_KIND_REVIEW = 2,   /**< `points` for a published review, once per product */
  SHOP_LOYALTY_RULE_KIND_REFERRAL =
      3 /**< `points` for who brought a friend, `friend_points` for the friend */
};

/** A rule by which points are given; several of a kind add up. */
typedef struct shop_loyalty_rule {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_loyalty_rule_kind kind;
  uint32_t unused_2;
  shop_str name;         /**< 1–100 bytes */
  int64_t points;        /**< 1–1,000,000 */
  int64_t friend_points; /**< referrals: 0–1,000,000 */
  shop_money per;        /**< purchases: more than nothing @optional */
  shop_id category_id;   /**< purchases: only goods in it or below; absent: all @optional */
  shop_time starts_at;   /**< @optional */
  shop_time ends_at;     /**< the first moment it is over @optional */
} shop_loyalty_rule;

/** A list of shop_loyalty_rule. */
SHOP_LIST(shop_loyalty_rule_list, shop_loyalty_rule);

/** A rule to be made or changed. */
typedef struct shop_loyalty_rule_input {
  SHOP_INPUT_HEAD;
  shop_id id;                  /**< absent: a new rule @optional */
  shop_loyalty_rule_kind kind; /**< @default */
  uint32_t unused_2;
  shop_str name;
  int64_t points;
  int64_t friend_points; /**< of a referral, for the friend @default */
  shop_money per;        /**< @optional */
  shop_id category_id;   /**< @optional */
  shop_time starts_at;   /**< @optional */
  shop_time ends_at;     /**< @optional */
} shop_loyalty_rule_input;

/** A level that customers reach. */
typedef struct shop_loyalty_tier {
  SHOP_RECORD_HEAD;
  shop_str name;          /**< 1–60 bytes */
  int64_t threshold;      /**< points ever earned, less reversed ones */
  int64_t multiplier_ppm; /**< of what purchases earn, 0–10,000,000 */
} shop_loyalty_tier;

/** A list of shop_loyalty_tier. */
SHOP_LIST(shop_loyalty_tier_list, shop_loyalty_tier);

/** A level that customers reach.
 * @cpp LoyaltyTier */
typedef struct shop_loyalty_tier_input {
  SHOP_INPUT_HEAD;
  shop_str name;          /**< 1–60 bytes */
  int64_t threshold;      /**< points ever earned, less reversed ones */
  int64_t multiplier_ppm; /**< of what purchases earn, 0–10,000,000 */
} shop_loyalty_tier_input;

/** A list of shop_loyalty_tier_input. */
SHOP_LIST(shop_loyalty_tier_input_list, shop_loyalty_tier_input);

/** All tiers of the program. */
typedef struct shop_loyalty_tiers_input {
  SHOP_INPUT_HEAD;
  const shop_loyalty_tier_input_list *tiers; /**< at most 20, thresholds all different */
} shop_loyalty_tiers_input;

/** What points are worth and how long. Nothing is earned while there is no rule, and nothing can be
 * paid with points while they are worth nothing.
 * @cpp LoyaltyProgram */
typedef struct shop_loyalty_program_record {
  SHOP_RECORD_HEAD;
  int64_t redeem_points;   /**< so many points … (0: points cannot be paid with) */
  shop_money redeem_value; /**< … pay so much */
  int64_t expiry_days;     /**< after they were given; 0: never; at most 36,500 */
} shop_loyalty_program_record;

/** What points are worth and how long. Nothing is earned while there is no rule, and nothing can be
 * paid with points while they are worth nothing.
 * @cpp LoyaltyProgram */
typedef struct shop_loyalty_program_input {
  SHOP_INPUT_HEAD;
  int64_t redeem_points;   /**< so many points … (0: points cannot be paid with) */
  shop_money redeem_value; /**< … pay so much */
  int64_t expiry_days;     /**< after they were given; 0: never; at most 36,500 */
} shop_loyalty_program_input;

/** A customer's points.
 * @cpp LoyaltyAccount */
typedef struct shop_loyalty_account_record {
  SHOP_RECORD_HEAD;
  shop_id customer_id;
  int64_t balance;  /**< what can be paid with now */
  shop_money worth; /**< of the balance */
  int64_t owed;     /**< turned back after they were spent: the next ones go there */
  shop_str tier;    /**< empty: below the first */
  int64_t tier_points;
  shop_str next_tier;   /**< @nullable */
  int64_t to_next_tier; /**< points that are missing; 0 when there is no next one */
  int64_t expiring;     /**< points that are the next to expire … */
  shop_time expires_at; /**< … and when @optional */
} shop_loyalty_account_record;

/** Why points came or went. */
typedef int32_t shop_points_kind;
enum {
  SHOP_POINTS_KIND_PURCHASE = 1,
  SHOP_POINTS_KIND_BONUS = 2, /**< promised by a promotion */
  SHOP_POINTS_KIND_REVIEW = 3,
  SHOP_POINTS_KIND_REFERRAL = 4,        /**< for bringing a friend */
  SHOP_POINTS_KIND_WELCOME = 5,         /**< for having been brought */
  SHOP_POINTS_KIND_REDEMPTION = 6,      /**< an order was paid with them */
  SHOP_POINTS_KIND_REDEMPTION_BACK = 7, /**< such a payment was refunded */
  SHOP_POINTS_KIND_REVERSAL = 8,        /**< what had earned them was canceled or came back */
  SHOP_POINTS_KIND_EXPIRY = 9,
  SHOP_POINTS_KIND_ADJUSTMENT = 10, /**< by the people of the shop */
  SHOP_POINTS_KIND_SETTLEMENT = 11  /**< new points that went to what was owed */
};

/** A line of a customer's ledger of points, which only grows. */
typedef struct shop_points_entry {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_time at;
  shop_points_kind kind;
  uint32_t unused_2;
  int64_t points;       /**< signed */
  int64_t balance;      /**< afterwards */
  shop_time expires_at; /**< @optional */
  shop_id object_id;    /**< the order, the review or the friend @optional */
  shop_str note;
} shop_points_entry;

/** A page of shop_points_entry. */
SHOP_PAGE(shop_points_entry_page, shop_points_entry);

/** Points given or taken by the people of the shop. */
typedef struct shop_points_adjustment {
  SHOP_INPUT_HEAD;
  shop_id customer_id;
  int64_t points;  /**< −1,000,000–1,000,000, not 0 */
  shop_str reason; /**< 1–200 bytes */
} shop_points_adjustment;

/** What a customer's referrals came to. */
typedef struct shop_referral_summary {
  SHOP_RECORD_HEAD;
  shop_str code;    /**< the customer's own */
  int64_t friends;  /**< who came with it */
  int64_t rewarded; /**< who completed a first order since */
} shop_referral_summary;

/** What points are worth and how long.
 * @param session Who acts.
 * @param out_loyalty_program The program.
 * @errors none
 * @owned out_loyalty_program
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_program(shop_session *session,
                                          const shop_loyalty_program_record **out_loyalty_program,
                                          shop_error **out_error);

/** Changes what points are worth and how long.
 * @param session Who acts.
 * @param program All of it.
 * @param out_loyalty_program The program.
 * @errors validation, forbidden
 * @owned out_loyalty_program
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_set_program(
    shop_session *session, const shop_loyalty_program_input *program,
    const shop_loyalty_program_record **out_loyalty_program, shop_error **out_error);

/** The rules by which points are given, by kind, then in the order they were made.
 * @param session Who acts.
 * @param out_loyalty_rules The rules.
 * @errors none
 * @owned out_loyalty_rules
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_rules(shop_session *session,
                                        const shop_loyalty_rule_list **out_loyalty_rules,
                                        shop_error **out_error);

/** Makes or changes a rule.
 * @param session Who acts.
 * @param input The rule; without an id a new one.
 * @param out_loyalty_rule The rule as it is then.
 * @errors validation, not_found, limit_reached, forbidden
 * @owned out_loyalty_rule
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_save_rule(shop_session *session,
                                            const shop_loyalty_rule_input *input,
                                            const shop_loyalty_rule **out_loyalty_rule,
                                            shop_error **out_error);

/** Removes a rule; points that it gave stay.
 * @param session Who acts.
 * @param rule_id The rule.
 * @errors not_found, forbidden
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_remove_rule(shop_session *session, shop_id rule_id,
                                              shop_error **out_error);

/** The tiers, from the lowest to the highest.
 * @param session Who acts.
 * @param out_loyalty_tiers The tiers.
 * @errors none
 * @owned out_loyalty_tiers
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_tiers(shop_session *session,
                                        const shop_loyalty_tier_list **out_loyalty_tiers,
                                        shop_error **out_error);

/** Puts these tiers in the place of those there were; customers are moved when they next earn or
 * lose points.
 * @param session Who acts.
 * @param input All of the tiers.
 * @param out_loyalty_tiers The tiers, from the lowest to the highest.
 * @errors validation, forbidden
 * @owned out_loyalty_tiers
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_set_tiers(shop_session *session,
                                            const shop_loyalty_tiers_input *input,
                                            const shop_loyalty_tier_list **out_loyalty_tiers,
                                            shop_error **out_error);

/** One's own points.
 * @param session Who acts.
 * @param out_loyalty_account Balance, tier, and what expires next.
 * @errors none
 * @owned out_loyalty_account
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_account(shop_session *session,
                                          const shop_loyalty_account_record **out_loyalty_account,
                                          shop_error **out_error);

/** A customer's points.
 * @param session Who acts.
 * @param customer_id The customer.
 * @param out_loyalty_account Balance, tier, and what expires next.
 * @errors forbidden
 * @owned out_loyalty_account
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_account_of(
    shop_session *session, shop_id customer_id,
    const shop_loyalty_account_record **out_loyalty_account, shop_error **out_error);

/** One's own ledger, newest first.
 * @param session Who acts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The entries.
 * @errors validation
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_entries(shop_session *session, const shop_page_query *page,
                                          const shop_points_entry_page **out_page,
                                          shop_error **out_error);

/** A customer's ledger, newest first.
 * @param session Who acts.
 * @param customer_id The customer.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The entries.
 * @errors validation, forbidden
 * @nullable page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_entries_of(shop_session *session, shop_id customer_id,
                                             const shop_page_query *page,
                                             const shop_points_entry_page **out_page,
                                             shop_error **out_error);

/** Gives or takes points.
 * @param session Who acts.
 * @param adjustment Whose, how many, and why.
 * @param out_loyalty_account Balance, tier, and what expires next.
 * @errors validation, not_found, insufficient_funds, forbidden
 * @owned out_loyalty_account
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_adjust(shop_session *session,
                                         const shop_points_adjustment *adjustment,
                                         const shop_loyalty_account_record **out_loyalty_account,
                                         shop_error **out_error);

/** Books out what has expired; each change of an account does so for its customer. Cost: all
 * accounts with points.
 * @param session Who acts.
 * @param out_count How many points.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_expire(shop_session *session, int64_t *out_count,
                                         shop_error **out_error);

/** One's own code, to be given to friends, and what came of it. Made at the first call.
 * @param session Who acts.
 * @param out_referral_summary The code, and who came with it.
 * @errors none
 * @owned out_referral_summary
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_referral(shop_session *session,
                                           const shop_referral_summary **out_referral_summary,
                                           shop_error **out_error);

/** Says who brought the acting customer. Once, before their first order, and never oneself.
 * @param session Who acts.
 * @param code Of who brought the customer, in any case.
 * @errors not_found, conflict
 * @since 1.0 */
SHOP_API shop_status shop_loyalty_refer(shop_session *session, const char *code,
                                        shop_error **out_error);

#endif
