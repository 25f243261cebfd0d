/** Folders that a person has vouched for: scenarios in them may use more than the sandbox. */
export const trustedFoldersSchema = `
CREATE TABLE trusted_folders (
  folder TEXT PRIMARY KEY,
  trusted_at TEXT NOT NULL
) STRICT;
`;
