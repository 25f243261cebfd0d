import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { Entry } from "../../../shared/model/entry";
import type { Database, Statement } from "../database/database";
import { rowColumns, toEntry, toEntryRow } from "./entry-record";
import { filterCondition, present } from "./log-filter";
import type { Condition } from "./search-index";

type Query = CheckedInputOf<"log.query">;

interface LogChanges extends OutputOf<"log.since"> {
  /** Entries of the log. */
  total: number;
  removals: number;
}

const counter: Statement = {
  sql: "SELECT revision, removals, entries - leaving AS total FROM log_counter",
};

/** Facets of one name that are offered at most: a stranger may send a new type with each event. */
const facetsOffered = 500;

/** Positions from which on it is quicker to count from the newest entry. */
const nearBeginning = 5_000;

const all = "(SELECT entries - leaving FROM log_counter)";

/** The order, and how many rows of it are wanted after how many that are not. */
const slice = ({ filter, after, position, offset = 0, limit }: Query): Condition & { order: string } => {
  if (position === undefined) {
    const order = after === undefined ? "DESC" : "ASC";
    return { order, sql: "LIMIT ? OFFSET ?", params: [limit, offset] };
  }
  if (position < nearBeginning || filterCondition(filter)) {
    return { order: "ASC", sql: "LIMIT ? OFFSET ?", params: [limit, position] };
  }
  return {
    order: "DESC",
    sql: `LIMIT max(0, min(?, ${all} - ?)) OFFSET max(0, ${all} - ? - ?)`,
    params: [limit, position, position, limit],
  };
};

/** The rows of one page. The inner query goes over the narrow index alone, however far it skips. */
const page = (query: Query): Statement => {
  const { filter, before, after } = query;
  const conditions = [
    present,
    filterCondition(filter),
    before === undefined ? null : { sql: "seq < ?", params: [before] },
    after === undefined ? null : { sql: "seq > ?", params: [after] },
  ].filter((condition) => condition !== null);
  const { order, sql, params } = slice(query);
  return {
    sql: `
      SELECT ${rowColumns} FROM entries
      WHERE seq IN (
        SELECT seq FROM entries WHERE ${conditions.map((condition) => condition.sql).join(" AND ")}
        ORDER BY seq ${order} ${sql})
      ORDER BY seq ${after === undefined ? "DESC" : "ASC"}`,
    params: [...conditions.flatMap((condition) => condition.params), ...params],
  };
};

const count = ({ filter }: Query): Statement => {
  const condition = filterCondition(filter);
  if (!condition) return { sql: `SELECT ${all} AS total` };
  return {
    sql: `SELECT count(*) AS total FROM entries WHERE ${present.sql} AND ${condition.sql}`,
    params: condition.params,
  };
};

const notFound = (id: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no entry ${id} in the log.`,
    hint: "It was removed, or belongs to another profile.",
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
      removals: Number(state?.rows[0]?.["removals"]),
    };
  },

  /** Rows that changed after a revision, in rising revision, with the state of the log at that moment. */
  async changes({ revision, limit }: CheckedInputOf<"log.since">): Promise<LogChanges> {
    const sql = `SELECT ${rowColumns} FROM entries WHERE revision > ? AND ${present.sql} ORDER BY revision LIMIT ?`;
    const [found, state] = await database.read([{ sql, params: [revision, limit + 1] }, counter]);
    const rows = (found?.rows ?? []).map(toEntryRow);
    return {
      rows: rows.slice(0, limit),
      revision: Number(state?.rows[0]?.["revision"]),
      total: Number(state?.rows[0]?.["total"]),
      removals: Number(state?.rows[0]?.["removals"]),
      complete: rows.length <= limit,
    };
  },

  async detail(id: string): Promise<Entry> {
    const [entry, bodies] = await database.read([
      { sql: `SELECT * FROM entries WHERE id = ? AND ${present.sql}`, params: [id] },
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

  async state(): Promise<{ revision: number; removals: number }> {
    const [row] = await database.query(counter.sql);
    return { revision: Number(row?.["revision"]), removals: Number(row?.["removals"]) };
  },

  /** Rises whenever another connection, of this process or another, has changed the file. */
  async foreignVersion(): Promise<number> {
    const [row] = await database.query("PRAGMA data_version");
    return Number(row?.["data_version"]);
  },
});

export type LogReads = ReturnType<typeof createLogReads>;
