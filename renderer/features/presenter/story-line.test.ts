import { describe, expect, it } from "vitest";
import { nextWords, stonesOf, storyLine } from "./story-line";

const milestones = [
  { index: 1, label: "First page view" },
  { index: 5, label: "Known by e-mail" },
  { index: 9, label: "Order" },
];

describe("the line of a history", () => {
  it("begins at the first step and ends at the last", () => {
    expect(stonesOf(milestones, 12).map(({ label }) => label)).toEqual([
      "Checks in",
      "First page view",
      "Known by e-mail",
      "Order",
      "Now",
    ]);
    expect(stonesOf([{ index: 0, label: "First page view" }], 1)).toHaveLength(1);
    expect(stonesOf([], 0)).toEqual([]);
  });

  it("says what is behind, where we are, and what is to come", () => {
    const line = storyLine(stonesOf(milestones, 10), 3, 9);
    expect(line.stones.map(({ state }) => state)).toEqual(["done", "current", "coming", "coming"]);
    expect(line.stones[0]?.progress).toBe(1);
    expect(line.stones[1]?.progress).toBe(0.5);
    expect(line.stones[2]?.progress).toBe(0);
  });

  it("shows of a long history what is around the step, and counts the rest", () => {
    const long = Array.from({ length: 400 }, (_, at) => ({ index: at * 25, label: `Order ${at}` }));
    const line = storyLine(stonesOf(long, 10_000), 5_003, 5);
    expect(line.stones.map(({ label }) => label)).toEqual([
      "Order 198",
      "Order 199",
      "Order 200",
      "Order 201",
      "Order 202",
    ]);
    expect(line.earlier).toBe(198);
    expect(line.later).toBe(198);
    expect(storyLine(stonesOf(long, 10_000), 0, 5)).toMatchObject({ earlier: 0 });
    expect(storyLine(stonesOf(long, 10_000), 9_999, 5)).toMatchObject({ later: 0 });
  });

  it("names what comes next", () => {
    const stones = stonesOf(milestones, 12);
    expect(nextWords(stones, 4, { type: "IDENTITY" })).toBe("Known by e-mail");
    expect(nextWords(stones, 5, { type: "VIEW" })).toBe("VIEW");
    expect(nextWords(stones, 5, { type: null })).toBe("time passes");
    expect(nextWords(stones, 10, { type: "VIEW" })).toBe("VIEW");
    expect(nextWords(stones, 11, undefined)).toBeNull();
  });
});
