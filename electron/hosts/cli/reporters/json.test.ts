import { describe, expect, it } from "vitest";
import { createJsonLines, createJsonReporter } from "./json";
import { endForTests, failedStepForTests, reportOf, runForTests, stepForTests } from "./run-for-tests";

const steps = [stepForTests(), failedStepForTests()];
const failed = runForTests({
  state: "failed",
  iterations: { planned: 1, ended: 1, passed: 0, failed: 1 },
  steps: { planned: 2, passed: 1, failed: 1, skipped: 0, notObservable: 0 },
});

describe("the JSON report", () => {
  it("is one document with every step, each run's summary and the whole's", () => {
    const report: unknown = JSON.parse(reportOf(createJsonReporter("1.2.3"), failed, steps, { exitCode: 1 }));
    expect(report).toEqual({
      bellhop: "1.2.3",
      runs: [{ steps, run: failed }],
      refused: [],
      summary: {
        ...{ exitCode: 1, interrupted: false, gate: null, events: 2, duration: 2500 },
        scenarios: { passed: 0, failed: 1, refused: 0, stopped: 0 },
        iterations: { passed: 0, failed: 1 },
        steps: { passed: 1, failed: 1, skipped: 0, notObservable: 0 },
      },
    });
  });

  it("is a document when nothing was played, and when a run's end was never told", () => {
    expect(JSON.parse(createJsonReporter("1").finished(endForTests({ runs: [] })))).toMatchObject({
      runs: [],
    });
    const reporter = createJsonReporter("1");
    const run = runForTests({ state: "interrupted" });
    const text =
      reporter.started(run) + reporter.stepEnded(run, stepForTests()) + reporter.finished(endForTests());
    expect(JSON.parse(text)).toMatchObject({ runs: [{ steps: [{ number: "1" }] }] });
  });
});

describe("--json", () => {
  it("prints an object a line for each step, and a summary at the end", () => {
    const lines = reportOf(createJsonLines(), failed, steps, { exitCode: 1 }).trimEnd().split("\n");
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toMatchObject([
      { record: "step", runId: failed.id, path: failed.path, number: "1", kind: "send", state: "passed" },
      { record: "step", number: "6", state: "failed" },
      { record: "summary", exitCode: 1, steps: { failed: 1 }, runs: [{ id: failed.id }], refused: [] },
    ]);
  });

  it("lets nothing through that would steer a terminal, and stays the same JSON", () => {
    const title = "a\u001b[31m\u009b2J\u202eb";
    const [line = ""] = reportOf(createJsonLines(), runForTests(), [stepForTests({ title })]).split("\n");
    expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(line)).toMatchObject({ title });
  });
});
