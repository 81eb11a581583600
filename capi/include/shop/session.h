/** @file
 * Who acts on a shop.
 */
#ifndef SHOP_SESSION_H
#define SHOP_SESSION_H

#include "shop/base.h"

/** In which part somebody acts. */
typedef int32_t shop_role;
enum {
  SHOP_ROLE_GUEST = 1,    /**< nobody in particular; may browse and fill a cart */
  SHOP_ROLE_CUSTOMER = 2, /**< a registered person */
  SHOP_ROLE_SELLER = 3,   /**< a customer with a shop of their own in a marketplace */
  SHOP_ROLE_STAFF = 4,    /**< works here; has the permission groups given by an admin */
  SHOP_ROLE_ADMIN = 5,    /**< runs the business */
  SHOP_ROLE_OWNER = 6,    /**< manages the admins */
  SHOP_ROLE_HOST = 7      /**< the program that links libshop, acting in its own name */
};

/** Who a session is.
 * @custom */
typedef struct shop_session_actor {
  SHOP_RECORD_HEAD;
  shop_role role;
  uint32_t unused_2;
  shop_id user_id;    /**< the acting account; 0 for guests and the host */
  shop_id session_id; /**< the stored log-in session; 0 for guests and the host */
  shop_id guest_id;   /**< the identity that owns a guest's cart; 0 for everybody else */
} shop_session_actor;

/** The actor for what the program does in its own name. It may do everything.
 * @param engine An opened shop.
 * @param out_session The session; close it with shop_session_close.
 * @errors none
 * @owned out_session
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_session_host(shop_engine *engine, shop_session **out_session,
                                       shop_error **out_error);

/** Somebody who has not logged in.
 * @param engine An opened shop.
 * @param out_session The session; close it with shop_session_close.
 * @errors none
 * @owned out_session
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_session_guest(shop_engine *engine, shop_session **out_session,
                                        shop_error **out_error);

/** Who a session is.
 * @param session Who asks.
 * @param out_actor The role and the ids.
 * @errors none
 * @owned out_actor
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_session_who(shop_session *session, const shop_session_actor **out_actor,
                                      shop_error **out_error);

/** Gives a session handle back. Somebody who is logged in stays so; see shop_accounts_log_out.
 * @param session A session.
 * @errors none
 * @custom
 * @since 1.0 */
SHOP_API shop_status shop_session_close(shop_session *session, shop_error **out_error);

#endif
