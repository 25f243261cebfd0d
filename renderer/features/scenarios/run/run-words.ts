import { hasEnded, type RunState, type RunSummary, type StepKey } from "../../../../shared/model/run";
import type { StatusName } from "../../../ui/StatusGlyph.vue";
import type { ShownRun } from "./shown-run";
import type { ShownStepState } from "./step-view";

/** A number as people read it: `10,000`. */
export const count = (value: number): string => value.toLocaleString("en-GB");

const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Milliseconds as people read them: `2.6 ms`, `96 ms`, `1.2 s`, `3 min 5 s`, `2 h 10 min`. */
export const durationWords = (milliseconds: number): string => {
  if (milliseconds < 10) return `${Number(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** How long a run took, in milliseconds; null while it is on. */
export const lengthOf = ({ startedAt, endedAt }: RunSummary): number | null =>
  endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));

/** Steps that have an outcome. */
export const stepsEnded = ({ steps }: RunSummary): number =>
  steps.passed + steps.failed + steps.skipped + steps.notObservable;

const place = ({ iteration, number }: StepKey, run: RunSummary): string =>
  run.iterations.planned > 1 ? `step ${number} of iteration ${count(iteration)}` : `step ${number}`;

const pausedWords = (run: RunSummary): string => {
  if (!run.pausedAt) return "before the next step";
  const where = place(run.pausedAt, run);
  return run.pausedAt.why === "breakpoint" ? `at breakpoint, ${where}` : `before ${where}`;
};

interface Words {
  glyph: StatusName;
  tone: "ok" | "warn" | "bad" | "quiet" | "accent";
  /** The word that stands out. */
  word: string;
  /** What follows it. */
  rest: string;
}

export const runLooks: Record<RunState, { glyph: StatusName; tone: Words["tone"]; word: string }> = {
  running: { glyph: "pending", tone: "accent", word: "Running" },
  paused: { glyph: "paused", tone: "accent", word: "Paused" },
  passed: { glyph: "processed", tone: "ok", word: "Passed" },
  failed: { glyph: "failed", tone: "bad", word: "Failed" },
  cancelled: { glyph: "stopped", tone: "quiet", word: "Stopped" },
  interrupted: { glyph: "interrupted", tone: "warn", word: "Interrupted" },
  refused: { glyph: "failed", tone: "bad", word: "Not started" },
};

const inTime = (run: RunSummary): string => {
  const length = lengthOf(run);
  return length === null ? "" : `in ${durationWords(length)}`;
};

const restOf = (run: RunSummary): string => {
  switch (run.state) {
    case "running":
      return run.iterations.planned > 1 ? "" : `on ${run.environment}`;
    case "paused":
      return pausedWords(run);
    case "passed":
      return inTime(run);
    case "failed":
      return run.firstFailure ? `at ${place(run.firstFailure, run)}` : (run.error?.message ?? inTime(run));
    case "cancelled":
    case "interrupted":
      return run.stoppedAt ? `at ${place(run.stoppedAt, run)}` : inTime(run);
    case "refused":
      return run.error?.message ?? "";
  }
};

/** The state in words: "Paused at breakpoint, step 6". @returns null where nothing was run */
export const shownWords = (shown: ShownRun): Words | null => {
  switch (shown.state) {
    case "none":
      return null;
    case "starting":
      return { glyph: "pending", tone: "quiet", word: "Checking", rest: "the file" };
    case "refused": {
      const errors = shown.issues.filter(({ severity }) => severity === "error").length;
      return { glyph: "failed", tone: "bad", word: "Not started:", rest: plural(errors, "error") };
    }
    case "failed":
      return { glyph: "failed", tone: "bad", word: "Not started", rest: "" };
    default:
      return { ...runLooks[shown.run.state], rest: restOf(shown.run) };
  }
};

/**
 * How far a run is: iterations of many, else steps. A run that passed without playing all of them, because it began
 * at a later step or a condition did not hold, only says how many it had.
 */
export const progressWords = (run: RunSummary): string => {
  const { planned, ended } = run.iterations;
  if (planned > 1) return `${count(ended)} of ${count(planned)}`;
  const done = stepsEnded(run);
  const all = run.steps.planned;
  if (all === null || (run.state === "passed" && done !== all)) return plural(done, "step");
  return `${count(done)} of ${count(all)}`;
};

/** How a long run goes: what failed, how fast it is and how long it takes. Empty where there is nothing to say. */
export const paceWords = ({ state, iterations, rate, left }: RunSummary): string =>
  [
    ...(iterations.failed > 0 ? [`${count(iterations.failed)} failed`] : []),
    ...(rate !== null && !hasEnded(state) ? [`${count(Math.round(rate))} events/s`] : []),
    ...(left !== null && state === "running" ? [`${durationWords(left)} left`] : []),
  ].join(" · ");

/** How far a run is, from 0 to 1; null where that cannot be told. */
export const progressOf = (run: RunSummary): number | null => {
  if (run.iterations.planned > 1) return run.iterations.ended / run.iterations.planned;
  return run.steps.planned === null || run.steps.planned === 0 ? null : stepsEnded(run) / run.steps.planned;
};

/** That the steps have changed since they ran. @param gone steps with a result that the file lacks by now */
export const sinceWords = (gone: number): string => {
  const lacks =
    gone === 0
      ? ""
      : gone === 1
        ? " One step that it played is not in the list as it was: its result is in Runs."
        : ` ${count(gone)} steps that it played are not in the list as they were: their results are in Runs.`;
  return `The steps have changed since this run; its results stand beside theirs.${lacks}`;
};

/** The word for a step's state, for screen readers and tooltips. */
export const stepWords: Record<ShownStepState, string> = {
  none: "Not played",
  running: "Under way",
  waiting: "Waiting",
  passed: "Passed",
  failed: "Failed",
  skipped: "Skipped",
  "not-observable": "Not observable here",
  next: "The run waits before this step",
  stopped: "The run was stopped here",
};
