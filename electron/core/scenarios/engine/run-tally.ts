import type { ErrorData } from "../../../../shared/contract/errors";
import type { RunMade, RunState, RunSummary, StepKey, StepResult } from "../../../../shared/model/run";
import { createForecastOfTime } from "./time-left";

/** What a run is, before anything has happened. */
export type RunHead = Pick<
  RunSummary,
  | "id"
  | "path"
  | "workspace"
  | "name"
  | "environment"
  | "origin"
  | "startedAt"
  | "seed"
  | "now"
  | "concurrency"
> & { plannedIterations: number; plannedSteps: number | null };

/** Steps that hold others are counted only where they have something to say of their own. */
const counts = ({ kind, failures }: StepResult): boolean =>
  (kind !== "repeat" && kind !== "use") || failures.length > 0;

/** The run as it stands, counted as its steps end. Of a run of any length it keeps the same few numbers. */
export const createTally = (head: RunHead) => {
  const { plannedIterations, plannedSteps, ...what } = head;
  const iterations = { planned: plannedIterations, ended: 0, passed: 0, failed: 0 };
  const steps = { planned: plannedSteps, passed: 0, failed: 0, skipped: 0, notObservable: 0 };
  const made: RunMade = { browsers: 0, guests: 0, emails: 0 };
  const forecast = createForecastOfTime();
  let events = 0;
  let state: RunState = "running";
  let endedAt: string | null = null;
  let pausedAt: RunSummary["pausedAt"] = null;
  let stoppedAt: StepKey | null = null;
  let firstFailure: RunSummary["firstFailure"] = null;
  let error: ErrorData | null = null;
  let trimmed = false;

  /** From 0 to 1; null where nobody can tell. */
  const progress = (): number | null => {
    if (iterations.planned > 1) return iterations.ended / iterations.planned;
    const done = steps.passed + steps.failed + steps.skipped + steps.notObservable;
    return steps.planned === null || steps.planned === 0 ? null : Math.min(1, done / steps.planned);
  };

  return {
    events: () => events,
    countEvent(): void {
      events += 1;
    },
    countStep(result: StepResult): void {
      if (!counts(result)) return;
      if (result.state === "passed") steps.passed += 1;
      else if (result.state === "failed") steps.failed += 1;
      else if (result.state === "skipped") steps.skipped += 1;
      else steps.notObservable += 1;
    },
    countIteration(passed: boolean): void {
      iterations.ended += 1;
      if (passed) iterations.passed += 1;
      else iterations.failed += 1;
    },
    countMade({ browsers, guests, emails }: RunMade): void {
      made.browsers += browsers;
      made.guests += guests;
      made.emails += emails;
    },
    /** @param result redacted */
    noteFailure({ iteration, number, occurrence, title, failures }: StepResult): void {
      const [first] = failures;
      if (first === undefined || firstFailure !== null) return;
      firstFailure = { iteration, number, occurrence, title, message: first.message };
    },
    trim(): void {
      trimmed = true;
    },
    pause(at: RunSummary["pausedAt"]): void {
      pausedAt = at;
      state = at === null ? "running" : "paused";
    },
    end(
      as: Extract<RunState, "passed" | "failed" | "cancelled">,
      at: StepKey | null,
      why: ErrorData | null,
    ): void {
      state = as;
      endedAt = new Date().toISOString();
      pausedAt = null;
      stoppedAt = at;
      error = why;
    },
    hasFailed: (): boolean => steps.failed > 0 || iterations.failed > 0,
    /** Notes how far it is, for rate and time left. @param now milliseconds */
    sample: (now: number): void => forecast.sample(now, events, pausedAt === null ? progress() : null),
    summary: (): RunSummary => ({
      ...what,
      endedAt,
      state,
      iterations: { ...iterations },
      steps: { ...steps },
      events,
      rate: forecast.rate(),
      left: endedAt === null ? forecast.left() : null,
      pausedAt,
      stoppedAt,
      firstFailure,
      error,
      made: { ...made },
      trimmed,
    }),
  };
};

export type Tally = ReturnType<typeof createTally>;
