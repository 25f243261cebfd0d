import { describe, expect, it } from "vitest";
import { createPrettyReporter } from "./pretty";
import { endForTests, failedStepForTests, reportOf, runForTests, stepForTests } from "./run-for-tests";

const plain = { tint: (_tone: string, text: string): string => text, quiet: false, showEvents: false };
const failed = runForTests({
  state: "failed",
  iterations: { planned: 1, ended: 1, passed: 0, failed: 1 },
  steps: { planned: 3, passed: 1, failed: 1, skipped: 1, notObservable: 0 },
});
const many = runForTests({ iterations: { planned: 50, ended: 50, passed: 0, failed: 50 }, state: "failed" });

describe("words for people", () => {
  it("tell each step of a run, what failed and why, and a summary with the seed", () => {
    const skipped = stepForTests({
      number: "7",
      state: "skipped",
      event: null,
      status: null,
      ingestion: null,
    });
    const steps = [stepForTests(), failedStepForTests(), { ...skipped, notes: ["Step 6 failed."] }];
    expect(reportOf(createPrettyReporter(plain), failed, steps, { exitCode: 1 })).toBe(
      `First purchase  scenarios/first-purchase.scenario.yaml, on sandbox, seed seed-7
  ✓ 1      Opens the home page  VIEW  201 processed  12 ms
  ✗ 6      Checks out  ORDER_CHECKOUT  201 failed  12 ms
    step 6, scenarios/first-purchase.scenario.yaml:41
    The ingestion is failed, and should be processed.
      expected ingestion "processed"
      actual   "failed"
      help     The sum of the items is 59.7.
      event    {"type":"ORDER_CHECKOUT","order":{"price":59.6}}
      answer   201 failed {"status":"OK","ref":"r-1"}
      log      bellhop log --filter id:entry-1
  – 7      Opens the home page  Step 6 failed.
  failed, 2 events in 2.5 s
  bellhop log --filter run:0b0f4d7e-3f0d-4c53-9c8e-6c1f9d1f0001

Scenarios   1 failed
Steps       1 passed, 1 failed, 1 skipped
Events      2 events in 2.5 s, 1 a second
To play the same events again: --seed seed-7
`,
    );
  });

  it("tell of many iterations only what failed, twenty times, and count the others", () => {
    const steps = Array.from({ length: 50 }, (_, index) => [
      stepForTests({ iteration: index + 1 }),
      failedStepForTests({ iteration: index + 1 }),
    ]).flat();
    const text = reportOf(createPrettyReporter(plain), many, steps);
    expect(text.match(/✓/g)).toBeNull();
    expect(text.match(/✗/g)).toHaveLength(20);
    expect(text).toContain("step 6, iteration 20, scenarios/first-purchase.scenario.yaml:41");
    expect(text).toContain("and 30 more failures like these");
  });

  it("name the step that failed first where a run was ended by it, and where it was stopped otherwise", () => {
    const stoppedAt = { iteration: 1, number: "8", occurrence: 1 };
    const firstFailure = { iteration: 1, number: "2", occurrence: 3, title: "Views a page", message: "No." };
    const endOf = (state: "failed" | "cancelled") =>
      createPrettyReporter(plain).ended(runForTests({ state, stoppedAt, firstFailure }));
    expect(endOf("failed")).toContain("  failed at step 2 ×3, ");
    expect(endOf("cancelled")).toContain("  stopped at step 8, ");
  });

  it("with --quiet are what failed, and the summary", () => {
    const steps = [stepForTests(), failedStepForTests()];
    const text = reportOf(createPrettyReporter({ ...plain, quiet: true }), failed, steps);
    expect(text).not.toContain("Opens the home page");
    expect(text).toContain("Checks out");
    const good = reportOf(createPrettyReporter({ ...plain, quiet: true }), runForTests(), [stepForTests()]);
    expect(good).toMatch(/^\nScenarios {3}1 passed\n/);
  });

  it("name file, line and column of what kept a scenario from being played, and the way out", () => {
    const text = createPrettyReporter(plain).refused({
      ...{ path: "a.scenario.yaml", environment: "sandbox", error: null },
      issues: [
        {
          ...{ severity: "error", code: "x", file: "a.scenario.yaml", line: 3, column: 5, path: "" },
          ...{ message: "sned is not a key.", hint: "Did you mean send?" },
        },
      ],
    });
    expect(text).toBe(
      "a.scenario.yaml was not played; nothing was sent.\n" +
        "  error a.scenario.yaml:3:5 sned is not a key. Did you mean send?\n",
    );
  });

  it("say what the gate counted", () => {
    const gate = { processed: 9, failed: 0, dropped: 1, rejected: 0, pending: 0 };
    const text = createPrettyReporter(plain).finished(endForTests({ gate }));
    expect(text).toContain("Gate        shut: 9 processed, 1 dropped\n");
  });

  it("show the events where they are what was asked for", () => {
    const text = reportOf(createPrettyReporter({ ...plain, showEvents: true }), runForTests(), [
      stepForTests(),
    ]);
    expect(text).toContain('{"type":"VIEW","page":"https://shop.example/"}');
  });

  it("let nothing through that would steer the terminal", () => {
    const hostile = "\u001b[2Jx";
    const step = failedStepForTests({ title: hostile, notes: [hostile], response: hostile });
    const text = reportOf(createPrettyReporter(plain), runForTests({ name: hostile, path: hostile }), [step]);
    expect(text).not.toContain("\u001b");
  });
});
