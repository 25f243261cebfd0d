// @ts-check
// The one thread that touches SQLite: `DatabaseSync` blocks, and the main process must not.
// Plain JavaScript, so that the same file runs from the source tree and from the built one.
import { DatabaseSync } from "@photostructure/sqlite";
import { closeSync, openSync } from "node:fs";
import { parentPort, receiveMessageOnPort } from "node:worker_threads";

/**
 * @typedef {import("./protocol").DatabaseRequest} DatabaseRequest
 * @typedef {import("./protocol").DatabaseResponse} DatabaseResponse
 * @typedef {import("./protocol").Statement} Statement
 * @typedef {import("./protocol").StatementResult} StatementResult
 * @typedef {InstanceType<typeof DatabaseSync>} Handle
 * @typedef {{ run: ReturnType<Handle["prepare"]>, returnsRows: boolean }} Prepared
 * @typedef {{ handle: Handle, statements: Map<string, Prepared> }} Open
 */

/** Prepared statements kept for each database; the oldest goes first. */
const statementsKept = 200;
/** Calls that are committed together at most, so that the first of them does not wait long. */
const callsInOneCommit = 64;

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

/** @type {Map<number, Open>} */
const databases = new Map();

/** @param {number} id */
const opened = (id) => {
  const open = databases.get(id);
  if (!open) throw new Error("the database is closed");
  return open;
};

/**
 * @param {Open} open
 * @param {string} sql
 */
const prepare = ({ handle, statements }, sql) => {
  const known = statements.get(sql);
  if (known) return known;
  const run = handle.prepare(sql);
  // A statement that returns rows (a query, or a change with RETURNING) has columns.
  const prepared = { run, returnsRows: run.columns().length > 0 };
  const oldest = statements.size >= statementsKept ? statements.keys().next().value : undefined;
  if (oldest !== undefined) statements.delete(oldest);
  statements.set(sql, prepared);
  return prepared;
};

/**
 * The binding ends a text at its first NUL, so what follows would be lost unseen.
 * @param {import("./protocol").SqlValue} value
 */
const bindable = (value) =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u{fffd}") : value;

/**
 * @param {Open} open
 * @param {Statement} statement
 * @returns {StatementResult}
 */
const execute = (open, { sql, params = [], each = [params] }) => {
  const { run, returnsRows } = prepare(open, sql);
  /** @type {StatementResult["rows"]} */
  const rows = [];
  let changes = 0;
  for (const one of each) {
    const values = one.map(bindable);
    if (!returnsRows) changes += Number(run.run(...values).changes);
    else
      for (const row of run.all(...values)) rows.push(/** @type {StatementResult["rows"][0]} */ ({ ...row }));
  }
  return { rows, changes: returnsRows ? rows.length : changes };
};

/**
 * @param {Open} open
 * @param {Statement[]} statements
 */
const executeAll = (open, statements) => statements.map((statement) => execute(open, statement));

/**
 * @template T
 * @param {Handle} handle
 * @param {"BEGIN" | "BEGIN IMMEDIATE"} begin
 * @param {() => T} work
 * @returns {T}
 */
const inTransaction = (handle, begin, work) => {
  handle.exec(begin);
  try {
    const result = work();
    handle.exec("COMMIT");
    return result;
  } catch (error) {
    if (handle.isTransaction) handle.exec("ROLLBACK");
    throw error;
  }
};

/**
 * @template T
 * @param {Handle} handle
 * @param {() => T} work
 * @returns {T}
 */
const inSavepoint = (handle, work) => {
  handle.exec("SAVEPOINT one_call");
  try {
    const result = work();
    handle.exec("RELEASE one_call");
    return result;
  } catch (error) {
    if (handle.isTransaction) handle.exec("ROLLBACK TO one_call; RELEASE one_call");
    throw error;
  }
};

/**
 * Two processes that make one file at the same time can both fail here: SQLite does not wait where the file's form is
 * decided.
 * @param {Handle} handle
 */
const prepareFile = (handle) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { page_count: pages } = /** @type {{ page_count: number }} */ (
        handle.prepare("PRAGMA page_count").get()
      );
      // Of a new file only: so that room can be given back a little at a time. It takes the write lock.
      if (pages === 0) handle.exec("PRAGMA auto_vacuum = INCREMENTAL");
      handle.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (attempt === 100 || !/locked|busy/i.test(String(error))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
};

/** @param {string} file */
const openFile = (file) => {
  // Made here, because SQLite would let others of this machine read it. Its companions take over the mode.
  if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
  const handle = new DatabaseSync(file);
  try {
    // A second process (the command line beside a window) may hold the write lock for a moment.
    handle.exec("PRAGMA busy_timeout = 10000");
    prepareFile(handle);
    // A commit outlives the end of the process at any moment; only a power cut may take the last few.
    handle.exec("PRAGMA synchronous = NORMAL");
    handle.exec("PRAGMA foreign_keys = ON");
    // For comparing texts in any case: SQLite's own `lower` knows ASCII only.
    handle.function("fold", { deterministic: true }, (/** @type {unknown} */ text) =>
      typeof text === "string" ? text.toLowerCase() : null,
    );
  } catch (error) {
    handle.close();
    throw error;
  }
  return handle;
};

/**
 * @param {Handle} handle
 * @param {string[]} scripts
 */
const migrate = (handle, scripts) =>
  inTransaction(handle, "BEGIN IMMEDIATE", () => {
    const { user_version: had } = /** @type {{ user_version: number }} */ (
      handle.prepare("PRAGMA user_version").get()
    );
    if (had > scripts.length) {
      throw new Error("it was written by a newer version of Bellhop; use that version, or another profile");
    }
    for (const script of scripts.slice(had)) handle.exec(script);
    handle.exec(`PRAGMA user_version = ${scripts.length}`);
  });

/**
 * @param {Handle} handle
 * @param {string} file
 */
const copyTo = (handle, file) => {
  // Made here for its mode; what exists is somebody's. SQLite writes into an empty file.
  closeSync(openSync(file, "wx", 0o600));
  handle.prepare("VACUUM INTO ?").run(file);
};

/**
 * @param {Handle} handle
 * @param {string} file
 * @param {string} sql
 */
const execWith = (handle, file, sql) => {
  // SQLite would make a file that does not exist.
  closeSync(openSync(file, "r"));
  handle.prepare("ATTACH ? AS other").run(file);
  try {
    inTransaction(handle, "BEGIN IMMEDIATE", () => handle.exec(sql));
  } finally {
    handle.exec("DETACH other");
  }
};

const closeAll = () => {
  for (const { handle } of databases.values()) handle.close();
  databases.clear();
};

/**
 * @param {DatabaseRequest} request
 * @returns {StatementResult[]}
 */
const answer = (request) => {
  switch (request.kind) {
    case "open":
      databases.set(request.database, { handle: openFile(request.file), statements: new Map() });
      return [];
    case "transact": {
      const open = opened(request.database);
      return inTransaction(open.handle, "BEGIN IMMEDIATE", () => executeAll(open, request.statements));
    }
    case "read": {
      const open = opened(request.database);
      return inTransaction(open.handle, "BEGIN", () => executeAll(open, request.statements));
    }
    case "exec": {
      const { handle } = opened(request.database);
      inTransaction(handle, "BEGIN IMMEDIATE", () => handle.exec(request.sql));
      return [];
    }
    case "migrate":
      migrate(opened(request.database).handle, request.scripts);
      return [];
    case "copy":
      copyTo(opened(request.database).handle, request.file);
      return [];
    case "execWith":
      execWith(opened(request.database).handle, request.file, request.sql);
      return [];
    case "close":
      databases.get(request.database)?.handle.close();
      databases.delete(request.database);
      return [];
    case "end":
      closeAll();
      return [];
  }
};

/**
 * @param {number} id
 * @param {() => StatementResult[]} work
 * @returns {DatabaseResponse}
 */
const attempt = (id, work) => {
  try {
    return { id, results: work() };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
};

/** @param {DatabaseResponse[]} responses */
const post = (responses) => {
  for (const response of responses) port.postMessage(response);
};

/**
 * Commits calls that wait together: each is still all or nothing, by a savepoint of its own, and none is answered
 * before the commit. A lone commit costs as much as one for dozens.
 *
 * @param {Open} open
 * @param {(DatabaseRequest & { kind: "transact" })[]} requests
 */
const transactTogether = (open, requests) => {
  /** @type {DatabaseResponse[]} */
  let responses = [];
  try {
    responses = inTransaction(open.handle, "BEGIN IMMEDIATE", () =>
      requests.map(({ id, statements }) => {
        // A full disk ends the whole transaction; what follows must not start one of its own.
        if (!open.handle.isTransaction) throw new Error("the transaction was given up");
        return attempt(id, () => inSavepoint(open.handle, () => executeAll(open, statements)));
      }),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    responses = requests.map(({ id }) => ({ id, error: message }));
  }
  post(responses);
};

/** A request that was taken off the queue and is to be dealt with next. @type {DatabaseRequest | undefined} */
let lookedAt;

/** @returns {DatabaseRequest | undefined} */
const next = () => {
  const request = lookedAt ?? receiveMessageOnPort(port)?.message;
  lookedAt = undefined;
  return request;
};

/**
 * The write that came, and those for the same database that wait right behind it.
 * @param {DatabaseRequest & { kind: "transact" }} first
 */
const writesFrom = (first) => {
  const batch = [first];
  while (batch.length < callsInOneCommit) {
    const request = next();
    if (request?.kind !== "transact" || request.database !== first.database) {
      lookedAt = request;
      break;
    }
    batch.push(request);
  }
  return batch;
};

/** @param {DatabaseRequest} request */
const serve = (request) => {
  const open = databases.get(request.database);
  const batch = request.kind === "transact" && open ? writesFrom(request) : [];
  if (batch.length > 1 && open) transactTogether(open, batch);
  else post([attempt(request.id, () => answer(request))]);
  if (request.kind === "end") port.close();
};

port.on("message", (/** @type {DatabaseRequest} */ first) => {
  for (let request = /** @type {DatabaseRequest | undefined} */ (first); request; request = next()) {
    serve(request);
  }
});
