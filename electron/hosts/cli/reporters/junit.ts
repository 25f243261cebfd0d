import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { outcomeOf, seconds, testcase } from "./junit-testcase";
import type { Refusal, Reporter } from "./reporter";
import { hasIterations, isFrame } from "./words";
import { xmlStart, xmlText } from "./xml";

/** An iteration whose steps still come: its counts stand in the tag before them, so its text waits here. */
interface OpenSuite {
  iteration: number;
  /** From 1; above it where the iteration is too large for one suite. */
  part: number;
  cases: string[];
  size: number;
  startedAt: string;
  duration: number;
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

/**
 * Characters of open suites that wait in memory. An iteration of some 50,000 steps fits; where more is open, the
 * largest suite is written and goes on in another one, "part 2".
 */
const mostWaiting = 8_000_000;

const newSuite = (iteration: number, part: number, startedAt: string): OpenSuite => ({
  ...{ iteration, part, cases: [], size: 0, startedAt },
  ...{ duration: 0, tests: 0, failures: 0, errors: 0, skipped: 0 },
});

const add = (suite: OpenSuite, result: StepResult, text: string): void => {
  const outcome = outcomeOf(result);
  suite.cases.push(text);
  suite.size += text.length;
  suite.duration += result.duration;
  suite.tests++;
  if (outcome === "failure") suite.failures++;
  if (outcome === "error") suite.errors++;
  if (outcome === "skipped") suite.skipped++;
};

const properties = (pairs: Record<string, string>): string =>
  `    <properties>${Object.entries(pairs)
    .map(([name, value]) => `${xmlStart("property", { name, value })}/>`)
    .join("")}</properties>\n`;

const suiteText = (run: RunSummary, suite: OpenSuite): string => {
  const iteration = hasIterations(run) ? `, iteration ${suite.iteration}` : "";
  const part = suite.part > 1 ? `, part ${suite.part}` : "";
  const start = xmlStart("testsuite", {
    name: `${run.name}${iteration}${part}`,
    tests: suite.tests,
    failures: suite.failures,
    errors: suite.errors,
    skipped: suite.skipped,
    time: seconds(suite.duration),
    timestamp: suite.startedAt,
    file: run.path,
  });
  const facts = properties({
    scenario: run.path,
    environment: run.environment,
    iteration: String(suite.iteration),
    seed: run.seed,
    ...(run.now !== null && { now: run.now }),
    runId: run.id,
  });
  return `  ${start}>\n${facts}${suite.cases.join("")}  </testsuite>\n`;
};

/** A suite of its own for what kept a scenario from being played, or ended it: one `error` a reason. */
const refusalText = (name: string, { path, environment, issues, error }: Refusal): string => {
  const reasons = [
    ...issues
      .filter(({ severity }) => severity === "error")
      .map((issue) => ({
        title: `${issue.file}:${issue.line}:${issue.column}`,
        type: issue.code,
        message: issue.message,
        hint: issue.hint,
      })),
    ...(error === null ? [] : [{ title: "run", type: error.code, message: error.message, hint: error.hint }]),
  ];
  const start = xmlStart("testsuite", {
    name,
    tests: reasons.length,
    failures: 0,
    errors: reasons.length,
    skipped: 0,
    time: seconds(0),
    file: path,
  });
  const cases = reasons.map(
    ({ title, type, message, hint }) =>
      `    ${xmlStart("testcase", { name: title, classname: name, time: seconds(0) })}>` +
      `${xmlStart("error", { message, type })}>${xmlText(hint ?? message)}</error></testcase>\n`,
  );
  return `  ${start}>\n${properties({ scenario: path, environment })}${cases.join("")}  </testsuite>\n`;
};

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bellhop">\n';

/**
 * JUnit XML as CI servers read it: a `testsuite` for each scenario and iteration, a `testcase` for each step, valid
 * against the schema of Jenkins (junit-10.xsd). `error` is a step that got no answer, `failure` one whose answer was
 * not as expected.
 */
export const createJunitReporter = (): Reporter => {
  const open = new Map<number, OpenSuite>();
  let waiting = 0;
  let begun = false;
  const begin = (): string => {
    if (begun) return "";
    begun = true;
    return head;
  };

  const write = (run: RunSummary, suite: OpenSuite): string => {
    waiting -= suite.size;
    open.delete(suite.iteration);
    return suiteText(run, suite);
  };
  const writeLargest = (run: RunSummary): string => {
    const [first, ...others] = open.values();
    if (!first) return "";
    const largest = others.reduce((most, suite) => (suite.size > most.size ? suite : most), first);
    const text = write(run, largest);
    open.set(largest.iteration, newSuite(largest.iteration, largest.part + 1, largest.startedAt));
    return text;
  };
  const writeAll = (run: RunSummary): string =>
    [...open.values()]
      .sort((one, other) => one.iteration - other.iteration)
      .map((suite) => (suite.tests > 0 ? write(run, suite) : ""))
      .join("");

  let last: RunSummary | null = null;
  return {
    started(run) {
      last = run;
      return begin();
    },
    stepEnded(run, result) {
      if (isFrame(result)) return "";
      const { iteration, startedAt } = result;
      const suite = open.get(iteration) ?? newSuite(iteration, 1, startedAt);
      open.set(iteration, suite);
      const text = testcase(run, result);
      add(suite, result, text);
      waiting += text.length;
      return waiting > mostWaiting ? writeLargest(run) : "";
    },
    iterationEnded(run, iteration) {
      const suite = open.get(iteration);
      if (!suite) return "";
      if (suite.tests > 0) return write(run, suite);
      open.delete(iteration);
      return "";
    },
    ended(run) {
      last = null;
      const suites = writeAll(run);
      open.clear();
      const { path, environment, error } = run;
      return error ? suites + refusalText(run.name, { path, environment, issues: [], error }) : suites;
    },
    refused: (refusal) => begin() + refusalText(refusal.path, refusal),
    finished: () => `${begin()}${last ? writeAll(last) : ""}</testsuites>\n`,
  };
};
