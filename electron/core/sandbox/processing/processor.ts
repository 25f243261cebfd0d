import type { Processed } from "./world-work";

/** Gives accepted events their outcomes after their answers have left, and lets time pass. */
export interface Processor {
  /** Says that events have been accepted, or that the clock has moved. */
  wake(): void;
  /**
   * Waits until `done` says so: asked now, after each batch of outcomes, and now and then.
   *
   * @param wait milliseconds
   * @returns whether it said so in time
   */
  until(done: () => Promise<boolean>, wait: number, signal?: AbortSignal): Promise<boolean>;
  /** Ends after the batch at hand; what waits is kept for the next start. */
  close(): Promise<void>;
}

interface ProcessorOptions {
  /** One batch of due events. */
  processDue(): Promise<Processed>;
  /** What time brings: once after the batches at hand. @returns milliseconds until it brings more, null for nothing */
  passTime(): Promise<number | null>;
  /** Milliseconds from acceptance to outcome. */
  delay(): number;
  report(problem: string): void;
}

/** Milliseconds between batches that are not full, so that a burst makes few large ones. */
const shortestPause = 2;
/** Milliseconds until it is asked again without a batch: another process may have processed the events. */
const longestSilence = 250;
/** Milliseconds until another try after the database has failed. */
const retryAfter = 1_000;
/** Milliseconds until it is looked again at what time brings: another process may have opened sessions. */
const longestRest = 60_000;

const explain = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The state says what waits, so that a long delay, a burst or a crash needs no memory here. */
export const createProcessor = ({ processDue, passTime, delay, report }: ProcessorOptions): Processor => {
  const listeners = new Set<() => void>();
  let timer: { handle: NodeJS.Timeout; at: number } | null = null;
  let running: Promise<void> | null = null;
  let woken = false;
  let closed = false;

  const schedule = (milliseconds: number): void => {
    const wait = Math.min(longestRest, Math.max(shortestPause, milliseconds));
    const at = Date.now() + wait;
    if (closed || (timer && timer.at <= at)) return;
    if (timer) clearTimeout(timer.handle);
    const handle = setTimeout(() => {
      timer = null;
      running ??= run();
    }, wait);
    // Whoever serves requests lives by its server; the passing of time keeps nobody alive.
    handle.unref();
    timer = { handle, at };
  };

  const processBatch = async (): Promise<number | null> => {
    const { settled, next } = await processDue();
    if (settled > 0) for (const listener of [...listeners]) listener();
    return next;
  };

  const run = async (): Promise<void> => {
    let next: number | null = 0;
    try {
      while (next === 0 && !closed) {
        woken = false;
        next = await processBatch();
      }
      const rest = closed ? null : await passTime();
      next = Math.min(next ?? longestRest, rest ?? longestRest);
    } catch (error) {
      report(`The sandbox could not process its events: ${explain(error)}`);
      next = retryAfter;
    }
    running = null;
    schedule(next);
    if (woken) schedule(delay());
  };

  return {
    wake() {
      woken = true;
      if (!running) schedule(delay());
    },
    async until(done, wait, signal) {
      const end = Date.now() + wait;
      for (;;) {
        // Listens before it asks, so that an outcome in between is not missed.
        const changed = nextChange(listeners, Math.min(longestSilence, end - Date.now()), signal);
        if (await done()) {
          changed.cancel();
          return true;
        }
        await changed.promise;
        if (closed || signal?.aborted) return false;
        if (Date.now() >= end) return await done();
      }
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer.handle);
      await running;
      for (const listener of [...listeners]) listener();
    },
  };
};

/** Settles at the next batch of outcomes, after `milliseconds`, or when the asker has gone. */
const nextChange = (listeners: Set<() => void>, milliseconds: number, signal?: AbortSignal) => {
  let cancel = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listeners.delete(end);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, milliseconds));
    listeners.add(end);
    signal?.addEventListener("abort", end);
    cancel = end;
  });
  return { promise, cancel };
};
