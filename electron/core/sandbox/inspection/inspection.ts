import type { Processor } from "../processing/processor";
import type { Counts, EventStore } from "../store/event-store";
import type { EventFilter, StoredEvent } from "../store/stored-event";

/** Looks into a running sandbox and empties it. */
export interface Inspection {
  /** @param settle milliseconds to wait until nothing is pending; the answer says whether that came true */
  summary(settle: number, signal?: AbortSignal): Promise<Counts>;
  /** Events in the order of their acceptance; `next` is what `after` takes for the page behind, null at the end. */
  events(
    filter: EventFilter,
    after: number,
    limit: number,
  ): Promise<{ items: StoredEvent[]; next: number | null }>;
  /** Waits until an event has an outcome. @param wait milliseconds @returns null where it has none by then */
  settled(ref: string, wait: number): Promise<StoredEvent | null>;
  reset(): Promise<void>;
}

export const createInspection = (
  store: EventStore,
  processor: Processor,
  reset: () => Promise<void>,
): Inspection => ({
  async summary(settle, signal) {
    if (settle > 0) await processor.until(async () => (await store.summary()).pending === 0, settle, signal);
    return store.summary();
  },
  async events(filter, after, limit) {
    const { items, more } = await store.query(filter, after, limit);
    return { items, next: more ? (items.at(-1)?.seq ?? null) : null };
  },
  async settled(ref, wait) {
    let event: StoredEvent | null = null;
    await processor.until(async () => {
      const [found] = (await store.query({ ref }, 0, 1)).items;
      event = found?.status === "PENDING" ? null : (found ?? null);
      // A reset has forgotten what is not there: no wait brings it back.
      return !found || event !== null;
    }, wait);
    return event;
  },
  reset,
});
