import { describe, expect, test } from "vitest";
import { RunResults } from "./run-results";
import { stepResult } from "./runs-for-tests";

describe("the results of a run", () => {
  test("a result that comes again replaces the earlier one", () => {
    const results = new RunResults()
      .with([stepResult({ number: "2", state: "running" })])
      .with([stepResult({ number: "2", state: "passed" })]);
    expect(results.of(1, "2").map(({ state }) => state)).toEqual(["passed"]);
  });

  test("what was seen of a step under way does not replace its end, whichever comes last", () => {
    const results = new RunResults()
      .with([stepResult({ state: "passed" }), stepResult({ state: "running" })])
      .with([stepResult({ state: "waiting" })]);
    expect(results.of(1, "1").map(({ state }) => state)).toEqual(["passed"]);
  });

  test("executions of a repeated step stand in their order, whatever order they came in", () => {
    const results = new RunResults().with(
      [3, 1, 2].map((occurrence) => stepResult({ number: "5.1", occurrence })),
    );
    expect(results.of(1, "5.1").map(({ occurrence }) => occurrence)).toEqual([1, 2, 3]);
    expect(results.below(1, "5")).toHaveLength(3);
    expect(results.below(1, "5.1")).toHaveLength(0);
  });

  test("a step that is played ten thousand times keeps its failure and its last ones", () => {
    let results = new RunResults();
    for (let occurrence = 1; occurrence <= 10_000; occurrence += 1)
      results = results.with([stepResult({ occurrence, state: occurrence === 17 ? "failed" : "passed" })]);
    const kept = results.of(1, "1").map(({ occurrence }) => occurrence);
    expect(kept).toHaveLength(20);
    expect(kept[0]).toBe(17);
    expect(kept.at(-1)).toBe(10_000);
  });

  test("earlier executions that come later do not push out the last ones", () => {
    const numbered = (from: number) =>
      Array.from({ length: 30 }, (_, index) => stepResult({ occurrence: from + index }));
    const results = new RunResults().with(numbered(1000)).with(numbered(1));
    expect(results.of(1, "1").map(({ occurrence }) => occurrence)[0]).toBe(1010);
  });

  test("of many iterations the last few are kept, and the latest is known", () => {
    let results = new RunResults();
    for (let iteration = 1; iteration <= 100; iteration += 1)
      results = results.with([stepResult({ iteration })]);
    expect(results.latest).toBe(100);
    expect(results.has(100)).toBe(true);
    expect(results.has(93)).toBe(true);
    expect(results.has(92)).toBe(false);
  });

  test("the iteration that is looked at is kept", () => {
    let results = new RunResults().with([stepResult({ iteration: 3 })]);
    for (let iteration = 4; iteration <= 100; iteration += 1)
      results = results.with([stepResult({ iteration })], 3);
    expect(results.has(3)).toBe(true);
    expect(results.has(100)).toBe(true);
  });

  test("adding results leaves the earlier state as it was", () => {
    const before = new RunResults().with([stepResult({ number: "1" })]);
    before.with([stepResult({ number: "2" })]);
    expect(before.all(1)).toHaveLength(1);
  });
});
