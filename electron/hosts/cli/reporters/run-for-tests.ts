import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { exitCodes } from "../exit-codes";
import type { Reporter, RunsEnd } from "./reporter";

/** A run as its end is told, for the tests of reporters. */
export const runForTests = (changes: Partial<RunSummary> = {}): RunSummary => ({
  id: "0b0f4d7e-3f0d-4c53-9c8e-6c1f9d1f0001",
  path: "scenarios/first-purchase.scenario.yaml",
  workspace: "/shop",
  name: "First purchase",
  environment: "sandbox",
  origin: "cli",
  startedAt: "2026-11-25T10:15:00.000Z",
  endedAt: "2026-11-25T10:15:02.500Z",
  state: "passed",
  seed: "seed-7",
  now: null,
  concurrency: 1,
  iterations: { planned: 1, ended: 1, passed: 1, failed: 0 },
  steps: { planned: 2, passed: 2, failed: 0, skipped: 0, notObservable: 0 },
  events: 2,
  rate: null,
  left: null,
  pausedAt: null,
  stoppedAt: null,
  firstFailure: null,
  error: null,
  made: { browsers: 1, guests: 1, emails: 0 },
  ...changes,
});

/** A step that passed. */
export const stepForTests = (changes: Partial<StepResult> = {}): StepResult => ({
  iteration: 1,
  number: "1",
  occurrence: 1,
  stepId: "land",
  kind: "send",
  title: "Opens the home page",
  state: "passed",
  startedAt: "2026-11-25T10:15:00.100Z",
  duration: 12.4,
  entryIds: ["entry-1"],
  status: 201,
  error: null,
  ingestion: "processed",
  event: { type: "VIEW", page: "https://shop.example/" },
  response: { status: "OK", ref: "r-1" },
  failures: [],
  notes: [],
  captured: {},
  guest: null,
  changes: null,
  place: { file: "scenarios/first-purchase.scenario.yaml", line: 12 },
  ...changes,
});

/** One that an expectation failed. */
export const failedStepForTests = (changes: Partial<StepResult> = {}): StepResult =>
  stepForTests({
    number: "6",
    stepId: "checkout",
    title: "Checks out",
    state: "failed",
    ingestion: "failed",
    event: { type: "ORDER_CHECKOUT", order: { price: 59.6 } },
    failures: [
      {
        of: "ingestion",
        path: "",
        expected: "processed",
        actual: "failed",
        message: "The ingestion is failed, and should be processed.",
        hint: "The sum of the items is 59.7.",
      },
    ],
    place: { file: "scenarios/first-purchase.scenario.yaml", line: 41 },
    ...changes,
  });

export const endForTests = (changes: Partial<RunsEnd> = {}): RunsEnd => ({
  runs: [runForTests()],
  refusals: [],
  gate: null,
  interrupted: false,
  exitCode: exitCodes.ok,
  ...changes,
});

/** The whole report of one run with these steps. */
export const reportOf = (
  reporter: Reporter,
  run: RunSummary,
  results: readonly StepResult[],
  end: Partial<RunsEnd> = {},
): string =>
  [
    reporter.started(run),
    ...results.map((result) => reporter.stepEnded(run, result)),
    ...[...new Set(results.map(({ iteration }) => iteration))].map((iteration) =>
      reporter.iterationEnded(run, iteration),
    ),
    reporter.ended(run),
    reporter.finished(endForTests({ runs: [run], ...end })),
  ].join("");
