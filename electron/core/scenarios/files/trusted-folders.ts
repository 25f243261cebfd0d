import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import type { Database } from "../../database/database";
import { isBelow, realPathOf } from "./scenario-paths";

/** Which scenario files may use more than the sandbox. */
export interface TrustedFolders {
  /**
   * Whether a file really lies in the workspace that this Bellhop was opened on, or in a folder that a person has
   * vouched for. Scenarios of others play on the sandbox only.
   *
   * @param file absolute
   */
  isTrusted(file: string): Promise<boolean>;
  /** @param folder absolute @throws AppError NOT_FOUND, INVALID_INPUT */
  trust(folder: string): Promise<void>;
}

const notAFolder = (folder: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `${folder} is not a folder.`,
    hint: "Trust the folder that the scenario lies in.",
    field: "/folder",
  });

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

export const createTrustedFolders = (database: Database, workspace: string): TrustedFolders => ({
  async isTrusted(file) {
    try {
      const real = await realpath(file);
      if (isBelow(await realPathOf(workspace), real)) return true;
      const rows = await database.query("SELECT folder FROM trusted_folders");
      return rows.some(({ folder }) => isBelow(String(folder), real));
    } catch (error) {
      if (error instanceof AppError) throw error;
      return false;
    }
  },
  async trust(folder) {
    if (!(await isFolder(folder))) throw notAFolder(folder);
    const real = await realpath(folder);
    if (dirname(real) === real)
      throw new AppError({
        code: "INVALID_INPUT",
        message: `${folder} is a whole disk.`,
        hint: "Trust the folder that the scenario lies in.",
        field: "/folder",
      });
    const sql = "INSERT INTO trusted_folders VALUES (?, ?) ON CONFLICT (folder) DO NOTHING";
    await database.query(sql, real, new Date().toISOString());
  },
});
