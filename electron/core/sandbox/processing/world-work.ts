import { AppError } from "../../../../shared/contract/errors";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { ConfigHolder } from "../config/config-holder";
import { closeDueSessions, nextClosing } from "../semantics/close-sessions";
import { createStepRecorder } from "../store/history-steps";
import { WorldChanged } from "../store/load-world";
import type { AcceptedEvent, WaitingEvent } from "../store/stored-event";
import type { Moment, WorldCommit, WorldStore } from "../store/world-store";
import { applyEvents, lookUpsOf, sandboxFailure } from "./apply-events";
import { forecastEvent, type EventForecast } from "./forecast-event";
import { createTurns, type Turns } from "./turns";

/** All that changes guests after their browsers were made: events, and the passing of time. */
export interface WorldWork {
  /** Whoever else changes the whole state takes a turn, so that it never meets a batch at work. */
  turns: Turns;
  /** Gives one batch of due events their outcomes. @returns what there was, and how long until there is more */
  processDue(): Promise<Processed>;
  /** Closes every session that is due by the sandbox's clock. */
  closeDue(): Promise<void>;
  /**
   * What would become of an event if it were accepted now, behind those that wait (a batch of them at most). Nothing is
   * written.
   */
  forecast(event: AcceptedEvent): Promise<EventForecast>;
  /** When time alone changes something next, in epoch milliseconds of the sandbox's clock. */
  nextClosing(): Promise<number | null>;
  /** Finds out anew when sessions close, after the points of sale have changed. */
  refreshClosings(): Promise<void>;
}

export interface Processed {
  settled: number;
  /** Milliseconds until more is due, 0 where it is now; null where nothing waits. */
  next: number | null;
}

interface WorldWorkOptions {
  world: WorldStore;
  config: ConfigHolder;
  /** Epoch milliseconds of the sandbox's own clock. */
  now(): number;
  /** Is told by how much the sandbox's clock is ahead: another process may have moved it. */
  onMoment(moment: Moment): void;
  onGuests(refs: string[]): void;
  report(problem: string): void;
}

const batchSize = 500;
const closingsInOneCommit = 200;
/** One process always wins, so a writer that lost this often has another problem. */
const mostAttempts = 100;

/** Reads, thinks and writes until nobody has written in between. */
const untilUnchanged = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WorldChanged) || count === mostAttempts) throw error;
    }
  }
};

const isRefusedRow = (error: unknown): boolean =>
  error instanceof AppError && /constraint/i.test(error.message);

const nothing: WorldCommit = {
  outcomes: [],
  steps: [],
  guests: new Map(),
  extensionTypes: [],
  closings: new Map(),
};

export const createWorldWork = (options: WorldWorkOptions): WorldWork => {
  const { world, config, now, onMoment, onGuests, report } = options;
  const turns = createTurns();

  const closesAt = (guest: GuestProfile): number | null =>
    guest.guestType === "retired" ? null : nextClosing(guest, config.current());

  const settle = async (version: number, events: readonly WaitingEvent[]): Promise<void> => {
    const rules = config.current();
    const loaded = await world.load(version, lookUpsOf(events, rules));
    const { outcomes, recorder, extensionTypes } = applyEvents(events, loaded, rules, report);
    const [steps, guests] = [recorder.steps(), recorder.guests()];
    await world.commit(version, { ...nothing, outcomes, steps, guests, extensionTypes }, closesAt);
    onGuests([...new Set([...outcomes.map(({ guestRef }) => guestRef), ...guests.keys()])]);
  };

  /** What the database refuses of one event must not hold up the others: each goes alone, and that one fails. */
  const settleOneByOne = async (event: WaitingEvent): Promise<void> => {
    const { version } = await world.now();
    try {
      await settle(version, [event]);
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
      report(`The sandbox could not keep what came of event ${event.seq}: ${String(error)}`);
      await world.commit(version, { ...nothing, outcomes: [sandboxFailure(event)] }, closesAt);
      onGuests([event.guestRef]);
    }
  };

  const isDue = ({ acceptedAt }: WaitingEvent, at: number): boolean =>
    // A clock that was set back must not hold an event up for longer than the delay.
    acceptedAt > at || acceptedAt + config.current().delay <= at;

  const processDue = async (): Promise<Processed> => {
    const { events, ...moment } = await world.waiting(batchSize);
    onMoment(moment);
    const at = Date.now();
    const firstLater = events.findIndex((event) => !isDue(event, at));
    // In the order of their acceptance, always: one that is not due yet holds up those behind it.
    const due = firstLater === -1 ? events : events.slice(0, firstLater);
    if (due.length > 0) {
      await settle(moment.version, due).catch(async (error: unknown) => {
        if (!isRefusedRow(error)) throw error;
        for (const event of due) await settleOneByOne(event);
      });
    }
    if (due.length === batchSize) return { settled: due.length, next: 0 };
    const next = events[firstLater];
    return {
      settled: due.length,
      next: next ? Math.max(0, next.acceptedAt + config.current().delay - at) : null,
    };
  };

  /** @returns whether there may be more */
  const closeSome = async (): Promise<boolean> => {
    const { version, clockOffset, guests, until } = await world.closing(now(), closingsInOneCommit);
    onMoment({ version, clockOffset });
    if (guests.size === 0) return false;
    const recorder = createStepRecorder((ref) => guests.get(ref));
    const closings = new Map<string, number | null>();
    for (const [ref, { profile }] of guests) {
      const change = closeDueSessions(profile, config.current(), until);
      if (change) recorder.record([change], null);
      else closings.set(ref, closesAt(profile));
    }
    const [steps, changed] = [recorder.steps(), recorder.guests()];
    await world.commit(version, { ...nothing, steps, guests: changed, closings }, closesAt);
    onGuests([...changed.keys()]);
    return guests.size === closingsInOneCommit;
  };

  const forecast = async (event: AcceptedEvent): Promise<EventForecast> => {
    const { events, version } = await world.waiting(batchSize);
    const rules = config.current();
    // Behind all of them, whatever their number; its guest is that of its browser.
    const next = { ...event, seq: Number.MAX_SAFE_INTEGER, guestRef: "", at: now(), acceptedAt: Date.now() };
    const loaded = await world.load(version, lookUpsOf([...events, next], rules));
    return forecastEvent(next, events, loaded, rules, report);
  };

  const refreshSome = async (after: number): Promise<number | null> => {
    const { version, guests, last } = await world.open(after, closingsInOneCommit);
    const closings = new Map(
      guests
        .map(({ profile, closesAt: before }) => ({ ref: profile.ref, before, after: closesAt(profile) }))
        .filter(({ before, after: next }) => before !== next)
        .map(({ ref, after: next }) => [ref, next]),
    );
    if (closings.size > 0) await world.commit(version, { ...nothing, closings }, closesAt);
    return last;
  };

  return {
    turns,
    processDue: () => turns.take(() => untilUnchanged(processDue)),
    async closeDue() {
      // A turn each, so that events do not wait for ten thousand sessions to close.
      while (await turns.take(() => untilUnchanged(closeSome)));
    },
    forecast: (event) => turns.take(() => untilUnchanged(() => forecast(event))),
    nextClosing: () => world.firstClosing(),
    async refreshClosings() {
      for (let after: number | null = 0; after !== null;) {
        const from: number = after;
        after = await turns.take(() => untilUnchanged(() => refreshSome(from)));
      }
    },
  };
};
