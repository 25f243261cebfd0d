import type { RunSummary, StepResult } from "../../../../shared/model/run";

/** A run of twelve steps that passed in 96 ms, with what a test wants to be different. */
export const runSummary = (part: Partial<RunSummary> = {}): RunSummary => ({
  ...{ id: "6f9d8c1e-0000-4000-8000-000000000001", path: "first.scenario.yaml", workspace: "/shop" },
  ...{ name: "First purchase", environment: "sandbox", origin: "window" },
  ...{ startedAt: "2026-11-25T10:36:00.000Z", endedAt: "2026-11-25T10:36:00.096Z" },
  ...{ state: "passed", seed: "7", now: null, concurrency: 1 },
  iterations: { planned: 1, ended: 1, passed: 1, failed: 0 },
  steps: { planned: 12, passed: 12, failed: 0, skipped: 0, notObservable: 0 },
  ...{ events: 8, rate: null, left: null, pausedAt: null, stoppedAt: null, firstFailure: null, error: null },
  made: { browsers: 1, guests: 1, emails: 1 },
  ...part,
});

/** A step that passed, with what a test wants to be different. */
export const stepResult = (part: Partial<StepResult> = {}): StepResult => ({
  ...{ iteration: 1, number: "1", occurrence: 1, stepId: "1", kind: "send", title: "Opens the home page" },
  ...{ state: "passed", startedAt: "2026-11-25T10:36:00.000Z", duration: 2, entryIds: [] },
  ...{ status: 201, error: null, ingestion: "processed", event: null, response: null },
  ...{ failures: [], notes: [], captured: {}, guest: null, changes: null },
  place: { file: "first.scenario.yaml", line: 3 },
  ...part,
});
