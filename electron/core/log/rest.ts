import { setTimeout } from "node:timers/promises";

/**
 * Leaves nearly all of the time of a busy database to sends.
 *
 * @param worked milliseconds that the last piece of work took
 * @param closing ends the rest
 */
export const restAfter = (worked: number, closing: AbortSignal): Promise<void> =>
  setTimeout(19 * worked, undefined, { signal: closing }).catch(() => undefined);
