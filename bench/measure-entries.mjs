// @ts-check
import { DatabaseSync } from "@photostructure/sqlite";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProductLog } from "./product-log.mjs";
import { inTurn, spreadNamed } from "./rates.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("@photostructure/sqlite").DatabaseSync} Sqlite
 * @typedef {Record<string, null | number | string | Uint8Array>} Row
 */

/** How many entries share a transaction of bare SQLite: as many as the log commits together at most. */
const group = 256;
/** As many sends as are under way at once. */
const concurrency = 50;

/** What the log's own database is opened with. */
const pragmas = ["journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"];
const tables = ["entries", "bodies"];

/** The two tables that an entry is kept in, with their indexes: not the counters, not the search. */
const schemaOf = (/** @type {Sqlite} */ written) =>
  written
    .prepare("SELECT sql FROM sqlite_master WHERE tbl_name IN ('entries', 'bodies') AND sql IS NOT NULL")
    .all()
    .map((/** @type {Row} */ row) => String(row["sql"]));

const rowsOf = (/** @type {Sqlite} */ written, /** @type {string} */ table) =>
  /** @type {Row[]} */ (written.prepare(`SELECT * FROM ${table}`).all());

/** @param {Sqlite} database @param {string} table @param {Row} like */
const inserting = (database, table, like) => {
  const names = Object.keys(like);
  return database.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => "?").join()})`);
};

/**
 * Writes what the log has written once more, with nothing between this thread and SQLite.
 *
 * @param {string} written the file of the log's database
 * @param {string} file a new one
 * @returns entries a second
 */
const writeBare = (written, file) => {
  const source = new DatabaseSync(written);
  const target = new DatabaseSync(file);
  for (const pragma of pragmas) target.exec(`PRAGMA ${pragma}`);
  for (const sql of schemaOf(source)) target.exec(sql);
  const [entries, bodies] = tables.map((table) => rowsOf(source, table));
  if (!entries?.[0] || !bodies?.[0]) throw new Error("The log has written nothing.");
  /** @type {Map<unknown, Row[]>} */
  const bodiesOf = new Map();
  for (const body of bodies) bodiesOf.set(body["entry"], [...(bodiesOf.get(body["entry"]) ?? []), body]);
  const entry = inserting(target, "entries", entries[0]);
  const body = inserting(target, "bodies", bodies[0]);
  const start = performance.now();
  for (let from = 0; from < entries.length; from += group) {
    target.exec("BEGIN IMMEDIATE");
    for (const row of entries.slice(from, from + group)) {
      entry.run(...Object.values(row));
      for (const its of bodiesOf.get(row["seq"]) ?? []) body.run(...Object.values(its));
    }
    target.exec("COMMIT");
  }
  const rate = (entries.length / (performance.now() - start)) * 1_000;
  source.close();
  target.close();
  return rate;
};

/**
 * Entries a second that the log writes, each pending before its send and with its outcome after, against bare SQLite:
 * the same rows, the same indexes and pragmas, prepared statements, one transaction a group.
 *
 * @param {number} count of entries
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 */
export const measureEntries = async (count, rounds) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  let made = 0;
  const writeLog = async (/** @type {"single" | "inRun"} */ way) => {
    const log = await openProductLog(join(folder, `profile-${made++}`));
    const start = performance.now();
    await log.write(way, count, concurrency);
    const rate = (count / (performance.now() - start)) * 1_000;
    const [counted] = await log.database.query("SELECT count(*) AS n FROM entries WHERE state = 'done'");
    if (counted.n !== count) throw new Error(`The log has ${counted.n} entries, not ${count}.`);
    await log.close();
    return { rate, file: log.file };
  };
  try {
    const written = await writeLog("inRun");
    const spreads = await inTurn(rounds, {
      single: async () => (await writeLog("single")).rate,
      inRun: async () => (await writeLog("inRun")).rate,
      bare: () => writeBare(written.file, join(folder, `bare-${made++}.db`)),
    });
    const beside = {
      ...{ unit: "/s", against: `bare SQLite, ${group} entries a transaction` },
      theirs: spreadNamed(spreads, "bare"),
    };
    return [
      {
        name: "entries written, 50 at a time, as a window sends",
        ours: spreadNamed(spreads, "single"),
        ...beside,
      },
      {
        name: "entries written, 50 at a time, as a run sends",
        ours: spreadNamed(spreads, "inRun"),
        ...beside,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
