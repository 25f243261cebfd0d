import type { GuestSession } from "../../../shared/model/guest-profile";
import { timeScale, type TimeScale } from "./time-scale";

/** A row of the timeline: the sessions of one browser that do not overlap. */
export interface Lane {
  browserRef: string;
  /** Whether it is the browser's first row, which says whose it is. */
  first: boolean;
}

export interface SessionBlock {
  session: GuestSession;
  lane: number;
  x: number;
  width: number;
}

export interface Timeline {
  scale: TimeScale;
  lanes: readonly Lane[];
  /** By `x`. */
  blocks: readonly SessionBlock[];
}

const leastBlock = 20;
/** Pixels between two blocks of a row. */
const apart = 3;

/** The free row of a browser, or a new one below its others. */
const laneFor = (ends: number[], x: number): number => {
  const free = ends.findIndex((end) => end <= x);
  return free === -1 ? ends.length : free;
};

/**
 * Lays sessions out in rows, one or more for each browser in the order of their first session.
 *
 * @param width pixels there are; with many sessions the timeline grows wider
 */
export const layOutTimeline = (sessions: readonly GuestSession[], width: number): Timeline => {
  const times = sessions.map((session) => ({
    session,
    from: Date.parse(session.startedAt),
    to: Date.parse(session.lastEventAt),
  }));
  // The last block may need a little more than its time has.
  const scale = timeScale(times, width - leastBlock);
  const rows = new Map<string, number[]>();
  const placed = times
    .sort((a, b) => a.from - b.from)
    .map(({ session, from, to }) => {
      const x = scale.xOf(from);
      const size = Math.max(scale.xOf(to) - x + 7, leastBlock);
      const ends = rows.get(session.browserRef) ?? [];
      rows.set(session.browserRef, ends);
      const row = laneFor(ends, x);
      ends[row] = x + size + apart;
      return { session, row, x, width: size };
    });
  const lanes = [...rows].flatMap(([browserRef, ends]) =>
    ends.map((_, row) => ({ browserRef, first: row === 0 })),
  );
  const offsets = new Map<string, number>();
  for (const [index, { browserRef, first }] of lanes.entries()) if (first) offsets.set(browserRef, index);
  const blocks = placed.map(({ session, row, x, width: size }) => ({
    session,
    lane: (offsets.get(session.browserRef) ?? 0) + row,
    x,
    width: size,
  }));
  return { scale, lanes, blocks };
};

/** The blocks that a window of the timeline shows. */
export const blocksIn = (timeline: Timeline, from: number, to: number): SessionBlock[] =>
  timeline.blocks.filter(({ x, width }) => x + width >= from && x <= to);
