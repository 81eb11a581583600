CREATE TABLE loyalty_rule (
  id INTEGER NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  name TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0),
  friend_points INTEGER NOT NULL CHECK (friend_points >= 0),
  per_minor INTEGER NOT NULL CHECK (per_minor >= 0),
  category_id INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT;

CREATE TABLE loyalty_tier (
  threshold INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  multiplier_ppm INTEGER NOT NULL CHECK (multiplier_ppm >= 0)
) STRICT;

-- `mac` is a keyed hash of the row: points that were edited in the file are refused.
CREATE TABLE points_account (
  customer_id INTEGER NOT NULL PRIMARY KEY,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  owed INTEGER NOT NULL CHECK (owed >= 0),
  tier_points INTEGER NOT NULL CHECK (tier_points >= 0),
  tier TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT;

-- The ledger: never changed but for `remaining`, which says how many points of an entry that gave
-- some are still there. Balance = sum of points = sum of remaining.
CREATE TABLE points_entry (
  customer_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 11),
  points INTEGER NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  remaining INTEGER NOT NULL CHECK (remaining >= 0),
  expires_at INTEGER,
  object_id INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;

-- What an order earned and what was paid with points, so that both are turned back in proportion
-- and never twice. `multiplier_ppm` is the tier's when it earned, `returned_minor` the value of the
-- goods that had come back when `earned` was worked out, `lapsed` how many points that were turned
-- back had expired before.
CREATE TABLE points_order (
  order_id INTEGER NOT NULL PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  earned INTEGER NOT NULL CHECK (earned >= 0),
  reversed INTEGER NOT NULL CHECK (reversed BETWEEN 0 AND earned),
  redeemed INTEGER NOT NULL CHECK (redeemed >= 0),
  given_back INTEGER NOT NULL CHECK (given_back BETWEEN 0 AND redeemed),
  settled INTEGER NOT NULL CHECK (settled BETWEEN 0 AND 1),
  multiplier_ppm INTEGER NOT NULL CHECK (multiplier_ppm >= 0),
  returned_minor INTEGER NOT NULL CHECK (returned_minor >= 0),
  lapsed INTEGER NOT NULL CHECK (lapsed >= 0)
) STRICT;

-- Whose points an order was paid with: they go back to where they came from and expire with it.
CREATE TABLE points_spent (
  order_id INTEGER NOT NULL,
  lot_id INTEGER NOT NULL,
  points INTEGER NOT NULL CHECK (points > 0),
  given_back INTEGER NOT NULL CHECK (given_back BETWEEN 0 AND points),
  PRIMARY KEY (order_id, lot_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE referral_code (
  customer_id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX referral_code_code ON referral_code (code);

CREATE TABLE referral (
  friend_id INTEGER NOT NULL PRIMARY KEY,
  referrer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  paid_at INTEGER,
  CHECK (friend_id <> referrer_id)
) STRICT;
CREATE INDEX referral_referrer ON referral (referrer_id);
