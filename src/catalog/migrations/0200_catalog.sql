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
