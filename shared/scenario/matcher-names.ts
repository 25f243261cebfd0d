import { isJsonObject } from "../catalog/json-values";
import type { JsonObject, JsonValue } from "../model/json";

export const matcherNames = [
  "equals",
  "matches",
  "exists",
  "gt",
  "gte",
  "lt",
  "lte",
  "oneOf",
  "contains",
  "length",
] as const;
export type MatcherName = (typeof matcherNames)[number];

const known: ReadonlySet<string> = new Set(matcherNames);

export const isMatcherName = (name: string): name is MatcherName => known.has(name);

/** Whether a value is a map all of whose keys are matchers' names; any other map is matched as a subset. */
export const isMatcherMap = (value: JsonValue | undefined): value is JsonObject => {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every(isMatcherName);
};
