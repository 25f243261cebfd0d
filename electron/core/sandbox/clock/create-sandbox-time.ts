import { AppError } from "../../../../shared/contract/errors";
import type { SandboxTime } from "./sandbox-clock";

/** A hundred years: every time that follows from it can still be written. */
const furthest = 100 * 366 * 86_400_000;

/** The sandbox's own clock over a state that keeps how far it is ahead. */
export interface KeptTime extends SandboxTime {
  /** Takes over what another process, a reset or a restored state has made of it. */
  take(offset: number): void;
}

interface TimeOptions {
  /** Milliseconds ahead when it starts. */
  offset: number;
  /** Keeps the move. @returns the new offset in milliseconds */
  move(move: { by: number } | { to: number }): Promise<number>;
  /** Settles once what was accepted before has its outcome, or will not have it soon. */
  beforeMove(): Promise<void>;
  /** Lets happen what time brings. */
  afterMove(): Promise<void>;
}

/** Times that pass are added up in the state, so that two processes on one state have one clock. */
export const createSandboxTime = (options: TimeOptions): KeptTime => {
  let offset = options.offset;
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    take(next) {
      offset = next;
    },
    async advance(milliseconds) {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || offset + milliseconds > furthest) {
        throw new AppError({
          code: "INVALID_INPUT",
          message: "The sandbox's clock goes ahead by whole milliseconds, up to a hundred years in all.",
          hint: "Advance it by less, or set it back to real time first.",
        });
      }
      await options.beforeMove();
      offset = await options.move({ by: milliseconds });
      await options.afterMove();
    },
    async setReal() {
      await options.beforeMove();
      offset = await options.move({ to: 0 });
      await options.afterMove();
    },
  };
};
