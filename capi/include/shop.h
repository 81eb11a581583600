/** @file
 * libshop, a shop engine in one file: the C API.
 *
 * This header and its parts in shop/ are the single source of every binding: the converters, the
 * version script, the Python and Node packages and the reference are generated from it by
 * bindings/generate.py, which reads the declarations and the tags of their comments.
 *
 * CONVENTIONS
 *
 * Functions
 *   shop_status shop_<module>_<verb>(<receiver>, inputs..., outputs..., shop_error **out_error);
 *   The receiver is a shop_engine (an opened shop) or a shop_session (one actor on it). The result
 *   is SHOP_OK (0) or one of the codes below; after a failure the shop is exactly as before the
 *   call, outputs are NULL or 0, and *out_error says what is wrong. Absence is SHOP_E_NOT_FOUND,
 *   never SHOP_OK with NULL. Every function may be called from any thread.
 *
 * Handles
 *   shop_engine and shop_session are numbers in the shape of pointers: NULL, closed, twice closed
 *   and foreign ones are refused with SHOP_E_BAD_HANDLE. Close them in any order.
 *
 * Results
 *   A result (const shop_x *) is one immutable block: the record, its strings and all it points to.
 *   Release it, and each shop_error, with shop_result_free. Never free().
 *
 * Records (results) start with SHOP_RECORD_HEAD. They only ever grow at the end, travel behind
 *   pointers, and hold values or pointers. Text that is absent is {NULL, 0}, an absent sub-record
 * is NULL; any other member that may be absent is tagged `@optional` and has a bit in `present`.
 * Inputs start with SHOP_INPUT_HEAD. Prepare one with SHOP_INIT(&input): all members zero and
 *   struct_size set. Members tagged `@optional` count only when their bit in `fields` is set.
 *   `@update` members (of partial updates) have three states: bit not set, unchanged; bit set, new
 *   value; to clear, set the bit with a NULL string or pointer, or, for numbers, the bit and
 *   SHOP_CLEAR(bit). The bits are named in shop/masks.h: SHOP_<TYPE>_HAS_<MEMBER>.
 *   A struct_size that is smaller than version 1.0's is SHOP_E_BAD_STRUCT; what a newer program
 *   knows beyond this library must be zero, else SHOP_E_UNSUPPORTED.
 * Lists are records {struct_size, item_size, count, items}; walk them with SHOP_AT, as a newer
 *   library's items are larger than the ones a program was compiled with. Pages add next_cursor.
 *
 * Values
 *   Text is UTF-8, validated when it comes in and NUL-terminated as well when it goes out. Money is
 *   minor units and an ISO 4217 code. Rates are parts per million, times microseconds since
 *   1970-01-01T00:00:00Z, ids positive and below 2^53, quantities whole.
 *
 * HOW TO ADD A FUNCTION: see docs/c_api.md.
 */
#ifndef SHOP_H
#define SHOP_H

#include "shop/base.h"
#include "shop/engine.h"
#include "shop/session.h"
/* modules, one line each, alphabetical */
#include "shop/accounts.h"
#include "shop/audit.h"
#include "shop/cart.h"
#include "shop/catalog.h"
#include "shop/events.h"
#include "shop/inventory.h"
#include "shop/loyalty.h"
#include "shop/masks.h"
#include "shop/notify.h"
#include "shop/orders.h"
#include "shop/payments.h"
#include "shop/pricing.h"
#include "shop/product.h"
#include "shop/recommend.h"
#include "shop/report_types.h"
#include "shop/reports.h"
#include "shop/reviews.h"
#include "shop/search.h"
#include "shop/sellers.h"
#include "shop/transfer.h"
#include "shop/wishlist.h"

#endif
