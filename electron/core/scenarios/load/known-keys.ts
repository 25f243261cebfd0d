import { isJsonObject, valueAt } from "../../../../shared/catalog/json-values";
import { nearestOf } from "../../../../shared/catalog/nearest-name";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepKind } from "../../../../shared/model/scenario";
import { scenarioSchema } from "../../../../shared/scenario/scenario-schema";
import type { IssueWords } from "./scenario-source";

const namesAt = (pointer: string): string[] => {
  const properties = valueAt(scenarioSchema, `${pointer}/properties`);
  return isJsonObject(properties) ? Object.keys(properties) : [];
};

/** The keys that a map may have, and how to find the one that was meant. */
interface Keys {
  known: ReadonlySet<string>;
  nearest(name: string): string | undefined;
}

const keysOf = (names: readonly string[]): Keys => ({ known: new Set(names), nearest: nearestOf(names) });

const topKeys = keysOf(namesAt(""));
const commonNames = namesAt("/$defs/common");

interface Nested {
  path: string[];
  keys: Keys;
}

const nested = (path: string[], pointer: string): Nested => ({ path, keys: keysOf(namesAt(pointer)) });
const retry = nested(["retry"], "/$defs/common/properties/retry");

const nestedOf: Partial<Record<StepKind, Nested[]>> = {
  send: [nested(["expect"], "/$defs/sendStep/properties/expect")],
  guest: [
    nested(["guest"], "/$defs/guestStep/properties/guest"),
    nested(["guest", "by"], "/$defs/guestBy"),
    nested(["guest", "by", "identifier"], "/$defs/guestBy/properties/identifier"),
    nested(["guest", "expect"], "/$defs/guestExpect"),
  ],
};

const stepKeys = new Map<StepKind, Keys>();
const keysOfStep = (kind: StepKind): Keys => {
  const known = stepKeys.get(kind) ?? keysOf([...namesAt(`/$defs/${kind}Step`), ...commonNames]);
  stepKeys.set(kind, known);
  return known;
};

/** Where a key that stands in the wrong map belongs. */
const elsewhere = (path: readonly string[], name: string): string | undefined => {
  if (path[0] === "expect" && name === "within") return "within stands beside expect, not inside it.";
  if (path[0] === "expect" && name === "required") return "required stands beside expect, not inside it.";
  return path.length === 0 && name === "every" ? "every stands inside retry or guest." : undefined;
};

/** Keys that people keep for themselves: YAML anchors, and notes of other tools. */
const isPrivate = (name: string): boolean => /^(x-|\.)/.test(name);

/**
 * Readers ignore keys they don't know (interfaces), so that a newer file still plays; but one that is a slip of the
 * finger away from a known key is a mistake that would let a test pass in silence.
 */
const explain = (path: readonly string[], name: string, { nearest }: Keys, of: string): IssueWords => {
  const near = nearest(name);
  if (near !== undefined) {
    return { code: "unknown-key", message: `Unknown key ${name}.`, hint: `Did you mean ${near}?` };
  }
  return {
    code: "unknown-key",
    severity: "warning",
    message: `${name} has no effect ${of}.`,
    hint: elsewhere(path, name) ?? "Bellhop ignores keys that it does not know.",
  };
};

export interface UnknownKey {
  /** From the map that was looked at. */
  path: string[];
  words: IssueWords;
}

const unknownIn = (map: JsonObject, path: string[], keys: Keys, of: string): UnknownKey[] =>
  Object.keys(map)
    .filter((name) => !keys.known.has(name) && !isPrivate(name) && !name.includes("{{"))
    .map((name) => ({ path: [...path, name], words: explain(path, name, keys, of) }));

/** Keys at the top of a file that mean nothing. */
export const unknownTopKeys = (file: JsonObject): UnknownKey[] =>
  unknownIn(file, [], topKeys, "at the top of a scenario");

const inside = (step: JsonObject, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>(
    (value, key) => (isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    step,
  );

/** Keys of a step that mean nothing in a step of its kind, and of the maps in it that have keys of their own. */
export const unknownStepKeys = (kind: StepKind, step: JsonObject): UnknownKey[] => [
  ...unknownIn(step, [], keysOfStep(kind), `in a ${kind} step`),
  ...[retry, ...(nestedOf[kind] ?? [])].flatMap(({ path, keys }) => {
    const map = inside(step, path);
    return isJsonObject(map) ? unknownIn(map, path, keys, `in ${path.join(".")}`) : [];
  }),
];
