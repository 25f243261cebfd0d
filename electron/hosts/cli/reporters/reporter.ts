import type { ErrorData } from "../../../../shared/contract/errors";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import type { SandboxSummary } from "../../../../shared/model/sandbox";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import type { ExitCode } from "../exit-codes";

/**
 * A report of one `bellhop run`, written as it goes: each happening gives the text that follows, and what comes out
 * depends on nothing else. A reporter keeps counts and what is still open, never the results themselves, so that
 * memory stays flat however long a run is.
 */
export interface Reporter {
  started(run: RunSummary): string;
  stepEnded(run: RunSummary, result: StepResult): string;
  /** All steps of an iteration have ended. */
  iterationEnded(run: RunSummary, iteration: number): string;
  ended(run: RunSummary): string;
  /** A file that was not played. */
  refused(refusal: Refusal): string;
  /** The last text; always comes, however the runs ended. */
  finished(end: RunsEnd): string;
}

/** A scenario of which nothing was sent, and why: what is wrong with it, or why its target does not take it. */
export interface Refusal {
  /** Relative to the workspace. */
  path: string;
  environment: string;
  issues: ScenarioIssue[];
  error: ErrorData | null;
}

/** What came of the sandbox meanwhile (`--gate`): counts of this run's time alone. */
export type Gate = Pick<SandboxSummary, "processed" | "failed" | "dropped" | "rejected" | "pending">;

/** How all of it ended. */
export interface RunsEnd {
  runs: readonly RunSummary[];
  refusals: readonly Refusal[];
  gate: Gate | null;
  /** Ctrl-C, or a signal. */
  interrupted: boolean;
  exitCode: ExitCode;
}

/** Whether a gate lets through. What is still pending after the wait has not been processed. */
export const isOpen = ({ failed, dropped, rejected, pending }: Gate): boolean =>
  failed + dropped + rejected + pending === 0;
