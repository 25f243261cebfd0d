import { setTimeout as pass } from "node:timers/promises";

/** Milliseconds that a timer cannot keep exactly; what is due within them goes at once. */
const grain = 1.5;

/** Shares out the events of a run in time. */
export interface Pace {
  /** Takes the next turn. @returns milliseconds until it is due; 0 where it goes at once */
  take(): number;
  /** Waits for the next turn; undefined where it is due. Rejects when aborted. */
  turn(signal: AbortSignal): Promise<void> | undefined;
}

/**
 * @param rate events a second, of all iterations together; null for as fast as can be
 * @param now milliseconds of a clock that never goes back
 */
export const createPace = (rate: number | null, now: () => number = () => performance.now()): Pace => {
  const distance = rate === null ? 0 : 1000 / rate;
  let next = now();

  const take = (): number => {
    if (distance === 0) return 0;
    const at = now();
    // After a pause nothing is made up for: a target is never sent more in a second than was said.
    if (next < at - grain) next = at;
    const wait = next - at;
    next += distance;
    return wait < grain ? 0 : wait;
  };

  return {
    take,
    turn(signal) {
      const wait = take();
      return wait === 0 ? undefined : pass(wait, undefined, { signal });
    },
  };
};
