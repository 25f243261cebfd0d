import { escapeSegment, isJsonObject } from "../catalog/json-values";
import type { JsonObject, JsonValue } from "../model/json";
import type { Matcher } from "../model/scenario";
import { equalJson } from "./equal-json";
import { isMatcherMap, type MatcherName } from "./matcher-names";
import { patternFinds } from "./patterns";
import { showValue } from "./show-value";

/** A place where what came is not what was expected. */
export interface Mismatch {
  /** JSON Pointer into the value; "" is the value itself. */
  path: string;
  expected: JsonValue;
  /** Absent where there was nothing. */
  actual?: JsonValue;
  /** "/orders/0/price is 59.7, and should be greater than 60." */
  message: string;
}

export interface MatchOptions {
  /** What a sentence about the value itself begins with: "The status". Default: "It". */
  name?: string;
  /** Takes `2xx` for every status that begins with 2. */
  status?: boolean;
}

interface Place extends MatchOptions {
  path: string;
}

type Actual = JsonValue | undefined;

/** How a matcher's own test ended: null, or the end of a sentence that begins with "should". */
type Test = (wanted: JsonValue, actual: Actual, options: MatchOptions) => string | null;

const orders = {
  gt: ["be greater than", (order: number) => order > 0],
  gte: ["be at least", (order: number) => order >= 0],
  lt: ["be less than", (order: number) => order < 0],
  lte: ["be at most", (order: number) => order <= 0],
} as const;

/** Numbers by size; texts by their characters, which puts ISO dates in the order of time. Null: not comparable. */
const compare = (actual: Actual, wanted: JsonValue): number | null => {
  if (typeof actual === "number" && typeof wanted === "number") return actual - wanted;
  if (typeof actual !== "string" || typeof wanted !== "string") return null;
  return actual < wanted ? -1 : actual > wanted ? 1 : 0;
};

const inOrder =
  (name: keyof typeof orders): Test =>
  (wanted, actual) => {
    const [words, holds] = orders[name];
    const order = compare(actual, wanted);
    return order !== null && holds(order) ? null : `${words} ${showValue(wanted)}`;
  };

const lengthOf = (value: Actual): number | null => {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
};

const holds = (expected: Matcher, actual: Actual, options: MatchOptions): boolean =>
  differences(expected, actual, { ...options, path: "" }).length === 0;

const contains = (wanted: JsonValue, actual: Actual, options: MatchOptions): boolean => {
  if (typeof actual === "string")
    return actual.includes(typeof wanted === "string" ? wanted : JSON.stringify(wanted));
  return Array.isArray(actual) && actual.some((item) => holds(wanted, item, options));
};

const tests: Readonly<Record<MatcherName, Test>> = {
  equals: (wanted, actual) => (equalJson(wanted, actual) ? null : `equal ${showValue(wanted)}`),
  matches: (wanted, actual) => {
    const text = typeof actual === "number" || typeof actual === "boolean" ? String(actual) : actual;
    const found = typeof text === "string" && patternFinds(String(wanted), text);
    return found ? null : `match ${String(wanted)}`;
  },
  exists: (wanted, actual) =>
    (actual !== undefined) === (wanted !== false) ? null : wanted === false ? "not exist" : "exist",
  gt: inOrder("gt"),
  gte: inOrder("gte"),
  lt: inOrder("lt"),
  lte: inOrder("lte"),
  oneOf: (wanted, actual, options) =>
    Array.isArray(wanted) && wanted.some((one) => holds(one, actual, options))
      ? null
      : `be one of ${Array.isArray(wanted) ? wanted.map(showValue).join(", ") : showValue(wanted)}`,
  contains: (wanted, actual, options) =>
    contains(wanted, actual, options) ? null : `contain ${showValue(wanted)}`,
  length: (wanted, actual) => {
    const length = lengthOf(actual);
    if (length !== null && holds(wanted, length, {})) return null;
    const has = length === null ? "" : `, not ${length}`;
    return typeof wanted === "number"
      ? `have the length ${wanted}${has}`
      : `have a length that fits ${showValue(wanted)}${has}`;
  },
};

const sentence = ({ path, name = "It" }: Place, actual: Actual, should: string): string => {
  const subject = path === "" ? name : path;
  return actual === undefined
    ? `${subject} is missing, and should ${should}.`
    : `${subject} is ${showValue(actual)}, and should ${should}.`;
};

const mismatch = (place: Place, expected: JsonValue, actual: Actual, should: string): Mismatch => ({
  path: place.path,
  expected,
  ...(actual !== undefined && { actual }),
  message: sentence(place, actual, should),
});

const byMatchers = (matchers: JsonObject, actual: Actual, place: Place): Mismatch[] =>
  (Object.keys(matchers) as MatcherName[]).flatMap((name) => {
    const wanted = matchers[name] ?? null;
    const should = tests[name](wanted, actual, place);
    return should === null ? [] : [mismatch(place, { [name]: wanted }, actual, should)];
  });

const inside = (place: Place, segment: string): Place => ({
  ...place,
  path: `${place.path}/${escapeSegment(segment)}`,
});

const bySubset = (expected: JsonObject, actual: Actual, place: Place): Mismatch[] => {
  if (!isJsonObject(actual))
    return [mismatch(place, expected, actual, `be a map with ${showValue(expected)}`)];
  return Object.entries(expected).flatMap(([name, one]) =>
    differences(one, Object.hasOwn(actual, name) ? actual[name] : undefined, inside(place, name)),
  );
};

const byItems = (expected: JsonValue[], actual: Actual, place: Place): Mismatch[] => {
  if (!Array.isArray(actual))
    return [mismatch(place, expected, actual, `be a list like ${showValue(expected)}`)];
  if (actual.length !== expected.length) {
    const items = `${expected.length} ${expected.length === 1 ? "item" : "items"}`;
    return [mismatch(place, expected, actual, `have ${items}, not ${actual.length}`)];
  }
  return expected.flatMap((one, index) => differences(one, actual[index], inside(place, String(index))));
};

const fitsStatus = (expected: JsonValue, actual: Actual): boolean =>
  typeof expected === "string" &&
  /^[1-5]xx$/i.test(expected) &&
  Math.floor(Number(actual) / 100) === Number(expected[0]);

const differences = (expected: Matcher, actual: Actual, place: Place): Mismatch[] => {
  if (isMatcherMap(expected)) return byMatchers(expected, actual, place);
  if (isJsonObject(expected)) return bySubset(expected, actual, place);
  if (Array.isArray(expected)) return byItems(expected, actual, place);
  if (equalJson(expected, actual)) return [];
  if (place.status === true && place.path === "" && fitsStatus(expected, actual)) return [];
  return [mismatch(place, expected, actual, `be ${showValue(expected)}`)];
};

/**
 * Compares what came with what a scenario expects (interface "Scenario files", matchers): a literal, or a map all of
 * whose keys are matchers' names; other maps match as subsets, lists item by item.
 *
 * @param actual undefined where there is nothing
 * @returns every place that does not fit, in the order of the expectation
 */
export const mismatches = (
  expected: Matcher,
  actual: JsonValue | undefined,
  options: MatchOptions = {},
): Mismatch[] => differences(expected, actual, { ...options, path: "" });
