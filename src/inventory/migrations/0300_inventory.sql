-- What there is, and nothing else: a sale touches one small row per variant. The rows of a variant
-- and a location are a chain through stock_movement, so that its history needs no index that every
-- sale would have to keep. Location 0 is the shop itself.
CREATE TABLE stock (
  variant_id INTEGER NOT NULL,
  location_id INTEGER NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL CHECK (reserved >= 0),
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
