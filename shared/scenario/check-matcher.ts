import { escapeSegment, isJsonObject } from "../catalog/json-values";
import { nearestOf } from "../catalog/nearest-name";
import type { JsonObject, JsonValue } from "../model/json";
import type { Matcher } from "../model/scenario";
import { isMatcherMap, isMatcherName, matcherNames, type MatcherName } from "./matcher-names";
import { patternProblem } from "./patterns";
import { showValue } from "./show-value";

/** What is wrong with a matcher, before anything is compared with it. */
export interface MatcherProblem {
  /** JSON Pointer into the matcher. */
  pointer: string;
  message: string;
  hint?: string;
}

interface Options {
  /** Takes `2xx`. */
  status?: boolean;
}

const nearest = nearestOf(matcherNames);

/** Its value is known only once it is filled. */
const isTemplate = (value: JsonValue): boolean => typeof value === "string" && value.includes("{{");

const isComparable = (value: JsonValue): boolean => typeof value === "number" || typeof value === "string";

const byName = (name: MatcherName, value: JsonValue, pointer: string, options: Options): MatcherProblem[] => {
  const problem = (message: string, hint?: string): MatcherProblem[] => [
    { pointer, message, ...(hint !== undefined && { hint }) },
  ];
  switch (name) {
    case "equals":
      return [];
    case "matches": {
      if (typeof value !== "string")
        return problem(`matches takes a pattern in quotes, not ${showValue(value)}.`);
      const wrong = patternProblem(value);
      return wrong === null
        ? []
        : problem(`The pattern ${wrong}.`, "Patterns are RE2's: github.com/google/re2/wiki/Syntax.");
    }
    case "exists":
      return typeof value === "boolean"
        ? []
        : problem(`exists takes true or false, not ${showValue(value)}.`);
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return isComparable(value)
        ? []
        : problem(`${name} takes a number, or a text such as an ISO date, not ${showValue(value)}.`);
    case "oneOf":
      if (!Array.isArray(value)) return problem(`oneOf takes a list, not ${showValue(value)}.`);
      return value.flatMap((one, index) => problemsOf(one, `${pointer}/${index}`, options));
    case "contains":
      return problemsOf(value, pointer, {});
    case "length":
      if (isMatcherMap(value)) return problemsOf(value, pointer, {});
      return typeof value === "number" && Number.isInteger(value) && value >= 0
        ? []
        : problem(
            `length takes a whole number or a matcher of one, not ${showValue(value)}.`,
            "Such as length: 1, or length: { gte: 1 }.",
          );
  }
};

/** A map of matchers with one name misspelt would be taken for an object, and match nothing. */
const almostMatchers = (map: JsonObject, pointer: string): MatcherProblem[] => {
  const names = Object.keys(map);
  const others = names.filter((name) => !isMatcherName(name));
  const [other] = others;
  if (other === undefined || others.length === names.length || others.length > 1) return [];
  const near = nearest(other);
  if (near === undefined) return [];
  const message = `${other} is no matcher, so this map is taken for an object.`;
  return [{ pointer: `${pointer}/${escapeSegment(other)}`, message, hint: `Did you mean ${near}?` }];
};

const problemsOf = (matcher: JsonValue, pointer: string, options: Options): MatcherProblem[] => {
  if (Array.isArray(matcher))
    return matcher.flatMap((one, index) => problemsOf(one, `${pointer}/${index}`, {}));
  if (isMatcherMap(matcher)) {
    return Object.entries(matcher).flatMap(([name, value]) =>
      isTemplate(value) ? [] : byName(name as MatcherName, value, `${pointer}/${name}`, options),
    );
  }
  if (isJsonObject(matcher)) {
    const inside = Object.entries(matcher).flatMap(([name, one]) =>
      problemsOf(one, `${pointer}/${escapeSegment(name)}`, {}),
    );
    return [...almostMatchers(matcher, pointer), ...inside];
  }
  if (options.status !== true || isTemplate(matcher)) return [];
  const fits =
    typeof matcher === "number" ? matcher >= 100 && matcher <= 599 : /^[1-5]xx$/i.test(String(matcher));
  if (fits) return [];
  const hint = "A status is 2xx, a number such as 201, or a matcher such as { oneOf: [200, 201] }.";
  return [{ pointer, message: `No status is ever ${showValue(matcher)}.`, hint }];
};

/** Everything that is wrong with a matcher. What templates fill is looked at once it is filled. */
export const matcherProblems = (matcher: Matcher, options: Options = {}): MatcherProblem[] =>
  problemsOf(matcher, "", options);
