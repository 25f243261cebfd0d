import { Worker } from "node:worker_threads";
import { AppError } from "../../../shared/contract/errors";
import type { DatabaseRequest, DatabaseResponse, Row, Statement, StatementResult } from "./protocol";

export type { Row, SqlValue, Statement, StatementResult } from "./protocol";

/** An open SQLite file. Calls run one after the other, in the order they were made. */
export interface Database {
  /** Runs statements as one transaction: all of them, or none. @throws AppError DATABASE_FAILED */
  transaction(statements: Statement[]): Promise<StatementResult[]>;
  /** Runs queries that all see the same moment, without a write lock. @throws AppError DATABASE_FAILED */
  read(statements: Statement[]): Promise<StatementResult[]>;
  /** Runs one query and gives its rows. @throws AppError DATABASE_FAILED */
  query(sql: string, ...params: NonNullable<Statement["params"]>): Promise<Row[]>;
  /** Runs a script without parameters, such as a schema, as one transaction. @throws AppError DATABASE_FAILED */
  exec(sql: string): Promise<void>;
  /** Runs the scripts that this file has not had yet (see `migrate.ts`). @throws AppError DATABASE_FAILED */
  migrate(scripts: readonly string[]): Promise<void>;
  /** Writes the whole, as of one moment, into a file that must not exist (mode 0600). @throws AppError DATABASE_FAILED */
  copyTo(file: string): Promise<void>;
  /**
   * Runs a script without parameters as one transaction that can read the tables of another file as `other.<name>`.
   * @throws AppError DATABASE_FAILED
   */
  execWith(file: string, sql: string): Promise<void>;
  close(): Promise<void>;
}

/** The worker thread that owns every database of this process. */
export interface DatabaseThread {
  /** Opens or makes a file (mode 0600); `":memory:"` for one that is forgotten. @throws AppError DATABASE_FAILED */
  open(file: string): Promise<Database>;
  /** Closes what is open, once what was asked before is done, and ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  file: string;
  resolve: (results: StatementResult[]) => void;
  reject: (error: AppError) => void;
}

type Bare<R> = R extends DatabaseRequest ? Omit<R, "id"> : never;

// Kept apart from `new Worker`, so that the bundler leaves the address as it is: the worker lies beside this file.
const workerFile = new URL("./database-worker.mjs", import.meta.url);

/** What a person can do about a failure, by the words of SQLite or the operating system. */
const waysOut: readonly [RegExp, string][] = [
  [
    /not a database|malformed|corrupt/i,
    "Move this file away and start Bellhop again: it makes a new one. Keep the old one if you need its log.",
  ],
  [/full|ENOSPC/i, "Free some space on the disk, then try again."],
  [
    /locked|busy/i,
    "Another program holds the file. Close other Bellhop processes and database viewers, then try again.",
  ],
  [/newer version/i, "Start the newer version, or choose another folder with --profile."],
];

const failed = (file: string, message: string): AppError =>
  new AppError({
    code: "DATABASE_FAILED",
    message: `The database ${file} failed: ${message}.`,
    hint:
      waysOut.find(([pattern]) => pattern.test(message))?.[1] ??
      "Check that this file and its folder can be read and written, or choose another folder with --profile.",
  });

/** Starts the thread. Nothing is opened yet. */
export const startDatabaseThread = (): DatabaseThread => {
  const worker = new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb: 4 } });
  // It keeps the process alive only while somebody waits for it, so that a start that failed can end.
  worker.unref();
  let closing = false;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let lastDatabase = 0;
  let ended: string | null = null;

  const end = (reason: string): void => {
    ended ??= reason;
    for (const { file, reject } of waiting.values()) reject(failed(file, ended));
    waiting.clear();
  };
  worker.on("message", (response: DatabaseResponse) => {
    const call = waiting.get(response.id);
    waiting.delete(response.id);
    if (waiting.size === 0 && !closing) worker.unref();
    if ("error" in response) call?.reject(failed(call.file, response.error));
    else call?.resolve(response.results);
  });
  worker.on("error", (error) => end(error.message));
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      end("its thread has ended");
      resolve();
    });
  });

  const ask = (file: string, request: Bare<DatabaseRequest>): Promise<StatementResult[]> =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(failed(file, ended));
      const id = ++lastId;
      worker.ref();
      waiting.set(id, { file, resolve, reject });
      worker.postMessage({ ...request, id });
    });

  return {
    async open(file) {
      const database = ++lastDatabase;
      await ask(file, { kind: "open", database, file });
      return {
        transaction: (statements) => ask(file, { kind: "transact", database, statements }),
        read: (statements) => ask(file, { kind: "read", database, statements }),
        async query(sql, ...params) {
          const [result] = await ask(file, { kind: "read", database, statements: [{ sql, params }] });
          return result?.rows ?? [];
        },
        async exec(sql) {
          await ask(file, { kind: "exec", database, sql });
        },
        async migrate(scripts) {
          await ask(file, { kind: "migrate", database, scripts: [...scripts] });
        },
        async copyTo(target) {
          await ask(file, { kind: "copy", database, file: target });
        },
        async execWith(other, sql) {
          await ask(file, { kind: "execWith", database, file: other, sql });
        },
        async close() {
          await ask(file, { kind: "close", database });
        },
      };
    },
    async close() {
      closing = true;
      if (ended === null) await ask("", { kind: "end", database: 0 });
      await exited;
    },
  };
};
