import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { AppError } from "../../../../shared/contract/errors";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { SandboxSnapshot } from "../../../../shared/model/sandbox";
import { startDatabaseThread, type Database, type DatabaseThread } from "../../database/database";
import { migrate } from "../../database/migrate";
import { isRunSnapshot } from "../run-snapshots";
import { exportState } from "./export-state";
import { importState } from "./import-state";
import { sandboxMigrations } from "./sandbox-schema";
import type { SavedStates } from "./saved-states";

interface SavedStatesOptions {
  /** The state's own file, beside which snapshots lie, or `":memory:"`: then they go with the sandbox. */
  file: string;
  /** Settles once nothing is pending, or will not stop to be soon. */
  settle(): Promise<void>;
  copyTo(file: string): Promise<void>;
  /** Replaces the running state. */
  replaceBy(file: string): Promise<void>;
  closesAt(guest: GuestProfile): number | null;
  /** Bytes. */
  quota(): number;
}

/** Saved states, and what is to be tidied up at the end. */
export interface KeptSavedStates extends SavedStates {
  close(): Promise<void>;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const noteShape = v.object({ name: v.string(), savedAt: v.string(), guests: count, events: count });

const unknown = (name: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no snapshot ${JSON.stringify(name.slice(0, 100))}.`,
    hint: "Choose one of the list; another window may have removed it.",
  });

/** A name may hold anything that a file's name may not. */
const fileNameOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 32);

/** SQLite's companions of a database file go with it. */
const removeDatabase = async (file: string): Promise<void> => {
  for (const end of ["", "-wal", "-shm", "-journal"]) await rm(`${file}${end}`, { force: true });
};

export const createSavedStates = (options: SavedStatesOptions): KeptSavedStates => {
  const { file, settle, copyTo, replaceBy, closesAt, quota } = options;
  let folder: Promise<string> | null = null;

  const ownFolder = (): Promise<string> => {
    folder ??=
      file === ":memory:"
        ? mkdtemp(join(tmpdir(), "bellhop-snapshots-"))
        : mkdir(`${file}.snapshots`, { recursive: true, mode: 0o700 }).then(() => `${file}.snapshots`);
    return folder;
  };

  const databaseOf = async (name: string): Promise<string> =>
    join(await ownFolder(), `${fileNameOf(name)}.db`);
  const noteOf = async (name: string): Promise<string> => join(await ownFolder(), `${fileNameOf(name)}.json`);

  const readNote = async (path: string): Promise<SandboxSnapshot | null> => {
    try {
      const found = v.safeParse(noteShape, JSON.parse(await readFile(path, "utf8")));
      return found.success ? found.output : null;
    } catch {
      return null;
    }
  };

  /** A state of its own in a file that is gone afterwards. */
  const withTemporary = async <T>(work: (path: string) => Promise<T>): Promise<T> => {
    const path = join(await ownFolder(), `${randomUUID()}.tmp`);
    try {
      return await work(path);
    } finally {
      await removeDatabase(path);
    }
  };

  /**
   * For a state that is not the running one, opened where `work` first asks for it. In a thread of its own: the running
   * one goes on meanwhile, and only with its thread is a file surely let go of, so that it can be renamed and opened
   * again.
   */
  const withOpening = async <T>(
    path: string,
    work: (open: () => Promise<Database>) => Promise<T>,
  ): Promise<T> => {
    let thread: DatabaseThread | undefined;
    const openIt = async (): Promise<Database> => {
      thread = startDatabaseThread();
      const database = await thread.open(path);
      await migrate(database, sandboxMigrations);
      return database;
    };
    let opened: Promise<Database> | undefined;
    try {
      return await work(() => (opened ??= openIt()));
    } finally {
      await thread?.close();
    }
  };

  const withOpen = <T>(path: string, work: (database: Database) => Promise<T>): Promise<T> =>
    withOpening(path, async (open) => work(await open()));

  const countsIn = (path: string): Promise<{ guests: number; events: number }> =>
    withOpen(path, async (database) => {
      const [row] = await database.query(`SELECT
        (SELECT value FROM counters WHERE name = 'guests') AS guests,
        (SELECT sum(value) FROM counters WHERE name IN ('PENDING', 'PROCESSED', 'FAILED', 'DROPPED')) AS events`);
      return { guests: Number(row?.["guests"]), events: Number(row?.["events"]) };
    });

  const ensure = async (name: string): Promise<string> => {
    if ((await readNote(await noteOf(name))) === null) throw unknown(name);
    return databaseOf(name);
  };

  return {
    async list() {
      const names = (await readdir(await ownFolder())).filter((name) => name.endsWith(".json"));
      const notes = await Promise.all(names.map(async (name) => readNote(join(await ownFolder(), name))));
      return notes
        .filter((note) => note !== null)
        .filter(({ name }) => !isRunSnapshot(name))
        .sort((one, other) => other.savedAt.localeCompare(one.savedAt));
    },
    save: (name) =>
      withTemporary(async (path) => {
        await settle();
        await copyTo(path);
        // A run saves before each of its steps, no list shows what it saved, and counting takes longer than copying.
        const counts = isRunSnapshot(name) ? { guests: 0, events: 0 } : await countsIn(path);
        const snapshot = { name, savedAt: new Date().toISOString(), ...counts };
        const note = join(await ownFolder(), `${randomUUID()}.note`);
        await writeFile(note, JSON.stringify(snapshot), { mode: 0o600 });
        await rename(path, await databaseOf(name));
        await rename(note, await noteOf(name));
        return snapshot;
      }),
    async restore(name) {
      const path = await ensure(name);
      // An older version may have saved it.
      await withOpen(path, async () => undefined);
      await replaceBy(path);
    },
    async remove(name) {
      const database = await ensure(name);
      await rm(await noteOf(name), { force: true });
      await removeDatabase(database);
    },
    async *export() {
      // Of a copy, so that it is of one moment although events keep coming.
      const path = join(await ownFolder(), `${randomUUID()}.tmp`);
      try {
        await settle();
        await copyTo(path);
        const thread = startDatabaseThread();
        try {
          yield* exportState(await thread.open(path));
        } finally {
          await thread.close();
        }
      } finally {
        await removeDatabase(path);
      }
    },
    import: (text) =>
      withTemporary(async (path) => {
        await withOpening(path, (open) => importState(text, { open, closesAt, quota: quota() }));
        await replaceBy(path);
      }),
    async close() {
      if (file === ":memory:" && folder) await rm(await folder, { recursive: true, force: true });
    },
  };
};
