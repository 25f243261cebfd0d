/** A point of the line above the stage. */
export interface Stone {
  /** The step, from 0. */
  index: number;
  label: string;
}

export interface ShownStone extends Stone {
  state: "done" | "current" | "coming";
  /** How much of the way to the next point of the line is behind us, 0 to 1. */
  progress: number;
}

export interface StoryLine {
  stones: ShownStone[];
  /** Points that there is no room for, before and behind those that are shown. */
  earlier: number;
  later: number;
}

/** The points of a history: its milestones, with its beginning and its end where no milestone stands there. */
export const stonesOf = (milestones: readonly Stone[], count: number): Stone[] => {
  if (count === 0) return [];
  const stones = milestones.map(({ index, label }) => ({ index, label }));
  if (stones[0]?.index !== 0) stones.unshift({ index: 0, label: "Checks in" });
  const last = count - 1;
  if (stones.at(-1)?.index !== last) stones.push({ index: last, label: "Now" });
  return stones;
};

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

/**
 * The part of the line that is in view: the point last reached stands in its middle as far as the ends allow.
 *
 * @param position the step that is shown, from 0
 * @param room how many points there is room for, 1 or more
 */
export const storyLine = (stones: readonly Stone[], position: number, room: number): StoryLine => {
  const reached = stones.findLastIndex(({ index }) => index <= position);
  const size = Math.min(Math.max(room, 1), stones.length);
  const start = between(reached - Math.floor((size - 1) / 2), 0, stones.length - size);
  const shown = stones.slice(start, start + size).map((stone, offset) => {
    const at = start + offset;
    const next = stones[at + 1];
    const way = next ? (position - stone.index) / (next.index - stone.index) : 0;
    const state = at === reached ? "current" : at < reached ? "done" : "coming";
    return { ...stone, state, progress: between(way, 0, 1) } as const;
  });
  return { stones: shown, earlier: start, later: stones.length - start - size };
};

/** What comes with the next step: its point's name where it is one, else its event's type. */
export const nextWords = (
  stones: readonly Stone[],
  position: number,
  next: { type: string | null } | undefined,
): string | null => {
  if (!next) return null;
  const stone = stones.find(({ index, label }) => index === position + 1 && label !== "Now");
  return stone?.label ?? next.type ?? "time passes";
};
