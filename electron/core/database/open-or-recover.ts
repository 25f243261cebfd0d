import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { startDatabaseThread, type Database, type DatabaseThread } from "./database";
import { salvage, type Salvage } from "./salvage";
import { isDamage } from "./worker-link";

/** What was done about a damaged file. */
export interface Recovery {
  /** Where it is now. */
  aside: string;
  /** What SQLite said of it. */
  why: string;
  /** What came over from it; null where it is no database at all. */
  salvage: Salvage | null;
}

export interface RecoverOptions {
  thread: DatabaseThread;
  file: string;
  /** Opens the file at its newest schema. @throws AppError DATABASE_FAILED */
  open(): Promise<Database>;
  /** Run after the taking over: makes anew what is counted or indexed. Null: nothing is to be taken over. */
  afterwards: string | null;
  /** Runs while no other process recovers the same file. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  recovered(recovery: Recovery): void;
}

const companions = ["-wal", "-shm"];

/** Beside the file while a damaged page was met in it, so that the next start looks at the whole. */
const markOf = (file: string): string => `${file}.check`;

/** Notes that a file needs a look at the next start. Never throws: the disk may be the reason. */
export const markForCheck = (file: string): Promise<void> =>
  writeFile(markOf(file), "", { mode: 0o600 }).catch(() => undefined);

const stamp = (): string => new Date().toISOString().slice(0, 19).replaceAll(":", "-");

const asideOf = (file: string): string => {
  const name = `${file}.damaged-${stamp()}`;
  if (!existsSync(name)) return name;
  for (let number = 2; ; number += 1) if (!existsSync(`${name}-${number}`)) return `${name}-${number}`;
};

/** A file keeps its companions, which may hold what was committed last. */
const keepAside = async (file: string): Promise<string> => {
  const aside = asideOf(file);
  await rename(file, aside);
  for (const end of companions)
    if (existsSync(`${file}${end}`)) await rename(`${file}${end}`, `${aside}${end}`);
  return aside;
};

/** On a thread of its own: a damaged file may take its reader along. */
const takeOver = async (aside: string, fresh: Database, afterwards: string): Promise<Salvage | null> => {
  const thread = startDatabaseThread();
  try {
    return await salvage(await thread.open(aside), fresh, afterwards);
  } catch {
    return null;
  } finally {
    await thread.close();
  }
};

/** Opens it, and where a damaged page was met before, looks at every page. @throws where it is damaged */
const openSound = async ({ file, open }: RecoverOptions): Promise<Database> => {
  const database = await open();
  if (!existsSync(markOf(file))) return database;
  try {
    // Fails with SQLITE_CORRUPT, or says in rows what is wrong.
    const [row] = await database.query("PRAGMA quick_check(1)");
    if (row?.["quick_check"] !== "ok") throw new Damaged(String(row?.["quick_check"]));
  } catch (error) {
    await database.close();
    throw error;
  }
  await rm(markOf(file), { force: true });
  return database;
};

class Damaged extends Error {}

const isReason = (error: unknown): error is Error => error instanceof Damaged || isDamage(error);

/**
 * Opens a database. One that is damaged is kept aside under another name, a new one is begun, and what can be read of the
 * old one is taken over.
 *
 * @throws AppError DATABASE_FAILED where it cannot be opened for another reason
 */
export const openOrRecover = async (options: RecoverOptions): Promise<Database> => {
  const { file, open, alone, afterwards, recovered } = options;
  try {
    return await openSound(options);
  } catch (error) {
    if (!isReason(error)) throw error;
  }
  return alone(async () => {
    let why: string;
    try {
      // Another process may have been quicker.
      return await openSound(options);
    } catch (error) {
      if (!isReason(error)) throw error;
      why = error.message;
    }
    const aside = await keepAside(file);
    const database = await open();
    const taken = afterwards === null ? null : await takeOver(aside, database, afterwards);
    await rm(markOf(file), { force: true });
    recovered({ aside, why, salvage: taken });
    return database;
  });
};

/** What a person is told of it. */
export const recoveryWords = (
  file: string,
  { aside, salvage: taken }: Recovery,
): { message: string; hint: string } => {
  const where = `It is kept as ${basename(aside)} in ${dirname(file)}`;
  const rows = taken?.rows.toLocaleString("en-GB");
  if (!taken || taken.rows === 0)
    return {
      message: `${basename(file)} was damaged and could not be read, so Bellhop began a new one.`,
      hint: `${where}. Log and drafts begin anew; settings, credentials and scenarios are other files and are as they were.`,
    };
  return {
    message: taken.incomplete
      ? `${basename(file)} was damaged. Bellhop began a new one and took over what could be read: ${rows} rows; some are lost.`
      : `${basename(file)} was damaged. Bellhop began a new one and took over all of it: ${rows} rows.`,
    hint: `${where}; remove it once you miss nothing.`,
  };
};
