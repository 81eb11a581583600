CREATE TABLE audit_entry (
  seq INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  key_id INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_entry_object ON audit_entry (object_type, object_id, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, seq);

-- Where the chain ends, under a key: without this row the last entries could be cut off unseen.
CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  key_id INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;
