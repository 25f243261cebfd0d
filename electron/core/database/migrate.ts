import type { Database } from "./database";

/**
 * Brings a database to the newest schema. Each migration is a script that runs once, in the order of the list;
 * `PRAGMA user_version` remembers how many have run. All that are missing run in one transaction that looks first,
 * so that two processes may start at once.
 *
 * @param migrations scripts, oldest first; once released, one is never changed, only followed
 * @throws AppError DATABASE_FAILED, also where a newer Bellhop wrote the file
 */
export const migrate = (database: Database, migrations: readonly string[]): Promise<void> =>
  database.migrate(migrations);
