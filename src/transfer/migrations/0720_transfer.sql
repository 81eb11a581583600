-- Headers of imported files, so that an export can be equal.
CREATE TABLE import_header (
  id INTEGER NOT NULL PRIMARY KEY,
  columns TEXT NOT NULL,
  final_newline INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX import_header_columns ON import_header (columns, final_newline);

-- What the rows of an imported product say beyond or differently from what an export of it would:
-- CSV records of row, column, as it was written, as an export would have written it.
CREATE TABLE import_extra (
  product_id INTEGER NOT NULL PRIMARY KEY,
  header_id INTEGER NOT NULL REFERENCES import_header (id),
  rows INTEGER NOT NULL,
  cells TEXT NOT NULL
) STRICT;
