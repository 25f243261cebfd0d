import type { RunSummary } from "../../../../shared/model/run";
import type { RunsEnd } from "./reporter";

/** The sums of several runs. */
export interface Totals {
  scenarios: { passed: number; failed: number; refused: number; stopped: number };
  iterations: { passed: number; failed: number };
  steps: { passed: number; failed: number; skipped: number; notObservable: number };
  events: number;
  /** Milliseconds, of the runs one after another. */
  duration: number;
}

/** Milliseconds from start to end; 0 for a run that has not ended. */
export const durationOf = ({ startedAt, endedAt }: Pick<RunSummary, "startedAt" | "endedAt">): number =>
  endedAt === null ? 0 : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));

const sum = (runs: readonly RunSummary[], of: (run: RunSummary) => number): number =>
  runs.reduce((total, run) => total + of(run), 0);

export const totalsOf = ({ runs, refusals }: Pick<RunsEnd, "runs" | "refusals">): Totals => {
  const ended = (...states: RunSummary["state"][]): number =>
    runs.filter(({ state }) => states.includes(state)).length;
  return {
    scenarios: {
      passed: ended("passed"),
      failed: ended("failed"),
      refused: refusals.length + ended("refused"),
      stopped: ended("cancelled", "interrupted", "running", "paused"),
    },
    iterations: {
      passed: sum(runs, ({ iterations }) => iterations.passed),
      failed: sum(runs, ({ iterations }) => iterations.failed),
    },
    steps: {
      passed: sum(runs, ({ steps }) => steps.passed),
      failed: sum(runs, ({ steps }) => steps.failed),
      skipped: sum(runs, ({ steps }) => steps.skipped),
      notObservable: sum(runs, ({ steps }) => steps.notObservable),
    },
    events: sum(runs, ({ events }) => events),
    duration: sum(runs, durationOf),
  };
};
