-- A user's notifications lie together, so that each costs one page. A user has 500 at most: what is
-- looked up by UUID or counted is looked for among those.
CREATE TABLE notification (
  user_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  object TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  read_at INTEGER,
  PRIMARY KEY (user_id, id)
) STRICT, WITHOUT ROWID;

-- What a user does not want as it is by default.
CREATE TABLE notification_preference (
  user_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  in_app INTEGER NOT NULL,
  outbox INTEGER NOT NULL,
  PRIMARY KEY (user_id, kind)
) STRICT, WITHOUT ROWID;
