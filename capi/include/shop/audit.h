/** @file
 * The record of privileged changes: a chain of keyed hashes.
 */
#ifndef SHOP_AUDIT_H
#define SHOP_AUDIT_H

#include "shop/base.h"
#include "shop/session.h"

/** One privileged change: who, when, what. */
typedef struct shop_audit_entry {
  SHOP_RECORD_HEAD;
  int64_t seq; /**< 1, 2, 3 ... without a gap */
  shop_time at;
  shop_role actor_role;
  uint32_t unused_2;
  shop_id actor_id;     /**< the account, 0 for the host */
  shop_id session_id;   /**< its log-in */
  shop_str action;      /**< e.g. `product.update` */
  shop_str object_type; /**< e.g. `product` */
  shop_id object_id;
  shop_str before; /**< JSON, empty when there was nothing */
  shop_str after;  /**< JSON, empty when nothing is left */
  shop_str hash;   /**< of this entry and all before it, hexadecimal */
} shop_audit_entry;

/** Entries, newest first. */
SHOP_PAGE(shop_audit_entry_page, shop_audit_entry);

/** Which entries to read. */
typedef struct shop_audit_filter {
  SHOP_INPUT_HEAD;
  shop_id actor_id;     /**< @optional */
  shop_str action;      /**< @nullable */
  shop_str object_type; /**< @nullable */
  shop_id object_id;    /**< @optional */
  shop_time since;      /**< inclusive. @optional */
  shop_time until;      /**< exclusive. @optional */
} shop_audit_filter;

/** Where the chain ends; to be kept outside the machine.
 * @cpp AuditHead */
typedef struct shop_audit_head_record {
  SHOP_RECORD_HEAD;
  int64_t seq; /**< 0 when there is no entry yet */
  shop_str hash;
} shop_audit_head_record;

/** An end of the chain that was kept outside.
 * @cpp AuditHead */
typedef struct shop_audit_anchor {
  SHOP_INPUT_HEAD;
  int64_t seq;
  shop_str hash;
} shop_audit_anchor;

/** Is told where the chain ends, to keep it elsewhere: the number of the last entry, its hash (text
 * until the function returns), and what shop_audit_watch was given. Result: 1 when it was kept;
 * after anything else it is told again with the next entry. It must not throw. */
typedef int32_t (*shop_audit_watcher)(int64_t seq, const char *hash, void *user_data);

/** Gives back what a watcher was given, when nobody calls it any more. */
typedef void (*shop_audit_watch_end)(void *user_data);

/** What checking the chain found. */
typedef struct shop_audit_report {
  SHOP_RECORD_HEAD;
  shop_bool ok;
  uint32_t unused_2;
  int64_t entries;      /**< that were checked */
  int64_t first_broken; /**< number of the first broken entry, 0 for none */
  shop_str message;     /**< what is wrong with it */
} shop_audit_report;

/** Entries, newest first.
 * @param session Who acts.
 * @param filter Which entries.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The entries.
 * @errors validation
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_audit_entries(shop_session *session, const shop_audit_filter *filter,
                                        const shop_page_query *page,
                                        const shop_audit_entry_page **out_page,
                                        shop_error **out_error);

/** The end of the chain, to be kept elsewhere.
 * @param session Who acts.
 * @param out_head The end.
 * @errors none
 * @owned out_head
 * @since 1.0 */
SHOP_API shop_status shop_audit_head(shop_session *session, const shop_audit_head_record **out_head,
                                     shop_error **out_error);

/** Tells `watcher` where the chain ends: now, and from then on whenever `every` entries have been
 * written since the last time. It runs on the thread of the call that wrote, after the commit, one
 * at a time, and may call the shop, but not close it. Each call replaces the watcher before. C, C++
 * and Python only; elsewhere ask shop_audit_head now and then.
 * @param session Who acts.
 * @param every 1 to 1,000,000.
 * @param watcher What is told; NULL ends it.
 * @param end Called once with `user_data` when the watcher is replaced or the shop is closed, also
 * when this call fails; may be NULL.
 * @param user_data Handed to both.
 * @errors validation
 * @nullable watcher, end, user_data
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_audit_watch(shop_session *session, int64_t every,
                                      shop_audit_watcher watcher, shop_audit_watch_end end,
                                      void *user_data, shop_error **out_error);

/** Checks every link, and that the chain still contains an anchor. Cost: the length of the chain.
 * @param session Who acts.
 * @param anchor An end that was kept elsewhere; NULL for none.
 * @param out_report What was found.
 * @errors none
 * @nullable anchor
 * @owned out_report
 * @since 1.0 */
SHOP_API shop_status shop_audit_verify(shop_session *session, const shop_audit_anchor *anchor,
                                       const shop_audit_report **out_report,
                                       shop_error **out_error);

#endif
