CREATE TABLE audit_entry (
  id INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
