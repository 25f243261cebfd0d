import { expect, it } from "vitest";
import type { Milestone } from "./milestones";
import { labelsOf, nextMilestone, pageOf, stepAtX, ticksOf, xOfStep } from "./scrub-positions";

const stones: Milestone[] = [
  { index: 0, kind: "arrival", label: "First page view" },
  { index: 8, kind: "merge", label: "Two became one" },
  { index: 9, kind: "order", label: "Order" },
];

it("finds the step at a place on the track, and the place of a step", () => {
  for (const index of [0, 1, 4999, 9999])
    expect(stepAtX(xOfStep(index, 10_000, 500), 10_000, 500)).toBe(index);
  expect(stepAtX(-20, 10, 500)).toBe(0);
  expect(stepAtX(900, 10, 500)).toBe(9);
  expect(stepAtX(30, 1, 500)).toBe(0);
});

it("draws a tick for each step while there is room, and no more than there is room for", () => {
  expect(ticksOf(11, 500)).toHaveLength(11);
  expect(ticksOf(10_000, 500).length).toBeLessThanOrEqual(101);
  expect(ticksOf(1, 500)).toEqual([0]);
  expect(ticksOf(0, 500)).toEqual([]);
});

it("gives labels a second line where they would run into each other, and leaves out what fits on neither", () => {
  const labels = labelsOf(stones, 10, 300, 9);
  expect(labels.map(({ milestone, row }) => [milestone.kind, row])).toEqual([
    ["arrival", 0],
    ["merge", 1],
    ["order", 0],
  ]);
  const crowd = Array.from({ length: 40 }, (_, index): Milestone => ({
    index,
    kind: "order",
    label: "Order",
  }));
  const shown = labelsOf(crowd, 40, 300, 20);
  expect(shown.length).toBeLessThan(20);
  expect(shown.map(({ milestone }) => milestone.index)).toContain(20);
});

it("keeps labels at the ends within the track", () => {
  const [first, , last] = labelsOf(stones, 10, 900, 0);
  expect([first?.anchor, last?.anchor]).toEqual(["start", "end"]);
});

it("leads from milestone to milestone", () => {
  expect(nextMilestone(stones, 0, 1)?.index).toBe(8);
  expect(nextMilestone(stones, 9, 1)).toBeUndefined();
  expect(nextMilestone(stones, 9, -1)?.index).toBe(8);
  expect(pageOf(10_000)).toBe(1000);
  expect(pageOf(12)).toBe(5);
});
