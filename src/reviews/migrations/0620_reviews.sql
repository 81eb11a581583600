CREATE TABLE review (
  id INTEGER NOT NULL PRIMARY KEY,
  product_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  seller_id INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  author TEXT NOT NULL,
  helpful INTEGER NOT NULL CHECK (helpful >= 0),
  unhelpful INTEGER NOT NULL CHECK (unhelpful >= 0),
  answer TEXT NOT NULL,
  answered_at INTEGER,
  reason TEXT NOT NULL,
  rewarded INTEGER NOT NULL CHECK (rewarded BETWEEN 0 AND 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX review_once ON review (product_id, customer_id);
CREATE INDEX review_newest ON review (product_id, status, id);
CREATE INDEX review_helpful ON review (product_id, status, helpful, id);
CREATE INDEX review_customer ON review (customer_id, id);
CREATE INDEX review_queue ON review (id) WHERE status = 1;

-- What outlives a review that was removed: whether the customer's next one of the product waits for
-- the moderation, and whether points were given.
CREATE TABLE review_removed (
  customer_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held BETWEEN 0 AND 1),
  rewarded INTEGER NOT NULL CHECK (rewarded BETWEEN 0 AND 1),
  PRIMARY KEY (customer_id, product_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_vote (
  review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL,
  helpful INTEGER NOT NULL CHECK (helpful BETWEEN 0 AND 1),
  PRIMARY KEY (review_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_vote_customer ON review_vote (customer_id, review_id);

-- What the published reviews of a product come to; kept with each change. `bayes` is the mean with
-- the prior, in millionths of a star.
CREATE TABLE review_rating (
  product_id INTEGER NOT NULL PRIMARY KEY,
  reviews INTEGER NOT NULL CHECK (reviews > 0),
  stars INTEGER NOT NULL,
  one INTEGER NOT NULL CHECK (one >= 0),
  two INTEGER NOT NULL CHECK (two >= 0),
  three INTEGER NOT NULL CHECK (three >= 0),
  four INTEGER NOT NULL CHECK (four >= 0),
  five INTEGER NOT NULL CHECK (five >= 0),
  bayes INTEGER NOT NULL
) STRICT;
CREATE INDEX review_rating_top ON review_rating (bayes, product_id);
CREATE INDEX review_rating_most ON review_rating (reviews, product_id);
