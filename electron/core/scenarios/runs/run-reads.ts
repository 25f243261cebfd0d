import { AppError } from "../../../../shared/contract/errors";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import type { Database, Row, SqlValue } from "../../database/database";
import type { MadeItem } from "./run-writes";

export const unknownRun = (id: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no run ${JSON.stringify(id.slice(0, 60))}.`,
    hint: "It may have been removed, or its file played so often since that it was forgotten: look at the list again.",
  });

const summaryOf = (row: Row): RunSummary => JSON.parse(String(row["summary"])) as RunSummary;
const resultOf = (row: Row): StepResult => JSON.parse(String(row["result"])) as StepResult;

interface StepsWanted {
  id: string;
  iteration?: number | undefined;
  failedOnly?: boolean | undefined;
  offset: number;
  limit: number;
}

/** The reading half of the history of runs. */
export const createRunReads = (database: Pick<Database, "read" | "query">) => {
  const page = async (
    columns: string,
    from: string,
    params: SqlValue[],
    order: string,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<{ rows: Row[]; total: number }> => {
    const [rows, count] = await database.read([
      {
        sql: `SELECT ${columns} FROM ${from} ORDER BY ${order} LIMIT ? OFFSET ?`,
        params: [...params, limit, offset],
      },
      { sql: `SELECT count(*) AS total FROM ${from}`, params },
    ]);
    return { rows: rows?.rows ?? [], total: Number(count?.rows[0]?.["total"]) };
  };

  const placeOf = async (id: string): Promise<number> => {
    const [row] = await database.query("SELECT place FROM runs WHERE id = ?", id);
    if (!row) throw unknownRun(id);
    return Number(row["place"]);
  };

  return {
    /** Newest first. @param path relative to the workspace; absent: of every file */
    async list(
      workspace: string,
      { path, ...wanted }: { path?: string | undefined; offset: number; limit: number },
    ): Promise<{ runs: RunSummary[]; total: number }> {
      const from = path === undefined ? "runs WHERE workspace = ?" : "runs WHERE workspace = ? AND path = ?";
      const params = path === undefined ? [workspace] : [workspace, path];
      const { rows, total } = await page("summary", from, params, "place DESC", wanted);
      return { runs: rows.map(summaryOf), total };
    },

    /** @throws AppError NOT_FOUND */
    async read(id: string): Promise<RunSummary> {
      const [row] = await database.query("SELECT summary FROM runs WHERE id = ?", id);
      if (!row) throw unknownRun(id);
      return summaryOf(row);
    },

    /** Results in the order in which their steps began. @throws AppError NOT_FOUND */
    async steps({
      id,
      iteration,
      failedOnly,
      ...wanted
    }: StepsWanted): Promise<{ steps: StepResult[]; total: number }> {
      const params: SqlValue[] = [await placeOf(id)];
      let from = "run_steps WHERE run = ?";
      if (iteration !== undefined) {
        from += " AND iteration = ?";
        params.push(iteration);
      }
      if (failedOnly === true) from += " AND failed = 1";
      const { rows, total } = await page("result", from, params, "seq", wanted);
      return { steps: rows.map(resultOf), total };
    },

    /** @throws AppError NOT_FOUND */
    async made(
      id: string,
      wanted: { offset: number; limit: number },
    ): Promise<{ items: MadeItem[]; total: number }> {
      const from = "run_made WHERE run = ?";
      const { rows, total } = await page("kind, value", from, [await placeOf(id)], "kind, value", wanted);
      const items = rows.map((row) => ({
        kind: row["kind"] as MadeItem["kind"],
        value: String(row["value"]),
      }));
      return { items, total };
    },

    /** What was kept before a step of a run's first iteration; null where nothing was. */
    async state(id: string, number: string): Promise<{ snapshot: string | null; state: string } | null> {
      const [row] = await database.query(
        "SELECT snapshot, state FROM run_states WHERE run = (SELECT place FROM runs WHERE id = ?) AND number = ?",
        ...[id, number],
      );
      if (!row) return null;
      const { snapshot, state } = row;
      return { snapshot: typeof snapshot === "string" ? snapshot : null, state: String(state) };
    },

    /** Names of the snapshots that a run alone keeps, or that all runs of a file but one keep. */
    async snapshots(
      which: { id: string } | { workspace: string; path: string; except: string },
    ): Promise<string[]> {
      const [mine, params] =
        "id" in which
          ? ["id = ?", [which.id]]
          : ["workspace = ? AND path = ? AND id <> ?", [which.workspace, which.path, which.except]];
      const runs = `SELECT place FROM runs WHERE ${mine}`;
      const rows = await database.query(
        `SELECT DISTINCT snapshot FROM run_states WHERE snapshot IS NOT NULL AND run IN (${runs})
         AND snapshot NOT IN (SELECT snapshot FROM run_states WHERE snapshot IS NOT NULL AND run NOT IN (${runs}))`,
        ...[...params, ...params],
      );
      return rows.map(({ snapshot }) => String(snapshot));
    },

    /** The newest run of each of these files. */
    async lastOf(workspace: string, paths: readonly string[]): Promise<RunSummary[]> {
      const rows = await database.query(
        `SELECT summary FROM runs WHERE place IN (
           SELECT max(place) FROM runs WHERE workspace = ? AND path IN (SELECT value FROM json_each(?)) GROUP BY path)`,
        ...[workspace, JSON.stringify(paths)],
      );
      return rows.map(summaryOf);
    },

    /** Changes whenever a run begins, ends or is removed, whichever process did it. */
    async mark(): Promise<string> {
      const [row] = await database.query(
        "SELECT count(*) AS runs, max(place) AS newest, sum(state IN ('running', 'paused')) AS going FROM runs",
      );
      return JSON.stringify(row ?? {});
    },
  };
};

export type RunReads = ReturnType<typeof createRunReads>;
