import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import type { Database, SqlValue } from "../database/database";
import type { LogRemovals } from "./log-removals";
import { present } from "./log-filter";
import { restAfter } from "./rest";

/** What is kept; 0 keeps everything. */
export type Retention = CheckedInputOf<"log.usage">;

const day = 86_400_000;
const megabyte = 1_000_000;

/** Pages that are given back to the system in one transaction. */
const pagesAtOnce = 256;
/** Bytes. */
const worthIt = 4 * megabyte;
/** SQLite's `PRAGMA auto_vacuum`. */
const incremental = 2;

interface RetentionParts {
  database: Database;
  removals: LogRemovals;
  keep: () => Retention;
  isBusy: () => Promise<boolean>;
}

/** Entries of the beginning of the log that a rule no longer keeps. */
interface Excess {
  sql: string;
  params: SqlValue[];
}

/** How large the log is, and what of it is not kept. */
export const createLogRetention = ({ database, removals, keep, isBusy }: RetentionParts) => {
  /** Bytes that hold something, of the whole database; bytes that nothing stands in; and bytes of a page. */
  const sizes = async (): Promise<{ used: number; free: number; page: number }> => {
    const [pages, free, size] = await database.read([
      { sql: "SELECT page_count AS value FROM pragma_page_count" },
      { sql: "SELECT freelist_count AS value FROM pragma_freelist_count" },
      { sql: "SELECT page_size AS value FROM pragma_page_size" },
    ]);
    const [all = 0, unused = 0, bytes = 0] = [pages, free, size].map((one) =>
      Number(one?.rows[0]?.["value"]),
    );
    return { used: (all - unused) * bytes, free: unused * bytes, page: bytes };
  };

  const countOf = async (): Promise<number> => {
    const [row] = await database.query("SELECT entries - leaving AS total FROM log_counter");
    return Number(row?.["total"]);
  };

  /** In the order of the log, so that only the old part of it is looked through. */
  const olderThan = async (days: number): Promise<Excess | null> => {
    if (days === 0) return null;
    const border = new Date(Date.now() - days * day).toISOString();
    const [first] = await database.query(
      `SELECT seq FROM entries WHERE at >= ? AND ${present.sql} ORDER BY seq LIMIT 1`,
      border,
    );
    return first ? { sql: "seq < ?", params: [first["seq"] ?? 0] } : { sql: "TRUE", params: [] };
  };

  /** By the size that an entry has on average. */
  const tooLarge = async (megabytes: number): Promise<Excess | null> => {
    if (megabytes === 0) return null;
    const { used } = await sizes();
    const excess = used - megabytes * megabyte;
    const entries = await countOf();
    if (excess <= 0 || entries === 0) return null;
    const count = Math.min(entries, Math.ceil((excess / used) * entries));
    const sql = `seq <= (SELECT max(seq) FROM (SELECT seq FROM entries WHERE ${present.sql} ORDER BY seq LIMIT ?))`;
    return { sql, params: [count] };
  };

  const usage = async ({ keepDays, keepMegabytes }: Retention): Promise<OutputOf<"log.usage">> => {
    const excesses = [await olderThan(keepDays), await tooLarge(keepMegabytes)].filter((one) => one !== null);
    const which = excesses.map(({ sql }) => sql).join(" OR ") || "FALSE";
    const [oldest, excess] = await database.read([
      { sql: `SELECT at FROM entries WHERE ${present.sql} ORDER BY seq LIMIT 1` },
      {
        sql: `SELECT count(*) AS entries, max(seq) AS last FROM entries WHERE ${present.sql} AND (${which})`,
        params: excesses.flatMap(({ params }) => params),
      },
    ]);
    const last = excess?.rows[0]?.["last"] ?? null;
    const [newest] = last === null ? [] : await database.query("SELECT at FROM entries WHERE seq = ?", last);
    const { used, free } = await sizes();
    return {
      entries: await countOf(),
      bytes: used + free,
      oldest: oldest?.rows[0] ? String(oldest.rows[0]["at"]) : null,
      excess: { entries: Number(excess?.rows[0]?.["entries"]), newest: newest ? String(newest["at"]) : null },
    };
  };

  /** Gives pages that nothing stands in back to the system, a few at a time; where the file's kind lets it. */
  const giveBack = async (closing: AbortSignal): Promise<void> => {
    const [kind] = await database.query("PRAGMA auto_vacuum");
    if (kind?.["auto_vacuum"] !== incremental) return;
    const { free, page } = await sizes();
    for (let left = Math.ceil(free / page); left > 0 && !closing.aborted; left -= pagesAtOnce) {
      const started = performance.now();
      // As a script: a prepared statement stops after the first page, which it gives as a row.
      await database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
      if (await isBusy()) await restAfter(performance.now() - started, closing);
    }
  };

  /** Deletes what is due and what is not kept, and gives its room back; sends go first. */
  const tidy = async (closing: AbortSignal): Promise<void> => {
    let deleted = await removals.sweep(closing);
    const { keepDays, keepMegabytes } = keep();
    const old = await olderThan(keepDays);
    if (old) deleted += await hideAndSweep(old, closing);
    for (let rounds = 0; rounds < 5 && !closing.aborted; rounds += 1) {
      const excess = await tooLarge(keepMegabytes);
      const gone = excess ? await hideAndSweep(excess, closing) : 0;
      if (gone === 0) break;
      deleted += gone;
    }
    // What other work leaves behind counts, too, once it is worth it.
    if (deleted > 0 || (await sizes()).free > worthIt) await giveBack(closing);
  };
  const hideAndSweep = async (excess: Excess, closing: AbortSignal): Promise<number> => {
    const { entries } = await removals.hide(excess, 0);
    await removals.sweep(closing);
    return entries;
  };

  return { usage, tidy };
};
