/**
 * The log's tables.
 *
 * `entries` has a column for all that a row, a filter or an order needs; the rest is JSON in the last columns, which
 * SQLite reads only for the detail. `bodies` holds each body once: a text as TEXT, other bytes as BLOB; a request body
 * that is exactly the event stands for both. `log_counter.revision` rises with each change, in the same transaction.
 *
 * Texts are found by three letters that follow each other (`entries_text`), indexed a little after the entry is done,
 * off the way of a send; `entries_unindexed` lists what is still to be looked through by hand.
 */
export const logSchema = `
CREATE TABLE log_counter (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL,
  entries INTEGER NOT NULL
);
INSERT INTO log_counter VALUES (1, 0, 0);

CREATE TABLE entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done')),
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  environment TEXT NOT NULL,
  transport TEXT NOT NULL,
  type TEXT NOT NULL,
  summary TEXT NOT NULL,
  status INTEGER,
  status_class TEXT NOT NULL,
  error TEXT,
  latency REAL,
  catalog TEXT NOT NULL,
  schema TEXT NOT NULL,
  ingestion TEXT NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  reason TEXT,
  guest_ref TEXT,
  source_json TEXT NOT NULL,
  url TEXT NOT NULL,
  request_json TEXT NOT NULL,
  response_json TEXT,
  error_json TEXT,
  timings_json TEXT NOT NULL,
  issues_json TEXT NOT NULL
);
CREATE UNIQUE INDEX entries_by_revision ON entries (revision);
CREATE INDEX entries_pending ON entries (owner) WHERE state = 'pending';
-- Narrow and in the order of the log: counts, skips and filters of any combination read this alone. So the class of
-- a status is a plain column: SQLite does not take a generated one from an index.
CREATE INDEX entries_by_facets ON entries (seq, environment, type, status_class, schema, ingestion);

CREATE TABLE bodies (
  entry INTEGER NOT NULL REFERENCES entries (seq) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('event', 'request', 'response')),
  content BLOB NOT NULL,
  UNIQUE (entry, part)
);

CREATE TABLE log_facets (
  name TEXT NOT NULL CHECK (name IN ('environment', 'type')),
  value TEXT NOT NULL,
  PRIMARY KEY (name, value)
) WITHOUT ROWID;

CREATE TABLE entries_unindexed (seq INTEGER PRIMARY KEY REFERENCES entries (seq) ON DELETE CASCADE);
CREATE VIRTUAL TABLE entries_text USING fts5 (content, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE VIRTUAL TABLE entries_trigrams USING fts5vocab (entries_text, 'instance');

-- The line ends keep words of one part from running into the next, and give the last two letters a trigram.
CREATE VIEW entries_searchable AS
SELECT
  seq,
  type || char(10) || url || char(10) || coalesce((
    SELECT group_concat(substr(content, 1, 65536), char(10))
    FROM bodies WHERE entry = seq AND typeof(content) = 'text'
  ), '') || char(10) || char(10) AS content
FROM entries;
`;
