/**
 * What is leaving the log. A removal hides its entries at once, for every reader, and can be taken back until its time
 * is over; then they are deleted, a few at a time. `log_counter.leaving` counts what is hidden; `removals` rises with
 * whatever moves the places of entries, so that readers know.
 */
export const logRemovalsSchema = `
ALTER TABLE log_counter ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log_counter ADD COLUMN removals INTEGER NOT NULL DEFAULT 0;

CREATE TABLE log_removals (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  -- Milliseconds since 1970; until then it can be taken back.
  until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE entries_leaving (
  seq INTEGER PRIMARY KEY,
  removal TEXT NOT NULL REFERENCES log_removals (id) ON DELETE CASCADE
);
CREATE INDEX entries_leaving_by_removal ON entries_leaving (removal);
`;
