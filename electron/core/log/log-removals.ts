import { randomUUID } from "node:crypto";
import type { LogFilter } from "../../../shared/model/entry";
import type { OutputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { Database, SqlValue, Statement } from "../database/database";
import { filterCondition, present } from "./log-filter";
import { processOwner } from "./process-owner";
import { restAfter } from "./rest";

/** Milliseconds in which a removal can be taken back. */
export const undoTime = 30_000;

/** Entries that are deleted in one transaction: short enough that a send beside it is not held up. */
const deletedAtOnce = 100;

/** Milliseconds that closing waits for what is still to be deleted; the next start goes on with the rest. */
const patienceAtClose = 2_000;

const counted: Statement = {
  sql: "UPDATE log_counter SET leaving = (SELECT count(*) FROM entries_leaving), removals = removals + 1",
};

const due = `
  SELECT seq FROM entries_leaving
  WHERE removal IN (SELECT id FROM log_removals WHERE until <= ?) ORDER BY seq LIMIT ${deletedAtOnce}`;

/** Deletes some of what is due, for good. Bodies and the list of what is not indexed go with their entries. */
const deletion = (now: number): Statement[] => [
  { sql: `DELETE FROM entries_text WHERE rowid IN (${due})`, params: [now] },
  { sql: `DELETE FROM entries WHERE seq IN (${due})`, params: [now] },
  { sql: "UPDATE log_counter SET entries = entries - changes()" },
  { sql: `DELETE FROM entries_leaving WHERE seq IN (${due})`, params: [now] },
  { sql: "UPDATE log_counter SET leaving = leaving - changes()" },
  {
    sql: "DELETE FROM log_removals WHERE until <= ? AND id NOT IN (SELECT removal FROM entries_leaving)",
    params: [now],
  },
];

interface RemovalParts {
  database: Database;
  /** Searches for a text, off the way of sends. */
  search: (sql: string, params: SqlValue[]) => Promise<number[]>;
  /** Is called when the places of entries have changed. */
  changed: () => void;
  /** Whether entries were written since it was last asked. */
  isBusy: () => Promise<boolean>;
}

/** Takes entries out of the log: hidden at once, deleted once nobody can want them back. */
export const createLogRemovals = ({ database, search, changed, isBusy }: RemovalParts) => {
  /** Which entries, as a condition. A search for a text is made beside the sends; only what it found is written. */
  const chosen = async (filter: LogFilter): Promise<{ sql: string; params: SqlValue[] }> => {
    const condition = filterCondition(filter) ?? { sql: "TRUE", params: [] };
    if (!filter.text) return condition;
    const seqs = await search(`SELECT seq FROM entries WHERE ${condition.sql}`, condition.params);
    return { sql: "seq IN (SELECT value FROM json_each(?))", params: [JSON.stringify(seqs)] };
  };

  /** @param until milliseconds since 1970 to which it can be taken back */
  const hide = async (
    condition: { sql: string; params: SqlValue[] },
    until: number,
  ): Promise<{ id: string; entries: number }> => {
    const id = randomUUID();
    const [, hidden] = await database.transaction([
      { sql: "INSERT INTO log_removals VALUES (?, ?, ?)", params: [id, processOwner, until] },
      {
        // What has no outcome yet stays, so that it gets one.
        sql: `INSERT INTO entries_leaving SELECT seq, ? FROM entries
          WHERE ${present.sql} AND state = 'done' AND ${condition.sql}`,
        params: [id, ...condition.params],
      },
      counted,
    ]);
    const entries = hidden?.changes ?? 0;
    if (entries > 0) changed();
    return { id, entries };
  };

  const remove = async (filter: LogFilter): Promise<OutputOf<"log.remove">> => {
    const until = Date.now() + undoTime;
    const { id, entries } = await hide(await chosen(filter), until);
    return { removal: id, entries, until: new Date(until).toISOString() };
  };

  const restore = async (id: string): Promise<OutputOf<"log.restore">> => {
    const [entries, restored] = await database.transaction([
      { sql: "SELECT count(*) AS entries FROM entries_leaving WHERE removal = ?", params: [id] },
      { sql: "DELETE FROM log_removals WHERE id = ? AND until > ?", params: [id, Date.now()] },
      counted,
    ]);
    if (restored?.changes !== 1) {
      throw new AppError({
        code: "NOT_FOUND",
        message: "These entries are gone for good: the time to bring them back is over.",
        field: "/removal",
      });
    }
    changed();
    return { entries: Number(entries?.rows[0]?.["entries"]) };
  };

  /** Deletes what is due, a few at a time. @returns how many entries that were */
  const sweep = async (closing: AbortSignal): Promise<number> => {
    let deleted = 0;
    while (!closing.aborted) {
      const started = performance.now();
      const now = Date.now();
      // Without a look first, each round would take the write lock for nothing.
      if ((await database.query(due, now)).length === 0) break;
      const [, entries] = await database.transaction(deletion(now));
      deleted += entries?.changes ?? 0;
      if (await isBusy()) await restAfter(performance.now() - started, closing);
    }
    return deleted;
  };

  /** What was removed here can no longer be taken back once this window is gone. */
  const finish = async (): Promise<void> => {
    const [ended] = await database.transaction([
      { sql: "UPDATE log_removals SET until = 0 WHERE owner = ?", params: [processOwner] },
    ]);
    if (ended && ended.changes > 0) await sweep(AbortSignal.timeout(patienceAtClose));
  };

  return { remove, restore, hide, sweep, finish };
};

export type LogRemovals = ReturnType<typeof createLogRemovals>;
