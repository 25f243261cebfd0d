// @ts-check
// The one thread that touches SQLite: `DatabaseSync` blocks, and the main process must not.
// Plain JavaScript, so that the same file runs from the source tree and from the built one.
import { DatabaseSync } from "@photostructure/sqlite";
import { parentPort } from "node:worker_threads";

/**
 * @typedef {import("./protocol").DatabaseRequest} DatabaseRequest
 * @typedef {import("./protocol").StatementResult} StatementResult
 * @typedef {{ handle: InstanceType<typeof DatabaseSync>, statements: Map<string, ReturnType<InstanceType<typeof DatabaseSync>["prepare"]>> }} Open
 */

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

/** @type {Map<number, Open>} */
const databases = new Map();

/** @param {number} id */
const opened = (id) => {
  const open = databases.get(id);
  if (!open) throw new Error("The database is closed.");
  return open;
};

/**
 * @param {Open} open
 * @param {import("./protocol").Statement} statement
 * @returns {StatementResult}
 */
const execute = (open, { sql, params = [] }) => {
  let prepared = open.statements.get(sql);
  if (!prepared) {
    prepared = open.handle.prepare(sql);
    open.statements.set(sql, prepared);
  }
  // A statement that returns rows (a query, or a change with RETURNING) has columns.
  if (prepared.columns().length > 0) {
    const rows = prepared.all(...params).map((row) => ({ .../** @type {object} */ (row) }));
    return { rows: /** @type {StatementResult["rows"]} */ (rows), changes: rows.length };
  }
  return { rows: [], changes: Number(prepared.run(...params).changes) };
};

/**
 * @param {Open} open
 * @param {import("./protocol").Statement[]} statements
 */
const transact = (open, statements) => {
  const only = statements[0];
  if (statements.length === 1 && only) return [execute(open, only)];
  open.handle.exec("BEGIN IMMEDIATE");
  try {
    const results = statements.map((statement) => execute(open, statement));
    open.handle.exec("COMMIT");
    return results;
  } catch (error) {
    if (open.handle.isTransaction) open.handle.exec("ROLLBACK");
    throw error;
  }
};

/** @param {DatabaseRequest} request */
const answer = (request) => {
  switch (request.kind) {
    case "open": {
      const handle = new DatabaseSync(request.file);
      // A second process (the command line beside a window) may hold the write lock for a moment.
      handle.exec("PRAGMA busy_timeout = 10000");
      handle.exec("PRAGMA journal_mode = WAL");
      handle.exec("PRAGMA synchronous = NORMAL");
      handle.exec("PRAGMA foreign_keys = ON");
      databases.set(request.database, { handle, statements: new Map() });
      return [];
    }
    case "transact":
      return transact(opened(request.database), request.statements);
    case "exec":
      opened(request.database).handle.exec(request.sql);
      return [];
    case "close":
      databases.get(request.database)?.handle.close();
      databases.delete(request.database);
      return [];
  }
};

port.on("message", (/** @type {DatabaseRequest} */ request) => {
  try {
    port.postMessage({ id: request.id, results: answer(request) });
  } catch (error) {
    port.postMessage({ id: request.id, error: error instanceof Error ? error.message : String(error) });
  }
});
