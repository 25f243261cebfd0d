import type { Database, DatabaseThread } from "./database/database";
import { migrate } from "./database/migrate";
import { draftLibrarySchema } from "./drafts/draft-library-schema";
import { draftsSchema } from "./drafts/drafts-schema";
import { environmentsSchema } from "./environments/environments-schema";
import { guestsSchema } from "./guests/guests-schema";
import { layoutSchema } from "./layout/layout-schema";
import { logRemovalsSchema } from "./log/log-removals-schema";
import { logSchema } from "./log/log-schema";
import { sampleSchema } from "./scenarios/create/sample-schema";
import { trustedFoldersSchema } from "./scenarios/files/trusted-folders-schema";
import { runsSchema } from "./scenarios/runs/runs-schema";

/** The profile's database, oldest migration first. A released one is never changed, only followed. */
const migrations = [
  [logSchema, draftsSchema, guestsSchema, layoutSchema, environmentsSchema].join("\n"),
  [trustedFoldersSchema, sampleSchema, runsSchema, draftLibrarySchema, logRemovalsSchema].join("\n"),
];

/** Makes anew what is counted from the log and indexed of it, after rows were taken over from a damaged file. */
export const countAnew = `
UPDATE log_counter SET
  revision = max(revision, coalesce((SELECT max(revision) FROM entries), 0)),
  entries = (SELECT count(*) FROM entries);
INSERT OR IGNORE INTO entries_unindexed (seq) SELECT seq FROM entries;
`;

/** Opens the profile's database at its newest schema. @throws AppError DATABASE_FAILED */
export const openProfileDatabase = async (thread: DatabaseThread, file: string): Promise<Database> => {
  const database = await thread.open(file);
  await migrate(database, migrations);
  return database;
};
