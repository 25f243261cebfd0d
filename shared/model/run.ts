import type { ErrorData } from "../contract/errors";
import type { EntryErrorCode } from "./entry";
import type { PatchOperation } from "./guest-profile";
import type { JsonObject, JsonValue } from "./json";
import type { StepKind } from "./scenario";
import type { Ingestion } from "./verdict";

/** `interrupted` is a run whose process ended; `refused` one that was stopped before its first send. */
export const runStates = [
  "running",
  "paused",
  "passed",
  "failed",
  "cancelled",
  "interrupted",
  "refused",
] as const;
export type RunState = (typeof runStates)[number];

/** Whether a run has ended. */
export const hasEnded = (state: RunState): boolean => state !== "running" && state !== "paused";

/** Which execution of a step is meant. */
export interface StepKey {
  /** From 1. */
  iteration: number;
  /** As in the outline: `5.1`. */
  number: string;
  /** The how manieth time in this iteration, from 1: a `repeat` plays a step again. */
  occurrence: number;
}

/** One execution of a scenario, as it stands. */
export interface RunSummary {
  /** A UUID; the `runId` of its entries. */
  id: string;
  /** Relative to the workspace. */
  path: string;
  /** The workspace's folder. */
  workspace: string;
  name: string;
  environment: string;
  origin: "window" | "cli";
  /** ISO 8601, UTC. */
  startedAt: string;
  endedAt: string | null;
  state: RunState;
  seed: string;
  /** What `--now` froze the clock at; null where it was not. */
  now: string | null;
  concurrency: number;
  iterations: { planned: number; ended: number; passed: number; failed: number };
  /**
   * Executions of steps that have ended; `repeat` and `use` count only where they fail or are skipped themselves.
   * `planned` is null where it depends on what is filled in.
   */
  steps: { planned: number | null; passed: number; failed: number; skipped: number; notObservable: number };
  /** Events sent, each attempt counted. */
  events: number;
  /** Events a second over the last seconds; null before it is known. */
  rate: number | null;
  /** Milliseconds left, as far as can be told. */
  left: number | null;
  /** Where it waits, and why. */
  pausedAt: (StepKey & { why: "breakpoint" | "asked" | "step" | "reached" }) | null;
  /** The step it was at when it was cancelled or interrupted. */
  stoppedAt: StepKey | null;
  firstFailure: (StepKey & { title: string; message: string }) | null;
  /** Why it was refused, or what ended it other than a step. */
  error: ErrorData | null;
  made: RunMade;
  /**
   * True where not every result is kept: of a run with more than 10,000, the results behind these are kept only of
   * what failed and of the last iteration. The counts here, and the log, are complete all the same.
   */
  trimmed?: boolean;
}

/** What a run made at its target, for cleaning up. Complete: the list itself is asked for page by page. */
export interface RunMade {
  browsers: number;
  guests: number;
  emails: number;
}

export type StepState = "running" | "waiting" | "passed" | "failed" | "skipped" | "not-observable";

/** What came of one execution of a step. Already redacted. */
export interface StepResult extends StepKey {
  /** The step's id, or its number. */
  stepId: string;
  kind: StepKind;
  title: string;
  state: StepState;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Milliseconds. */
  duration: number;
  /** The entries of its requests, in order: an attempt each. */
  entryIds: string[];
  status: number | null;
  error: EntryErrorCode | null;
  ingestion: Ingestion | null;
  /** The event as it was built; null where the step sends none. */
  event: JsonObject | null;
  /** The answer's body where it was JSON, or the guest that a `guest` step saw; cut at 64 kB. */
  response: JsonValue;
  failures: StepFailure[];
  /** Why it was skipped or not observable, what was waited for: sentences. */
  notes: string[];
  /** Names that it captured. */
  captured: Record<string, JsonValue>;
  /** The guest it belongs to, where that is known, and the step of the guest's history that it made. */
  guest: { ref: string; seq: number | null } | null;
  /** What it changed on that guest, as JSON Patch; null where it is not known. */
  changes: PatchOperation[] | null;
  /** The file and line it stands in. */
  place: { file: string; line: number };
}

/** An expectation that was not met. */
export interface StepFailure {
  /** What was looked at: `status`, `body`, `guest`, `ingestion`, `verdict`, `time`, `request`. */
  of:
    | "status"
    | "body"
    | "headers"
    | "guest"
    | "ingestion"
    | "verdict"
    | "time"
    | "request"
    | "template"
    | "capture";
  /** JSON Pointer into it. */
  path: string;
  expected: JsonValue;
  /** Absent where there was nothing. */
  actual?: JsonValue;
  /** A sentence: "/orders/0/price is 59.7, and should be greater than 60." */
  message: string;
  hint?: string;
}

/** How to play a scenario: the options of `bellhop run`. */
export interface RunOptions {
  /** A data file instead of the scenario's own, relative to the workspace. */
  data?: string;
  /** Of a CSV; one character. */
  delimiter?: string;
  iterations?: number;
  concurrency?: number;
  /** Events a second, of all iterations together. */
  rate?: number;
  maxEvents?: number;
  seed?: string;
  /** ISO 8601: freezes `$now`. */
  now?: string;
  transport?: "spec" | "http-get" | "engage" | "edge";
  bail?: boolean;
  noWait?: boolean;
  noValidate?: boolean;
  mark?: boolean;
  /** Build and check every event, send none. */
  dryRun?: boolean;
  /** Folders outside the workspace that files may lie in. */
  allowPaths?: string[];
  vars?: Record<string, string>;
}

/** What would go next while a run is paused before a `send`, and what it would change. */
export interface NextEvent {
  step: StepKey;
  /** As it would be built from the file. */
  event: JsonObject;
  /** As a person has changed it for this run only; null where it is as the file says. */
  edited: JsonObject | null;
}

/** What an event would change on its guest, applied to a copy of the sandbox's state. */
export interface Forecast {
  /** PROCESSED, FAILED or DROPPED, as it would end. */
  status: "PROCESSED" | "FAILED" | "DROPPED";
  guestRef: string | null;
  changes: PatchOperation[];
  /** The guest before and after; null where there is none. */
  before: JsonObject | null;
  after: JsonObject | null;
  /** Sentences: why each change comes, or why it would fail. */
  why: string[];
}

/** A step of two runs side by side. `same` leaves out times and ids that the server makes. */
export interface StepComparison {
  number: string;
  occurrence: number;
  title: string;
  a: StepResult | null;
  b: StepResult | null;
  differs: { outcome: boolean; time: boolean; response: boolean; profile: boolean };
}

export interface RunComparison {
  a: RunSummary;
  b: RunSummary;
  iteration: number;
  steps: StepComparison[];
}
