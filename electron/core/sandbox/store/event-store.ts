import type { SandboxSummary } from "../../../../shared/model/sandbox";
import type { Database, DatabaseThread } from "../../database/database";
import { migrate } from "../../database/migrate";
import { createBrowsers, type Browsers } from "./browsers";
import { createGroupCommit } from "./group-commit";
import { queryEvents } from "./query-events";
import { readPayload } from "./rows";
import { sandboxMigrations } from "./sandbox-schema";
import type { AcceptedEvent, EventFilter, EventOutcome, EventPage, WaitingEvent } from "./stored-event";

/** Everything a sandbox remembers. Promises of writes settle after the commit. */
export interface EventStore {
  browsers: Browsers;
  add(event: AcceptedEvent): Promise<void>;
  /** The oldest events without an outcome. */
  waiting(limit: number): Promise<WaitingEvent[]>;
  /** Gives events their outcomes; one that has an outcome already keeps it. */
  settle(outcomes: { seq: number; outcome: EventOutcome }[]): Promise<void>;
  /** Events in rising `seq`, above `after`. */
  query(filter: EventFilter, after: number, limit: number): Promise<EventPage>;
  summary(): Promise<SandboxSummary>;
  /** Counts an answer of 4xx, with the next commit. */
  countRejected(): void;
  /** Bytes in use, as of the last commit. */
  size(): number;
  /** Forgets everything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const measure = {
  sql: `SELECT (pages.page_count - free.freelist_count) * size.page_size AS bytes
    FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size`,
};

const insertEvent = `INSERT INTO events (ref, transport, type, browser_ref, guest_ref, created_at, payload)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

const setOutcome = `UPDATE events SET status = ?, issues = ?, modified_at = ? WHERE seq = ? AND status = 'PENDING'`;

const countRejection = { sql: "UPDATE counters SET value = value + 1 WHERE name = 'rejected'" };

/** Longer types are kept whole in the payload; this much of them can be searched by. */
export const searchableLength = 200;

const readSummary = async (database: Database): Promise<SandboxSummary> => {
  const rows = await database.query("SELECT name, value FROM counters");
  const counters = new Map(rows.map(({ name, value }) => [String(name), Number(value)]));
  const of = (name: string): number => counters.get(name) ?? 0;
  const [processed, failed, dropped, pending] = [of("PROCESSED"), of("FAILED"), of("DROPPED"), of("PENDING")];
  return {
    total: processed + failed + dropped + pending,
    processed,
    failed,
    dropped,
    pending,
    rejected: of("rejected"),
    // Each browser create makes one guest, and nothing merges guests in this version: so nothing makes a session or
    // an order either, and their counts are true.
    guests: of("browsers"),
    sessions: 0,
    orders: 0,
  };
};

/**
 * Opens a sandbox's state, which survives a restart.
 *
 * @param file path of the database, or `":memory:"` for a state that is forgotten
 * @throws AppError DATABASE_FAILED
 */
export const openEventStore = async (thread: DatabaseThread, file: string): Promise<EventStore> => {
  const database = await thread.open(file);
  await migrate(database, sandboxMigrations);
  let bytes = Number((await database.query(measure.sql))[0]?.["bytes"]);
  const writes = createGroupCommit(database, measure, ({ rows }) => {
    bytes = Number(rows[0]?.["bytes"]);
  });
  const browsers = createBrowsers(database, writes);

  return {
    browsers,
    async add({ ref, transport, type, browser, payload }) {
      const params = [
        ref,
        transport,
        type.slice(0, searchableLength),
        browser.ref,
        browser.customerRef,
        Date.now(),
      ];
      await writes.add([{ sql: insertEvent, params: [...params, JSON.stringify(payload)] }]);
    },
    async waiting(limit) {
      const rows = await database.query(
        "SELECT seq, transport, created_at, payload FROM events WHERE status = 'PENDING' ORDER BY seq LIMIT ?",
        limit,
      );
      return rows.map((row) => ({
        seq: Number(row["seq"]),
        transport: String(row["transport"]) as WaitingEvent["transport"],
        createdAt: Number(row["created_at"]),
        payload: readPayload(row),
      }));
    },
    async settle(outcomes) {
      const now = Date.now();
      await writes.add(
        outcomes.map(({ seq, outcome: { status, issues } }) => ({
          sql: setOutcome,
          params: [status, JSON.stringify(issues), now, seq],
        })),
      );
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
    async reset() {
      browsers.forget();
      await writes.add([
        { sql: "DELETE FROM events" },
        { sql: "DELETE FROM browsers" },
        { sql: "UPDATE counters SET value = 0" },
      ]);
      browsers.forget();
    },
    async close() {
      await writes.flush();
      await database.close();
    },
  };
};
