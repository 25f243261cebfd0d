import { AppError } from "../../../../shared/contract/errors";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Database, Statement, StatementResult } from "../../database/database";
import type { Applied, LookUps } from "../semantics/world";
import { keepable } from "./guest-columns";
import type { GuestWrite, HistoryStep } from "./history-steps";
import { createGuestCache, type KnownGuest } from "./known-guest";
import { loadGuests, loadWorld, WorldChanged, type LoadedWorld } from "./load-world";
import { readPayload } from "./rows";
import type { SettledEvent, WaitingEvent } from "./stored-event";
import { guestStatements, stepStatement } from "./write-statements";

/** A moment of the database: what is read at it holds together, and a commit on top of another one is refused. */
export interface Moment {
  version: number;
  /** Milliseconds by which the sandbox's clock is ahead. */
  clockOffset: number;
}

/** What one transaction writes. */
export interface WorldCommit {
  outcomes: readonly SettledEvent[];
  steps: readonly HistoryStep[];
  guests: ReadonlyMap<string, GuestWrite>;
  extensionTypes: Applied["extensionTypes"];
  /** Guests of whom nothing changes but when their first session closes, in epoch milliseconds. */
  closings: ReadonlyMap<string, number | null>;
}

/**
 * Guests as the rules see and change them. Another process may work on the same file, so nothing is locked: what was
 * read is written back only if nobody else has written since, and read again otherwise.
 */
export interface WorldStore {
  now(): Promise<Moment>;
  /** The oldest events without an outcome. */
  waiting(limit: number): Promise<Moment & { events: WaitingEvent[] }>;
  /** @throws WorldChanged */
  load(version: number, lookUps: LookUps): Promise<LoadedWorld>;
  /**
   * Guests with a session that closes up to `now`, those that close first before others. An event that waits for its
   * outcome may prolong what closes after it, so nothing behind the oldest of them is looked at: `until` says so.
   *
   * @throws WorldChanged
   */
  closing(now: number, limit: number): Promise<Moment & { guests: Map<string, KnownGuest>; until: number }>;
  /** Guests with open sessions, in a lasting order, behind the one whose `id` is `after`. @throws WorldChanged */
  open(
    after: number,
    limit: number,
  ): Promise<Moment & { guests: { profile: GuestProfile; closesAt: number }[]; last: number | null }>;
  /** When the first open session of all closes, in epoch milliseconds. */
  firstClosing(): Promise<number | null>;
  /** All or nothing. @throws WorldChanged, AppError DATABASE_FAILED */
  commit(
    version: number,
    changes: WorldCommit,
    closesAt: (guest: GuestProfile) => number | null,
  ): Promise<void>;
  /** Moves the sandbox's clock. @returns by how much it is ahead now, in milliseconds */
  moveClock(move: { by: number } | { to: number }): Promise<number>;
}

const readMoment: Statement = { sql: "SELECT version, clock_offset FROM world" };

const oldestWaiting = "SELECT created_at FROM events WHERE status = 'PENDING' ORDER BY seq LIMIT 1";

const settleEvent = `UPDATE events SET status = ?, issues = ?, modified_at = created_at + ? - accepted_at,
  guest_ref = ?, session_ref = ? WHERE seq = ?`;

const settleStatement = (
  { seq, status, issues, guestRef, sessionRef }: SettledEvent,
  now: number,
): Statement => ({
  sql: settleEvent,
  params: [status, JSON.stringify(issues), now, guestRef, sessionRef, seq],
});

/** The first type that an attribute had stays. */
const fixType = `INSERT OR IGNORE INTO extension_types (event_type, attribute, type) VALUES (?, ?, ?)`;

const isConflict = (error: unknown): boolean =>
  error instanceof AppError && error.message.includes("the world has changed");

interface WorldStoreOptions {
  database: Database;
  /** A statement that ends each commit, and who gets its result. */
  closing: Statement;
  onClosing(result: StatementResult): void;
  /** Is told that another process has written, so that anything may be different. */
  onForeignChange(): void;
}

export const createWorldStore = (options: WorldStoreOptions): WorldStore => {
  const { database, closing, onClosing, onForeignChange } = options;
  const cache = createGuestCache();
  /** The version that the cache belongs to; null before the first look. */
  let cached: number | null = null;

  const toMoment = (result: StatementResult | undefined): Moment => {
    const [row] = result?.rows ?? [];
    const moment = { version: Number(row?.["version"]), clockOffset: Number(row?.["clock_offset"]) };
    if (cached !== moment.version) {
      cache.clear();
      if (cached !== null) onForeignChange();
      cached = moment.version;
    }
    return moment;
  };

  const guestsOf = (version: number, refs: string[]): Promise<Map<string, KnownGuest>> =>
    loadGuests(database, cache, version, refs);

  return {
    async now() {
      const [moment] = await database.read([readMoment]);
      return toMoment(moment);
    },
    async waiting(limit) {
      const [moment, waiting] = await database.read([
        readMoment,
        {
          sql: `SELECT seq, ref, transport, browser_ref, guest_ref, created_at, accepted_at, payload
            FROM events WHERE status = 'PENDING' ORDER BY seq LIMIT ?`,
          params: [limit],
        },
      ]);
      const events = (waiting?.rows ?? []).map((row) => ({
        seq: Number(row["seq"]),
        ref: String(row["ref"]),
        transport: String(row["transport"]) as WaitingEvent["transport"],
        browserRef: String(row["browser_ref"]),
        guestRef: String(row["guest_ref"]),
        at: Number(row["created_at"]),
        acceptedAt: Number(row["accepted_at"]),
        payload: readPayload(row),
      }));
      return { ...toMoment(moment), events };
    },
    load: (version, lookUps) => loadWorld(database, cache, version, lookUps),
    async closing(now, limit) {
      const [moment, found, oldest] = await database.read([
        readMoment,
        {
          sql: `SELECT ref FROM guests WHERE closes_at <= min(?, coalesce((${oldestWaiting}), ?))
            ORDER BY closes_at, id LIMIT ?`,
          params: [now, now, limit],
        },
        { sql: oldestWaiting },
      ]);
      const at = toMoment(moment);
      const refs = (found?.rows ?? []).map((row) => String(row["ref"]));
      const until = Math.min(now, Number(oldest?.rows[0]?.["created_at"] ?? now));
      return { ...at, until, guests: await guestsOf(at.version, refs) };
    },
    async open(after, limit) {
      const [moment, found] = await database.read([
        readMoment,
        {
          sql: `SELECT id, ref, closes_at FROM guests WHERE closes_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?`,
          params: [after, limit],
        },
      ]);
      const at = toMoment(moment);
      const rows = found?.rows ?? [];
      const known = await guestsOf(
        at.version,
        rows.map((row) => String(row["ref"])),
      );
      const guests = rows.flatMap((row) => {
        const profile = known.get(String(row["ref"]))?.profile;
        return profile ? [{ profile, closesAt: Number(row["closes_at"]) }] : [];
      });
      return { ...at, guests, last: rows.length === limit ? Number(rows.at(-1)?.["id"]) : null };
    },
    async firstClosing() {
      const [row] = await database.query(
        "SELECT min(closes_at) AS first FROM guests WHERE closes_at IS NOT NULL",
      );
      return typeof row?.["first"] === "number" ? row["first"] : null;
    },
    async commit(version, { outcomes, steps, guests, extensionTypes, closings }, closesAt) {
      const now = Date.now();
      const texts = new Map([...guests].map(([ref, { after }]) => [ref, JSON.stringify(after)]));
      const statements: Statement[] = [
        { sql: "INSERT INTO world_step (version) VALUES (?)", params: [version] },
        ...outcomes.map((outcome) => settleStatement(outcome, now)),
        ...[...guests].flatMap(([ref, write]) =>
          guestStatements(write, texts.get(ref) ?? "", closesAt(write.after)),
        ),
        ...steps.map((step) => stepStatement(step)),
        ...extensionTypes.map(({ eventType, attribute, type }) => ({
          sql: fixType,
          params: [keepable(eventType), keepable(attribute), type],
        })),
        ...[...closings].map(([ref, at]) => ({
          sql: "UPDATE guests SET closes_at = ? WHERE ref = ?",
          params: [at, ref],
        })),
        closing,
      ];
      const results = await database.transaction(statements).catch((error: unknown) => {
        throw isConflict(error) ? new WorldChanged() : error;
      });
      const last = results.at(-1);
      if (last) onClosing(last);
      cached = version + 1;
      for (const [ref, { after, patchSteps, patchWeight }] of guests) {
        cache.put(ref, { profile: after, size: texts.get(ref)?.length ?? 0, patchSteps, patchWeight });
      }
    },
    async moveClock(move) {
      const sql =
        "by" in move
          ? "UPDATE world SET version = version + 1, clock_offset = clock_offset + ? RETURNING version, clock_offset"
          : "UPDATE world SET version = version + 1, clock_offset = ? RETURNING version, clock_offset";
      const [moved] = await database.transaction([{ sql, params: ["by" in move ? move.by : move.to] }]);
      return Number(moved?.rows[0]?.["clock_offset"]);
    },
  };
};
