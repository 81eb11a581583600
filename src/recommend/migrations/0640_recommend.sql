-- Orders that are not counted yet: one row each, appended. `cost` is what folding it takes, `cum`
-- the sum of costs up to here; `row_done` is 0, or one more than the number of its products that
-- are paired with all later ones. It names neither the order nor, unless they allow a profile,
-- the customer.
CREATE TABLE basket (
  id INTEGER NOT NULL PRIMARY KEY,
  sign INTEGER NOT NULL CHECK (sign IN (-1, 1)),
  at INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  products BLOB NOT NULL,
  row_done INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  cum INTEGER NOT NULL
) STRICT;

-- Orders after this one are not among the baskets yet.
CREATE TABLE basket_counted (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  order_id INTEGER NOT NULL
) STRICT;
INSERT INTO basket_counted (one, order_id) VALUES (1, 0);

-- In how many orders a product was, and how hot it is (see recommend/rules.hpp). An answer looks at
-- hundreds of these rows, which is why nothing else is in them.
CREATE TABLE product_taste (
  product_id INTEGER NOT NULL PRIMARY KEY,
  orders INTEGER NOT NULL CHECK (orders >= 0),
  heat REAL NOT NULL
) STRICT;

-- The last of those who bought a product and allow a profile.
CREATE TABLE product_buyers (
  product_id INTEGER NOT NULL PRIMARY KEY,
  buyers BLOB NOT NULL
) STRICT;

-- All orders together.
CREATE TABLE taste_total (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  orders INTEGER NOT NULL
) STRICT;
INSERT INTO taste_total (one, orders) VALUES (1, 0);

-- In how many orders two products were together; a < b. What happened once is in no index: most
-- pairs never happen again.
CREATE TABLE co_purchase (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  support INTEGER NOT NULL CHECK (support > 0),
  PRIMARY KEY (a, b),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_purchase_a ON co_purchase (a, support, b) WHERE support >= 2;
CREATE INDEX co_purchase_b ON co_purchase (b, support, a) WHERE support >= 2;

-- The hottest products, a few hundred.
CREATE TABLE trending (
  product_id INTEGER NOT NULL PRIMARY KEY,
  heat REAL NOT NULL
) STRICT;

-- What a customer or guest looked at, each product once, the last fifty.
CREATE TABLE recent_view (
  viewer_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (viewer_id, product_id)
) STRICT, WITHOUT ROWID;

-- Who does not want it as the shop has it.
CREATE TABLE taste_privacy (
  customer_id INTEGER NOT NULL PRIMARY KEY,
  views INTEGER NOT NULL,
  profiling INTEGER NOT NULL
) STRICT;
