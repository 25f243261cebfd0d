import type { Milestone } from "./milestones";

/** Where a step stands on a track of this width, in pixels. */
export const xOfStep = (index: number, count: number, width: number): number =>
  count <= 1 ? 0 : (index / (count - 1)) * width;

/** The step nearest to a place on the track. */
export const stepAtX = (x: number, count: number, width: number): number => {
  if (count <= 1 || width <= 0) return 0;
  return Math.round(Math.min(Math.max(x / width, 0), 1) * (count - 1));
};

/** Pixels between ticks below which they would run into each other. */
const leastGap = 5;

/**
 * The marks of a track: one each step where they have room, else as many as have. Ten thousand steps are as many marks
 * as a few hundred.
 */
export const ticksOf = (count: number, width: number): number[] => {
  if (count === 0 || width <= 0) return [];
  const shown = Math.min(count, Math.floor(width / leastGap) + 1);
  return Array.from({ length: shown }, (_, tick) => (shown === 1 ? 0 : (tick / (shown - 1)) * width));
};

/** A label below the track. `anchor` is the side of its place on which it stands. */
export interface TrackLabel {
  milestone: Milestone;
  x: number;
  anchor: "start" | "middle" | "end";
  /** Which of the two lines below the track. */
  row: number;
}

/** A guess that is a little too wide; labels are in a known face and size. */
const widthOf = (label: string): number => label.length * 6.4 + 12;
const rows = 2;

const worth: Readonly<Record<Milestone["kind"], number>> = {
  ...{ merge: 5, order: 4, retired: 4, known: 3, arrival: 2, cart: 1 },
};

/** The labels that have room, the worthier ones first; that of the chosen step always has. */
export const labelsOf = (
  milestones: readonly Milestone[],
  count: number,
  width: number,
  chosen: number,
): TrackLabel[] => {
  const ranked = [...milestones].sort(
    (a, b) =>
      Number(b.index === chosen) - Number(a.index === chosen) ||
      worth[b.kind] - worth[a.kind] ||
      b.index - a.index,
  );
  const taken = Array.from({ length: rows }, (): { from: number; to: number }[] => []);
  const labels: TrackLabel[] = [];
  for (const milestone of ranked) {
    const x = xOfStep(milestone.index, count, width);
    const size = widthOf(milestone.label);
    const anchor = x < size / 2 ? "start" : x > width - size / 2 ? "end" : "middle";
    const from = anchor === "start" ? x : anchor === "end" ? x - size : x - size / 2;
    const overlaps = (other: { from: number; to: number }): boolean =>
      from < other.to && from + size > other.from;
    const told = labels.some(
      (label) => label.milestone.label === milestone.label && Math.abs(label.x - x) < size,
    );
    const row = told ? -1 : taken.findIndex((line) => !line.some(overlaps));
    if (row === -1) continue;
    taken[row]?.push({ from, to: from + size });
    labels.push({ milestone, x, anchor, row });
  }
  return labels.sort((a, b) => a.x - b.x);
};

/** The milestone before or behind a step; undefined where there is none. */
export const nextMilestone = (
  milestones: readonly Milestone[],
  position: number,
  direction: 1 | -1,
): Milestone | undefined =>
  direction === 1
    ? milestones.find(({ index }) => index > position)
    : [...milestones].reverse().find(({ index }) => index < position);

/** How many steps Page Up and Page Down go: a tenth of a long history. */
export const pageOf = (count: number): number => Math.max(5, Math.round(count / 10));
