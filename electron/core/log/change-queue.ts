import type { Database } from "../database/database";
import { facetsOf, placesOf, statementsOf, type Change, type Place } from "./log-changes";

/** Changes in one commit at most, so that the first of them does not wait long. */
const largestCommit = 256;

/** Facets that are remembered as known; a stranger may send a new type with each event. */
const facetsRemembered = 1_000;

interface Waiting {
  change: Change;
  resolve: (place: Place) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits changes of the log together: one commit costs nearly as much for one change as for dozens. A beginning holds
 * a send up, so it goes at once, with what has gathered; an outcome waits for it, or for the end of this turn of the
 * event loop. While a commit is under way, all gather for the next.
 *
 * @param changed is called after each commit
 */
export const createChangeQueue = (database: Database, changed: () => void) => {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let soon: NodeJS.Immediate | null = null;
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
      await commit(group);
      changed();
    }
    running = null;
  };

  const start = (): void => {
    if (soon) clearImmediate(soon);
    soon = null;
    if (waiting.length > 0) running ??= run();
  };

  return {
    /** Settles once the change is committed. @throws AppError DATABASE_FAILED */
    add(change: Change): Promise<Place> {
      return new Promise((resolve, reject) => {
        waiting.push({ change, resolve, reject });
        if (change.kind === "begin") start();
        else soon ??= setImmediate(start);
      });
    },
    /** Settles once everything added so far is committed, or has failed. */
    async flush(): Promise<void> {
      start();
      while (running) await running;
    },
  };
};

export type ChangeQueue = ReturnType<typeof createChangeQueue>;
