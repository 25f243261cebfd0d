import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { printable, type Output, type Tone } from "../output";
import { scenarioIssueWords } from "../scenario-issue-words";
import { failureWords } from "./pretty-failure";
import { summaryWords } from "./pretty-summary";
import type { Refusal, Reporter } from "./reporter";
import { durationOf } from "./totals";
import { answerWords, counted, durationWords, hasIterations, isFrame, stepName, subjectOf } from "./words";

interface PrettyOptions {
  tint: Output["tint"];
  /** Only what went wrong, and the summary. */
  quiet: boolean;
  /** Whether the built events are what was asked for (`--dry-run`). */
  showEvents: boolean;
}

/** Behind this many lines one for each step is no use to anybody; what fails is still shown. */
const mostLines = 500;

/** Failures shown whole for each run; the others are counted, and are in the other reports and in the run's history. */
const mostFailures = 20;

const marks: Record<StepResult["state"], { mark: string; tone: Tone }> = {
  passed: { mark: "✓", tone: "ok" },
  failed: { mark: "✗", tone: "bad" },
  skipped: { mark: "–", tone: "quiet" },
  "not-observable": { mark: "?", tone: "warn" },
  running: { mark: "…", tone: "quiet" },
  waiting: { mark: "…", tone: "quiet" },
};

/** Only a run of one short iteration is told step by step. */
const isTold = (run: RunSummary, told: number): boolean =>
  !hasIterations(run) && (run.steps.planned ?? 0) <= mostLines && told < mostLines;

const stepLine = (tint: Output["tint"], result: StepResult): string => {
  const { mark, tone } = marks[result.state];
  const number = stepName(result).padEnd(6);
  const title = printable(result.title);
  const isWaiting = result.kind === "note" || result.state === "skipped";
  const facts = [
    printable(subjectOf(result)),
    tint(result.state === "failed" ? "bad" : "quiet", answerWords(result)),
    isWaiting ? "" : tint("quiet", durationWords(result.duration)),
    result.state === "passed" ? "" : tint(tone, printable(result.notes.join(" "))),
  ].filter((fact) => fact !== "");
  return `  ${tint(tone, mark)} ${tint("quiet", number)} ${[title, ...facts].join("  ")}\n`;
};

const refusalWords = (tint: Output["tint"], { path, issues, error }: Refusal): string =>
  [
    `${tint("strong", printable(path))} ${tint("bad", "was not played; nothing was sent.")}\n`,
    ...issues.map((issue) => `  ${scenarioIssueWords({ tint }, issue)}\n`),
    ...(error === null ? [] : [`  ${tint("bad", "error")} ${printable(error.message)}\n`]),
    ...(error?.hint === undefined ? [] : [`    ${tint("quiet", printable(error.hint))}\n`]),
  ].join("");

const endings: Partial<Record<RunSummary["state"], { tone: Tone; words: string }>> = {
  passed: { tone: "ok", words: "passed" },
  failed: { tone: "bad", words: "failed" },
  cancelled: { tone: "warn", words: "stopped" },
  interrupted: { tone: "warn", words: "interrupted" },
  refused: { tone: "bad", words: "refused" },
};

const endWords = (tint: Output["tint"], run: RunSummary, unshown: number): string => {
  const { tone, words } = endings[run.state] ?? { tone: "warn", words: run.state };
  // Under `--bail` others may have been under way when it ended: what failed first is the reason.
  const isBailed = run.state === "failed" && run.error === null;
  const where = run.stoppedAt && isBailed ? (run.firstFailure ?? run.stoppedAt) : run.stoppedAt;
  const at = where ? ` at step ${stepName(where)}` : "";
  const facts = `${counted(run.events, "event")} in ${durationWords(durationOf(run))}`;
  return [
    unshown > 0 ? `  ${tint("quiet", `and ${counted(unshown, "more failure")} like these`)}\n` : "",
    run.error ? `  ${tint("bad", "error")} ${printable(run.error.message)}\n` : "",
    run.error?.hint === undefined ? "" : `    ${tint("quiet", printable(run.error.hint))}\n`,
    `  ${tint(tone, `${words}${at}`)}${tint("quiet", `, ${facts}`)}\n`,
    run.state === "passed" ? "" : `  ${tint("quiet", `bellhop log --filter run:${run.id}`)}\n`,
  ].join("");
};

/** Words for people: each step of a short run, every failure with its reason, and a summary. */
export const createPrettyReporter = ({ tint, quiet, showEvents }: PrettyOptions): Reporter => {
  let failures = 0;
  let told = 0;
  return {
    started(run) {
      failures = 0;
      told = 0;
      if (quiet) return "";
      const facts = [
        run.path,
        `on ${run.environment}`,
        `seed ${run.seed}`,
        hasIterations(run) ? counted(run.iterations.planned, "iteration") : "",
        run.concurrency > 1 ? `${run.concurrency} at once` : "",
      ];
      const words = facts.filter((fact) => fact !== "").join(", ");
      return `${tint("strong", printable(run.name))}  ${tint("quiet", printable(words))}\n`;
    },
    stepEnded(run, result) {
      if (isFrame(result)) return "";
      const failed = result.state === "failed";
      if (failed) failures++;
      const shown = failed ? failures <= mostFailures : !quiet && isTold(run, told);
      if (!shown) return "";
      told++;
      const event =
        showEvents && result.event
          ? `       ${tint("quiet", printable(JSON.stringify(result.event)))}\n`
          : "";
      return stepLine(tint, result) + event + (failed ? failureWords(tint, run, result) : "");
    },
    iterationEnded: () => "",
    ended(run) {
      const unshown = Math.max(0, failures - mostFailures);
      return quiet && run.state === "passed" ? "" : endWords(tint, run, unshown);
    },
    refused: (refusal) => refusalWords(tint, refusal),
    finished: (end) => summaryWords(tint, end),
  };
};
