/** Has a row once the sample workspace was made: what a person has deleted does not come back. */
export const sampleSchema = `
CREATE TABLE sample_workspace (
  made_at TEXT NOT NULL
) STRICT;
`;
