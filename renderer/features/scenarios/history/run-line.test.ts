import { describe, expect, test } from "vitest";
import { runSummary } from "../run/runs-for-tests";
import { runLine, shortMoment } from "./run-line";

describe("a run in a line", () => {
  test("says how far it came and how long it took", () => {
    expect(runLine(runSummary({ state: "passed" }))).toBe("12 of 12, 96 ms");
  });

  test("says where it failed first", () => {
    const firstFailure = {
      ...{ iteration: 1, number: "9", occurrence: 1, title: "Pays" },
      message: "/orders is 0, and should be 1.",
    };
    expect(runLine(runSummary({ state: "failed", firstFailure }))).toBe(
      "step 9, /orders is 0, and should be 1.",
    );
  });

  test("of many iterations, says how many failed", () => {
    const iterations = { planned: 10_000, ended: 10_000, passed: 9_997, failed: 3 };
    expect(runLine(runSummary({ state: "failed", iterations }))).toBe("3 of 10,000 failed");
  });

  test("says where it waits", () => {
    const steps = { planned: 12, passed: 5, failed: 0, skipped: 1, notObservable: 0 };
    expect(runLine(runSummary({ state: "paused", endedAt: null, steps }))).toBe("paused at 6 of 12");
  });

  test("its time is short: now, the time of today, or the day", () => {
    const now = new Date("2026-11-25T12:00:00");
    const at = (startedAt: string): string => shortMoment(runSummary({ startedAt }), now);
    expect(shortMoment(runSummary({ state: "running", endedAt: null }), now)).toBe("now");
    expect(at("2026-11-25T10:36:00")).toBe("10:36");
    expect(at("2026-11-23T10:36:00")).toBe("23 Nov");
  });
});
