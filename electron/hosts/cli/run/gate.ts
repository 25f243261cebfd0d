import { isSandboxName } from "../../../../shared/environment-names";
import { AppError } from "../../../../shared/contract/errors";
import type { Gate } from "../reporters/reporter";
import type { Session } from "../session";

/** Milliseconds that the sandbox has for what is still pending when the last run has ended. */
const longestSettle = 60_000;

const counts = ["processed", "failed", "dropped", "rejected"] as const;

/** Counts the events of a run at its sandbox. */
export interface GateCount {
  /** @returns what came since the count began, once nothing is pending */
  close(): Promise<Gate>;
}

/**
 * Begins to count at the sandbox (`--gate`). What it says is the difference between two of its summaries: all that it
 * got meanwhile, from whomever. With `--fresh`, or with nobody else there, that is this run.
 *
 * @throws AppError INVALID_INPUT where the environment is not a sandbox: no tenant tells what became of its events
 */
export const beginGate = async ({ ask }: Session, environment: string): Promise<GateCount> => {
  if (!isSandboxName(environment)) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: `--gate needs the sandbox's summary, and ${environment} is not a sandbox.`,
      hint: "Run without --gate, or with --env sandbox.",
    });
  }
  const status = await ask("sandbox.status", {});
  // One that somebody has stopped stays so: the run itself says why nothing was sent.
  if (status.state === "stopped" && !status.byHand) await ask("sandbox.start", {});
  const before = await ask("sandbox.summary", {});
  return {
    async close() {
      const after = await ask("sandbox.summary", { settle: longestSettle });
      const since = Object.fromEntries(counts.map((name) => [name, after[name] - before[name]]));
      return { processed: 0, failed: 0, dropped: 0, rejected: 0, ...since, pending: after.pending };
    },
  };
};

/** Adds up the gates of several workspaces; null where there is none. */
export const addGates = (gates: readonly Gate[]): Gate | null => {
  const [first, ...others] = gates;
  if (!first) return null;
  return others.reduce(
    (sum, gate) => ({
      processed: sum.processed + gate.processed,
      failed: sum.failed + gate.failed,
      dropped: sum.dropped + gate.dropped,
      rejected: sum.rejected + gate.rejected,
      pending: sum.pending + gate.pending,
    }),
    first,
  );
};
