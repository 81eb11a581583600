-- One row: how the shop prices. `version` grows whenever any rule changes; 0 says that there never
-- was one.
CREATE TABLE pricing_state (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  rounding INTEGER NOT NULL CHECK (rounding BETWEEN 1 AND 4),
  tax_rounding INTEGER NOT NULL CHECK (tax_rounding BETWEEN 1 AND 3),
  cash_step INTEGER NOT NULL CHECK (cash_step >= 1),
  shipping_tax_class_id INTEGER NOT NULL
) STRICT;
INSERT INTO pricing_state (one, version, tax_included, rounding, tax_rounding, cash_step,
                           shipping_tax_class_id)
VALUES (1, 0, 1, 1, 1, 1, 0);

CREATE TABLE customer_group (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  tax_exempt INTEGER NOT NULL CHECK (tax_exempt IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX customer_group_name ON customer_group (name_folded);

CREATE TABLE customer_group_member (
  customer_id INTEGER NOT NULL,
  group_id INTEGER NOT NULL REFERENCES customer_group (id),
  PRIMARY KEY (customer_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE price_list (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  group_id INTEGER NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  starts_at INTEGER,
  ends_at INTEGER
) STRICT;

CREATE TABLE price_list_item (
  variant_id INTEGER NOT NULL,
  list_id INTEGER NOT NULL REFERENCES price_list (id),
  min_quantity INTEGER NOT NULL CHECK (min_quantity >= 1),
  minor INTEGER NOT NULL CHECK (minor >= 0),
  PRIMARY KEY (variant_id, list_id, min_quantity)
) STRICT, WITHOUT ROWID;
CREATE INDEX price_list_item_list ON price_list_item (list_id);

CREATE TABLE scheduled_price (
  id INTEGER NOT NULL PRIMARY KEY,
  variant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  minor INTEGER NOT NULL CHECK (minor >= 0),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  unit_limit INTEGER,
  sold INTEGER NOT NULL CHECK (sold >= 0),
  CHECK (unit_limit IS NULL OR sold <= unit_limit)
) STRICT;
CREATE INDEX scheduled_price_variant ON scheduled_price (variant_id, starts_at);

-- seller_id: whose it is; 0: the shop's.
CREATE TABLE promotion (
  id INTEGER NOT NULL PRIMARY KEY,
  seller_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  lane INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  needs_code INTEGER NOT NULL CHECK (needs_code IN (0, 1)),
  starts_at INTEGER,
  ends_at INTEGER,
  benefit INTEGER NOT NULL CHECK (benefit BETWEEN 1 AND 8),
  rate_ppm INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  buy INTEGER NOT NULL,
  get INTEGER NOT NULL,
  number INTEGER NOT NULL,
  max_discount INTEGER,
  use_limit INTEGER,
  customer_use_limit INTEGER
) STRICT;

CREATE TABLE promotion_condition (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id),
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 10),
  minor INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (promotion_id, position)
) STRICT, WITHOUT ROWID;

-- The ids or texts of a condition; the one that it does not have is 0 or empty.
CREATE TABLE promotion_condition_value (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id),
  position INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (promotion_id, position, seq)
) STRICT, WITHOUT ROWID;

-- How often a promotion was used; in a narrow table of its own, as orders change it.
CREATE TABLE promotion_use (
  promotion_id INTEGER NOT NULL PRIMARY KEY REFERENCES promotion (id),
  used INTEGER NOT NULL CHECK (used >= 0)
) STRICT;

CREATE TABLE coupon (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  code_folded TEXT NOT NULL,
  promotion_id INTEGER NOT NULL REFERENCES promotion (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  use_limit INTEGER,
  customer_use_limit INTEGER,
  used INTEGER NOT NULL CHECK (used >= 0),
  CHECK (use_limit IS NULL OR used <= use_limit)
) STRICT;
CREATE UNIQUE INDEX coupon_code ON coupon (code_folded);
CREATE INDEX coupon_promotion ON coupon (promotion_id);

-- Which orders used promotions with limits, or coupons; coupon_id 0: it applied by itself.
CREATE TABLE redemption (
  order_id INTEGER NOT NULL,
  promotion_id INTEGER NOT NULL,
  coupon_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
  PRIMARY KEY (order_id, promotion_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX redemption_owner ON redemption (owner_id, promotion_id) WHERE owner_id <> 0;

CREATE TABLE tax_zone (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE tax_zone_place (
  zone_id INTEGER NOT NULL REFERENCES tax_zone (id),
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  PRIMARY KEY (zone_id, country, region)
) STRICT, WITHOUT ROWID;
CREATE TABLE tax_rate (
  zone_id INTEGER NOT NULL REFERENCES tax_zone (id),
  position INTEGER NOT NULL,
  tax_class_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  rate_ppm INTEGER NOT NULL CHECK (rate_ppm BETWEEN 0 AND 10000000),
  PRIMARY KEY (zone_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE tax_class (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tax_class_name ON tax_class (name_folded);

CREATE TABLE shipping_method (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  pickup INTEGER NOT NULL CHECK (pickup IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  free_above INTEGER
) STRICT;
CREATE TABLE shipping_band (
  method_id INTEGER NOT NULL REFERENCES shipping_method (id),
  position INTEGER NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  max_weight_grams INTEGER,
  max_subtotal INTEGER,
  minor INTEGER NOT NULL CHECK (minor >= 0),
  PRIMARY KEY (method_id, position)
) STRICT, WITHOUT ROWID;
