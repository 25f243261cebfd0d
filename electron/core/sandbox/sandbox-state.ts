import type { DatabaseThread } from "../database/database";
import { createSandboxTime, type KeptTime } from "./clock/create-sandbox-time";
import { createConfigHolder, type ConfigHolder } from "./config/config-holder";
import type { SandboxConfig } from "./config/sandbox-config";
import { createProcessor, type Processor } from "./processing/processor";
import { createWorldWork, type WorldWork } from "./processing/world-work";
import { nextClosing } from "./semantics/close-sessions";
import { createSavedStates } from "./store/create-saved-states";
import { openEventStore, type EventStore } from "./store/event-store";
import type { SavedStates } from "./store/saved-states";

/** A sandbox without its server: what it remembers, what works on that, and its clock. */
export interface SandboxState {
  config: ConfigHolder;
  store: EventStore;
  processor: Processor;
  time: KeptTime;
  states: SavedStates;
  forecast: WorldWork["forecast"];
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface StateOptions {
  thread: DatabaseThread;
  /** Path of the database, or `":memory:"`. */
  file: string;
  config: SandboxConfig;
  report(problem: string): void;
  onGuestsChanged: ((refs: string[], all: boolean) => void) | undefined;
}

/** How long it is waited for what was accepted before, beyond the delay. Milliseconds. */
const patience = 2_000;
const longestPatience = 10_000;

/** @throws AppError DATABASE_FAILED */
export const openState = async (options: StateOptions): Promise<SandboxState> => {
  const { thread, file, report } = options;
  const onGuests = (refs: string[], all: boolean): void => {
    if (all || refs.length > 0) options.onGuestsChanged?.(refs, all);
  };
  const holder = createConfigHolder(options.config);
  let now = (): number => Date.now();
  const store = await openEventStore(thread, file, { now: () => now(), onGuests });

  const work = createWorldWork({
    world: store.world,
    config: holder,
    now: () => now(),
    onMoment: ({ clockOffset }) => time.take(clockOffset),
    onGuests: (refs) => onGuests(refs, false),
    report,
  });

  /** The points of sale by which it was last found out when sessions close. Another start may have had others. */
  let pointsOfSale: SandboxConfig["pointsOfSale"] | null = null;
  const closeSessions = async (): Promise<void> => {
    const current = holder.current().pointsOfSale;
    if (pointsOfSale !== current) await work.refreshClosings();
    pointsOfSale = current;
    await work.closeDue();
  };

  const processor = createProcessor({
    processDue: work.processDue,
    async passTime() {
      await closeSessions();
      const next = await work.nextClosing();
      return next === null ? null : Math.max(0, next - now());
    },
    delay: () => holder.current().delay,
    report,
  });

  const settle = async (): Promise<void> => {
    const wait = Math.min(longestPatience, holder.current().delay + patience);
    await processor.until(async () => (await store.summary()).pending === 0, wait);
  };

  const time = createSandboxTime({
    offset: (await store.world.now()).clockOffset,
    move: (move) => work.turns.take(() => store.world.moveClock(move)),
    beforeMove: settle,
    async afterMove() {
      await closeSessions();
      onGuests([], true);
      processor.wake();
    },
  });
  now = () => time.now();

  const states = createSavedStates({
    file,
    settle,
    copyTo: store.copyTo,
    async replaceBy(source) {
      await work.turns.take(() => store.replaceBy(source));
      time.take((await store.world.now()).clockOffset);
      // It may have been saved when the points of sale were others.
      pointsOfSale = null;
      processor.wake();
    },
    closesAt: (guest) => nextClosing(guest, holder.current()),
    quota: () => holder.current().quota,
  });

  return {
    store,
    processor,
    time,
    states,
    forecast: work.forecast,
    config: {
      current: () => holder.current(),
      replace(next) {
        holder.replace(next);
        // A shorter delay or time-out may be over already.
        processor.wake();
      },
    },
    async reset() {
      await work.turns.take(() => store.reset());
      time.take(0);
      processor.wake();
    },
    async close() {
      await processor.close();
      await work.turns.take(async () => undefined);
      await store.close();
      await states.close();
    },
  };
};
