-- The keys under which this shop seals and hashes. Wrapped by the host's key, or as they are when
-- the host gave none.
CREATE TABLE data_key (
  id INTEGER NOT NULL PRIMARY KEY,
  wrapped BLOB NOT NULL,
  host_keyed INTEGER NOT NULL CHECK (host_keyed IN (0, 1)),
  made_at INTEGER NOT NULL
) STRICT;

-- What the guard reads at each call stands first.
CREATE TABLE account (
  id INTEGER NOT NULL PRIMARY KEY,
  role INTEGER NOT NULL CHECK (role BETWEEN 2 AND 6),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
  permissions INTEGER NOT NULL,
  auth_epoch INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  authority_mac BLOB NOT NULL,
  username TEXT NOT NULL,
  username_folded TEXT NOT NULL,
  email BLOB,
  email_hash BLOB,
  email_verified_at INTEGER,
  name BLOB,
  phone BLOB,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  password TEXT NOT NULL,
  password_key INTEGER NOT NULL,
  password_at INTEGER,
  single_device INTEGER NOT NULL CHECK (single_device IN (0, 1)),
  totp BLOB,
  totp_on INTEGER NOT NULL CHECK (totp_on IN (0, 1)),
  totp_step INTEGER NOT NULL,
  referral_code TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_log_in_at INTEGER,
  last_log_out_at INTEGER,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_username ON account (username_folded);
CREATE UNIQUE INDEX account_email ON account (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX account_role ON account (role, id);

-- A log-in: one family of refresh tokens and one access token at a time.
CREATE TABLE login_session (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  auth_epoch INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  idle_us INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  ended_at INTEGER,
  end_reason INTEGER NOT NULL,
  access_hash BLOB,
  access_expires_at INTEGER NOT NULL,
  step_up_action INTEGER NOT NULL,
  step_up_until INTEGER NOT NULL,
  single_device INTEGER NOT NULL CHECK (single_device IN (0, 1)),
  kiosk INTEGER NOT NULL CHECK (kiosk IN (0, 1)),
  device_name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  binding BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX login_session_access ON login_session (access_hash)
  WHERE access_hash IS NOT NULL;
CREATE INDEX login_session_account ON login_session (account_id, id);
CREATE INDEX login_session_live ON login_session (last_seen_at, id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX login_session_single ON login_session (account_id)
  WHERE single_device = 1 AND ended_at IS NULL;

CREATE TABLE refresh_token (
  hash BLOB NOT NULL PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  spent_at INTEGER,
  request_hash BLOB
) STRICT;
CREATE INDEX refresh_token_session ON refresh_token (session_id);
CREATE UNIQUE INDEX refresh_token_unspent ON refresh_token (session_id) WHERE spent_at IS NULL;

CREATE TABLE remembered_device (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  hash BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX remembered_device_hash ON remembered_device (hash);
CREATE INDEX remembered_device_account ON remembered_device (account_id);

CREATE TABLE recovery_code (
  account_id INTEGER NOT NULL REFERENCES account (id),
  hash BLOB NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (account_id, hash)
) STRICT;

CREATE TABLE one_time_code (
  account_id INTEGER NOT NULL REFERENCES account (id),
  purpose INTEGER NOT NULL CHECK (purpose BETWEEN 1 AND 4),
  hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts_left INTEGER NOT NULL,
  detail BLOB,
  PRIMARY KEY (account_id, purpose)
) STRICT;

-- Attempts, by what they are counted for: an account, a device, everybody. The key is a keyed hash.
CREATE TABLE throttle (
  key BLOB NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  ready_at INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  touched_at INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_touched ON throttle (touched_at);

-- How far time has come, whatever the wall clock says.
CREATE TABLE auth_clock (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  high INTEGER NOT NULL,
  patient INTEGER NOT NULL,
  steady INTEGER NOT NULL,
  boot TEXT NOT NULL,
  suspect INTEGER NOT NULL CHECK (suspect IN (0, 1))
) STRICT;

CREATE TABLE permission_group (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  permissions INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX permission_group_name ON permission_group (name_folded);

CREATE TABLE account_group (
  account_id INTEGER NOT NULL REFERENCES account (id),
  group_id INTEGER NOT NULL REFERENCES permission_group (id),
  PRIMARY KEY (account_id, group_id)
) STRICT;
CREATE INDEX account_group_group ON account_group (group_id);

CREATE TABLE address (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  body BLOB NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX address_account ON address (account_id, id);
CREATE UNIQUE INDEX address_default ON address (account_id) WHERE is_default = 1;

-- The one-time code of the first owner, until it is used or out of time.
CREATE TABLE bootstrap (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  hash BLOB,
  expires_at INTEGER NOT NULL,
  redeemed_at INTEGER,
  redeemed_mac BLOB
) STRICT;
