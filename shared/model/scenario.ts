import type { JsonObject, JsonValue } from "./json";
import type { Severity } from "./verdict";

/**
 * A scenario as it stands in a `*.scenario.yaml` file (interface "Scenario files"), after its schema has checked it.
 * Wherever a typed value stands, a template may stand instead: it is text until it is filled.
 */
export interface ScenarioFile {
  bellhop: 1;
  name?: string;
  description?: string;
  /** Where it may run; without it, everywhere but on production. */
  environments?: string[];
  seed?: number | string;
  /** Evaluated once an iteration, in this order. */
  vars?: Record<string, JsonValue>;
  /** Merged into every event. */
  defaults?: JsonObject;
  /** A CSV, JSON or NDJSON file beside it. */
  data?: string;
  /** Only `use` plays it. */
  fragment?: boolean;
  params?: string[];
  returns?: string[];
  steps: ScenarioStep[];
}

export const stepKinds = [
  "send",
  "wait",
  "browser",
  "session",
  "guest",
  "clock",
  "repeat",
  "use",
  "note",
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What a step of any kind may have. */
export interface StepCommon {
  id?: string;
  name?: string;
  /** One template; the step is skipped where it is false, 0, "", null or missing. */
  when?: string | boolean;
  disabled?: boolean;
  breakpoint?: boolean;
  /** Go on with the iteration although this step failed. */
  continue?: boolean;
  retry?: { times: number | string; every?: string; on?: "error" | "any" };
  /** What the target cannot show fails the step, instead of only being reported. */
  required?: boolean;
}

/** A literal, or a map all of whose keys are `equals matches exists gt gte lt lte oneOf contains length`. */
export type Matcher = JsonValue;

export interface SendExpectation {
  /** `2xx`, a number, or a matcher. Default: 2xx. */
  status?: Matcher;
  body?: Matcher;
  headers?: Record<string, Matcher>;
  verdict?: Matcher;
  ingestion?: Matcher;
  /** Milliseconds from the start to the end of the answer. */
  time?: Matcher;
}

export interface SendStep extends StepCommon {
  send: string;
  event?: JsonObject;
  expect?: SendExpectation;
  /** Name -> JSON Pointer into the response body. */
  capture?: Record<string, string>;
  /** How long answer and outcome may take. */
  within?: string;
}
export interface WaitStep extends StepCommon {
  wait: string;
}
export interface BrowserStep extends StepCommon {
  /** `new`, a name that brings a browser back later, or a name with fields that go into its events. */
  browser: string | ({ name: string } & JsonObject);
}
export interface SessionStep extends StepCommon {
  session: "new";
}
export interface GuestStep extends StepCommon {
  guest: {
    by?: "browser" | { email: string } | { identifier: { provider: string; id: string } } | { ref: string };
    expect?: Record<string, Matcher>;
    within?: string;
    every?: string;
  };
  /** Name -> JSON Pointer into the guest. */
  capture?: Record<string, string>;
}
export interface ClockStep extends StepCommon {
  /** How far the sandbox's time moves on. */
  clock: string;
}
export interface RepeatStep extends StepCommon {
  repeat: number | string;
  steps: ScenarioStep[];
}
export interface UseStep extends StepCommon {
  /** The fragment's file, relative to this one. */
  use: string;
  vars?: Record<string, JsonValue>;
}
export interface NoteStep extends StepCommon {
  note: string;
}

export type ScenarioStep =
  SendStep | WaitStep | BrowserStep | SessionStep | GuestStep | ClockStep | RepeatStep | UseStep | NoteStep;

/** Something wrong with a scenario, or worth knowing. Lines and columns count from 1. */
export interface ScenarioIssue {
  severity: Severity;
  /** A stable name in kebab-case. */
  code: string;
  /** The file it is in, relative to the workspace: a fragment may be to blame. */
  file: string;
  line: number;
  column: number;
  /** Where the thing to blame ends; absent where only its beginning is known. */
  end?: { line: number; column: number };
  /** JSON Pointer into the file's content. */
  path: string;
  message: string;
  hint?: string;
}

/** A step as a list shows it, whether or not the rest of the file is right. */
export interface StepOutline {
  /** Its place: `5`, and `5.1` below it; counts from 1. Of a fragment's steps likewise, below the `use`. */
  number: string;
  kind: StepKind | "unknown";
  id: string | null;
  /** Its name, or what it does in a few words. */
  title: string;
  /** What it sends or does, short: `IDENTITY`, `2s`, `within 15s`, `checkout.scenario.yaml`. */
  detail: string;
  when: boolean;
  disabled: boolean;
  breakpoint: boolean;
  /** The step as it stands in the file, its children left out. */
  step: JsonObject;
  /** Lines of the file it stands in, from 1, both inclusive. */
  lines: { first: number; last: number };
  /** The file of a fragment's step, relative to the workspace; null for this file's own, which alone can be edited. */
  fragment: string | null;
  children: StepOutline[];
}

/** What a text says as a scenario, as far as it can be read, and what is wrong with it. */
export interface ScenarioReading {
  /** Null where the text is not YAML, or no scenario. */
  outline: ScenarioOutline | null;
  issues: ScenarioIssue[];
}

export interface ScenarioOutline {
  name: string;
  description: string;
  environments: string[] | null;
  fragment: boolean;
  vars: Record<string, JsonValue>;
  defaults: JsonObject;
  /** The data file as written, and its rows where they could be read. */
  data: { file: string; columns: string[]; rows: number; first: JsonObject[] } | null;
  steps: StepOutline[];
}

/** A file of the workspace that has to do with scenarios. */
export interface WorkspaceFileRow {
  /** Relative to the workspace, with slashes. */
  path: string;
  kind: "scenario" | "fragment" | "data";
  /** The scenario's name; for others the file's. */
  name: string;
  /** Rows of a data file; null where unknown. */
  rows: number | null;
  /** How the last run of it ended; null where there was none. */
  lastRun: { id: string; state: string; at: string } | null;
}

/** A file as it was read. `version` names its content, to notice that another program changed it. */
export interface ScenarioText extends ScenarioReading {
  path: string;
  text: string;
  version: string;
}

/**
 * A change of a scenario's text that keeps comments, order and formatting. Steps are named by their number in the
 * outline of the same text.
 */
export type ScenarioEdit =
  /** Sets a key of a step, or takes it out where the value is absent. */
  | { op: "setStep"; step: string; key: string; value?: JsonValue }
  /** Replaces a whole step (its children stay where `steps` is not among its keys). */
  | { op: "replaceStep"; step: string; with: JsonObject }
  /** Puts steps where `before` stands; null: at the end of `parent` (null: the scenario). */
  | { op: "insert"; parent: string | null; before: string | null; steps: JsonObject[] }
  | { op: "remove"; steps: string[] }
  | { op: "move"; steps: string[]; parent: string | null; before: string | null }
  | { op: "duplicate"; steps: string[] }
  /** Sets a key at the top of the file (`name`, `description`, `data`, `vars`, …), or takes it out. */
  | { op: "setHead"; key: string; value?: JsonValue };

/** A journey to start from. */
export interface ScenarioTemplate {
  id: string;
  name: string;
  description: string;
  /** What its steps are, in a few words each. */
  steps: string[];
  /** The environment it is meant for, such as `sandbox-engage`; null where any will do. */
  environment: string | null;
}

/** A scenario written for another engine. The first file is the script; the others stand beside it. */
export interface ExportedScenario {
  files: { name: string; text: string }[];
  /** What could not be carried over, in sentences. */
  notes: string[];
}
