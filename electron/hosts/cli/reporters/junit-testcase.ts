import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { answerWords, isUnreachable, placeOfFailure, shortJson, stepName } from "./words";
import { xmlStart, xmlText } from "./xml";

/** How CI servers sort a step. Not observable is skipped, with its reason: nobody knows whether it is right. */
export type CaseOutcome = "passed" | "failure" | "error" | "skipped";

export const outcomeOf = (result: StepResult): CaseOutcome => {
  if (result.state === "passed") return "passed";
  if (result.state !== "failed") return "skipped";
  return isUnreachable(result) ? "error" : "failure";
};

/** Seconds with milliseconds, as the schema's time has them. @param milliseconds at least 0 */
export const seconds = (milliseconds: number): string => (Math.round(milliseconds) / 1000).toFixed(3);

/** The characters of an event or answer that go into a report that many machines keep. */
const mostJson = 2_000;

const element = (name: string, type: string, message: string, text: string): string =>
  `${xmlStart(name, { message, type })}${text === "" ? "/>" : `>${xmlText(text)}</${name}>`}`;

const failureText = ({ failures, place }: StepResult): string =>
  [
    ...failures.map((failure) =>
      [
        failure.message,
        `  ${placeOfFailure(failure)}: expected ${shortJson(failure.expected, mostJson)}, actual ${shortJson(failure.actual, mostJson)}`,
        ...(failure.hint === undefined ? [] : [`  ${failure.hint}`]),
      ].join("\n"),
    ),
    `at ${place.file}:${place.line}`,
  ].join("\n");

/** One element, the first failure in its message: several would be counted as several by some servers. */
const problem = (result: StepResult, outcome: CaseOutcome): string => {
  if (outcome === "passed") return "";
  if (outcome === "skipped") {
    const type = result.state === "not-observable" ? "not-observable" : "skipped";
    return element("skipped", type, result.notes.join(" "), "");
  }
  const [first] = result.failures;
  const type = outcome === "error" ? (result.error ?? "error") : (first?.of ?? "failure");
  return element(outcome, type, first?.message ?? "The step failed.", failureText(result));
};

const systemOut = (result: StepResult): string => {
  const lines = [
    result.event && `event: ${shortJson(result.event, mostJson)}`,
    result.response !== null &&
      `answer: ${[answerWords(result), shortJson(result.response, mostJson)].join(" ").trim()}`,
    result.state !== "skipped" && result.notes.length > 0 && result.notes.join("\n"),
    result.entryIds.length > 0 && `log entries: ${result.entryIds.join(", ")}`,
  ].filter((line) => typeof line === "string");
  return lines.length === 0 ? "" : `<system-out>${xmlText(lines.join("\n"))}</system-out>`;
};

/** A step as a `testcase`. What it sent stands with what went wrong, and is left out where all is well. */
export const testcase = (run: RunSummary, result: StepResult): string => {
  const outcome = outcomeOf(result);
  const start = xmlStart("testcase", {
    name: `${stepName(result)} ${result.title}`,
    classname: run.name,
    time: seconds(result.duration),
  });
  const inside = problem(result, outcome) + (outcome === "passed" ? "" : systemOut(result));
  return inside === "" ? `    ${start}/>\n` : `    ${start}>${inside}</testcase>\n`;
};
