import type { DatabaseRequest, Row, Statement, StatementResult } from "./protocol";
import { databaseFailed, isDamage, startWorkerLink, type Bare, type WorkerLink } from "./worker-link";

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

/** What happened to the thread, or to a file, that a person should hear of. */
export type DatabaseTrouble =
  /** The thread ended by itself; `back` says whether there is another one now. */
  | { kind: "thread"; reason: string; back: boolean }
  /** A damaged page was met in a file that opened well. */
  | { kind: "damage"; file: string; message: string };

export interface DatabaseThreadOptions {
  /** Is told of trouble, once for each. */
  told?: (trouble: DatabaseTrouble) => void;
  /** Megabytes that the thread's heap may take; by default Node's own choice. */
  heapMegabytes?: number;
}

/** The worker thread that owns every database of this process. */
export interface DatabaseThread {
  /** Opens or makes a file (mode 0600); `":memory:"` for one that is forgotten. @throws AppError DATABASE_FAILED */
  open(file: string): Promise<Database>;
  /** Closes what is open, once what was asked before is done, and ends the thread. */
  close(): Promise<void>;
}

/** Ends of the thread within a minute after which it is not started again: something kills it each time. */
const mostRestarts = 3;
const minute = 60_000;

/** A file that was opened here. Its number stays the same over the lives of the thread. */
interface Opened {
  file: string;
  /** Why it cannot be used any more; null while it can. */
  lost: string | null;
}

const lostWithThread = "it was in memory, and ended with its thread";

/**
 * Starts the thread. Nothing is opened yet. A thread that dies (out of memory, a fault of SQLite) is started again with
 * the same files; the calls that it had fail, because nobody knows how far they came.
 */
export const startDatabaseThread = ({
  told = () => undefined,
  heapMegabytes,
}: DatabaseThreadOptions = {}): DatabaseThread => {
  const opened = new Map<number, Opened>();
  const damaged = new Set<string>();
  let deaths: number[] = [];
  let lastDatabase = 0;
  let closing = false;

  const reopen = (number: number, entry: Opened): void => {
    if (entry.file === ":memory:") entry.lost = lostWithThread;
    else
      link.ask(entry.file, { kind: "open", database: number, file: entry.file }).catch((error: unknown) => {
        entry.lost = error instanceof Error ? error.message : String(error);
      });
  };

  const died = (reason: string): void => {
    if (closing) return;
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < minute), now];
    const back = deaths.length <= mostRestarts;
    if (back) {
      link = start();
      // What is asked from now on comes behind this.
      for (const [number, entry] of opened) reopen(number, entry);
    }
    told({ kind: "thread", reason, back });
  };
  const start = (): WorkerLink => startWorkerLink(heapMegabytes ?? null, died);
  let link = start();

  const noteDamage = (file: string, error: unknown): void => {
    if (!isDamage(error) || damaged.has(file)) return;
    damaged.add(file);
    told({ kind: "damage", file, message: (error as Error).message });
  };

  const askOf = async (number: number, request: Bare<DatabaseRequest>): Promise<StatementResult[]> => {
    const entry = opened.get(number);
    if (!entry) throw databaseFailed("", "the database is closed");
    if (entry.lost !== null) throw databaseFailed(entry.file, entry.lost);
    try {
      return await link.ask(entry.file, request);
    } catch (error) {
      noteDamage(entry.file, error);
      throw error;
    }
  };

  return {
    async open(file) {
      const database = ++lastDatabase;
      await link.ask(file, { kind: "open", database, file });
      opened.set(database, { file, lost: null });
      const ask = (request: Bare<DatabaseRequest>): Promise<StatementResult[]> => askOf(database, request);
      return {
        transaction: (statements) => ask({ kind: "transact", database, statements }),
        read: (statements) => ask({ kind: "read", database, statements }),
        async query(sql, ...params) {
          const [result] = await ask({ kind: "read", database, statements: [{ sql, params }] });
          return result?.rows ?? [];
        },
        async exec(sql) {
          await ask({ kind: "exec", database, sql });
        },
        async migrate(scripts) {
          await ask({ kind: "migrate", database, scripts: [...scripts] });
        },
        async copyTo(target) {
          await ask({ kind: "copy", database, file: target });
        },
        async execWith(other, sql) {
          await ask({ kind: "execWith", database, file: other, sql });
        },
        async close() {
          const entry = opened.get(database);
          // One that its thread has taken along is closed already.
          if (!entry || entry.lost !== null) return void opened.delete(database);
          opened.set(database, { ...entry, lost: "the database is closed" });
          await link.ask(file, { kind: "close", database });
        },
      };
    },
    async close() {
      if (closing) return link.exited;
      closing = true;
      link.letEnd();
      // A thread that has died meanwhile has nothing left to close.
      await link.ask("", { kind: "end", database: 0 }).catch(() => undefined);
      await link.exited;
    },
  };
};
