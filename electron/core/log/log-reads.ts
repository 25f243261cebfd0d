import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { Entry } from "../../../shared/model/entry";
import type { Database, Statement } from "../database/database";
import { rowColumns, toEntry, toEntryRow } from "./entry-record";
import { filterCondition } from "./log-filter";

type Query = CheckedInputOf<"log.query">;

const counter: Statement = { sql: "SELECT revision FROM log_counter" };

/** Facets of one name that are offered at most: a stranger may send a new type with each event. */
const facetsOffered = 500;

/** The rows of one page. The inner query goes over the narrow index alone, however far it skips. */
const page = ({ filter, before, after, offset = 0, limit }: Query): Statement => {
  const conditions = [
    filterCondition(filter),
    before === undefined ? null : { sql: "seq < ?", params: [before] },
    after === undefined ? null : { sql: "seq > ?", params: [after] },
  ].filter((condition) => condition !== null);
  const where = conditions.map(({ sql }) => sql).join(" AND ") || "TRUE";
  const order = after === undefined ? "DESC" : "ASC";
  return {
    sql: `
      SELECT ${rowColumns} FROM entries
      WHERE seq IN (SELECT seq FROM entries WHERE ${where} ORDER BY seq ${order} LIMIT ? OFFSET ?)
      ORDER BY seq ${order}`,
    params: [...conditions.flatMap(({ params }) => params), limit, offset],
  };
};

const count = ({ filter }: Query): Statement => {
  const condition = filterCondition(filter);
  return condition
    ? { sql: `SELECT count(*) AS total FROM entries WHERE ${condition.sql}`, params: condition.params }
    : { sql: "SELECT entries AS total FROM log_counter" };
};

const notFound = (id: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no entry ${id} in the log.`,
    hint: "It may belong to another profile.",
    field: "/id",
  });

/** The reading half of the log. */
export const createLogReads = (database: Database) => ({
  async query(input: Query): Promise<OutputOf<"log.query">> {
    const [rows, total, state] = await database.read([page(input), count(input), counter]);
    return {
      rows: (rows?.rows ?? []).map(toEntryRow),
      total: Number(total?.rows[0]?.["total"]),
      revision: Number(state?.rows[0]?.["revision"]),
    };
  },

  /** Rows that changed after a revision, in rising revision, with the highest of the log at that moment. */
  async since({ revision, limit }: CheckedInputOf<"log.since">): Promise<OutputOf<"log.since">> {
    const sql = `SELECT ${rowColumns} FROM entries WHERE revision > ? ORDER BY revision LIMIT ?`;
    const [found, state] = await database.read([{ sql, params: [revision, limit + 1] }, counter]);
    const rows = (found?.rows ?? []).map(toEntryRow);
    return {
      rows: rows.slice(0, limit),
      revision: Number(state?.rows[0]?.["revision"]),
      complete: rows.length <= limit,
    };
  },

  async detail(id: string): Promise<Entry> {
    const [entry, bodies] = await database.read([
      { sql: "SELECT * FROM entries WHERE id = ?", params: [id] },
      {
        sql: "SELECT part, content FROM bodies WHERE entry = (SELECT seq FROM entries WHERE id = ?)",
        params: [id],
      },
    ]);
    const row = entry?.rows[0];
    if (!row) throw notFound(id);
    return toEntry(row, bodies?.rows ?? []);
  },

  async facets(): Promise<OutputOf<"log.facets">> {
    const sql = "SELECT value FROM log_facets WHERE name = ? ORDER BY value LIMIT ?";
    const [environments, types] = await database.read([
      { sql, params: ["environment", facetsOffered] },
      { sql, params: ["type", facetsOffered] },
    ]);
    const values = (result: typeof types): string[] => (result?.rows ?? []).map(({ value }) => String(value));
    return { environments: values(environments), types: values(types) };
  },

  async highestRevision(): Promise<number> {
    const [row] = await database.query(counter.sql);
    return Number(row?.["revision"]);
  },

  /** Rises whenever another connection, of this process or another, has changed the file. */
  async foreignVersion(): Promise<number> {
    const [row] = await database.query("PRAGMA data_version");
    return Number(row?.["data_version"]);
  },
});

export type LogReads = ReturnType<typeof createLogReads>;
