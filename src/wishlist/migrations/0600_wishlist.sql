CREATE TABLE wishlist (
  id INTEGER NOT NULL PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  is_default INTEGER NOT NULL CHECK (is_default BETWEEN 0 AND 1),
  share_hash TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX wishlist_name ON wishlist (customer_id, name_folded);
CREATE UNIQUE INDEX wishlist_share ON wishlist (share_hash) WHERE share_hash IS NOT NULL;

-- `price_seen_minor` is the price that the customer last knew: when it was added, or told.
CREATE TABLE wishlist_item (
  wishlist_id INTEGER NOT NULL REFERENCES wishlist (id) ON DELETE CASCADE,
  product_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  variant_id INTEGER NOT NULL,
  price_added_minor INTEGER NOT NULL,
  price_seen_minor INTEGER NOT NULL,
  note TEXT NOT NULL,
  notify_price_drop INTEGER NOT NULL,
  notify_back_in_stock INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (wishlist_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX wishlist_item_order ON wishlist_item (wishlist_id, id);
CREATE INDEX wishlist_item_product ON wishlist_item (product_id, customer_id);

-- By how many customers a product is wished for; kept with each change.
CREATE TABLE wish_count (
  product_id INTEGER NOT NULL PRIMARY KEY,
  customers INTEGER NOT NULL CHECK (customers > 0)
) STRICT;
CREATE INDEX wish_count_most ON wish_count (customers, product_id);

-- Who waits for a variant that is sold out, in the order of asking.
CREATE TABLE stock_wait (
  variant_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (variant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stock_wait_customer ON stock_wait (customer_id, variant_id);
