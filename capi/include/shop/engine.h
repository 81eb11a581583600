/** @file
 * Opening, copying, checking and closing a shop.
 */
#ifndef SHOP_ENGINE_H
#define SHOP_ENGINE_H

#include "shop/base.h"

/** How much of a power cut a commit survives. */
typedef int32_t shop_durability;
enum {
  SHOP_DURABILITY_FULL = 1,  /**< every acknowledged change is on the disk; the default */
  SHOP_DURABILITY_NORMAL = 2 /**< a power cut may lose the last changes, never the consistency */
};

/** How much work a password hash is: 19 MiB of memory and two passes, 64 MiB and three (the
 * default), 256 MiB and three, what takes this machine about 250 ms, or next to nothing, for tests.
 */
typedef int32_t shop_password_preset;
enum {
  SHOP_PASSWORD_PRESET_KIOSK = 1,
  SHOP_PASSWORD_PRESET_INTERACTIVE = 2,
  SHOP_PASSWORD_PRESET_SENSITIVE = 3,
  SHOP_PASSWORD_PRESET_CALIBRATED = 4,
  SHOP_PASSWORD_PRESET_FOR_TESTS = 9
};

/** How to open a shop. All zero suits a kiosk.
 * @custom */
typedef struct shop_open_input {
  SHOP_INPUT_HEAD;
  shop_bool must_exist;       /**< do not make the shop when there is none */
  shop_bool read_only;        /**< refuse every change */
  int64_t busy_timeout_ms;    /**< wait at most this long for another program; 0 to 600000, by
                                   default 5000. @optional */
  shop_durability durability; /**< 0 means full. @default */
  int32_t utc_offset_minutes; /**< of a new shop's calendar days, -840 to 840. @default */
  shop_str currency;          /**< of a new shop, by default EUR; must fit an existing one's.
                                   @nullable */
  shop_time manual_clock;     /**< hold the time here until it is moved; for tests. @optional */
  uint64_t random_seed;       /**< with the clock held, makes the same calls give the same bytes;
                                   for tests only, as secrets become guessable. @optional */
  shop_bytes host_key;        /**< 32 bytes that seal personal data; an existing shop opens only
                                   with its own. @default @secret */
  shop_password_preset password_preset; /**< 0 means interactive. @default */
  uint32_t unused_2;
} shop_open_input;

/** Sizes and counts of an open shop.
 * @cpp EngineStats */
typedef struct shop_engine_statistics {
  SHOP_RECORD_HEAD;
  int64_t file_bytes;   /**< pages in use times their size */
  int64_t reads;        /**< reading calls since it was opened */
  int64_t writes;       /**< writing calls since it was opened */
  int64_t commits;      /**< fewer than writes when threads shared one */
  int64_t checkpoints;  /**< times that the write-ahead log was moved into the file */
  int64_t busy_retries; /**< times that another program had the file */
  int64_t schema;       /**< how many migrations the file has had */
  shop_bool host_keyed; /**< personal data is sealed under a key that is not in the file */
  uint32_t unused_2;
} shop_engine_statistics;

/** One broken invariant. */
typedef struct shop_verify_problem {
  SHOP_RECORD_HEAD;
  shop_str check;   /**< which invariant, e.g. `stock.balance` */
  shop_str where;   /**< which row, e.g. `variant 4096` */
  shop_str message; /**< expected and found */
} shop_verify_problem;

/** What verifying a shop found wrong. */
SHOP_LIST(shop_verify_problem_list, shop_verify_problem);

/** What verifying a shop found. */
typedef struct shop_verify_report {
  SHOP_RECORD_HEAD;
  int64_t checks;                           /**< invariants that were checked */
  const shop_verify_problem_list *problems; /**< empty in a sound shop */
} shop_verify_report;

/** Opens the shop at a path, or makes it.
 * @param path Where the file is.
 * @param options How to open it; NULL for the defaults.
 * @param out_engine The opened shop; close it with shop_engine_close.
 * @errors cannot_open, not_a_shop, corrupt, schema_newer, schema_older, read_only, full, busy,
 *   validation
 * @nullable options
 * @owned out_engine
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_open(const char *path, const shop_open_input *options,
                                      shop_engine **out_engine, shop_error **out_error);

/** Makes a shop that lives in memory and is gone when it is closed.
 * @param options How to open it; NULL for the defaults.
 * @param out_engine The opened shop; close it with shop_engine_close.
 * @errors validation
 * @nullable options
 * @owned out_engine
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_open_memory(const shop_open_input *options,
                                             shop_engine **out_engine, shop_error **out_error);

/** Makes a shop out of a backup, sealed or not, and opens it. Cost: the size of the shop; memory
 * for a sealed backup is constant.
 * @param backup Where the backup is.
 * @param path Where the shop goes; nothing may be there, and nothing is when this fails.
 * @param options How to open it, with the host key of the time of the backup; NULL for the
 * defaults.
 * @param out_engine The opened shop; close it with shop_engine_close.
 * @errors already_exists, cannot_open, not_a_shop, corrupt, schema_newer, wrong_host_key, tampered,
 *   unsupported, full, validation
 * @nullable options
 * @owned out_engine
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_restore(const char *backup, const char *path,
                                         const shop_open_input *options, shop_engine **out_engine,
                                         shop_error **out_error);

/** Opens a shop in memory that starts as what shop_engine_serialize gave.
 * @param image The bytes of a shop.
 * @param options How to open it; NULL for the defaults.
 * @param out_engine The opened shop; close it with shop_engine_close.
 * @errors not_a_shop, corrupt, schema_newer, validation
 * @nullable options
 * @owned out_engine
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_open_image(const void *image, size_t image_size,
                                            const shop_open_input *options,
                                            shop_engine **out_engine, shop_error **out_error);

/** Closes a shop. Calls that are running finish first; its sessions get SHOP_E_CLOSED from now on.
 * @param engine An opened shop.
 * @errors none
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_close(shop_engine *engine, shop_error **out_error);

/** Copies the shop, while it is in use, into a new file. Cost: the size of the shop.
 * @param engine An opened shop.
 * @param path Where the copy goes; nothing may be there.
 * @errors already_exists, cannot_open, full, io
 * @since 1.0 */
SHOP_API shop_status shop_engine_backup(shop_engine *engine, const char *path,
                                        shop_error **out_error);

/** Copies the shop, while it is in use, into a new file that is sealed as a whole under the host
 * key, for places that others can read or write. Cost: the size of the shop, and its space on the
 * shop's own disk meanwhile.
 * @param engine An opened shop.
 * @param path Where the copy goes; nothing may be there.
 * @errors already_exists, cannot_open, full, io, unsupported, wrong_host_key
 * @since 1.0 */
SHOP_API shop_status shop_engine_backup_sealed(shop_engine *engine, const char *path,
                                               shop_error **out_error);

/** The whole shop as bytes, for shop_engine_open_image. Cost: the size of the shop.
 * @param engine An opened shop.
 * @param out_image The bytes of a SQLite database.
 * @errors none
 * @owned out_image
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_serialize(shop_engine *engine, const shop_blob **out_image,
                                           shop_error **out_error);

/** An independent copy in memory, for tests and what-if. A held clock starts where it is now.
 * @param engine An opened shop.
 * @param out_engine The copy; close it with shop_engine_close.
 * @errors none
 * @owned out_engine
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_fork(shop_engine *engine, shop_engine **out_engine,
                                      shop_error **out_error);

/** Checks every invariant of the shop, and the file itself. Cost: the size of the shop.
 * @param engine An opened shop.
 * @param out_report What is wrong and where.
 * @errors none
 * @owned out_report
 * @since 1.0 */
SHOP_API shop_status shop_engine_verify(shop_engine *engine, const shop_verify_report **out_report,
                                        shop_error **out_error);

/** Sizes and counts.
 * @param engine An opened shop.
 * @param out_stats The figures.
 * @errors none
 * @owned out_stats
 * @since 1.0 */
SHOP_API shop_status shop_engine_stats(shop_engine *engine,
                                       const shop_engine_statistics **out_stats,
                                       shop_error **out_error);

/** Moves the write-ahead log into the file now, rather than in the background.
 * @param engine An opened shop.
 * @errors busy, io, full
 * @since 1.0 */
SHOP_API shop_status shop_engine_checkpoint(shop_engine *engine, shop_error **out_error);

/** The shop's currency, an ISO 4217 code.
 * @param engine An opened shop.
 * @param out_currency The code.
 * @errors none
 * @owned out_currency
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_currency(shop_engine *engine, const shop_text **out_currency,
                                          shop_error **out_error);

/** The time of the shop's clock.
 * @param engine An opened shop.
 * @param out_now Microseconds UTC.
 * @errors none
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_now(shop_engine *engine, shop_time *out_now,
                                     shop_error **out_error);

/** Moves the clock of a shop that was opened with `manual_clock`.
 * @param engine An opened shop.
 * @param now The new time.
 * @errors conflict
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_set_time(shop_engine *engine, shop_time now,
                                          shop_error **out_error);

/** Moves the clock of a shop that was opened with `manual_clock` by a span.
 * @param engine An opened shop.
 * @param microseconds How far; negative moves it back.
 * @errors conflict, out_of_range
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_engine_advance(shop_engine *engine, int64_t microseconds,
                                         shop_error **out_error);

/** The one-time code that makes the first owner: only from the engine that made the shop, valid for
 * 15 minutes; else empty.
 * @param engine An opened shop.
 * @param out_code The code, for shop_accounts_redeem_bootstrap.
 * @errors none
 * @owned out_code
 * @since 1.0 */
SHOP_API shop_status shop_engine_bootstrap_code(shop_engine *engine, const shop_text **out_code,
                                                shop_error **out_error);

/** Seals everything under a new key, which the host has to give from then on. All log-ins end.
 * @param session Who acts.
 * @param new_key 32 bytes.
 * @errors validation, step_up_required, forbidden
 * @since 1.0 */
SHOP_API shop_status shop_engine_rotate_host_key(shop_session *session, const void *new_key,
                                                 size_t new_key_size, shop_error **out_error);

#endif
