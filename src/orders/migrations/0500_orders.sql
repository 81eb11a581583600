-- number: the day (days since 1970, at the shop's offset) × 10,000,000 + the order's place in it,
-- counted without gaps. The same index finds an order by number, the next number, a day's orders.
-- owner_id: the customer or the guest; 0 for sales to nobody in particular. month (year * 12 +
-- month - 1) and hour are those of the shop's calendar when it was placed.
CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,
  uuid_chance INTEGER NOT NULL,
  key BLOB NOT NULL,
  fingerprint BLOB NOT NULL,
  cart_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  placed_at INTEGER NOT NULL,
  month INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  payment_status INTEGER NOT NULL CHECK (payment_status BETWEEN 1 AND 6),
  fulfilment_status INTEGER NOT NULL CHECK (fulfilment_status BETWEEN 1 AND 5),
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  address BLOB NOT NULL, -- sealed; empty: none
  note TEXT NOT NULL,
  rounding INTEGER NOT NULL,
  tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
  line_count INTEGER NOT NULL,
  units INTEGER NOT NULL,
  subtotal INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  shipping_method_id INTEGER,
  shipping_name TEXT NOT NULL,
  shipping INTEGER NOT NULL,
  shipping_discount INTEGER NOT NULL,
  shipping_tax INTEGER NOT NULL,
  shipping_total INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  cash_rounding INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total >= 0),
  paid INTEGER NOT NULL,
  refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND paid),
  points INTEGER NOT NULL,
  edit_refunded INTEGER NOT NULL CHECK (edit_refunded >= 0),
  exchange_of INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE UNIQUE INDEX orders_key ON orders (key);
CREATE INDEX orders_owner ON orders (owner_id, number) WHERE owner_id <> 0;
-- Few orders wait or are canceled; the many that are neither cost nothing here.
CREATE INDEX orders_waiting ON orders (status, number) WHERE status IN (1, 4);

-- id: that of the order × 1,024 + the line's number in it. Rows of orders go to the end of the
-- table; with a key of two columns each would move its neighbours about.
-- first_of_product, first_of_category: no earlier line of the order has the same, so that sums over
-- lines can count orders.
CREATE TABLE order_line (
  id INTEGER NOT NULL PRIMARY KEY,
  variant_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  variant_title TEXT NOT NULL,
  note TEXT NOT NULL,
  by_measure INTEGER NOT NULL CHECK (by_measure IN (0, 1)),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  list_minor INTEGER NOT NULL,
  unit_minor INTEGER NOT NULL,
  price_source INTEGER NOT NULL,
  price_source_id INTEGER NOT NULL,
  price_name TEXT NOT NULL,
  subtotal INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total >= 0),
  shipped INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  first_of_product INTEGER NOT NULL CHECK (first_of_product IN (0, 1)),
  first_of_category INTEGER NOT NULL CHECK (first_of_category IN (0, 1)),
  CHECK (0 <= shipped AND shipped <= quantity),
  CHECK (0 <= returned AND returned <= quantity),
  CHECK (0 <= refunded AND refunded <= total)
) STRICT;

-- What one of a bundle was made of when it was ordered; nothing for lines that are no bundle.
CREATE TABLE order_line_bundle (
  line_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (line_id, variant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_adjustment (
  order_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  line_no INTEGER,
  minor INTEGER NOT NULL,
  PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_tax (
  order_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  rate_ppm INTEGER NOT NULL,
  base INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;

-- What each seller has to deliver of an order over several; an order of the shop alone has no rows.
-- lines, units and total are sums over its lines; the order's own axis follows from these.
CREATE TABLE order_part (
  seller_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  fulfilment_status INTEGER NOT NULL CHECK (fulfilment_status BETWEEN 1 AND 5),
  units INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (seller_id, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX order_part_order ON order_part (order_id, seller_id);

-- Edits, each with what it did to the total.
CREATE TABLE order_edit (
  order_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  key BLOB NOT NULL,
  fingerprint BLOB NOT NULL,
  at INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  total_before INTEGER NOT NULL,
  total_after INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX order_edit_key ON order_edit (key);

-- What changed after the order was placed. axis: 1 order, 2 payment, 3 fulfilment. seller_id: whose
-- part moved; NULL: the order as a whole.
CREATE TABLE order_history (
  order_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  seller_id INTEGER,
  at INTEGER NOT NULL,
  axis INTEGER NOT NULL CHECK (axis BETWEEN 1 AND 3),
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;

-- Goods that came back, against an order or (order_id 0) without a receipt.
CREATE TABLE order_return (
  id INTEGER NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,
  key BLOB NOT NULL,
  order_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  reason TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND value)
) STRICT;
CREATE UNIQUE INDEX order_return_number ON order_return (number);
CREATE UNIQUE INDEX order_return_key ON order_return (key);
CREATE INDEX order_return_order ON order_return (order_id) WHERE order_id <> 0;
CREATE INDEX order_return_loose ON order_return (owner_id) WHERE order_id = 0;

CREATE TABLE order_return_line (
  return_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  order_line_no INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  value INTEGER NOT NULL CHECK (value >= 0),
  restocked INTEGER NOT NULL CHECK (restocked IN (0, 1)),
  reason TEXT NOT NULL,
  PRIMARY KEY (return_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE shipment (
  id INTEGER NOT NULL PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  seller_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  carrier TEXT NOT NULL,
  tracking_code TEXT NOT NULL,
  delivered_at INTEGER
) STRICT;
CREATE INDEX shipment_order ON shipment (order_id);

CREATE TABLE shipment_line (
  shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  line_no INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  PRIMARY KEY (shipment_id, line_no)
) STRICT, WITHOUT ROWID;

-- The figures follow the orders in steps of a few hundred: an order writes nothing for them. Those
-- after order_id are counted from their own rows, by these views, whenever figures are read.
CREATE TABLE order_counted (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  order_id INTEGER NOT NULL
) STRICT;
INSERT INTO order_counted (one, order_id) VALUES (1, 0);

CREATE VIEW uncounted_line AS
SELECT o.number / 10000000 AS day, l.product_id, l.variant_id, l.category_id, l.seller_id,
  l.first_of_product AS orders, l.first_of_category AS category_orders,
  CASE WHEN l.by_measure = 1 THEN 1 ELSE l.quantity END AS units, l.total AS revenue
FROM orders o JOIN order_line l ON l.id BETWEEN o.id * 1024 AND o.id * 1024 + 1023
WHERE o.id > (SELECT order_id FROM order_counted WHERE one = 1);

-- scope 0 is the whole shop; sellers have rows of their own, with what is theirs. The plus signs
-- keep the index by seller out of it: that one would walk over all the parts a seller ever had.
CREATE VIEW uncounted_order AS
SELECT o.id AS order_id, 0 AS scope, o.number / 10000000 AS day, o.month, o.hour,
  o.placed_at AS at, CASE WHEN o.guest = 1 THEN 0 ELSE o.owner_id END AS customer_id, o.country,
  o.region, o.units, o.total - o.cash_rounding - o.shipping_total AS revenue, o.discount, o.tax,
  o.shipping_total AS shipping
FROM orders o WHERE o.id > (SELECT order_id FROM order_counted WHERE one = 1)
UNION ALL
SELECT o.id, +p.seller_id, o.number / 10000000, o.month, o.hour, o.placed_at,
  CASE WHEN o.guest = 1 THEN 0 ELSE o.owner_id END, o.country, o.region, p.units, p.total, 0, 0, 0
FROM orders o JOIN order_part p ON p.order_id = o.id
WHERE o.id > (SELECT order_id FROM order_counted WHERE one = 1) AND +p.seller_id <> 0;
