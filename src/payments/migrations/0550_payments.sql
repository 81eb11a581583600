-- What an order is paid with: one row per tender. Amounts are what its entries add up to.
CREATE TABLE payment (
  order_id INTEGER NOT NULL,
  payment_no INTEGER NOT NULL,
  tender INTEGER NOT NULL CHECK (tender BETWEEN 1 AND 7),
  authorized INTEGER NOT NULL,
  captured INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  tendered INTEGER NOT NULL,
  wallet_id INTEGER NOT NULL,
  reference TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (order_id, payment_no),
  CHECK (0 <= refunded AND refunded <= captured AND captured <= authorized)
) STRICT, WITHOUT ROWID;

-- The ledger: a row moves an amount from one account to another, so that every row, and with it
-- the whole, sums to zero. Rows are only ever added. `owner_id` is the order, or the wallet when
-- there is none. `fingerprint` is a digest of what the key was used for, where the row does not say
-- that itself.
CREATE TABLE money_entry (
  owner_id INTEGER NOT NULL,
  entry_no INTEGER NOT NULL,
  payment_no INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 8),
  debit INTEGER NOT NULL,
  debit_id INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  credit_id INTEGER NOT NULL,
  minor INTEGER NOT NULL CHECK (minor >= 0),
  at INTEGER NOT NULL,
  actor_role INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  reference TEXT NOT NULL,
  key BLOB,
  fingerprint BLOB,
  PRIMARY KEY (owner_id, entry_no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX money_entry_key ON money_entry (key) WHERE key IS NOT NULL;
CREATE INDEX money_entry_debit ON money_entry (debit_id) WHERE debit_id <> 0;
CREATE INDEX money_entry_credit ON money_entry (credit_id) WHERE credit_id <> 0;

-- One refund that somebody may make because another person agreed to it.
CREATE TABLE refund_approval (
  order_id INTEGER NOT NULL PRIMARY KEY,
  minor INTEGER NOT NULL,
  approved_by INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

-- Gift cards and store credit. The balance is what the ledger says; verify adds it up again. `mac`
-- is a keyed hash of the row: a balance, an owner or a code that was edited in the file is refused.
CREATE TABLE wallet (
  id INTEGER NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
  code_hash BLOB,
  hint TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  mac BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX wallet_code ON wallet (code_hash) WHERE code_hash IS NOT NULL;
CREATE UNIQUE INDEX wallet_customer ON wallet (customer_id) WHERE kind = 2;
