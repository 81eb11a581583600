/** @file
 * What every part of the C API shares: values, codes, errors, lists, results.
 */
#ifndef SHOP_BASE_H
#define SHOP_BASE_H

#ifndef SHOP_PARSE
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#endif

#ifdef __cplusplus
#define SHOP_API extern "C" __attribute__((visibility("default")))
#elif defined(SHOP_PARSE)
#define SHOP_API
#else
#define SHOP_API __attribute__((visibility("default")))
#endif

/** The ABI's version; see shop_abi_info. */
#define SHOP_ABI_MAJOR 1
#define SHOP_ABI_MINOR 0

/** How each result record begins. */
#define SHOP_RECORD_HEAD \
  uint32_t struct_size;  \
  uint32_t unused;       \
  uint64_t present

/** How each input record begins. */
#define SHOP_INPUT_HEAD \
  uint32_t struct_size; \
  uint32_t unused;      \
  uint64_t fields

/** Declares a list of records. */
#define SHOP_LIST(name, item) \
  typedef struct name {       \
    uint32_t struct_size;     \
    uint32_t item_size;       \
    uint64_t count;           \
    const item *items;        \
  } name

/** Declares a page of records: a list with the cursor of the next page ({NULL, 0} on the last), and
 * a total when it was asked for. */
#define SHOP_PAGE(name, item) \
  typedef struct name {       \
    uint32_t struct_size;     \
    uint32_t item_size;       \
    uint64_t count;           \
    const item *items;        \
    shop_str next_cursor;     \
    uint64_t present;         \
    int64_t total;            \
  } name

/** Item `i` of a list or page of records of `type`. */
#define SHOP_AT(type, list, i) \
  ((const type *)(const void *)((const char *)(list)->items + (size_t)(i) * (list)->item_size))

/** Makes the input that `pointer` points to empty and ready for use. */
#define SHOP_INIT(pointer)                  \
  (memset((pointer), 0, sizeof *(pointer)), \
   (void)((pointer)->struct_size = (uint32_t)sizeof *(pointer)))

/** Marks an `@update` number of an input as cleared: set it together with the member's bit. */
#define SHOP_CLEAR(bit) ((uint64_t)(bit) << 32)

/** Identifier of a stored object: positive, below 2^53. */
typedef int64_t shop_id;
/** Microseconds since 1970-01-01T00:00:00Z, UTC. */
typedef int64_t shop_time;
/** 0 or 1. */
typedef int32_t shop_bool;

/** UTF-8 text; {NULL, 0} where there is none. In results also NUL-terminated. */
typedef struct shop_str {
  const char *data;
  size_t size; /**< bytes, without the NUL */
} shop_str;

/** Any bytes. */
typedef struct shop_bytes {
  const uint8_t *data;
  size_t size;
} shop_bytes;

/** Several texts. */
typedef struct shop_strs {
  const shop_str *items;
  size_t count;
} shop_strs;

/** Several ids. */
typedef struct shop_ids {
  const int64_t *items;
  size_t count;
} shop_ids;

/** An exact amount. In inputs an empty currency means the shop's. */
typedef struct shop_money {
  int64_t minor;    /**< pence, cents, yen; magnitude below 2^53 */
  char currency[4]; /**< ISO 4217, NUL-terminated */
  uint32_t reserved;
} shop_money;

/** The outcome of a call. Never renumbered: 1xx a bug of the caller, 2xx lookup, 3xx validation,
 * 4xx authentication and permission, 5xx state and conflict, 6xx storage, 9xx a bug of libshop.
 * @cpp Code */
typedef int32_t shop_status;
enum {
  SHOP_OK = 0,                         /**< the call did what it says */
  SHOP_E_BAD_HANDLE = 101,             /**< the handle is null, closed or of another kind */
  SHOP_E_INVALID_ARGUMENT = 102,       /**< an argument makes no sense */
  SHOP_E_INVALID_UTF8 = 103,           /**< a string is not valid UTF-8 */
  SHOP_E_TOO_LARGE = 104,              /**< a value is longer than its field allows */
  SHOP_E_BAD_STRUCT = 105,             /**< a struct's struct_size is zero or too small */
  SHOP_E_UNSUPPORTED = 106,            /**< this build or shop cannot do that */
  SHOP_E_REENTRANT = 107,              /**< called from inside a running transaction */
  SHOP_E_FORKED = 108,                 /**< the process was forked after the shop was opened */
  SHOP_E_CLOSED = 109,                 /**< the shop was closed */
  SHOP_E_NOT_FOUND = 201,              /**< there is no such thing, or it is not yours */
  SHOP_E_VALIDATION = 301,             /**< one or more fields are wrong; see the details */
  SHOP_E_OUT_OF_RANGE = 302,           /**< a number left the range that can be kept exactly */
  SHOP_E_UNAUTHENTICATED = 401,        /**< this needs somebody who is logged in */
  SHOP_E_FORBIDDEN = 402,              /**< this actor may not do that */
  SHOP_E_BAD_CREDENTIALS = 403,        /**< the login or the password is wrong */
  SHOP_E_SESSION_EXPIRED = 404,        /**< the session is over; log in again */
  SHOP_E_SESSION_REVOKED = 405,        /**< the session was ended; log in again */
  SHOP_E_RATE_LIMITED = 406,           /**< too many attempts; wait and try again */
  SHOP_E_STEP_UP_REQUIRED = 407,       /**< confirm who you are once more for this */
  SHOP_E_TOKEN_INVALID = 408,          /**< the token or code is wrong, used or expired */
  SHOP_E_SECOND_FACTOR_REQUIRED = 409, /**< a second factor is needed */
  SHOP_E_TAMPERED = 410,               /**< stored data was changed from outside */
  SHOP_E_CONFLICT = 501,               /**< the state does not allow this now */
  SHOP_E_ALREADY_EXISTS = 502,         /**< there is one already */
  SHOP_E_STALE_VERSION = 503,          /**< it changed since it was read; read it again */
  SHOP_E_ILLEGAL_TRANSITION = 504,     /**< that step is not allowed from here */
  SHOP_E_OUT_OF_STOCK = 505,           /**< there is not enough in stock */
  SHOP_E_PRICE_CHANGED = 506,          /**< a price rose since the customer saw it */
  SHOP_E_COUPON_REJECTED = 507,        /**< the coupon cannot be used here */
  SHOP_E_IDEMPOTENCY_MISMATCH = 508,   /**< the idempotency key was used for a different call */
  SHOP_E_NOT_EMPTY = 509,              /**< it still has contents */
  SHOP_E_LIMIT_REACHED = 510,          /**< a limit of the shop was reached */
  SHOP_E_PAYMENT_MISMATCH = 511,       /**< the payments do not fit the amount */
  SHOP_E_CART_EMPTY = 512,             /**< the cart is empty */
  SHOP_E_CURRENCY_MISMATCH = 513,      /**< the currencies differ */
  SHOP_E_NOT_FOR_SALE = 514,           /**< the product is not on sale */
  SHOP_E_INSUFFICIENT_FUNDS = 515,     /**< the balance is too low */
  SHOP_E_AGE_RESTRICTED = 516,         /**< the buyer is too young for this product */
  SHOP_E_BUSY = 601,                   /**< another program is writing; try again */
  SHOP_E_IO = 602,                     /**< the disk could not be read or written */
  SHOP_E_FULL = 603,                   /**< the disk is full; nothing was changed */
  SHOP_E_CORRUPT = 604,                /**< the file is damaged */
  SHOP_E_NOT_A_SHOP = 605,             /**< the file is not a shop */
  SHOP_E_SCHEMA_NEWER = 606,           /**< the shop was made by a newer libshop */
  SHOP_E_SCHEMA_OLDER = 607,           /**< the shop must be migrated and cannot be here */
  SHOP_E_READ_ONLY = 608,              /**< the shop is open for reading only */
  SHOP_E_UNCERTAIN =
      609, /**< the disk failed while committing; reopen and repeat with the same idempotency key */
  SHOP_E_NO_MEMORY = 610,      /**< out of memory; nothing was changed */
  SHOP_E_CANNOT_OPEN = 611,    /**< the file cannot be opened or made */
  SHOP_E_WRONG_HOST_KEY = 612, /**< the host key does not fit this shop */
  SHOP_E_INTERNAL = 901        /**< a bug in libshop; please report it */
};

/** A number or name that belongs to an error, e.g. {"available", "3"}.
 * @custom */
typedef struct shop_error_param {
  SHOP_RECORD_HEAD;
  shop_str name;
  shop_str value;
} shop_error_param;

/** The parameters of one failure. */
SHOP_LIST(shop_error_param_list, shop_error_param);

/** One thing that is wrong.
 * @custom */
typedef struct shop_error_detail {
  SHOP_RECORD_HEAD;
  shop_str path;    /**< the failing field, e.g. `lines[2].quantity`; may be "" */
  shop_str code;    /**< machine code, e.g. `required`, `too_long` */
  shop_str message; /**< English, for a developer or a log */
  const shop_error_param_list *params; /**< the numbers of it */
} shop_error_detail;

/** All failing fields of a call. */
SHOP_LIST(shop_error_detail_list, shop_error_detail);

/** Why a call failed. Release it with shop_result_free.
 * @custom */
typedef struct shop_error {
  SHOP_RECORD_HEAD;
  shop_status code;
  uint32_t unused_2;
  shop_str name;    /**< the code's stable name, e.g. `out_of_stock` */
  shop_str message; /**< English, for a developer or a log */
  const shop_error_detail_list *details;
} shop_error;

/** A text as a result of its own. */
typedef struct shop_text {
  SHOP_RECORD_HEAD;
  shop_str text;
} shop_text;

/** Several texts as a result of their own. */
typedef struct shop_texts {
  SHOP_RECORD_HEAD;
  shop_strs texts;
} shop_texts;

/** Bytes as a result of their own. */
typedef struct shop_blob {
  SHOP_RECORD_HEAD;
  shop_bytes bytes;
} shop_blob;

/** Which page of a list to read; NULL asks for the first 50. */
typedef struct shop_page_query {
  SHOP_INPUT_HEAD;
  shop_str cursor;      /**< next_cursor of the page before. @default */
  int64_t limit;        /**< rows wanted, 1 to 500; 0 means 50. @default */
  shop_bool with_total; /**< also count all rows that match */
  uint32_t unused_2;
} shop_page_query;

/** An opened shop. */
typedef struct shop_engine shop_engine;
/** One actor on an opened shop. */
typedef struct shop_session shop_session;

/** Releases a result or an error; NULL does nothing.
 * @param result What a call gave. Releasing it twice is undefined, as with free().
 * @since 1.0 */
SHOP_API void shop_result_free(const void *result);

/** How many bytes the block of a result has, for bindings that copy it; 0 for NULL.
 * @param result What a call gave.
 * @since 1.0 */
SHOP_API size_t shop_result_size(const void *result);

/** Copies the block of a result into `buffer` and releases it, if it fits; for bindings. Pointers
 * in the copy still hold the addresses of the released block, which began at `result`.
 * @param result What a call gave.
 * @param buffer Where to copy to.
 * @param capacity The size of `buffer` in bytes.
 * @param ascii_out Set to 1 if all text in the block is ASCII, so that one decoding serves for all
 * of it and places in bytes are places in characters; else to 0. May be NULL.
 * @returns the size of the block; larger than `capacity` if nothing was done.
 * @since 1.0 */
SHOP_API size_t shop_result_take(const void *result, void *buffer, size_t capacity,
                                 int32_t *ascii_out);

/** The stable name of a code, e.g. "out_of_stock"; "unknown" for a number that is none. Static.
 * @param status A code.
 * @since 1.0 */
SHOP_API const char *shop_status_name(shop_status status);

/** One English sentence that says what a code means. Static.
 * @param status A code.
 * @since 1.0 */
SHOP_API const char *shop_status_description(shop_status status);

/** How many decimals the minor unit of a currency stands for: 2 for GBP, 0 for JPY; -1 if it is not
 * in ISO 4217.
 * @param currency Three capital letters.
 * @since 1.0 */
SHOP_API int32_t shop_currency_exponent(const char *currency);

/** One code with its name and meaning.
 * @custom */
typedef struct shop_status_row {
  SHOP_RECORD_HEAD;
  shop_status code;
  uint32_t unused_2;
  shop_str name;
  shop_str description;
} shop_status_row;

/** Codes, ascending. */
SHOP_LIST(shop_status_list, shop_status_row);

/** Every code, for bindings that make their exceptions of them. Static: do not release it.
 * @since 1.0 */
SHOP_API const shop_status_list *shop_status_table(void);

/** The size of one struct of this library.
 * @custom */
typedef struct shop_abi_struct {
  SHOP_RECORD_HEAD;
  shop_str name;
  int64_t size; /**< bytes */
} shop_abi_struct;

/** The structs of this library. */
SHOP_LIST(shop_abi_struct_list, shop_abi_struct);

/** What a binding must know before its first call.
 * @custom */
typedef struct shop_abi {
  SHOP_RECORD_HEAD;
  int64_t major;    /**< the ABI's; another number means another language */
  int64_t minor;    /**< grows with every addition */
  shop_str version; /**< of the library, e.g. "1.0.0" */
  const shop_abi_struct_list *structs;
} shop_abi;

/** The version of this library and the size of each of its structs. Static: do not release it.
 * @since 1.0 */
SHOP_API const shop_abi *shop_abi_info(void);

#endif
