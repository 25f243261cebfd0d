import { expect, it } from "vitest";
import { runForTests } from "../reporters/run-for-tests";
import { progressWords } from "./progress";

const steps = { planned: 12_000, passed: 1_200, failed: 3, skipped: 0, notObservable: 0 };

it("says how far a run is, how fast, and how long it still takes", () => {
  const run = runForTests({ name: "Buys", events: 1_203, rate: 95.4, left: 40_200, steps });
  expect(progressWords(run)).toBe(
    "Buys, step 1,203 of 12,000, 1,203 events, 95 a second, 3 failed, about 40.2 s left",
  );
  const many = { ...run, iterations: { planned: 100, ended: 40, passed: 40, failed: 0 } };
  expect(progressWords(many)).toContain("Buys, iteration 40 of 100, ");
});

it("leaves out what nobody knows yet, and what would steer the terminal", () => {
  const run = runForTests({
    name: "a\u001b[2J",
    events: 1,
    steps: { ...steps, planned: null, passed: 1, failed: 0 },
  });
  expect(progressWords(run)).toBe("a\\u001b[2J, 1 step, 1 event");
});
