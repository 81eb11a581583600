CREATE TABLE category (
  id INTEGER NOT NULL PRIMARY KEY,
  parent_id INTEGER REFERENCES category (id),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  slug TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX category_slug ON category (slug);
CREATE UNIQUE INDEX category_sibling ON category (coalesce(parent_id, 0), name_folded);
CREATE INDEX category_name ON category (name_folded);
CREATE INDEX category_parent ON category (parent_id);

-- A category is its own ancestor at distance 0.
CREATE TABLE category_ancestor (
  category_id INTEGER NOT NULL,
  ancestor_id INTEGER NOT NULL,
  distance INTEGER NOT NULL,
  PRIMARY KEY (category_id, ancestor_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX category_descendant ON category_ancestor (ancestor_id, category_id);

-- What a list shows of a product, and no more: the row is read for each line of each page. Texts
-- and whatever a product may have several of are in tables of their own; `parts` says in which.
CREATE TABLE product (
  id INTEGER NOT NULL PRIMARY KEY,
  seller_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  category_id INTEGER NOT NULL,
  brand_id INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  price_max_minor INTEGER NOT NULL,
  compare_at_minor INTEGER,
  image TEXT,
  variant_count INTEGER NOT NULL,
  in_stock INTEGER NOT NULL CHECK (in_stock >= 0),
  rating_milli INTEGER NOT NULL CHECK (rating_milli BETWEEN 0 AND 5000),
  rating_count INTEGER NOT NULL CHECK (rating_count >= 0),
  sold INTEGER NOT NULL,
  sold_ever INTEGER NOT NULL CHECK (sold_ever BETWEEN 0 AND 1),
  parts INTEGER NOT NULL,
  tax_class_id INTEGER NOT NULL,
  minimum_age INTEGER NOT NULL,
  sold_by INTEGER NOT NULL CHECK (sold_by BETWEEN 1 AND 3),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX product_slug ON product (slug);
-- Also what suggestions walk.
CREATE UNIQUE INDEX product_title ON product (title_folded, seller_id);

CREATE TABLE product_description (
  product_id INTEGER NOT NULL PRIMARY KEY REFERENCES product (id),
  description TEXT NOT NULL
) STRICT;

CREATE TABLE product_translation (
  product_id INTEGER NOT NULL REFERENCES product (id),
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (product_id, language)
) STRICT;

CREATE TABLE variant (
  id INTEGER NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  options TEXT NOT NULL, -- the values, separated by U+001F
  sku TEXT,
  barcode TEXT,
  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
  compare_at_minor INTEGER,
  price_since INTEGER NOT NULL,
  weight_grams INTEGER NOT NULL,
  policy INTEGER NOT NULL CHECK (policy BETWEEN 1 AND 3),
  image_position INTEGER NOT NULL,
  in_stock INTEGER NOT NULL CHECK (in_stock BETWEEN 0 AND 1)
) STRICT;
CREATE UNIQUE INDEX variant_product ON variant (product_id, position);
-- A SKU is one variant's as it is written; it is also found in any case and by its beginning.
CREATE UNIQUE INDEX variant_sku ON variant (lower(sku), sku) WHERE sku IS NOT NULL;
CREATE UNIQUE INDEX variant_barcode ON variant (barcode) WHERE barcode IS NOT NULL;

-- What a variant cost until when; the present price is in the variant.
CREATE TABLE price_history (
  variant_id INTEGER NOT NULL,
  until INTEGER NOT NULL,
  since INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  PRIMARY KEY (variant_id, until)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_option (
  product_id INTEGER NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_image (
  id INTEGER NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  url TEXT NOT NULL,
  alt TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX product_image_position ON product_image (product_id, position);

CREATE TABLE image_bytes (
  image_id INTEGER NOT NULL PRIMARY KEY REFERENCES product_image (id),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE bundle_part (
  product_id INTEGER NOT NULL REFERENCES product (id),
  variant_id INTEGER NOT NULL REFERENCES variant (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (product_id, variant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bundle_part_variant ON bundle_part (variant_id);

-- The categories that a product was put into; the ones above follow from category_ancestor.
CREATE TABLE product_category (
  product_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_category_category ON product_category (category_id, product_id);

-- Brands, tags and values of attributes: what lists are filtered by and facets count.
CREATE TABLE facet (
  id INTEGER NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3), -- brand, tag, attribute
  name TEXT NOT NULL, -- of the attribute
  value TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  value_folded TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX facet_key ON facet (kind, name_folded, value_folded);

-- Products on sale by facet.
CREATE TABLE facet_product (
  facet_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  PRIMARY KEY (facet_id, product_id)
) STRICT, WITHOUT ROWID;

-- Tags and attributes of a product as they were written.
CREATE TABLE product_label (
  product_id INTEGER NOT NULL REFERENCES product (id),
  position INTEGER NOT NULL,
  facet_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  type INTEGER NOT NULL,
  PRIMARY KEY (product_id, position)
) STRICT;

-- A row per list in which a product appears, so that each list in each order is one range of one
-- index. A scope is 0 (all on sale), a category (on sale in it or below), a seller (on sale by
-- it), or, for managers, -1 (drafts), -2 (archived), minus a seller (its drafts and archived).
CREATE TABLE listing (
  scope_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  sold INTEGER NOT NULL,
  rating INTEGER NOT NULL,
  title_folded TEXT NOT NULL,
  PRIMARY KEY (scope_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_price ON listing (scope_id, price_minor, product_id);
CREATE INDEX listing_sold ON listing (scope_id, sold, product_id);
CREATE INDEX listing_rating ON listing (scope_id, rating, product_id);
CREATE INDEX listing_title ON listing (scope_id, title_folded, product_id);

-- What listing and facet_product must hold: for filling them at once, and for verify. A list is the
-- union of its parts; of several categories below one another, and of labels that mean the same,
-- the first counts. parts / 128 % 2: withheld, because the seller may not sell.
CREATE VIEW product_listing AS
SELECT 0 AS scope_id, p.id AS product_id, p.price_minor, p.sold, p.rating_milli AS rating,
  p.title_folded FROM product p
WHERE p.status = 2 AND p.parts / 128 % 2 = 0
UNION ALL
SELECT CASE p.status WHEN 1 THEN -1 ELSE -2 END, p.id, p.price_minor, p.sold, p.rating_milli,
  p.title_folded FROM product p WHERE p.status <> 2
UNION ALL
SELECT CASE WHEN p.status = 2 AND p.parts / 128 % 2 = 0 THEN p.seller_id ELSE -p.seller_id END,
  p.id, p.price_minor, p.sold, p.rating_milli, p.title_folded FROM product p WHERE p.seller_id <> 0
UNION ALL
SELECT a.ancestor_id, p.id, p.price_minor, p.sold, p.rating_milli, p.title_folded FROM product p
CROSS JOIN product_category c CROSS JOIN category_ancestor a
WHERE p.status = 2 AND p.parts / 128 % 2 = 0 AND c.product_id = p.id
AND a.category_id = c.category_id
AND (c.position = 1 OR NOT EXISTS (SELECT 1 FROM product_category e
  JOIN category_ancestor b ON b.category_id = e.category_id
  WHERE e.product_id = p.id AND e.position < c.position AND b.ancestor_id = a.ancestor_id));

CREATE VIEW product_facet AS
SELECT p.brand_id AS facet_id, p.id AS product_id FROM product p
WHERE p.status = 2 AND p.parts / 128 % 2 = 0 AND p.brand_id <> 0
UNION ALL
SELECT l.facet_id, p.id FROM product p CROSS JOIN product_label l
WHERE p.status = 2 AND p.parts / 128 % 2 = 0 AND l.product_id = p.id
AND (l.position = 1 OR NOT EXISTS (SELECT 1 FROM product_label e
  WHERE e.product_id = p.id AND e.position < l.position AND e.facet_id = l.facet_id));

-- Kept counts: products per scope of listing and per facet.
CREATE TABLE scope_count (
  scope_id INTEGER NOT NULL PRIMARY KEY,
  products INTEGER NOT NULL CHECK (products >= 0)
) STRICT;

-- Units that came back, or whose order changed, not yet in product.sold and listing.sold; folded in
-- batches, with the orders placed after order_id of sold_counted. While a fold is under way, the
-- orders from there up to until_id are counted for the products up to product_id.
CREATE TABLE sold_delta (
  id INTEGER NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL,
  units INTEGER NOT NULL
) STRICT;
CREATE TABLE sold_counted (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  order_id INTEGER NOT NULL,
  until_id INTEGER NOT NULL CHECK (until_id >= order_id),
  product_id INTEGER NOT NULL
) STRICT;
INSERT INTO sold_counted (one, order_id, until_id, product_id) VALUES (1, 0, 0, 0);
