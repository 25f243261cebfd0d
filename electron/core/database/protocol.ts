/** What a column can hold. Integers beyond 2^53 are not used. A NUL character in a text is kept as U+FFFD. */
export type SqlValue = string | number | null | Uint8Array;

/** One row, by column name. */
export type Row = Record<string, SqlValue>;

export interface Statement {
  sql: string;
  params?: SqlValue[];
  /** Runs it once for each of these instead of once for `params`; the rows of all follow each other. */
  each?: SqlValue[][];
}

/** The rows of a query or of RETURNING, and how many rows changed. */
export interface StatementResult {
  rows: Row[];
  changes: number;
}

export type DatabaseRequest = { id: number; database: number } & (
  | { kind: "open"; file: string }
  /** One write transaction. */
  | { kind: "transact"; statements: Statement[] }
  /** Queries that all see the same moment; takes no write lock. */
  | { kind: "read"; statements: Statement[] }
  | { kind: "exec"; sql: string }
  /** Runs the scripts that this file has not had yet, and remembers how many that were. */
  | { kind: "migrate"; scripts: string[] }
  /** Writes the whole, as of one moment, into a new file. */
  | { kind: "copy"; file: string }
  /** Runs a script as one transaction that can read another file's tables as `other`. */
  | { kind: "execWith"; file: string; sql: string }
  | { kind: "close" }
  /** Closes every database and ends the thread. */
  | { kind: "end" }
);

export type DatabaseResponse = { id: number } & ({ results: StatementResult[] } | { error: string });
