import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepFailure } from "../../../../shared/model/run";
import type { Matcher } from "../../../../shared/model/scenario";
import type { Verdict } from "../../../../shared/model/verdict";
import { isMatcherMap } from "../../../../shared/scenario/matcher-names";
import { mismatches, type MatchOptions } from "../../../../shared/scenario/mismatches";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { RunAnswer } from "../../sender/run-sends";
import type { Filler } from "./compile-value";
import type { CompiledExpectation } from "./compile-step";

type Looked = StepFailure["of"];

/** Compares one thing with its matcher; nothing is expected where there is none. */
export const compare = (
  of: Looked,
  matcher: Filler<Matcher> | null,
  actual: JsonValue | undefined,
  context: TemplateContext,
  options: MatchOptions,
): StepFailure[] =>
  matcher === null
    ? []
    : mismatches(matcher.fill(context), actual, options).map((mismatch) => ({ of, ...mismatch }));

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Why a target refused is in its answer; the reader should not have to look there. */
const reasonIn = (body: JsonValue | undefined): string => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "";
  const said = body["moreInfo"] ?? body["message"] ?? body["developerMessage"];
  return typeof said === "string" && said.length <= 300 ? ` It said: ${said}` : "";
};

const statusFailures = (
  { status: matcher }: CompiledExpectation,
  { status, body }: RunAnswer,
  context: TemplateContext,
): StepFailure[] => {
  if (status === null) return [];
  const options = { name: "The status", status: true };
  if (matcher !== null) return compare("status", matcher, status, context, options);
  if (isSuccess(status)) return [];
  const message = `The status is ${status}, and should be 2xx.${reasonIn(body)}`;
  return [{ of: "status", path: "", expected: "2xx", actual: status, message }];
};

const headerFailures = (
  { headers: matchers }: CompiledExpectation,
  { headers }: RunAnswer,
  context: TemplateContext,
): StepFailure[] => {
  if (matchers === null) return [];
  const lower: JsonObject = Object.fromEntries(
    Object.entries(matchers.fill(context)).map(([name, matcher]) => [name.toLowerCase(), matcher]),
  );
  return mismatches(lower, headers, { name: "The headers" }).map((found) => ({ of: "headers", ...found }));
};

/** A literal or a matcher looks at the word `valid`, `invalid` or `unchecked`; any other map at the whole verdict. */
export const verdictFailures = (
  matcher: Filler<Matcher> | null,
  verdict: Verdict,
  context: TemplateContext,
): StepFailure[] => {
  if (matcher === null) return [];
  const expected = matcher.fill(context);
  const isWhole = typeof expected === "object" && expected !== null && !isMatcherMap(expected);
  const actual = isWhole ? (verdict as unknown as JsonObject) : verdict.schema;
  return mismatches(expected, actual, { name: "The verdict" }).map((found) => ({ of: "verdict", ...found }));
};

/** What an answer lacks of what is expected of it; what became of the event comes later. */
export const answerFailures = (
  expect: CompiledExpectation,
  answer: RunAnswer,
  context: TemplateContext,
): StepFailure[] => {
  if (answer.error !== null) {
    const { code, message, hint } = answer.error;
    return [{ of: "request", path: "", expected: "an answer", actual: code, message, hint }];
  }
  const failures = statusFailures(expect, answer, context);
  failures.push(
    ...compare("body", expect.body, answer.body, context, { name: "The body" }),
    ...headerFailures(expect, answer, context),
    ...verdictFailures(expect.verdict, answer.verdict, context),
    ...compare("time", expect.time, answer.time ?? undefined, context, { name: "The time in milliseconds" }),
  );
  return failures;
};
