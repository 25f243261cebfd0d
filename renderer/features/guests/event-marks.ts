import type { GuestEvent } from "../../../shared/model/guest-profile";

/** The mark of an event within its session. */
export interface EventMark {
  x: number;
  kind: "plain" | "stone" | "failed";
}

/** Pixels between two marks. */
const leastGap = 5;

/**
 * The marks of a session's events, as many as have room; milestones and failures are never left out for plain ones.
 *
 * @param xOf where a time stands within the session, in pixels
 * @param stones events that are milestones
 */
export const marksOf = (
  events: readonly GuestEvent[],
  stones: ReadonlySet<string>,
  xOf: (time: number) => number,
): EventMark[] => {
  const marks = events.map(({ ref, status, createdAt }) => ({
    x: xOf(Date.parse(createdAt)),
    kind:
      status === "FAILED" || status === "DROPPED" ? ("failed" as const) : stones.has(ref) ? "stone" : "plain",
  }));
  const rank = { failed: 0, stone: 1, plain: 2 };
  const taken = new Set<number>();
  return marks
    .sort((a, b) => rank[a.kind as EventMark["kind"]] - rank[b.kind as EventMark["kind"]])
    .filter(({ x }) => {
      const slot = Math.round(x / leastGap);
      if (taken.has(slot)) return false;
      taken.add(slot);
      return true;
    })
    .map(({ x, kind }) => ({ x, kind: kind as EventMark["kind"] }))
    .sort((a, b) => a.x - b.x);
};
