import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepKey } from "../../../../shared/model/run";
import type { RunBrowser, RunTarget } from "../../sender/run-sends";
import type { Filler } from "./compile-value";
import type { CompiledStep } from "./compile-step";
import type { Gate } from "./gate";
import type { GuestLook } from "./guest-look";
import type { KeptState } from "./kept-state";
import type { Pace } from "./pace";
import type { RunSettings } from "./run-settings";
import type { OpenResult } from "./step-result";

/** A scenario with its templates found. */
export interface CompiledPlan {
  path: string;
  name: string;
  vars: (readonly [name: string, value: Filler])[];
  defaults: Filler<JsonObject>;
  rows: readonly JsonObject[] | null;
  steps: CompiledStep[];
}

/** Where to begin, when not with the first step. */
export interface Beginning {
  step: string;
  /** What an earlier run knew at that step; null where nothing is kept of it. */
  state: KeptState | null;
  /** What its results say was captured before that step, where that is all that is kept. */
  captures: Record<string, JsonValue>;
}

/** What the steps of a run share. */
export interface RunContext {
  id: string;
  plan: CompiledPlan;
  settings: RunSettings;
  target: RunTarget;
  gate: Gate;
  pace: Pace;
  /** Aborts when the run is stopped: requests end with it. */
  signal: AbortSignal;
  /** Aborts when the run is to end, by `bail` too: nobody waits any more, and no step begins. */
  ending: AbortSignal;
  /** Looks at guests, in the way of this target. */
  guests: GuestLook;
  /** Looks up what each event changed. */
  watch: boolean;
  beginning: Beginning | null;
  /** Moves the sandbox's clock; null where the target is none. */
  advanceClock: ((by: string) => Promise<string>) | null;
  /** Numbers the steps of the run as they begin. */
  nextOrder(): number;
  /** A step begins, or goes on in another state. */
  began(result: OpenResult): void;
  /** A step has ended. A promise holds its iteration up while readers are behind. */
  ended(result: OpenResult): Promise<void> | undefined;
  /** @throws RunEnd where the run has been stopped, or has failed under `bail` */
  throwIfEnded(): void;
  /** Counts an event that leaves. @throws RunEnd where it would be one too many */
  countEvent(): void;
  /** Ends the run: what was sent could not be written into the log, for one. */
  failed(error: unknown): void;
  made(kind: "browser" | "guest" | "email", value: string): void;
  madeBrowser(browser: RunBrowser): void;
  /** Keeps what is needed to play from this step on later; null where nothing is kept. */
  keepState: ((key: StepKey, changed: boolean, state: () => KeptState) => Promise<void>) | null;
}

/** Ends a run other than by a step: it was stopped, or had sent as many events as it may. */
export class RunEnd extends Error {}
