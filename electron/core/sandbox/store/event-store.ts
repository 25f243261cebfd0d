import type { SandboxSummary } from "../../../../shared/model/sandbox";
import type { Database, DatabaseThread, StatementResult } from "../../database/database";
import { migrate } from "../../database/migrate";
import { createBrowsers, type Browsers } from "./browsers";
import { createGroupCommit } from "./group-commit";
import { createGuestReader } from "./create-guest-reader";
import type { GuestReader } from "./guest-reader";
import { queryEvents } from "./query-events";
import { emptyState, replaceState } from "./replace-state";
import { sandboxMigrations } from "./sandbox-schema";
import { searchableLength, type AcceptedEvent, type EventFilter, type EventPage } from "./stored-event";
import { createWorldStore, type WorldStore } from "./world-store";

/** The counts, with a number that rises with each change of guests, so that a change is noticed by asking. */
export type Counts = SandboxSummary & { revision: number };

/** Everything a sandbox remembers. Promises of writes settle after the commit. */
export interface EventStore {
  browsers: Browsers;
  guests: GuestReader;
  world: WorldStore;
  /** @returns false where its browser has been forgotten: then nothing was kept */
  add(event: AcceptedEvent): Promise<boolean>;
  /** Events in rising `seq`, above `after`. */
  query(filter: EventFilter, after: number, limit: number): Promise<EventPage>;
  summary(): Promise<Counts>;
  /** Counts an answer of 4xx, with the next commit. */
  countRejected(): void;
  /** Bytes in use, as of the last commit. */
  size(): number;
  /** Settles once all that was written so far is committed. */
  flush(): Promise<void>;
  /** Forgets everything, and goes back to real time. */
  reset(): Promise<void>;
  /** Writes the whole state, as of one moment, into a file that must not exist. */
  copyTo(file: string): Promise<void>;
  /** Replaces the whole state by that of such a file, of the newest schema: all of it or nothing. */
  replaceBy(file: string): Promise<void>;
  close(): Promise<void>;
}

/** What the store asks and tells whoever runs it. */
export interface StoreOptions {
  /** Epoch milliseconds of the sandbox's own clock. */
  now(): number;
  /** Is told of guests that are new or different; of all where another process has written. */
  onGuests(refs: string[], all: boolean): void;
}

const measure = {
  sql: `SELECT (pages.page_count - free.freelist_count) * size.page_size AS bytes
    FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size`,
};

/** An event belongs to the guest of its browser, and is accepted when the sandbox's clock says. */
const insertEvent = `INSERT INTO events (ref, transport, type, payload, accepted_at, created_at, browser_ref, guest_ref)
  SELECT ?, ?, ?, ?, ?, ? + world.clock_offset, browsers.ref, browsers.guest_ref
  FROM browsers, world WHERE browsers.ref = ?`;

const countRejection = { sql: "UPDATE counters SET value = value + 1 WHERE name = 'rejected'" };

/** Of what a table has ever held, not of what it holds: so it rises over a reset, too. */
const readRevision = `SELECT world.version + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'history'), 0)
  AS revision FROM world`;

const readSummary = async (database: Database): Promise<Counts> => {
  const [counts, revision] = await database.read([
    { sql: "SELECT name, value FROM counters" },
    { sql: readRevision },
  ]);
  const counters = new Map((counts?.rows ?? []).map(({ name, value }) => [String(name), Number(value)]));
  const of = (name: string): number => counters.get(name) ?? 0;
  const [processed, failed, dropped, pending] = [of("PROCESSED"), of("FAILED"), of("DROPPED"), of("PENDING")];
  return {
    total: processed + failed + dropped + pending,
    processed,
    failed,
    dropped,
    pending,
    rejected: of("rejected"),
    // Who became another guest is not counted: it is one person, and is there as the guest it became.
    guests: of("guests"),
    sessions: of("sessions"),
    orders: of("orders"),
    revision: Number(revision?.rows[0]?.["revision"]),
  };
};

/**
 * Opens a sandbox's state, which survives a restart.
 *
 * @param file path of the database, or `":memory:"` for a state that is forgotten
 * @throws AppError DATABASE_FAILED
 */
export const openEventStore = async (
  thread: DatabaseThread,
  file: string,
  { now, onGuests }: StoreOptions,
): Promise<EventStore> => {
  const database = await thread.open(file);
  await migrate(database, sandboxMigrations);
  let bytes = Number((await database.query(measure.sql))[0]?.["bytes"]);
  const onMeasured = ({ rows }: StatementResult): void => {
    bytes = Number(rows[0]?.["bytes"]);
  };
  const writes = createGroupCommit(database, measure, onMeasured);
  const browsers = createBrowsers({ database, writes, now, onGuest: (ref) => onGuests([ref], false) });
  const world = createWorldStore({
    database,
    closing: measure,
    onClosing: onMeasured,
    onForeignChange: () => onGuests([], true),
  });

  return {
    browsers,
    world,
    guests: createGuestReader(database, () => writes.flush()),
    async add({ ref, transport, type, browserRef, payload }) {
      const at = Date.now();
      const params = [ref, transport, type.slice(0, searchableLength), JSON.stringify(payload), at, at];
      const [added] = await writes.add([{ sql: insertEvent, params: [...params, browserRef] }]);
      return added?.changes === 1;
    },
    async query(filter, after, limit) {
      await writes.flush();
      return queryEvents(database, filter, after, limit);
    },
    async summary() {
      await writes.flush();
      return await readSummary(database);
    },
    countRejected() {
      // A count that cannot be written is no reason to fail the answer; the next write will say what is wrong.
      writes.add([countRejection]).catch(() => undefined);
    },
    size: () => bytes,
    flush: () => writes.flush(),
    async reset() {
      browsers.forget();
      await writes.add(emptyState.map((sql) => ({ sql })));
      browsers.forget();
      onGuests([], true);
    },
    async copyTo(target) {
      await writes.flush();
      await database.copyTo(target);
    },
    async replaceBy(source) {
      browsers.forget();
      await writes.flush();
      await database.execWith(source, replaceState);
      browsers.forget();
      onMeasured({ rows: await database.query(measure.sql), changes: 0 });
      onGuests([], true);
    },
    async close() {
      await writes.flush();
      await database.close();
    },
  };
};
