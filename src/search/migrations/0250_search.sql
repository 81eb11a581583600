-- The words of all products on sale, folded.
CREATE TABLE search_term (
  term TEXT NOT NULL PRIMARY KEY,
  id INTEGER NOT NULL,
  documents INTEGER NOT NULL CHECK (documents >= 0)
) STRICT, WITHOUT ROWID;

-- Which products have a word, ascending, some hundred to a row: see postings.hpp.
CREATE TABLE search_posting (
  term_id INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  postings BLOB NOT NULL,
  PRIMARY KEY (term_id, first_id)
) STRICT, WITHOUT ROWID;

-- Each word with each of its letters left out: two words are a typo apart if they share one.
CREATE TABLE search_typo (
  deletion TEXT NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (deletion, term)
) STRICT, WITHOUT ROWID;

-- What people search for, without who.
CREATE TABLE search_count (
  query TEXT NOT NULL PRIMARY KEY,
  searches INTEGER NOT NULL,
  results INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX search_count_popular ON search_count (searches DESC, query) WHERE results > 0;
CREATE INDEX search_count_fruitless ON search_count (searches DESC, query) WHERE results = 0;
