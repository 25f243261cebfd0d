import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { workspaceFileName } from "../../../../shared/workspace";
import type { Database } from "../../database/database";
import type { Host } from "../../host";
import { writeTextFile } from "../files/text-file";
import workspaceFile from "./sample/bellhop.yaml?raw";
import checkout from "./sample/checkout.scenario.yaml?raw";
import firstPurchase from "./sample/first-purchase.scenario.yaml?raw";
import guests from "./sample/guests.csv?raw";

/** `bellhop.yaml` comes last: a folder with it is whole. */
const files: readonly (readonly [path: string, text: string])[] = [
  ["scenarios/checkout.scenario.yaml", checkout],
  ["scenarios/guests.csv", guests],
  ["scenarios/first-purchase.scenario.yaml", firstPurchase],
  [workspaceFileName, workspaceFile],
];

/** Makes the folder. @returns false where it is there already */
const makeFolder = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
};

interface SampleParts {
  host: Pick<Host, "profileFolder" | "workspaceFolder" | "sandbox" | "report">;
  database: Database;
}

const isFirstTime = async (database: Database): Promise<boolean> => {
  const [made] = await database.transaction([
    {
      sql: "INSERT INTO sample_workspace SELECT ? WHERE NOT EXISTS (SELECT 1 FROM sample_workspace)",
      params: [new Date().toISOString()],
    },
  ]);
  return made?.changes === 1;
};

/**
 * Fills the profile's own workspace when a window first opens on it, so that there is a journey to play. Once only, and
 * only where no such folder is there: what a person has taken away does not come back.
 */
export const makeSampleWorkspace = async ({ host, database }: SampleParts): Promise<void> => {
  const { profileFolder, workspaceFolder } = host;
  const isOwn = workspaceFolder === join(profileFolder, "workspace");
  if (!isOwn || host.sandbox !== "with-window" || !(await isFirstTime(database))) return;
  try {
    if (!(await makeFolder(workspaceFolder))) return;
    for (const [path, text] of files) await writeTextFile(join(workspaceFolder, path), path, text, null);
  } catch (error) {
    // Bellhop is of use without it, too.
    const why = error instanceof Error ? error.message : String(error);
    host.report(`The sample workspace could not be made in ${workspaceFolder}: ${why}`);
  }
};
