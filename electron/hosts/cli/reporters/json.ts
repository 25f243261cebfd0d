import type { RunSummary, StepResult } from "../../../../shared/model/run";
import type { Reporter, RunsEnd } from "./reporter";
import { totalsOf } from "./totals";

const summaryOf = (end: RunsEnd) => ({
  exitCode: end.exitCode,
  interrupted: end.interrupted,
  ...totalsOf(end),
  gate: end.gate,
});

/** JSON.stringify, with what steers a terminal written as JSON escapes, so that it stays the same JSON. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/**
 * The report as one JSON document: `{ bellhop, runs: [{ steps, run }], refused, summary }`, written as it goes. A
 * run's own summary stands behind its steps, because it is known then.
 */
export const createJsonReporter = (version: string): Reporter => {
  let runs = 0;
  let steps = 0;
  let isOpen = false;
  const close = (run: RunSummary): string => {
    isOpen = false;
    return `\n  ], "run": ${json(run)}}`;
  };
  return {
    started() {
      const before = runs++ === 0 ? `{"bellhop": ${json(version)}, "runs": [` : ",";
      steps = 0;
      isOpen = true;
      return `${before}\n  {"steps": [`;
    },
    stepEnded: (_run, result) => `${steps++ === 0 ? "" : ","}\n    ${json(result)}`,
    iterationEnded: () => "",
    ended: close,
    refused: () => "",
    finished(end) {
      const before = runs === 0 ? `{"bellhop": ${json(version)}, "runs": [` : "";
      // A run whose end nobody told still gives a document that can be read.
      const last = end.runs.at(-1);
      const closing = isOpen && last ? close(last) : "";
      return `${before}${closing}\n], "refused": ${json(end.refusals)}, "summary": ${json(summaryOf(end))}}\n`;
    },
  };
};

const stepLine = (run: RunSummary, result: StepResult) => ({
  record: "step",
  runId: run.id,
  path: run.path,
  ...result,
});

/** `--json`: an object a line for each step, `record: "step"`, and one at the end, `record: "summary"`. */
export const createJsonLines = (): Reporter => ({
  started: () => "",
  stepEnded: (run, result) => `${json(stepLine(run, result))}\n`,
  iterationEnded: () => "",
  ended: () => "",
  refused: () => "",
  finished: (end) =>
    `${json({ record: "summary", ...summaryOf(end), runs: end.runs, refused: end.refusals })}\n`,
});
