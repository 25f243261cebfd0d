import type { RunSummary, StepResult, StepState } from "../../../../shared/model/run";
import { changeMarkOf, type ChangeMark } from "./change-mark";
import { runOf, type FileRun } from "./shown-run";

/** How a step stands in the run that is shown. `next` is where a paused run waits, `stopped` where one was ended. */
export type ShownStepState = StepState | "next" | "stopped" | "none";

/** What a row of the step list shows of the run. */
export interface StepView {
  state: ShownStepState;
  /** The execution that counts: the first that failed, else the last. Null before there is one. */
  result: StepResult | null;
  /** How many times it has been played in this iteration; for a `repeat`, its steps. */
  played: number;
  /** Milliseconds, of all executions that are kept; null where none has been played to its end. */
  duration: number | null;
  status: number | null;
  /** What the execution changed on the guest; null where nothing, or where it is not known. */
  changes: ChangeMark | null;
}

const quiet: StepView = {
  state: "none",
  result: null,
  played: 0,
  duration: null,
  status: null,
  changes: null,
};

const weight: readonly StepState[] = ["failed", "running", "waiting", "not-observable", "passed", "skipped"];

/** What has no end yet, and what was passed over, took no time. */
const untimed: ReadonlySet<StepState> = new Set(["running", "waiting", "skipped"]);

/** The state of several executions taken together: the gravest. */
const stateOf = (results: readonly StepResult[]): StepState | "none" =>
  weight.find((state) => results.some((result) => result.state === state)) ?? "none";

const isAt = (place: RunSummary["pausedAt"] | RunSummary["stoppedAt"], iteration: number, number: string) =>
  place?.iteration === iteration && place.number === number;

/** A run is under way below a step: then a group that has not failed is not done yet, whatever its steps say. */
const groupState = (run: RunSummary, inside: readonly StepResult[], waitsInside: boolean) => {
  const state = stateOf(inside);
  return waitsInside && state !== "failed" && run.endedAt === null ? "waiting" : state;
};

/** How a step stands in a file's run. @param number as in the outline */
export const stepView = (file: FileRun, number: string): StepView => {
  const run = runOf(file.shown);
  if (!run) return quiet;
  const { iteration, results } = file;
  const own = results.of(iteration, number);
  const inside = results.below(iteration, number);
  const counted = own.length > 0 ? own : inside;
  const result = own.find(({ state }) => state === "failed") ?? own.at(-1) ?? null;
  const waitsInside = run.pausedAt?.iteration === iteration && run.pausedAt.number.startsWith(`${number}.`);
  const ownState =
    own.length > 0 && inside.length === 0 ? stateOf(own) : groupState(run, counted, waitsInside);
  const state: ShownStepState = isAt(run.pausedAt, iteration, number)
    ? "next"
    : isAt(run.stoppedAt, iteration, number)
      ? "stopped"
      : ownState;
  const timed = counted.filter(({ state: its }) => !untimed.has(its));
  return {
    state,
    result,
    played: Math.max(0, ...counted.map(({ occurrence }) => occurrence)),
    duration: timed.length === 0 ? null : timed.reduce((sum, each) => sum + each.duration, 0),
    status: result?.status ?? null,
    changes: result?.changes ? changeMarkOf(result.changes) : null,
  };
};
