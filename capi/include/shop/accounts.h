/** @file
 * Who has an account, who is logged in, and what they may do.
 */
#ifndef SHOP_ACCOUNTS_H
#define SHOP_ACCOUNTS_H

#include "shop/base.h"
#include "shop/session.h"

/** What became of an account: active, disabled, or erased (the person is gone, the books stay). */
typedef int32_t shop_user_status;
enum { SHOP_USER_STATUS_ACTIVE = 1, SHOP_USER_STATUS_DISABLED = 2, SHOP_USER_STATUS_ERASED = 3 };

/** What a fresh proof of identity is asked for. Each is good for one of these, for five minutes. */
typedef int32_t shop_step_up;
enum {
  SHOP_STEP_UP_EMAIL = 1,
  SHOP_STEP_UP_TWO_FACTOR = 2,
  SHOP_STEP_UP_ROLES = 3,
  SHOP_STEP_UP_REFUNDS = 4,
  SHOP_STEP_UP_PRICE_IMPORT = 5,
  SHOP_STEP_UP_DATA_EXPORT = 6,
  SHOP_STEP_UP_CLOCK = 7,
  SHOP_STEP_UP_KEYS = 8,
  SHOP_STEP_UP_ERASE = 9
};

/** A person with an account. */
typedef struct shop_user {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_role role;
  shop_user_status status;
  shop_str username;
  shop_str email; /**< empty when there is none */
  shop_str name;
  shop_str phone;
  shop_str country; /**< as the shop writes it */
  shop_str region;
  shop_bool email_verified;
  shop_bool two_factor;    /**< an authenticator app is needed to log in */
  shop_bool single_device; /**< a new log-in ends the old one */
  uint32_t unused_2;
  shop_id seller_id;  /**< the seller that this account keeps, 0 for none */
  shop_ids group_ids; /**< permission groups of staff */
  shop_time created_at;
  shop_time last_log_in_at;  /**< @optional */
  shop_time last_log_out_at; /**< @optional */
  int64_t version;           /**< grows with every change */
} shop_user;

/** Accounts by id. */
SHOP_PAGE(shop_user_page, shop_user);

/** What somebody says who registers. There is no role: nobody becomes an admin by asking. */
typedef struct shop_register_input {
  SHOP_INPUT_HEAD;
  shop_str username;       /**< 3 to 40 bytes without blanks or `@`; unique */
  shop_str email;          /**< unique */
  shop_str password;       /**< 8 to 1024 bytes. @secret */
  shop_str password_again; /**< when given, has to be the same. @nullable @secret */
  shop_str name;           /**< @default */
  shop_str phone;          /**< @default */
  shop_str country;        /**< @default */
  shop_str region;         /**< @default */
  shop_str referral_code;  /**< of who brought this customer. @default */
  shop_str device;         /**< names where this comes from, for the limits. @default */
} shop_register_input;

/** An account made by somebody else. */
typedef struct shop_new_user_input {
  SHOP_INPUT_HEAD;
  shop_role role; /**< customer, staff or admin; 0 means customer. @default */
  uint32_t unused_2;
  shop_str username;  /**< 3 to 40 bytes; unique */
  shop_str email;     /**< may be left out for a customer of the books. @default */
  shop_str password;  /**< not given: none until it is set with a reset code. @nullable @secret */
  shop_str name;      /**< @default */
  shop_str phone;     /**< @default */
  shop_str country;   /**< @default */
  shop_str region;    /**< @default */
  shop_ids group_ids; /**< for staff. @default */
} shop_new_user_input;

/** How somebody logs in. */
typedef struct shop_log_in_input {
  SHOP_INPUT_HEAD;
  shop_str login;         /**< username or e-mail */
  shop_str password;      /**< @secret */
  shop_str code;          /**< of the authenticator app, when two-factor is on. @nullable @secret */
  shop_str recovery_code; /**< instead of `code`; each works once. @nullable @secret */
  shop_str device;        /**< names where this comes from, for the limits. @default */
  shop_str device_name;   /**< what the list of sessions shows. @default */
  shop_str device_token;  /**< of an earlier log-in with remember_device. @nullable @secret */
  shop_bool remember_device; /**< give a device token */
  shop_bool single_device;   /**< end all other sessions of the account */
  shop_bool kiosk;           /**< end the session after 10 idle minutes instead of 12 hours */
  uint32_t unused_2;
} shop_log_in_input;

/** A live log-in. Its tokens are shown here and never again. */
typedef struct shop_log_in {
  SHOP_RECORD_HEAD;
  shop_id user_id;
  shop_role role;
  uint32_t unused_2;
  shop_str access_token; /**< `shp1a_...`, for resume; empty in the result of resume */
  shop_time access_expires_at;
  shop_str refresh_token; /**< `shp1r_...`, works once, for refresh */
  shop_time refresh_expires_at;
  shop_str device_token; /**< `shp1d_...`; empty unless asked for */
} shop_log_in;

/** A fresh proof of identity. */
typedef struct shop_step_up_input {
  SHOP_INPUT_HEAD;
  shop_step_up action; /**< what it is for */
  uint32_t unused_2;
  shop_str password;      /**< @secret */
  shop_str code;          /**< @nullable @secret */
  shop_str recovery_code; /**< @nullable @secret */
} shop_step_up_input;

/** A new password with the present one as proof. */
typedef struct shop_change_password_input {
  SHOP_INPUT_HEAD;
  shop_str password;       /**< the present one. @secret */
  shop_str new_password;   /**< @secret */
  shop_str password_again; /**< @nullable @secret */
} shop_change_password_input;

/** A new password with a code that was mailed. */
typedef struct shop_reset_password_input {
  SHOP_INPUT_HEAD;
  shop_str login;          /**< username or e-mail */
  shop_str code;           /**< @secret */
  shop_str new_password;   /**< @secret */
  shop_str password_again; /**< @nullable @secret */
} shop_reset_password_input;

/** What of the acting account is to be changed; what is not given stays. */
typedef struct shop_profile_update {
  SHOP_INPUT_HEAD;
  shop_str name;           /**< @nullable */
  shop_str phone;          /**< @nullable */
  shop_str country;        /**< @nullable */
  shop_str region;         /**< @nullable */
  shop_bool single_device; /**< @optional */
  uint32_t unused_2;
  int64_t version; /**< refuse unless it is still this. @optional */
} shop_profile_update;

/** A place of a user's. */
typedef struct shop_user_address {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str label;
  shop_str name;
  shop_str company;
  shop_str line1;
  shop_str line2;
  shop_str postal_code;
  shop_str city;
  shop_str region;
  shop_str country;
  shop_str phone;
  shop_bool is_default;
  uint32_t unused_2;
} shop_user_address;

/** Addresses in the order in which they were added. */
SHOP_LIST(shop_user_address_list, shop_user_address);

/** An address to be written. */
typedef struct shop_user_address_input {
  SHOP_INPUT_HEAD;
  shop_id id;       /**< the one to change; not given: a new one. @optional */
  shop_str label;   /**< @default */
  shop_str name;    /**< @default */
  shop_str company; /**< @default */
  shop_str line1;
  shop_str line2;       /**< @default */
  shop_str postal_code; /**< @default */
  shop_str city;
  shop_str region; /**< @default */
  shop_str country;
  shop_str phone; /**< @default */
  shop_bool is_default;
  uint32_t unused_2;
} shop_user_address_input;

/** Where an account is logged in. */
typedef struct shop_live_session {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str device_name;
  shop_bool kiosk;
  shop_bool current; /**< the one that asks */
  shop_time created_at;
  shop_time last_seen_at; /**< to the minute */
} shop_live_session;

/** Sessions, newest first. */
SHOP_LIST(shop_live_session_list, shop_live_session);

/** Somebody who is logged in now. */
typedef struct shop_active_user {
  SHOP_RECORD_HEAD;
  shop_id user_id;
  shop_role role;
  uint32_t unused_2;
  shop_str username;
  shop_str device_name;   /**< of the session that was used last */
  shop_time last_seen_at; /**< to the minute */
} shop_active_user;

/** Who is logged in, by last activity. */
SHOP_PAGE(shop_active_user_page, shop_active_user);

/** Which accounts to list. */
typedef struct shop_user_filter {
  SHOP_INPUT_HEAD;
  shop_role role; /**< @optional */
  uint32_t unused_2;
} shop_user_filter;

/** What makes somebody staff: named permissions, put together by an admin. */
typedef struct shop_permission_group {
  SHOP_RECORD_HEAD;
  shop_id id;
  shop_str name;
  shop_strs permissions; /**< see docs/permissions.md */
} shop_permission_group;

/** Permission groups. */
SHOP_LIST(shop_permission_group_list, shop_permission_group);

/** A permission group to be made or changed. */
typedef struct shop_permission_group_input {
  SHOP_INPUT_HEAD;
  shop_str name; /**< 1 to 60 bytes, unique */
  shop_strs permissions;
} shop_permission_group_input;

/** What an authenticator app needs. Shown here and never again. */
typedef struct shop_totp_setup {
  SHOP_RECORD_HEAD;
  shop_str secret; /**< base32 */
  shop_str uri;    /**< `otpauth://totp/...`, for a QR code */
} shop_totp_setup;

/** Recovery codes, shown once. */
typedef struct shop_recovery_codes {
  SHOP_RECORD_HEAD;
  shop_strs codes;
} shop_recovery_codes;

/** How well the shop protects what it holds. */
typedef struct shop_security_status {
  SHOP_RECORD_HEAD;
  shop_bool host_keyed;   /**< personal data is sealed under a key that is not in the file */
  shop_bool clock_behind; /**< the clock was set back: codes of authenticator apps are refused */
  int64_t data_key;       /**< grows with each rotation */
} shop_security_status;

/** Makes the first owner with the code that shop_engine_bootstrap_code gave.
 * @param session Who acts.
 * @param code The one-time code.
 * @param input The owner; the password has 15 characters at least.
 * @param out_user The owner.
 * @errors token_invalid, validation
 * @secret code
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_redeem_bootstrap(shop_session *session, const char *code,
                                                    const shop_register_input *input,
                                                    const shop_user **out_user,
                                                    shop_error **out_error);

/** Registers a customer. Cost: one password hash.
 * @param session Who acts.
 * @param input The customer.
 * @param out_user The account.
 * @errors validation, already_exists, not_found, rate_limited
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_register_customer(shop_session *session,
                                                     const shop_register_input *input,
                                                     const shop_user **out_user,
                                                     shop_error **out_error);

/** Makes an account for somebody else.
 * @param session Who acts.
 * @param input The account.
 * @param out_user The account.
 * @errors validation, already_exists, forbidden, not_found, step_up_required
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_create_user(shop_session *session,
                                               const shop_new_user_input *input,
                                               const shop_user **out_user, shop_error **out_error);

/** Logs in; the cart of the guest joins the customer's. The answer is the same for an unknown name,
 * a wrong password and a disabled account. Cost: one password hash.
 * @param session Who acts.
 * @param input Who, and how.
 * @param out_session Close it with shop_session_close.
 * @param out_log_in The tokens.
 * @errors bad_credentials, second_factor_required, rate_limited, validation
 * @owned out_session, out_log_in
 * @since 1.0 */
SHOP_API shop_status shop_accounts_log_in(shop_session *session, const shop_log_in_input *input,
                                          shop_session **out_session,
                                          const shop_log_in **out_log_in, shop_error **out_error);

/** A session of an account without its password; for the host alone, and audited.
 * @param session Who acts.
 * @param user_id Whose.
 * @param out_session Close it with shop_session_close.
 * @param out_log_in The tokens.
 * @errors forbidden, not_found
 * @owned out_session, out_log_in
 * @since 1.0 */
SHOP_API shop_status shop_accounts_log_in_as(shop_session *session, shop_id user_id,
                                             shop_session **out_session,
                                             const shop_log_in **out_log_in,
                                             shop_error **out_error);

/** The session of an access token.
 * @param engine An opened shop.
 * @param access_token `shp1a_...`
 * @param out_session Close it with shop_session_close.
 * @param out_log_in The tokens.
 * @errors token_invalid, session_expired, session_revoked
 * @secret access_token
 * @owned out_session, out_log_in
 * @since 1.0 */
SHOP_API shop_status shop_accounts_resume(shop_engine *engine, const char *access_token,
                                          shop_session **out_session,
                                          const shop_log_in **out_log_in, shop_error **out_error);

/** New tokens for a refresh token, which is then spent. The same token and request within a minute
 * give the same answer again; a spent token otherwise ends its session.
 * @param engine An opened shop.
 * @param refresh_token `shp1r_...`
 * @param request_id Random text of the caller's, 16 bytes at least.
 * @param out_session Close it with shop_session_close.
 * @param out_log_in The tokens.
 * @errors token_invalid, session_expired, session_revoked, validation
 * @secret refresh_token
 * @owned out_session, out_log_in
 * @since 1.0 */
SHOP_API shop_status shop_accounts_refresh(shop_engine *engine, const char *refresh_token,
                                           const char *request_id, shop_session **out_session,
                                           const shop_log_in **out_log_in, shop_error **out_error);

/** Ends the session. Ending one that has ended is fine.
 * @param session Who acts.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_accounts_log_out(shop_session *session, shop_error **out_error);

/** Ends all sessions of the account, this one too.
 * @param session Who acts.
 * @param out_count How many there were.
 * @errors none
 * @since 1.0 */
SHOP_API shop_status shop_accounts_log_out_everywhere(shop_session *session, int64_t *out_count,
                                                      shop_error **out_error);

/** The token that brings this guest back after a restart.
 * @param session Who acts.
 * @param out_token `shp1g_...`
 * @errors forbidden
 * @owned out_token
 * @since 1.0 */
SHOP_API shop_status shop_accounts_guest_token(shop_session *session, const shop_text **out_token,
                                               shop_error **out_error);

/** The guest of a token.
 * @param engine An opened shop.
 * @param token `shp1g_...`
 * @param out_session Close it with shop_session_close.
 * @errors token_invalid
 * @secret token
 * @owned out_session
 * @since 1.0 */
SHOP_API shop_status shop_accounts_resume_guest(shop_engine *engine, const char *token,
                                                shop_session **out_session, shop_error **out_error);

/** The acting account.
 * @param session Who acts.
 * @param out_user The account.
 * @errors none
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_me(shop_session *session, const shop_user **out_user,
                                      shop_error **out_error);

/** An account by id.
 * @param session Who acts.
 * @param user_id Whose.
 * @param out_user The account.
 * @errors not_found
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_user(shop_session *session, shop_id user_id,
                                        const shop_user **out_user, shop_error **out_error);

/** Accounts by id, those that were erased among them.
 * @param session Who acts.
 * @param filter Which accounts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The accounts.
 * @errors validation
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_accounts_users(shop_session *session, const shop_user_filter *filter,
                                         const shop_page_query *page,
                                         const shop_user_page **out_page, shop_error **out_error);

/** Where the acting account is logged in, newest first.
 * @param session Who acts.
 * @param out_sessions The sessions.
 * @errors none
 * @owned out_sessions
 * @since 1.0 */
SHOP_API shop_status shop_accounts_sessions(shop_session *session,
                                            const shop_live_session_list **out_sessions,
                                            shop_error **out_error);

/** Ends one of the acting account's sessions.
 * @param session Who acts.
 * @param session_id Which.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_accounts_end_session(shop_session *session, shop_id session_id,
                                               shop_error **out_error);

/** Who is logged in now, by last activity.
 * @param session Who acts.
 * @param filter Which accounts.
 * @param page Which page; NULL for the first 50 rows.
 * @param out_page The users.
 * @errors validation
 * @nullable filter, page
 * @owned out_page
 * @since 1.0 */
SHOP_API shop_status shop_accounts_active_users(shop_session *session,
                                                const shop_user_filter *filter,
                                                const shop_page_query *page,
                                                const shop_active_user_page **out_page,
                                                shop_error **out_error);

/** Proves anew who acts, for one kind of action. Cost: one password hash.
 * @param session Who acts.
 * @param input The proof.
 * @errors bad_credentials, second_factor_required, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_accounts_step_up(shop_session *session, const shop_step_up_input *input,
                                           shop_error **out_error);

/** Sets a new password; all other sessions end.
 * @param session Who acts.
 * @param input The present password and the new one.
 * @errors bad_credentials, validation, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_accounts_change_password(shop_session *session,
                                                   const shop_change_password_input *input,
                                                   shop_error **out_error);

/** Sends a code to the account's e-mail address (event `user.code`), if there is such an account;
 * whoever asks does not learn that.
 * @param session Who acts.
 * @param login Username or e-mail.
 * @errors rate_limited, validation
 * @since 1.0 */
SHOP_API shop_status shop_accounts_request_password_reset(shop_session *session, const char *login,
                                                          shop_error **out_error);

/** Sets a new password with a code; all sessions end.
 * @param session Who acts.
 * @param input The code and the new password.
 * @errors token_invalid, validation, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_accounts_reset_password(shop_session *session,
                                                  const shop_reset_password_input *input,
                                                  shop_error **out_error);

/** Sends a code to the acting account's e-mail address (event `user.code`).
 * @param session Who acts.
 * @errors conflict, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_accounts_request_email_code(shop_session *session,
                                                      shop_error **out_error);

/** Asks for another e-mail address: a code goes to the new one, a notice to the old.
 * @param session Who acts.
 * @param email The new address.
 * @errors step_up_required, validation, already_exists, rate_limited
 * @since 1.0 */
SHOP_API shop_status shop_accounts_change_email(shop_session *session, const char *email,
                                                shop_error **out_error);

/** With the code: the address is verified, or the new one takes the old one's place.
 * @param session Who acts.
 * @param code As it was mailed.
 * @param out_user The account.
 * @errors token_invalid, already_exists
 * @secret code
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_confirm_email(shop_session *session, const char *code,
                                                 const shop_user **out_user,
                                                 shop_error **out_error);

/** Changes the acting account.
 * @param session Who acts.
 * @param update What is to change.
 * @param out_user The account.
 * @errors validation, stale_version
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_update_me(shop_session *session,
                                             const shop_profile_update *update,
                                             const shop_user **out_user, shop_error **out_error);

/** The acting account's addresses.
 * @param session Who acts.
 * @param out_addresses The addresses.
 * @errors none
 * @owned out_addresses
 * @since 1.0 */
SHOP_API shop_status shop_accounts_addresses(shop_session *session,
                                             const shop_user_address_list **out_addresses,
                                             shop_error **out_error);

/** Adds or changes an address, at most 50.
 * @param session Who acts.
 * @param input The address.
 * @param out_address As it is stored.
 * @errors validation, not_found, limit_reached
 * @owned out_address
 * @since 1.0 */
SHOP_API shop_status shop_accounts_save_address(shop_session *session,
                                                const shop_user_address_input *input,
                                                const shop_user_address **out_address,
                                                shop_error **out_error);

/** Removes an address.
 * @param session Who acts.
 * @param address_id Which.
 * @errors not_found
 * @since 1.0 */
SHOP_API shop_status shop_accounts_remove_address(shop_session *session, shop_id address_id,
                                                  shop_error **out_error);

/** Starts two-factor log-in; it is on once shop_accounts_confirm_totp has seen a code.
 * @param session Who acts.
 * @param out_setup For the authenticator app.
 * @errors step_up_required, conflict
 * @owned out_setup
 * @since 1.0 */
SHOP_API shop_status shop_accounts_begin_totp(shop_session *session,
                                              const shop_totp_setup **out_setup,
                                              shop_error **out_error);

/** Turns two-factor log-in on. All other sessions end.
 * @param session Who acts.
 * @param code Six digits of the authenticator app.
 * @param out_codes Ten codes, shown here and never again.
 * @errors bad_credentials, conflict, rate_limited
 * @secret code
 * @owned out_codes
 * @since 1.0 */
SHOP_API shop_status shop_accounts_confirm_totp(shop_session *session, const char *code,
                                                const shop_recovery_codes **out_codes,
                                                shop_error **out_error);

/** Turns two-factor log-in off. All other sessions end.
 * @param session Who acts.
 * @errors step_up_required
 * @since 1.0 */
SHOP_API shop_status shop_accounts_disable_totp(shop_session *session, shop_error **out_error);

/** Ten new recovery codes; the old ones are void.
 * @param session Who acts.
 * @param out_codes Shown here and never again.
 * @errors step_up_required, conflict
 * @owned out_codes
 * @since 1.0 */
SHOP_API shop_status shop_accounts_new_recovery_codes(shop_session *session,
                                                      const shop_recovery_codes **out_codes,
                                                      shop_error **out_error);

/** Gives an account another role and, for staff, its groups. Ends its sessions. The keeper of an
 * approved seller is refused: the seller has to be suspended first.
 * @param session Who acts.
 * @param user_id Whose.
 * @param role Customer, staff or admin.
 * @param group_ids For staff.
 * @param out_user The account.
 * @errors forbidden, not_found, validation, step_up_required, conflict
 * @nullable group_ids
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_set_role(shop_session *session, shop_id user_id, shop_role role,
                                            const shop_ids *group_ids, const shop_user **out_user,
                                            shop_error **out_error);

/** Disables or enables an account; disabling ends its sessions.
 * @param session Who acts.
 * @param user_id Whose.
 * @param enabled Whether it may log in.
 * @param out_user The account.
 * @errors forbidden, not_found, step_up_required
 * @owned out_user
 * @since 1.0 */
SHOP_API shop_status shop_accounts_set_enabled(shop_session *session, shop_id user_id,
                                               shop_bool enabled, const shop_user **out_user,
                                               shop_error **out_error);

/** The permission groups.
 * @param session Who acts.
 * @param out_groups The groups.
 * @errors none
 * @owned out_groups
 * @since 1.0 */
SHOP_API shop_status shop_accounts_groups(shop_session *session,
                                          const shop_permission_group_list **out_groups,
                                          shop_error **out_error);

/** Makes a permission group.
 * @param session Who acts.
 * @param input The group.
 * @param out_group The group.
 * @errors validation, already_exists, forbidden, step_up_required
 * @owned out_group
 * @since 1.0 */
SHOP_API shop_status shop_accounts_create_group(shop_session *session,
                                                const shop_permission_group_input *input,
                                                const shop_permission_group **out_group,
                                                shop_error **out_error);

/** Changes a permission group; it takes effect at the next call of each member.
 * @param session Who acts.
 * @param group_id Which.
 * @param input The group.
 * @param out_group The group.
 * @errors validation, already_exists, forbidden, not_found, step_up_required
 * @owned out_group
 * @since 1.0 */
SHOP_API shop_status shop_accounts_update_group(shop_session *session, shop_id group_id,
                                                const shop_permission_group_input *input,
                                                const shop_permission_group **out_group,
                                                shop_error **out_error);

/** Removes a permission group.
 * @param session Who acts.
 * @param group_id Which.
 * @errors not_found, step_up_required
 * @since 1.0 */
SHOP_API shop_status shop_accounts_delete_group(shop_session *session, shop_id group_id,
                                                shop_error **out_error);

/** Erases a person; orders and figures stay, under the number of the account.
 * @param session Who acts.
 * @param user_id Whose.
 * @errors not_found, conflict, step_up_required
 * @since 1.0 */
SHOP_API shop_status shop_accounts_erase(shop_session *session, shop_id user_id,
                                         shop_error **out_error);

/** All that the shop knows about the acting account.
 * @param session Who acts.
 * @param out_json A JSON object.
 * @errors step_up_required
 * @owned out_json
 * @since 1.0 */
SHOP_API shop_status shop_accounts_export_me(shop_session *session, const shop_text **out_json,
                                             shop_error **out_error);

/** A JWT (EdDSA) that says who the session is, for services outside. Nothing in libshop takes one
 * as a proof.
 * @param session Who acts.
 * @param audience Whom it is for.
 * @param lifetime_s 1 to 900 seconds.
 * @param out_token The token.
 * @errors validation
 * @owned out_token
 * @since 1.0 */
SHOP_API shop_status shop_accounts_mint_jwt(shop_session *session, const char *audience,
                                            int64_t lifetime_s, const shop_text **out_token,
                                            shop_error **out_error);

/** The keys to check such tokens with.
 * @param session Who acts.
 * @param out_json A JSON Web Key Set.
 * @errors none
 * @owned out_json
 * @since 1.0 */
SHOP_API shop_status shop_accounts_jwt_keys(shop_session *session, const shop_text **out_json,
                                            shop_error **out_error);

/** Opens the `sealed` field of an event (`user.code`, `user.notice`), for the host alone.
 * @param session The host.
 * @param sealed As it stands in the payload.
 * @param out_json A JSON object with the address and the code.
 * @errors tampered
 * @owned out_json
 * @since 1.0 */
SHOP_API shop_status shop_accounts_open_message(shop_session *session, const char *sealed,
                                                const shop_text **out_json, shop_error **out_error);

/** How well the shop protects what it holds.
 * @param session Who acts.
 * @param out_status The status.
 * @errors none
 * @owned out_status
 * @since 1.0 */
SHOP_API shop_status shop_accounts_security_status(shop_session *session,
                                                   const shop_security_status **out_status,
                                                   shop_error **out_error);

/** Says that the wall clock is right although it went back. Ends all sessions.
 * @param session Who acts.
 * @errors step_up_required
 * @since 1.0 */
SHOP_API shop_status shop_accounts_reset_clock(shop_session *session, shop_error **out_error);

#endif
