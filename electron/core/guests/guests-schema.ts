/** The guest context of each environment. `target` is what it was made at: another target does not know the browser. */
export const guestsSchema = `
CREATE TABLE guests (
  environment TEXT PRIMARY KEY,
  target TEXT NOT NULL,
  browser_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  guest_ref TEXT,
  typed INTEGER NOT NULL,
  since TEXT NOT NULL
) WITHOUT ROWID;
`;
