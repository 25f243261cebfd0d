import { Worker } from "node:worker_threads";
import { AppError } from "../../../shared/contract/errors";
import type { DatabaseRequest, DatabaseResponse, StatementResult } from "./protocol";

export type Bare<R> = R extends DatabaseRequest ? Omit<R, "id"> : never;

/** One life of the thread: a worker, and the calls that wait for it. */
export interface WorkerLink {
  /** @throws AppError DATABASE_FAILED */
  ask(file: string, request: Bare<DatabaseRequest>): Promise<StatementResult[]>;
  /** Lets it end by itself: what ends it from now on is no accident. */
  letEnd(): void;
  exited: Promise<void>;
}

interface Waiting {
  file: string;
  resolve: (results: StatementResult[]) => void;
  reject: (error: AppError) => void;
}

// Kept apart from `new Worker`, so that the bundler leaves the address as it is: the worker lies beside this file.
const workerFile = new URL("./database-worker.mjs", import.meta.url);

/** What a person can do about a failure, by the words of SQLite or the operating system. */
const waysOut: readonly [RegExp, string][] = [
  [
    /not a database|disk image is malformed|corrupt/i,
    "Restart Bellhop: it keeps the damaged file aside, begins a new one, and takes over what can be read.",
  ],
  [/disk is full|ENOSPC|no space/i, "Free some space on the disk, then try again. What is in the log stays."],
  [
    /readonly|read-only|EROFS/i,
    "Give this account the right to write to the profile folder, or choose another one with --profile.",
  ],
  [
    /locked|busy/i,
    "Another program holds the file. Close other Bellhop processes and database viewers, then try again.",
  ],
  [/newer version/i, "Start the newer version, or choose another folder with --profile."],
  [/thread/i, "Look in the log before you do it again: what was under way may or may not have been kept."],
];

/** An error of the database in words, with the way out. */
export const databaseFailed = (file: string, message: string): AppError =>
  new AppError({
    code: "DATABASE_FAILED",
    message: `The database ${file} failed: ${message}.`,
    hint:
      waysOut.find(([pattern]) => pattern.test(message))?.[1] ??
      "Check that this file and its folder can be read and written, or choose another folder with --profile.",
  });

/** Whether an error says that the file itself is damaged (SQLITE_CORRUPT, SQLITE_NOTADB). */
export const isDamage = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code === "DATABASE_FAILED" &&
  /file is not a database|disk image is malformed/i.test(error.message);

/**
 * Starts a worker.
 *
 * @param heapMegabytes how large its heap may become; null for Node's own choice
 * @param died is called once where it ended though nobody asked for it
 */
export const startWorkerLink = (heapMegabytes: number | null, died: (reason: string) => void): WorkerLink => {
  const worker = new Worker(workerFile, {
    resourceLimits: {
      maxYoungGenerationSizeMb: 4,
      ...(heapMegabytes !== null && { maxOldGenerationSizeMb: heapMegabytes }),
    },
  });
  // It keeps the process alive only while somebody waits for it, so that a start that failed can end.
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let expected = false;
  let reason = "its thread has ended";
  let ended = false;

  worker.on("message", (response: DatabaseResponse) => {
    const call = waiting.get(response.id);
    waiting.delete(response.id);
    if (waiting.size === 0 && !expected) worker.unref();
    if ("error" in response) call?.reject(databaseFailed(call.file, response.error));
    else call?.resolve(response.results);
  });
  worker.on("error", (error) => {
    reason = `its thread has ended (${error.message})`;
  });
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      ended = true;
      // Before the calls hear of it: whoever asks again at once is to find the next thread.
      if (!expected) died(reason);
      for (const { file, reject } of waiting.values()) reject(databaseFailed(file, reason));
      waiting.clear();
      resolve();
    });
  });

  return {
    ask: (file, request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(databaseFailed(file, reason));
        const id = ++lastId;
        worker.ref();
        waiting.set(id, { file, resolve, reject });
        worker.postMessage({ ...request, id });
      }),
    letEnd() {
      expected = true;
    },
    exited,
  };
};
