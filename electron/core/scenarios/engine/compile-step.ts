import { parseDuration } from "../../../../shared/duration";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Matcher, ScenarioStep, SendExpectation } from "../../../../shared/model/scenario";
import type { FilePlace, PlannedFragment, PlannedStep } from "../plan";
import { compileObject, compileValue, type Filler } from "./compile-value";

/** What a step of any kind is played by. */
interface CompiledBase {
  number: string;
  id: string;
  title: string;
  place: FilePlace;
  /** As written; absent where the step is always played. */
  when: JsonValue | undefined;
  disabled: boolean;
  continues: boolean;
  required: boolean;
  retry: { times: Filler; every: Filler; on: "error" | "any" } | null;
  /** Name -> JSON Pointer. */
  capture: (readonly [name: string, pointer: string])[];
  children: CompiledStep[];
}

export interface CompiledExpectation {
  /** Null where it is the default: a class of statuses is all that is asked for. */
  status: Filler<Matcher> | null;
  body: Filler<Matcher> | null;
  headers: Filler<JsonObject> | null;
  verdict: Filler<Matcher> | null;
  ingestion: Filler<Matcher> | null;
  time: Filler<Matcher> | null;
}

export interface CompiledFragment {
  params: string[];
  returns: string[];
  /** Its own vars, filled in its own scope. */
  vars: (readonly [name: string, value: Filler])[];
  /** What `use` gives it, filled in the caller's scope. */
  given: (readonly [name: string, value: Filler])[];
  defaults: Filler<JsonObject>;
}

export type CompiledStep = CompiledBase &
  (
    | {
        kind: "send";
        type: Filler;
        event: Filler<JsonObject>;
        expect: CompiledExpectation;
        within: Filler | null;
      }
    | { kind: "wait"; wait: Filler }
    | { kind: "browser"; name: Filler; fields: Filler<JsonObject> | null }
    | { kind: "session" }
    | {
        kind: "guest";
        by: Filler | null;
        expect: (readonly [name: string, matcher: Filler<Matcher>])[];
        within: Filler | null;
        every: Filler | null;
      }
    | { kind: "clock"; advance: Filler }
    | { kind: "repeat"; count: Filler }
    | { kind: "use"; fragment: CompiledFragment }
    | { kind: "note"; text: Filler }
  );
export type Compiled<K extends CompiledStep["kind"]> = Extract<CompiledStep, { kind: K }>;

const optional = (value: JsonValue | undefined): Filler | null =>
  value === undefined ? null : compileValue(value);

export const compileVars = (vars: Record<string, JsonValue> | undefined): (readonly [string, Filler])[] =>
  Object.entries(vars ?? {}).map(([name, value]) => [name, compileValue(value)] as const);

const compileExpectation = (expect: SendExpectation = {}): CompiledExpectation => ({
  status: optional(expect.status),
  body: optional(expect.body),
  headers: expect.headers === undefined ? null : compileObject(expect.headers),
  verdict: optional(expect.verdict),
  ingestion: optional(expect.ingestion),
  time: optional(expect.time),
});

const compileFragment = (
  fragment: PlannedFragment,
  given: Record<string, JsonValue> | undefined,
): CompiledFragment => ({
  params: fragment.params,
  returns: fragment.returns,
  vars: compileVars(fragment.vars),
  given: compileVars(given),
  defaults: compileObject(fragment.defaults),
});

const base = ({ number, id, title, place, step, children }: PlannedStep): CompiledBase => ({
  ...{ number, id, title, place },
  when: step.when,
  disabled: step.disabled === true,
  continues: step.continue === true,
  required: step.required === true,
  retry: step.retry
    ? {
        times: compileValue(step.retry.times),
        every: compileValue(step.retry.every ?? "1s"),
        on: step.retry.on ?? "error",
      }
    : null,
  capture: "send" in step || "guest" in step ? Object.entries(step.capture ?? {}) : [],
  children: children.map(compileStep),
});

const compileBrowser = (browser: Extract<ScenarioStep, { browser: unknown }>["browser"]) => {
  if (typeof browser === "string") return { name: compileValue(browser), fields: null };
  const { name, ...fields } = browser;
  return { name: compileValue(name), fields: compileObject(fields) };
};

/** Finds the templates of a step once, so that each execution only fills them. */
export const compileStep = (planned: PlannedStep): CompiledStep => {
  const { step, fragment } = planned;
  const shared = base(planned);
  if ("send" in step) {
    return {
      ...shared,
      kind: "send",
      type: compileValue(step.send),
      event: compileObject(step.event ?? {}),
      expect: compileExpectation(step.expect),
      within: optional(step.within),
    };
  }
  if ("wait" in step) return { ...shared, kind: "wait", wait: compileValue(step.wait) };
  if ("browser" in step) return { ...shared, kind: "browser", ...compileBrowser(step.browser) };
  if ("session" in step) return { ...shared, kind: "session" };
  if ("guest" in step) {
    const { by, expect, within, every } = step.guest;
    return {
      ...shared,
      kind: "guest",
      by: optional(by),
      expect: compileVars(expect),
      within: optional(within),
      every: optional(every),
    };
  }
  if ("clock" in step) return { ...shared, kind: "clock", advance: compileValue(step.clock) };
  if ("repeat" in step) return { ...shared, kind: "repeat", count: compileValue(step.repeat) };
  if ("use" in step) {
    const own = fragment ?? { path: "", params: [], returns: [], vars: {}, defaults: {} };
    return { ...shared, kind: "use", fragment: compileFragment(own, step.vars) };
  }
  return { ...shared, kind: "note", text: compileValue(step.note) };
};

/** @returns milliseconds; null where it is no duration */
export const durationOf = (value: JsonValue): number | null =>
  typeof value === "string" ? parseDuration(value) : null;
