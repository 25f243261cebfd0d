/**
 * The order of the drafts, the person's own templates, and which entries came from a draft.
 *
 * `place` rises from the top of the list to its end; the drafts that were there stand newest first. A template's text
 * is kept as a draft's. An entry's source names its draft; the index holds only the entries that have one, so the
 * others cost nothing.
 */
export const draftLibrarySchema = `
ALTER TABLE drafts ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE drafts SET place = (
  SELECT count(*) FROM drafts AS newer
  WHERE newer.created_at > drafts.created_at
    OR (newer.created_at = drafts.created_at AND newer.rowid > drafts.rowid)
);

CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  message_type TEXT NOT NULL,
  text_json TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE INDEX entries_by_draft ON entries (source_json ->> '$.draft')
WHERE source_json ->> '$.draft' IS NOT NULL;
`;
