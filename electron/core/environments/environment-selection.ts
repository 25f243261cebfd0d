import type { Database } from "../database/database";

/** Remembers in the profile which environment is on in a workspace. */
export interface EnvironmentSelection {
  /** @returns null where none was chosen yet */
  get(): Promise<string | null>;
  set(name: string): Promise<void>;
  /** Back to the workspace's default. */
  clear(): Promise<void>;
}

/** @param workspace the workspace's absolute folder */
export const createEnvironmentSelection = (database: Database, workspace: string): EnvironmentSelection => ({
  async get() {
    const sql = "SELECT name FROM environment_selection WHERE workspace = ?";
    const [row] = await database.query(sql, workspace);
    return row === undefined ? null : String(row["name"]);
  },
  async set(name) {
    const sql =
      "INSERT INTO environment_selection VALUES (?, ?) ON CONFLICT (workspace) DO UPDATE SET name = excluded.name";
    await database.query(sql, workspace, name);
  },
  async clear() {
    await database.query("DELETE FROM environment_selection WHERE workspace = ?", workspace);
  },
});
