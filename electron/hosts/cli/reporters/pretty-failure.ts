import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { printable, type Output } from "../output";
import { answerWords, hasIterations, placeOfFailure, shortJson, stepName } from "./words";

type Tint = Output["tint"];

/** Characters of an event or answer in a terminal: what does not fit is in the log. */
const mostJson = 400;

const row = (tint: Tint, name: string, text: string): string =>
  `      ${tint("quiet", name.padEnd(9))}${printable(text)}\n`;

/** How to see the whole of it: the request of its last attempt, in the log. */
const inTheLog = ({ entryIds }: StepResult): string | null =>
  entryIds.length === 0 ? null : `bellhop log --filter id:${entryIds.at(-1) ?? ""}`;

/**
 * A failed step for people: what was expected of it and what there was, its event and answer in short, where it
 * stands in the file, and how to see all of it.
 */
export const failureWords = (tint: Tint, run: RunSummary, result: StepResult): string => {
  const iteration = hasIterations(run) ? `, iteration ${result.iteration}` : "";
  const place = `${result.place.file}:${result.place.line}`;
  const answer = answerWords(result);
  const lines = [
    `    ${tint("quiet", printable(`step ${stepName(result)}${iteration}, ${place}`))}\n`,
    ...result.failures.flatMap((failure) => [
      `    ${tint("bad", printable(failure.message))}\n`,
      row(tint, "expected", `${placeOfFailure(failure)} ${shortJson(failure.expected, mostJson)}`),
      row(tint, "actual", shortJson(failure.actual, mostJson)),
      ...(failure.hint === undefined ? [] : [row(tint, "help", failure.hint)]),
    ]),
  ];
  if (result.event) lines.push(row(tint, "event", shortJson(result.event, mostJson)));
  if (answer !== "" || result.response !== null) {
    const body = result.response === null ? "" : shortJson(result.response, mostJson);
    lines.push(row(tint, result.kind === "guest" ? "guest" : "answer", `${answer} ${body}`.trim()));
  }
  const command = inTheLog(result);
  if (command !== null) lines.push(row(tint, "log", command));
  return lines.join("");
};
