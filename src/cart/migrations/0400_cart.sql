-- owner_id: the customer or the guest, whose ids are of one sequence; 0 for carts of the till.
-- created_at 0: there is no such cart any more. When a customer's current one becomes an order, its
-- row stays for the next one, which gets another id: that spares both the index.
CREATE TABLE cart (
  id INTEGER NOT NULL PRIMARY KEY,
  owner_id INTEGER NOT NULL,
  guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  shipping_method_id INTEGER,
  address BLOB NOT NULL, -- sealed; empty: none
  reserved_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- The cart without a name is the current one; the others are parked.
CREATE UNIQUE INDEX cart_current ON cart (owner_id) WHERE name = '' AND owner_id <> 0;
CREATE INDEX cart_parked ON cart (owner_id, id) WHERE name <> '' AND owner_id <> 0;

CREATE TABLE cart_line (
  cart_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  seen_minor INTEGER NOT NULL,
  manual_minor INTEGER,
  manual_discount INTEGER NOT NULL,
  manual_reason TEXT NOT NULL,
  note TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (cart_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE cart_coupon (
  cart_id INTEGER NOT NULL,
  code_folded TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (cart_id, code_folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE cart_setting (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  join_rule INTEGER NOT NULL CHECK (join_rule BETWEEN 1 AND 4)
) STRICT;
INSERT INTO cart_setting (one, join_rule) VALUES (1, 1);
