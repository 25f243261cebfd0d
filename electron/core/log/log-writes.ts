import { AppError } from "../../../shared/contract/errors";
import type { EntryError } from "../../../shared/model/entry";
import type { Issue } from "../../../shared/model/verdict";
import type { Database, Row, SqlValue, Statement } from "../database/database";
import { createChangeQueue, type Queued } from "./change-queue";
import {
  judgementColumns,
  judgementOf,
  newEntryRecord,
  notMeasured,
  outcomeRecord,
  shortened,
  type Columns,
} from "./entry-record";
import type { Journal } from "./journal";
import { endedAtOnce, type Beginning, type Completion, type Place } from "./log-changes";
import type { LogService, NewEntry, Outcome } from "./log-service";
import { bringInLeftJournals } from "./left-journals";
import { isGone } from "./process-owner";

/** What is said of an entry whose process ended, or is ending, before its answer. */
export const interrupted: EntryError = {
  code: "INTERRUPTED",
  message: "Bellhop ended while this was under way; it may or may not have arrived.",
  hint: "Look for the event in the target before you send it again.",
};

const unanswered: Outcome = {
  response: null,
  error: interrupted,
  timings: notMeasured,
  ingestion: "unknown",
  issues: [],
};

const nextRevision = "(SELECT revision FROM log_counter)";

/** Ends pending entries as INTERRUPTED, each with a revision of its own. */
const interruption = (which: string, param: SqlValue): Statement[] => [
  {
    sql: `
      WITH left_behind AS (
        SELECT seq AS number, row_number() OVER (ORDER BY seq) AS place
        FROM entries WHERE state = 'pending' AND ${which}
      )
      UPDATE entries
      SET state = 'done', revision = ${nextRevision} + place, status_class = 'none', error = ?, error_json = ?, reason = ?
      FROM left_behind WHERE seq = number`,
    params: [param, interrupted.code, JSON.stringify(interrupted), interrupted.message],
  },
  {
    sql: "UPDATE log_counter SET revision = max(revision, coalesce((SELECT max(revision) FROM entries), 0))",
  },
];

const taken = (id: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `The log already has an entry ${id}.`,
    hint: "Leave the id out, or choose a new one.",
    field: "/id",
  });

const isTaken = (error: unknown): boolean =>
  error instanceof AppError && /UNIQUE.*entries\.id/.test(error.message);

const issueKey = ({ code, path }: Issue): string => `${code} ${path}`;

/** Adds issues that are not there yet, by code and path. */
const withIssues = (known: Issue[], more: Issue[]): Issue[] => {
  if (more.length === 0) return known;
  const keys = new Set(known.map(issueKey));
  return [...known, ...more.filter((issue) => !keys.has(issueKey(issue)) && keys.add(issueKey(issue)))];
};

const unchanged: Columns = { errors: null, warnings: null, reason: null, issues_json: null };

const completion = (entry: NewEntry, outcome: Outcome): Omit<Completion, "seq"> => {
  const { columns, body } = outcomeRecord(outcome);
  const { issues } = entry.verdict;
  const judged =
    outcome.issues.length === 0
      ? unchanged
      : judgementColumns(withIssues(issues, outcome.issues), outcome.error?.message ?? null);
  return {
    kind: "complete",
    body,
    columns: { ...columns, ...judged, reason: columns["reason"] ?? judged["reason"] ?? null },
  };
};

/** Adds issues to an entry that nobody else has changed since its row was read. */
const judgement = (row: Row, ingestion: string, issues: Issue[], guestRef: string | null): Statement[] => {
  const known = judgementOf(row);
  const columns = judgementColumns(withIssues(known.issues, issues), known.failure);
  const { id = null, revision = null } = row;
  return [
    {
      sql: "UPDATE log_counter SET revision = revision + 1 WHERE EXISTS (SELECT 1 FROM entries WHERE id = ? AND revision = ?)",
      params: [id, revision],
    },
    {
      sql: `
        UPDATE entries SET revision = ${nextRevision}, ingestion = ?, guest_ref = coalesce(?, guest_ref),
          ${Object.keys(columns)
            .map((name) => `${name} = ?`)
            .join(", ")}
        WHERE id = ? AND revision = ?`,
      params: [ingestion, guestRef, ...Object.values(columns), id, revision],
    },
  ];
};

/** An entry that this log began and has not ended yet. */
interface Open {
  entry: NewEntry;
  beginning: Beginning;
  queued: Queued;
}

/**
 * The writing half of the log.
 *
 * @param database the profile's
 * @param changed is called after each commit
 */
export const createLogWrites = (database: Database, journal: Journal, changed: () => void) => {
  const open = new Map<string, Open>();
  const queue = createChangeQueue(database, changed);

  const begin: LogService["begin"] = async (entry) => {
    if (open.has(entry.id)) throw taken(entry.id);
    const beginning = { kind: "begin" as const, ...newEntryRecord(entry) };
    const queued = queue.now(beginning);
    open.set(entry.id, { entry, beginning, queued });
    try {
      const place = await queued.committed;
      return {
        ...entry,
        ...{ type: shortened(entry.type), seq: place?.seq ?? 0, revision: place?.revision ?? 0 },
        ...{ state: "pending", response: null, error: null, timings: notMeasured },
      };
    } catch (error) {
      open.delete(entry.id);
      throw isTaken(error) ? taken(entry.id) : error;
    }
  };

  const announce: LogService["announce"] = (entry) => {
    const written = journal.write(entry);
    const beginning = { kind: "begin" as const, ...newEntryRecord(entry) };
    const queued = queue.later(beginning);
    open.set(entry.id, { entry, beginning, queued });
    // What the database cannot take stays in the journal; whoever brings the outcome hears of it.
    queued.committed.then(written, () => undefined);
  };

  /** With its beginning where that still waits; else behind it. */
  const end = async ({ entry, beginning, queued }: Open, outcome: Outcome): Promise<Place> => {
    const ended = completion(entry, outcome);
    if (queued.replace(endedAtOnce(beginning, ended))) return queued.committed;
    const begun = await queued.committed;
    return begun && queue.soon({ ...ended, seq: begun.seq }).committed;
  };

  const complete: LogService["complete"] = async (id, outcome) => {
    const begun = open.get(id);
    if (begun === undefined) return null;
    open.delete(id);
    const { entry } = begun;
    let place: Place;
    try {
      place = await end(begun, outcome);
    } catch (error) {
      // Still pending, so it is ended with this log at the latest.
      open.set(id, begun);
      throw error;
    }
    if (place === null) return null;
    const { response, error, timings, ingestion, guestRef } = outcome;
    const issues = withIssues(entry.verdict.issues, outcome.issues);
    return {
      ...entry,
      ...{ type: shortened(entry.type), ...place, state: "done", response, error, timings },
      guestRef: guestRef ?? entry.guestRef,
      verdict: { ...entry.verdict, issues, ingestion },
    };
  };

  const settle: LogService["settle"] = async (id, ingestion, issues, guestRef) => {
    if (issues.length === 0) {
      return (await queue.soon({ kind: "settle", id, ingestion, guestRef }).committed) !== null;
    }
    await queue.flush();
    for (;;) {
      const [row] = await database.query("SELECT * FROM entries WHERE id = ? AND state = 'done'", id);
      if (!row) return false;
      const [, judged] = await database.transaction(judgement(row, ingestion, issues, guestRef));
      // None: somebody else changed the entry in between, so look again.
      if (judged?.changes !== 1) continue;
      changed();
      return true;
    }
  };

  /** Entries that only a journal of a process that is gone has. */
  const bringIn = async (entries: NewEntry[]): Promise<void> => {
    const ids = JSON.stringify(entries.map(({ id }) => id));
    const known = await database.query(
      "SELECT id FROM entries WHERE id IN (SELECT value FROM json_each(?))",
      ids,
    );
    const has = new Set(known.map(({ id }) => id));
    const missing = entries.filter(({ id }) => !has.has(id));
    const committed = missing.map((entry) => {
      const beginning = { kind: "begin" as const, ...newEntryRecord(entry) };
      return queue.soon(endedAtOnce(beginning, completion(entry, unanswered))).committed;
    });
    const failed = (await Promise.allSettled(committed)).find(({ status }) => status === "rejected");
    // Two processes may find the same journal; each entry is there once.
    if (failed?.status === "rejected" && !isTaken(failed.reason)) throw failed.reason;
  };

  /** Ends what processes that are gone have left pending. */
  const interruptLeftBehind = async (): Promise<void> => {
    await bringInLeftJournals(journal.folder, bringIn);
    const owners = await database.query(
      "SELECT owner, max(at) AS newest FROM entries WHERE state = 'pending' GROUP BY owner",
    );
    for (const { owner = null, newest = null } of owners) {
      if (!isGone(String(owner), Date.now() - Date.parse(String(newest)))) continue;
      const [ended] = await database.transaction(interruption("owner = ?", owner));
      if (ended && ended.changes > 0) changed();
    }
  };

  /** Ends what this log itself began, when it is closed. */
  const interruptOwn = async (): Promise<void> => {
    await queue.flush();
    if (open.size > 0) {
      await database.transaction(
        interruption("id IN (SELECT value FROM json_each(?))", JSON.stringify([...open.keys()])),
      );
      open.clear();
      changed();
    }
    journal.close();
  };

  return { begin, announce, complete, settle, interruptLeftBehind, interruptOwn };
};
