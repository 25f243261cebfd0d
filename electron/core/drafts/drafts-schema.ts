/** Events being composed. `text_json` is the text as a JSON string: SQLite's own texts end at a NUL character. */
export const draftsSchema = `
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  message_type TEXT NOT NULL,
  text_json TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
`;
