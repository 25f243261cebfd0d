/** What the window remembers of its arrangement, as JSON by name. */
export const layoutSchema = `
CREATE TABLE layout (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
);
`;
