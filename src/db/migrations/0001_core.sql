CREATE TABLE schema_migration (
  number INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

-- One counter for the ids of all tables: id = counter * 1024 + site.
CREATE TABLE id_sequence (
  site INTEGER NOT NULL PRIMARY KEY CHECK (site BETWEEN 0 AND 1023),
  next INTEGER NOT NULL CHECK (next BETWEEN 1 AND 8796093022207)
) STRICT;

INSERT INTO id_sequence (site, next) VALUES (0, 1);

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
