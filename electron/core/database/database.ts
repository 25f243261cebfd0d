import { Worker } from "node:worker_threads";
import { AppError } from "../../../shared/contract/errors";
import type { DatabaseRequest, DatabaseResponse, Row, Statement, StatementResult } from "./protocol";

export type { Row, SqlValue, Statement, StatementResult } from "./protocol";

/** An open SQLite file. Calls run one after the other, in the order they were made. */
export interface Database {
  /** Runs statements as one transaction: all of them, or none. @throws AppError DATABASE_FAILED */
  transaction(statements: Statement[]): Promise<StatementResult[]>;
  /** Runs one statement and gives its rows. @throws AppError DATABASE_FAILED */
  query(sql: string, ...params: NonNullable<Statement["params"]>): Promise<Row[]>;
  /** Runs a script without parameters, such as a schema. @throws AppError DATABASE_FAILED */
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** The worker thread that owns every database of this process. */
export interface DatabaseThread {
  /** Opens or makes a file; `":memory:"` for one that is forgotten. @throws AppError DATABASE_FAILED */
  open(file: string): Promise<Database>;
  /** Closes what is open and ends the thread. */
  close(): Promise<void>;
}

type Waiting = { resolve: (results: StatementResult[]) => void; reject: (error: AppError) => void };

// Kept apart from `new Worker`, so that the bundler leaves the address as it is: the worker lies beside this file.
const workerFile = new URL("./database-worker.mjs", import.meta.url);

const failed = (message: string): AppError =>
  new AppError({
    code: "DATABASE_FAILED",
    message: `The profile's database failed: ${message}`,
    hint: "Check that the profile folder can be written and that its disk is not full.",
  });

/** Starts the thread. Nothing is opened yet. */
export const startDatabaseThread = (): DatabaseThread => {
  const worker = new Worker(workerFile);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let lastDatabase = 0;
  let ended: string | null = null;

  const end = (reason: string): void => {
    ended = reason;
    for (const { reject } of waiting.values()) reject(failed(reason));
    waiting.clear();
  };
  worker.on("message", (response: DatabaseResponse) => {
    const call = waiting.get(response.id);
    waiting.delete(response.id);
    if ("error" in response) call?.reject(failed(response.error));
    else call?.resolve(response.results);
  });
  worker.on("error", (error) => end(error.message));
  worker.on("exit", () => end("its thread has ended"));

  type Bare<R> = R extends DatabaseRequest ? Omit<R, "id"> : never;
  const ask = (request: Bare<DatabaseRequest>): Promise<StatementResult[]> =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(failed(ended));
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id });
    });

  return {
    async open(file) {
      const database = ++lastDatabase;
      await ask({ kind: "open", database, file });
      return {
        transaction: (statements) => ask({ kind: "transact", database, statements }),
        async query(sql, ...params) {
          const [result] = await ask({ kind: "transact", database, statements: [{ sql, params }] });
          return result?.rows ?? [];
        },
        async exec(sql) {
          await ask({ kind: "exec", database, sql });
        },
        async close() {
          await ask({ kind: "close", database });
        },
      };
    },
    async close() {
      await worker.terminate();
    },
  };
};
