/** @file
 * Import and export.
 */
#ifndef SHOP_TRANSFER_H
#define SHOP_TRANSFER_H

#include "shop/base.h"

/** The columns of a product file. */
typedef int32_t shop_product_format;
enum {
  SHOP_PRODUCT_FORMAT_AUTOMATIC = 1, /**< by its header */
  SHOP_PRODUCT_FORMAT_SHOPIFY = 2,   /**< variants and pictures as further rows */
  SHOP_PRODUCT_FORMAT_SIMPLE = 3     /**< a row per product */
};

/** What happens to the good rows of a file with bad ones. */
typedef int32_t shop_import_mode;
enum {
  SHOP_IMPORT_MODE_ALL_OR_NOTHING = 1, /**< a single bad row and nothing is written */
  SHOP_IMPORT_MODE_GOOD_ROWS = 2 /**< the good ones are written, 20,000 at a time; a file of 256 KiB
                                      or more into a shop without products is written in one
                                      transaction, which others that write wait for */
};

/** How to import. */
typedef struct shop_import_options {
  SHOP_INPUT_HEAD;
  shop_product_format format; /**< 0: automatic. @default */
  shop_import_mode mode;      /**< 0: all or nothing. @default */
  shop_id seller_id;          /**< whose products they become. @optional */
  shop_bool dry_run;          /**< do everything but keep nothing */
  uint32_t unused_2;
} shop_import_options;

/** Why a row was not imported. */
typedef struct shop_import_problem {
  SHOP_RECORD_HEAD;
  int64_t row;     /**< record of the file, the header is 1 */
  int64_t line;    /**< line of the file where the record begins */
  shop_str column; /**< empty: the whole row */
  shop_str code;   /**< e.g. `required`, `taken`, `too_long` */
  shop_str reason;
} shop_import_problem;

/** Problems in the order of the file. */
SHOP_LIST(shop_import_problem_list, shop_import_problem);

/** What an import did, or would have done. */
typedef struct shop_import_report {
  SHOP_RECORD_HEAD;
  int64_t rows;     /**< records read, without the header */
  int64_t products; /**< made */
  int64_t variants;
  int64_t bad_rows;
  shop_product_format format;
  shop_bool written; /**< false after a dry run, or when nothing was kept */
  shop_bool latin1;  /**< fields that were not UTF-8 were read as Windows-1252 */
  uint32_t unused_2;
  shop_strs unknown_columns;
  const shop_import_problem_list *problems; /**< the first 1,000 */
} shop_import_report;

/** How far a transfer is.
 * @cpp TransferProgress */
typedef struct shop_transfer_progress_state {
  SHOP_RECORD_HEAD;
  int64_t bytes_done;
  int64_t bytes_total;
  int64_t rows;
  shop_bool running;
  uint32_t unused_2;
} shop_transfer_progress_state;

/** How to import order lines. */
typedef struct shop_order_import_options {
  SHOP_INPUT_HEAD;
  shop_import_mode mode; /**< @default */
  shop_bool dry_run;     /**< do everything but keep nothing */
} shop_order_import_options;

/** What an import of order lines did, or would have done. */
typedef struct shop_order_import_report {
  SHOP_RECORD_HEAD;
  int64_t rows;   /**< records read, without the header */
  int64_t orders; /**< made */
  int64_t lines;
  int64_t known; /**< orders that an earlier import had made */
  int64_t bad_rows;
  shop_bool written; /**< false after a dry run, or when nothing was kept */
  uint32_t unused_2;
  const shop_import_problem_list *problems; /**< the first 1,000 */
} shop_order_import_report;

/** Imports products from a CSV file: RFC 4180 with CRLF or LF, quotes and line breaks in fields, a
 * byte order mark, comma, semicolon or tab.
 * @param session Who acts.
 * @param path The file.
 * @param options How.
 * @param out_report What it did.
 * @errors validation, cannot_open, io, full
 * @owned out_report
 * @since 1.0 */
SHOP_API shop_status shop_transfer_import_products(shop_session *session, const char *path,
                                                   const shop_import_options *options,
                                                   const shop_import_report **out_report,
                                                   shop_error **out_error);

/** The same from memory.
 * @param session Who acts.
 * @param csv The text of such a file.
 * @param csv_size Its bytes.
 * @param options How.
 * @param out_report What it did.
 * @errors validation, full
 * @owned out_report
 * @max csv 1073741824
 * @since 1.0 */
SHOP_API shop_status shop_transfer_import_products_text(shop_session *session, const void *csv,
                                                        size_t csv_size,
                                                        const shop_import_options *options,
                                                        const shop_import_report **out_report,
                                                        shop_error **out_error);

/** Imports orders of another system from a CSV file with a row per line: `order`, `placed_at`
 * (`2026-01-05T10:00:00Z`), `sku`, `quantity`, `unit_price`, and if wanted `discount`, `country`,
 * `region`, `tax` (as the shop has it), `customer` (name or e-mail), `returned` (units, refunded),
 * `summary` (`canceled`: no figure counts it). They become paid, delivered orders of their day:
 * figures count them, stock does not. Rows of one order stand together; one known stays as it is.
 * @param session Who acts.
 * @param path The file.
 * @param options How.
 * @param out_report What it did.
 * @errors cannot_open, io, validation, forbidden, step_up_required
 * @owned out_report
 * @since 1.0 */
SHOP_API shop_status shop_transfer_import_order_lines(shop_session *session, const char *path,
                                                      const shop_order_import_options *options,
                                                      const shop_order_import_report **out_report,
                                                      shop_error **out_error);

/** The same from memory.
 * @param session Who acts.
 * @param csv The text of such a file.
 * @param csv_size Its bytes.
 * @param options How.
 * @param out_report What it did.
 * @errors validation, forbidden, step_up_required
 * @owned out_report
 * @max csv 1073741824
 * @since 1.0 */
SHOP_API shop_status shop_transfer_import_order_lines_text(
    shop_session *session, const void *csv, size_t csv_size,
    const shop_order_import_options *options, const shop_order_import_report **out_report,
    shop_error **out_error);

/** Writes every order with a row per line to a new file, oldest first; the first columns are those
 * of the import.
 * @param session Who acts.
 * @param path The new file.
 * @param out_rows Rows written.
 * @errors already_exists, cannot_open, full, io, forbidden, step_up_required
 * @since 1.0 */
SHOP_API shop_status shop_transfer_export_order_lines(shop_session *session, const char *path,
                                                      int64_t *out_rows, shop_error **out_error);

/** The same as text.
 * @param session Who acts.
 * @param out_text The text.
 * @errors forbidden, step_up_required
 * @owned out_text
 * @since 1.0 */
SHOP_API shop_status shop_transfer_export_order_lines_text(shop_session *session,
                                                           const shop_text **out_text,
                                                           shop_error **out_error);

/** Writes all products to a new file. What was imported in Shopify's format and not changed since
 * comes out as it went in.
 * @param session Who acts.
 * @param path The new file.
 * @param format Its columns.
 * @param out_rows Rows written.
 * @errors already_exists, cannot_open, io, full
 * @since 1.0 */
SHOP_API shop_status shop_transfer_export_products(shop_session *session, const char *path,
                                                   shop_product_format format, int64_t *out_rows,
                                                   shop_error **out_error);

/** The same as text.
 * @param session Who acts.
 * @param format Its columns.
 * @param out_csv The text.
 * @errors none
 * @owned out_csv
 * @since 1.0 */
SHOP_API shop_status shop_transfer_export_products_text(shop_session *session,
                                                        shop_product_format format,
                                                        const shop_text **out_csv,
                                                        shop_error **out_error);

/** Writes the whole shop as JSON lines to a new file. It has everything, password hashes too: keep
 * it like the shop itself.
 * @param session Who acts.
 * @param path The new file.
 * @param out_rows Rows written.
 * @errors already_exists, cannot_open, io, full
 * @since 1.0 */
SHOP_API shop_status shop_transfer_dump_shop(shop_session *session, const char *path,
                                             int64_t *out_rows, shop_error **out_error);

/** For the host: fills a shop that has nothing yet, no accounts either, from a dump of the same
 * schema. The dump brings its own keys and settings: until the
 * shop is closed and opened again, with the host key of the shop that was dumped, it can be read,
 * and every change gets `wrong_host_key`; a shop in memory is gone on with in a fork.
 * @param session Who acts.
 * @param path The dump.
 * @param out_rows Rows read.
 * @errors validation, not_empty, schema_older, schema_newer, currency_mismatch, wrong_host_key,
 *     step_up_required, cannot_open, io
 * @since 1.0 */
SHOP_API shop_status shop_transfer_load_shop(shop_session *session, const char *path,
                                             int64_t *out_rows, shop_error **out_error);

/** How far the running transfer is; ask from another thread.
 * @param session Who acts.
 * @param out_progress How far.
 * @errors none
 * @owned out_progress
 * @since 1.0 */
SHOP_API shop_status shop_transfer_progress(shop_session *session,
                                            const shop_transfer_progress_state **out_progress,
                                            shop_error **out_error);

#endif
