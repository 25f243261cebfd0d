import type { Database } from "./database";

/**
 * Brings a database to the newest schema. Each migration is a script that runs once, in the order of the list;
 * `PRAGMA user_version` remembers how many have run. Safe when two processes start at once.
 *
 * @param migrations scripts, oldest first; once released, one is never changed, only followed
 */
export const migrate = async (database: Database, migrations: readonly string[]): Promise<void> => {
  for (const [index, script] of migrations.entries()) {
    const [row] = await database.query("PRAGMA user_version");
    if (Number(row?.["user_version"]) > index) continue;
    await database.exec(`BEGIN EXCLUSIVE;\n${script}\n;PRAGMA user_version = ${index + 1};\nCOMMIT;`);
  }
};
