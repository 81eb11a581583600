-- What there is, and nothing else: a sale touches one small row per variant. The rows of a variant
-- and a location are a chain through stock_movement, so that its history needs no index that every
-- sale would have to keep. Location 0 is the shop itself. low is that of stock_threshold.
CREATE TABLE stock (
  variant_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL CHECK (reserved >= 0),
  low INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  previous_id INTEGER NOT NULL,
  PRIMARY KEY (variant_id, location_id)
) STRICT, WITHOUT ROWID;

-- Append-only. quantity changes on_hand, except for the kinds 6 and 7, where it changes reserved.
CREATE TABLE stock_movement (
  id INTEGER NOT NULL PRIMARY KEY,
  previous_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 7),
  reason INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  on_hand INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

-- A place where goods are, besides 0.
CREATE TABLE stock_location (
  id INTEGER NOT NULL PRIMARY KEY,
  seller_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX stock_location_name ON stock_location (seller_id, name_folded);

-- What is put aside for a cart; the sum of each variant and location is in stock.reserved.
CREATE TABLE stock_reservation (
  id INTEGER NOT NULL PRIMARY KEY,
  cart_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_reservation_cart ON stock_reservation (cart_id, variant_id);
CREATE INDEX stock_reservation_variant ON stock_reservation (variant_id, expires_at);
CREATE INDEX stock_reservation_expiry ON stock_reservation (expires_at);

CREATE TABLE stock_threshold (
  variant_id INTEGER NOT NULL PRIMARY KEY,
  low INTEGER NOT NULL,
  lead_time_days INTEGER NOT NULL,
  safety_stock INTEGER NOT NULL,
  cover_days INTEGER NOT NULL
) STRICT;

-- counted, differing and difference are those of its lines.
CREATE TABLE stock_count (
  id INTEGER NOT NULL PRIMARY KEY,
  seller_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE TABLE stock_count_line (
  stock_count_id INTEGER NOT NULL REFERENCES stock_count (id),
  variant_id INTEGER NOT NULL,
  expected INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted >= 0),
  counted_at INTEGER NOT NULL,
  PRIMARY KEY (stock_count_id, variant_id)
) STRICT, WITHOUT ROWID;
