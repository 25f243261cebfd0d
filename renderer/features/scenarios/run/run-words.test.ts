import { describe, expect, test } from "vitest";
import { durationWords, paceWords, progressOf, progressWords, shownWords } from "./run-words";
import { runSummary } from "./runs-for-tests";

const at = { iteration: 1, number: "6", occurrence: 1 };

describe("the state of a run in words", () => {
  test("a run that waits says why, and before which step", () => {
    const paused = (why: "breakpoint" | "asked") =>
      shownWords({
        state: "on",
        run: runSummary({ state: "paused", endedAt: null, pausedAt: { ...at, why } }),
      });
    expect(paused("breakpoint")).toMatchObject({ word: "Paused", rest: "at breakpoint, step 6" });
    expect(paused("asked")).toMatchObject({ word: "Paused", rest: "before step 6" });
  });

  test("of many iterations the place names the iteration", () => {
    const run = runSummary({
      ...{ state: "failed", iterations: { planned: 100, ended: 100, passed: 99, failed: 1 } },
      firstFailure: { ...at, iteration: 17, title: "Signs up", message: "no" },
    });
    expect(shownWords({ state: "ended", run })?.rest).toBe("at step 6 of iteration 17");
  });

  test("a file that the checks refused says how many errors there are", () => {
    const issue = {
      ...{
        severity: "error" as const,
        code: "unknown-name",
        file: "first.scenario.yaml",
        line: 34,
        column: 12,
      },
      ...{ path: "", message: "unknown name custmer" },
    };
    const words = shownWords({ state: "refused", issues: [issue, { ...issue, severity: "warning" }] });
    expect(words).toMatchObject({ word: "Not started:", rest: "1 error" });
  });
});

describe("the progress of a run", () => {
  test("counts steps of one iteration, and iterations of many", () => {
    const steps = { planned: 12, passed: 4, failed: 0, skipped: 1, notObservable: 0 };
    expect(progressWords(runSummary({ state: "running", endedAt: null, steps }))).toBe("5 of 12");
    const long = runSummary({
      ...{ state: "running", endedAt: null, rate: 480.4, left: 18_000 },
      iterations: { planned: 10_000, ended: 1234, passed: 1231, failed: 3 },
    });
    expect(progressWords(long)).toBe("1,234 of 10,000");
    expect(paceWords(long)).toBe("3 failed · 480 events/s · 18 s left");
    expect(progressOf(long)).toBeCloseTo(0.1234);
  });

  test("a run that passed from a later step on only says how many steps it had", () => {
    const steps = { planned: 8, passed: 4, failed: 0, skipped: 3, notObservable: 0 };
    expect(progressWords(runSummary({ steps }))).toBe("7 steps");
    expect(progressWords(runSummary({ state: "failed", steps }))).toBe("7 of 8");
  });

  test("where the number of steps is not known, only counts", () => {
    const steps = { planned: null, passed: 1, failed: 0, skipped: 0, notObservable: 0 };
    expect(progressWords(runSummary({ steps }))).toBe("1 step");
    expect(progressOf(runSummary({ steps }))).toBeNull();
  });
});

test("times are said in the unit that fits", () => {
  expect([2.64, 96.2, 1234, 61_000, 3_780_000].map(durationWords)).toEqual([
    "2.6 ms",
    "96 ms",
    "1.2 s",
    "1 min 1 s",
    "1 h 3 min",
  ]);
});
