/** Which environment is on, for each workspace folder that was opened with this profile. */
export const environmentsSchema = `
CREATE TABLE environment_selection (
  workspace TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
`;
