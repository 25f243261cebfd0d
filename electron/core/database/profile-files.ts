import { existsSync } from "node:fs";
import { join } from "node:path";
import { openProfileDatabase, countAnew } from "../profile-database";
import type { NewNotice } from "../reports/notices";
import type { Database, DatabaseThread, DatabaseTrouble } from "./database";
import { markForCheck, openOrRecover, recoveryWords, type Recovery } from "./open-or-recover";

interface ProfileFiles {
  thread: DatabaseThread;
  profileFolder: string;
  /** Runs while no other process does the same. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  tell(notice: NewNotice): void;
}

const logFile = "bellhop.db";
const sandboxFile = "sandbox.db";

/** The path of the database with log, drafts and runs. */
export const profileDatabaseFile = (profileFolder: string): string => join(profileFolder, logFile);

/** Opens the profile's database; a damaged one is kept aside and what can be read of it taken over. @throws AppError */
export const openProfileDatabaseSafely = ({
  thread,
  profileFolder,
  alone,
  tell,
}: ProfileFiles): Promise<Database> => {
  const file = profileDatabaseFile(profileFolder);
  return openOrRecover({
    ...{ thread, file, alone, afterwards: countAnew },
    open: () => openProfileDatabase(thread, file),
    recovered: (recovery) => tell({ severity: "error", ...recoveryWords(file, recovery) }),
  });
};

const sandboxWords = ({ aside }: Recovery): NewNotice => ({
  severity: "error",
  message: "The sandbox's state was damaged and could not be read, so the sandbox begins anew.",
  hint: `The damaged file is kept as ${aside}. A snapshot or an export can be restored in the Sandbox view.`,
});

/**
 * Sees to it that the sandbox finds a file it can use. Of a damaged one nothing is taken over: half a state would tell
 * of guests whose history does not lead to them.
 */
export const checkSandboxFile = async ({
  thread,
  profileFolder,
  alone,
  tell,
}: ProfileFiles): Promise<void> => {
  const file = join(profileFolder, sandboxFile);
  if (!existsSync(file)) return;
  const database = await openOrRecover({
    ...{ thread, file, alone, afterwards: null },
    open: () => thread.open(file),
    recovered: (recovery) => tell(sandboxWords(recovery)),
  });
  await database.close();
};

/** What a person is told of trouble with the thread or with a file. */
export const troubleWords = (trouble: DatabaseTrouble): NewNotice => {
  if (trouble.kind === "damage")
    return {
      severity: "error",
      message: `A part of ${trouble.file} is damaged.`,
      hint: "Restart Bellhop: it looks at the whole file, keeps it aside, and takes over what can be read.",
    };
  if (trouble.back)
    return {
      severity: "warning",
      message: `The database had to be started again: ${trouble.reason}.`,
      hint: "What was under way at that moment failed. Look in the log before you do it again.",
    };
  return {
    severity: "error",
    message: `The database ended several times within a minute and is not started again: ${trouble.reason}.`,
    hint: "Restart Bellhop. If it stays, copy the report in Settings, and begin with another profile.",
  };
};

/** Damage that is met while Bellhop runs is looked at by the next start. */
export const noteTrouble = (trouble: DatabaseTrouble): Promise<void> =>
  trouble.kind === "damage" ? markForCheck(trouble.file) : Promise.resolve();
