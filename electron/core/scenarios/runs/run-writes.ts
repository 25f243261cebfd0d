import {
  hasEnded,
  type RunMade,
  type RunSummary,
  type StepKey,
  type StepResult,
} from "../../../../shared/model/run";
import type { Database, Statement } from "../../database/database";
import { processOwner } from "../../log/process-owner";

/** What a run made at its target. */
export interface MadeItem {
  kind: "browser" | "guest" | "email";
  value: string;
}

/** What is kept to play from a step on later. `state` is JSON. */
export interface KeptStep {
  number: string;
  snapshot: string | null;
  state: string;
}

const placeOf = "(SELECT place FROM runs WHERE id = ?)";

/** The writing half of the history of runs. Everything is redacted before it comes here. */
export const createRunWrites = (database: Pick<Database, "transaction">) => ({
  /** @throws AppError DATABASE_FAILED */
  async begin(run: RunSummary): Promise<void> {
    const { id, workspace, path, state } = run;
    await database.transaction([
      {
        sql: "INSERT INTO runs (id, workspace, path, owner, state, touched, summary) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params: [id, workspace, path, processOwner, state, Date.now(), JSON.stringify(run)],
      },
    ]);
  },

  /**
   * Says how a run goes, or that it has ended. A run that was found interrupted stays so.
   * @param at the step it is at
   */
  async update(run: RunSummary, at: StepKey | null): Promise<void> {
    await database.transaction([
      {
        sql: "UPDATE runs SET state = ?, at = ?, touched = ?, summary = ? WHERE id = ? AND state IN ('running', 'paused')",
        params: [
          run.state,
          hasEnded(run.state) ? null : JSON.stringify(at),
          Date.now(),
          JSON.stringify(run),
          run.id,
        ],
      },
    ]);
  },

  async keepResults(id: string, results: readonly { order: number; result: StepResult }[]): Promise<void> {
    await database.transaction([
      {
        sql: `INSERT OR REPLACE INTO run_steps (run, seq, iteration, failed, result) VALUES (${placeOf}, ?, ?, ?, ?)`,
        each: results.map(({ order, result }) => [
          ...[id, order, result.iteration, result.state === "failed" ? 1 : 0],
          JSON.stringify(result),
        ]),
      },
    ]);
  },

  /** @returns how many of each kind were not known before */
  async keepMade(id: string, items: readonly MadeItem[]): Promise<RunMade> {
    const insert = (kind: MadeItem["kind"]): Statement => ({
      sql: `INSERT OR IGNORE INTO run_made (run, kind, value) SELECT ${placeOf}, ?, value FROM json_each(?)`,
      params: [
        id,
        kind,
        JSON.stringify(items.filter((item) => item.kind === kind).map(({ value }) => value)),
      ],
    });
    const done = await database.transaction([insert("browser"), insert("guest"), insert("email")]);
    const [browsers = 0, guests = 0, emails = 0] = done.map(({ changes }) => changes);
    return { browsers, guests, emails };
  },

  async keepState(id: string, { number, snapshot, state }: KeptStep): Promise<void> {
    await database.transaction([
      {
        sql: `INSERT OR REPLACE INTO run_states (run, number, snapshot, state) VALUES (${placeOf}, ?, ?, ?)`,
        params: [id, number, snapshot, state],
      },
    ]);
  },

  /** What another run kept is this one's, too, until it keeps something of its own. */
  async takeOverStates(id: string, from: string): Promise<void> {
    await database.transaction([
      {
        sql: `INSERT OR IGNORE INTO run_states (run, number, snapshot, state)
          SELECT ${placeOf}, number, snapshot, state FROM run_states WHERE run = ${placeOf}`,
        params: [id, from],
      },
    ]);
  },

  /** Snapshots that are there no more. */
  async dropSnapshots(names: readonly string[]): Promise<void> {
    await database.transaction([
      {
        sql: "UPDATE run_states SET snapshot = NULL WHERE snapshot IN (SELECT value FROM json_each(?))",
        params: [JSON.stringify(names)],
      },
    ]);
  },

  /** Forgets the runs of a file behind the newest few. */
  async prune(workspace: string, path: string, keep: number): Promise<void> {
    await database.transaction([
      {
        sql: `DELETE FROM runs WHERE state NOT IN ('running', 'paused') AND workspace = ? AND path = ? AND place NOT IN
          (SELECT place FROM runs WHERE workspace = ? AND path = ? ORDER BY place DESC LIMIT ?)`,
        params: [workspace, path, workspace, path, keep],
      },
    ]);
  },

  /** @returns whether there was one */
  async remove(id: string): Promise<boolean> {
    const [removed] = await database.transaction([{ sql: "DELETE FROM runs WHERE id = ?", params: [id] }]);
    return (removed?.changes ?? 0) > 0;
  },
});

export type RunWrites = ReturnType<typeof createRunWrites>;
