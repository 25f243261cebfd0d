import type { ErrorCode } from "../../../../shared/contract/errors";
import { hasEnded, type RunSummary } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import type { PlayedStep } from "./played-steps";
import { RunResults } from "./run-results";

/** The run that is shown for a file: one union, no booleans beside it. */
export type ShownRun =
  | { state: "none" }
  /** It is saved, checked and about to begin. */
  | { state: "starting" }
  /** The checks found it wrong, so that nothing was sent. */
  | { state: "refused"; issues: ScenarioIssue[] }
  /** It could not be started: no credential, not allowed here. */
  | { state: "failed"; code: ErrorCode; message: string; hint?: string; environment: string }
  /** It runs, or waits. */
  | { state: "on"; run: RunSummary }
  | { state: "ended"; run: RunSummary };

/** What the window knows of the runs of one file. */
export interface FileRun {
  shown: ShownRun;
  results: RunResults;
  /** The iteration whose results the steps show, from 1. */
  iteration: number;
  /** Whether a person chose the iteration; otherwise it follows the run. */
  chosen: boolean;
  /** The file's steps when it began; null where it was not begun in this window. */
  played: readonly PlayedStep[] | null;
}

export const noRun: FileRun = {
  shown: { state: "none" },
  results: new RunResults(),
  iteration: 1,
  chosen: false,
  played: null,
};

/** The run itself, where there is one. */
export const runOf = (shown: ShownRun): RunSummary | null =>
  shown.state === "on" || shown.state === "ended" ? shown.run : null;

/** A run as the union has it. */
export const shownOf = (run: RunSummary): ShownRun => ({ state: hasEnded(run.state) ? "ended" : "on", run });

/**
 * The iteration that is worth showing: where it waits, else where it failed first, else the one that plays. Of a run
 * that ended well, the last one that is known.
 */
export const iterationOf = (run: RunSummary, results: RunResults): number =>
  run.pausedAt?.iteration ??
  run.firstFailure?.iteration ??
  run.stoppedAt?.iteration ??
  Math.max(results.latest, 1);

/** Takes over how a run goes. What a person chose to look at stays. */
export const progressed = (file: FileRun, run: RunSummary, results: RunResults): FileRun => ({
  ...file,
  shown: shownOf(run),
  results,
  iteration: file.chosen ? file.iteration : iterationOf(run, results),
});
