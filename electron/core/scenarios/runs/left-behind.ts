import type { RunSummary, StepKey } from "../../../../shared/model/run";
import type { Database } from "../../database/database";
import { isGone } from "../../log/process-owner";

const orNull = (text: unknown): StepKey | null =>
  typeof text === "string" ? (JSON.parse(text) as StepKey | null) : null;

/**
 * Ends the runs of processes that are gone as `interrupted`, and says where each stopped.
 *
 * @returns whether there were any
 */
export const interruptLeftBehind = async (
  database: Pick<Database, "query" | "transaction">,
): Promise<boolean> => {
  const rows = await database.query(
    "SELECT id, owner, at, touched, summary FROM runs WHERE state IN ('running', 'paused')",
  );
  let found = false;
  for (const { id = null, owner, at, touched, summary } of rows) {
    if (!isGone(String(owner), Date.now() - Number(touched))) continue;
    const run = JSON.parse(String(summary)) as RunSummary;
    const ended: RunSummary = {
      ...run,
      state: "interrupted",
      endedAt: new Date(Number(touched)).toISOString(),
      pausedAt: null,
      stoppedAt: orNull(at),
      left: null,
      error: {
        code: "CLOSED",
        message: "Bellhop ended while this run was under way.",
        hint: "What was sent is in the log. Play it again, or from the step where it stopped.",
      },
    };
    // Another process may have looked at the same moment.
    const [done] = await database.transaction([
      {
        sql: "UPDATE runs SET state = 'interrupted', at = NULL, summary = ? WHERE id = ? AND state IN ('running', 'paused')",
        params: [JSON.stringify(ended), id],
      },
    ]);
    found ||= (done?.changes ?? 0) > 0;
  }
  return found;
};
