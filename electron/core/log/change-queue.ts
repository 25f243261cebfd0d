import type { Database } from "../database/database";
import { facetsOf, placesOf, statementsOf, type Change, type Place } from "./log-changes";

/** Changes in one commit at most, so that the first of them does not wait long. */
const largestCommit = 256;

/** Facets that are remembered as known; a stranger may send a new type with each event. */
const facetsRemembered = 1_000;

/** Milliseconds that a change waits which nobody waits for: long enough for most answers to come first. */
const patience = 10;

interface Waiting {
  change: Change;
  isTaken: boolean;
  resolve: (place: Place) => void;
  reject: (error: unknown) => void;
}

/** A change on its way. */
export interface Queued {
  /** Settles once it is committed. @throws AppError DATABASE_FAILED */
  committed: Promise<Place>;
  /** Puts another change in its place. @returns whether it was still time */
  replace(change: Change): boolean;
}

/**
 * Commits changes of the log together: one commit costs nearly as much for one change as for dozens. What holds a send
 * up goes at once, with what has gathered; what does not waits for it, or for its time. While a commit is under way, all
 * gather for the next.
 *
 * @param changed is called after each commit
 */
export const createChangeQueue = (database: Database, changed: () => void) => {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let soon: NodeJS.Immediate | null = null;
  let later: NodeJS.Timeout | null = null;
  const knownFacets = new Set<string>();

  const write = async (changes: Change[]): Promise<Place[]> => {
    const facets = new Map(
      changes
        .flatMap((change) => (change.kind === "begin" ? facetsOf(change) : []))
        .map((facet) => [facet.join(" "), facet]),
    );
    for (const key of facets.keys()) if (knownFacets.has(key)) facets.delete(key);
    const results = await database.transaction(statementsOf(changes, [...facets.values()]));
    if (knownFacets.size > facetsRemembered) knownFacets.clear();
    for (const key of facets.keys()) knownFacets.add(key);
    return placesOf(changes, results);
  };

  const commit = async (group: Waiting[]): Promise<void> => {
    try {
      const places = await write(group.map(({ change }) => change));
      group.forEach(({ resolve }, index) => resolve(places[index] ?? null));
    } catch (error) {
      // One that cannot be made must not take the others with it, so each is tried alone.
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await commit([one]);
    }
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestCommit);
      waiting = waiting.slice(group.length);
      for (const one of group) one.isTaken = true;
      await commit(group);
      changed();
    }
    running = null;
  };

  const start = (): void => {
    if (soon) clearImmediate(soon);
    if (later) clearTimeout(later);
    soon = null;
    later = null;
    if (waiting.length > 0) running ??= run();
  };

  const push = (change: Change): Queued => {
    let queued: Waiting | undefined;
    const committed = new Promise<Place>((resolve, reject) => {
      queued = { change, isTaken: false, resolve, reject };
      waiting.push(queued);
    });
    return {
      committed,
      replace(other) {
        if (queued === undefined || queued.isTaken) return false;
        queued.change = other;
        return true;
      },
    };
  };

  return {
    /** For a change that holds a send up. */
    now(change: Change): Queued {
      const queued = push(change);
      start();
      return queued;
    },
    /** For a change that goes at the end of this turn of the event loop. */
    soon(change: Change): Queued {
      soon ??= setImmediate(start);
      return push(change);
    },
    /** For a change that is kept elsewhere meanwhile. */
    later(change: Change): Queued {
      const queued = push(change);
      if (waiting.length >= largestCommit) start();
      else later ??= setTimeout(start, patience);
      return queued;
    },
    /** Settles once everything added so far is committed, or has failed. */
    async flush(): Promise<void> {
      start();
      while (running) await running;
    },
  };
};

export type ChangeQueue = ReturnType<typeof createChangeQueue>;
