-- Figures of what was sold. An order says itself what it adds (uncounted_line, uncounted_order);
-- what changes one later appends narrow rows to the two delta tables in its own transaction. Every
-- few hundred orders both are folded into the sums. Readers add what is not folded yet. Days and
-- months are those of the shop's UTC offset: a day is counted from 1970-01-01, a month is year * 12
-- + month - 1. Amounts are minor units. What was sold counts on the day of the order, and leaves
-- that day again when it is canceled or edited; what came back counts on the day of the return.

-- A line of an order. orders is 1 on the first line of its product, category_orders on the first
-- of its category, so that sums count orders.
CREATE TABLE sales_line_delta (
  id INTEGER NOT NULL PRIMARY KEY,
  day INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  category_orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL
) STRICT;

-- An order for the whole shop (scope 0), and its part for each seller but the shop itself.
CREATE TABLE sales_order_delta (
  id INTEGER NOT NULL PRIMARY KEY,
  scope INTEGER NOT NULL,
  day INTEGER NOT NULL,
  month INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  at INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  shipping INTEGER NOT NULL,
  returns INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL
) STRICT;

-- What is not in the sums yet: the deltas, and what the orders say themselves.
CREATE VIEW sales_line_unfolded AS
SELECT day, product_id, variant_id, category_id, seller_id, orders, category_orders, units,
  revenue, returned_units, returned FROM sales_line_delta
UNION ALL SELECT day, product_id, variant_id, category_id, seller_id, orders, category_orders,
  units, revenue, 0, 0 FROM uncounted_line;
CREATE VIEW sales_order_unfolded AS
SELECT scope, day, month, hour, at, order_id, customer_id, country, region, orders, units, revenue,
  discount, tax, shipping, returns, returned_units, returned FROM sales_order_delta
UNION ALL SELECT scope, day, month, hour, at, order_id, customer_id, country, region, 1, units,
  revenue, discount, tax, shipping, 0, 0, 0 FROM uncounted_order;

-- grain 1: period is a day; 2: a month; 3: everything, period 0. Months and the whole get a day
-- when it is over: see sales_fold.
CREATE TABLE sales_product (
  grain INTEGER NOT NULL,
  period INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (grain, period, seller_id, product_id, variant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_category (
  day INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (day, category_id)
) STRICT, WITHOUT ROWID;

-- new_orders: the first ones of their customers; repeat_orders: the later ones; the rest: guests'.
CREATE TABLE sales_day (
  scope INTEGER NOT NULL,
  day INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  new_orders INTEGER NOT NULL,
  repeat_orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  shipping INTEGER NOT NULL,
  returns INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (scope, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_hour (
  scope INTEGER NOT NULL,
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  PRIMARY KEY (scope, day, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_region (
  scope INTEGER NOT NULL,
  day INTEGER NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  orders INTEGER NOT NULL,
  units INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned_units INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (scope, day, country, region)
) STRICT, WITHOUT ROWID;

-- Each customer's orders; the first of those that were not canceled (0: none), and the last one
-- whatever became of it.
CREATE TABLE sales_customer (
  scope INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  first_order_id INTEGER NOT NULL,
  first_month INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (scope, customer_id)
) STRICT, WITHOUT ROWID;

-- The months in which a customer was active, for cohorts.
CREATE TABLE sales_customer_month (
  scope INTEGER NOT NULL,
  month INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (scope, month, customer_id)
) STRICT, WITHOUT ROWID;

-- Days up to rolled_day are in the months and the whole of sales_product; generation grows when
-- those change, folds with every fold.
CREATE TABLE sales_fold (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  rolled_day INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  folds INTEGER NOT NULL
) STRICT;
INSERT INTO sales_fold (id, rolled_day, generation, folds) VALUES (1, -1000000000, 0, 0);

-- What comes before an order, counted by day and by nobody in particular. step: 1 product views, 2
-- carts that got their first line.
CREATE TABLE funnel_day (
  day INTEGER NOT NULL,
  step INTEGER NOT NULL CHECK (step IN (1, 2)),
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (day, step)
) STRICT, WITHOUT ROWID;
