/** What a column can hold. Integers beyond 2^53 are not used. */
export type SqlValue = string | number | null | Uint8Array;

/** One row, by column name. */
export type Row = Record<string, SqlValue>;

export interface Statement {
  sql: string;
  params?: SqlValue[];
}

/** The rows of a query or of RETURNING, and how many rows changed. */
export interface StatementResult {
  rows: Row[];
  changes: number;
}

export type DatabaseRequest = { id: number; database: number } & (
  | { kind: "open"; file: string }
  | { kind: "transact"; statements: Statement[] }
  | { kind: "exec"; sql: string }
  | { kind: "close" }
);

export type DatabaseResponse = { id: number } & ({ results: StatementResult[] } | { error: string });
