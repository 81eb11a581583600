-- The outbox. Ids ascend in the order of the commits, so appending touches one page.
CREATE TABLE event (
  id INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  aggregate TEXT NOT NULL,
  aggregate_id INTEGER NOT NULL,
  payload TEXT NOT NULL
) STRICT;

-- What has words in it that somebody wrote, for the day on which a person is erased. The types are
-- those of SHOP_EVENT_WITH_WORDS in events_sql.hpp; notices, which every order has, are looked
-- through. Not IN: for each row that is written SQLite would make a table of the list.
CREATE INDEX event_words ON event (aggregate, aggregate_id)
  WHERE (type = 'loyalty.points' OR type = 'order.canceled' OR type = 'order.edited'
         OR type = 'seller.status' OR type = 'seller.updated' OR type = 'user.code'
         OR type = 'user.notice');

-- Who pulls. Everything up to `position` was handed out, skipped by the filter, or has a row in
-- event_delivery because it was not acknowledged yet.
CREATE TABLE event_consumer (
  name TEXT NOT NULL PRIMARY KEY,
  types TEXT NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  missed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event_delivery (
  consumer TEXT NOT NULL REFERENCES event_consumer (name) ON DELETE CASCADE,
  event_id INTEGER NOT NULL,
  aggregate TEXT NOT NULL,
  aggregate_id INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  PRIMARY KEY (consumer, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_delivery_aggregate
  ON event_delivery (consumer, aggregate, aggregate_id, event_id, due_at);
