import type { EventStore } from "../store/event-store";
import type { EventOutcome, WaitingEvent } from "../store/stored-event";

/** Gives accepted events their outcomes, after their answers have left. */
export interface Processor {
  /** Says that events have been accepted. */
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
  store: EventStore;
  decide: (event: WaitingEvent) => EventOutcome;
  /** Milliseconds from acceptance to outcome. */
  delay: number;
  report: (problem: string) => void;
}

const batchSize = 500;
/** Milliseconds between batches that are not full, so that a burst makes few large ones. */
const shortestPause = 2;
/** Milliseconds until it is asked again without a batch: another process may have processed the events. */
const longestSilence = 250;
/** Milliseconds until another try after the database has failed. */
const retryAfter = 1_000;

const explain = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads what waits from the store, so that a long delay, a burst or a crash needs no memory here. */
export const createProcessor = ({ store, decide, delay, report }: ProcessorOptions): Processor => {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let woken = false;
  let closed = false;

  const schedule = (milliseconds: number): void => {
    if (closed || timer) return;
    timer = setTimeout(
      () => {
        timer = null;
        running ??= run();
      },
      Math.max(shortestPause, milliseconds),
    );
  };

  const decideSafely = (event: WaitingEvent): EventOutcome => {
    try {
      return decide(event);
    } catch (error) {
      // One event that the rules cannot stand must not hold up the others.
      report(`The sandbox could not judge event ${event.seq}: ${explain(error)}`);
      const message = "The sandbox itself failed at this event; it was kept and nothing came of it.";
      const issue = {
        severity: "error",
        code: "sandbox-failure",
        path: "",
        message,
        catalog: "spec",
      } as const;
      return { status: "FAILED", issues: [issue] };
    }
  };

  /** @returns milliseconds until there is more to do, null where only a wake brings more */
  const processBatch = async (): Promise<number | null> => {
    const events = await store.waiting(batchSize);
    const now = Date.now();
    // A clock that was set back must not hold an event up for longer than the delay.
    const due = events.filter(({ createdAt }) => createdAt > now || createdAt + delay <= now);
    if (due.length > 0) {
      await store.settle(due.map((event) => ({ seq: event.seq, outcome: decideSafely(event) })));
      for (const listener of [...listeners]) listener();
    }
    if (due.length === batchSize) return 0;
    const next = events.find(({ createdAt }) => createdAt <= now && createdAt + delay > now);
    return next ? next.createdAt + delay - now : null;
  };

  const run = async (): Promise<void> => {
    let next: number | null = 0;
    try {
      while (next === 0 && !closed) {
        woken = false;
        next = await processBatch();
      }
    } catch (error) {
      report(`The sandbox could not process its events: ${explain(error)}`);
      next = retryAfter;
    }
    running = null;
    if (next !== null) schedule(next);
    else if (woken) schedule(delay);
  };

  return {
    wake() {
      woken = true;
      if (!running) schedule(delay);
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
      if (timer) clearTimeout(timer);
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
