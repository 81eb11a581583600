-- Seller 0, the shop itself, has no row.
CREATE TABLE seller (
  id INTEGER NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  slug TEXT NOT NULL,
  phone TEXT NOT NULL,
  category_id INTEGER,
  description TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  rating_sum INTEGER NOT NULL,
  rating_count INTEGER NOT NULL,
  reason TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  decided_at INTEGER,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX seller_account ON seller (account_id);
CREATE UNIQUE INDEX seller_name ON seller (name_folded);
CREATE UNIQUE INDEX seller_slug ON seller (slug);
CREATE INDEX seller_status ON seller (status, id);
