import { AppError } from "../../../shared/contract/errors";
import type { Entry, EntryError } from "../../../shared/model/entry";
import type { Issue } from "../../../shared/model/verdict";
import type { Database, Row, SqlValue, Statement, StatementResult } from "../database/database";
import {
  judgementColumns,
  judgementOf,
  newEntryRecord,
  notMeasured,
  outcomeRecord,
  toEntry,
  type Columns,
} from "./entry-record";
import type { LogService, NewEntry, Outcome } from "./log-service";
import { isGone, processOwner } from "./process-owner";

/** What is said of an entry whose process ended, or is ending, before its answer. */
export const interrupted: EntryError = {
  code: "INTERRUPTED",
  message: "Bellhop ended while this was under way; it may or may not have arrived.",
  hint: "Look for the event in the target before you send it again.",
};

const nextRevision = "(SELECT revision FROM log_counter)";
const bodiesOf = "SELECT part, content FROM bodies WHERE entry = (SELECT seq FROM entries WHERE id = ?)";

/** @returns null where the first of the two results, of an entry and of its bodies, is empty */
const joined = ([entry, bodies]: StatementResult[]): Entry | null => {
  const row = entry?.rows[0];
  return row ? toEntry(row, bodies?.rows ?? []) : null;
};

/** `a = ?, b = ?` with the values, for an UPDATE. What is null keeps what was there. */
const assignments = (columns: Columns): { sql: string; params: SqlValue[] } => ({
  sql: Object.keys(columns)
    .map((name) => `${name} = coalesce(?, ${name})`)
    .join(", "),
  params: Object.values(columns),
});

const insertion = (columns: Columns): Statement => ({
  sql:
    `INSERT INTO entries (state, owner, revision, ${Object.keys(columns).join(", ")}) ` +
    `VALUES ('pending', ?, ${nextRevision}, ${Object.keys(columns).fill("?").join(", ")}) RETURNING seq, revision`,
  params: [processOwner, ...Object.values(columns)],
});

const facet = (name: "environment" | "type", value: SqlValue): Statement => ({
  sql: "INSERT OR IGNORE INTO log_facets (name, value) VALUES (?, ?)",
  params: [name, value],
});

const beginning = ({ columns, bodies }: ReturnType<typeof newEntryRecord>): Statement[] => {
  const id = columns["id"] ?? null;
  return [
    { sql: "UPDATE log_counter SET revision = revision + 1, entries = entries + 1" },
    insertion(columns),
    ...bodies.map(([part, content]) => ({
      sql: "INSERT INTO bodies (entry, part, content) SELECT seq, ?, ? FROM entries WHERE id = ?",
      params: [part, content, id],
    })),
    { sql: "INSERT INTO entries_unindexed SELECT seq FROM entries WHERE id = ?", params: [id] },
    facet("environment", columns["environment"] ?? ""),
    facet("type", columns["type"] ?? ""),
  ];
};

const issueKey = ({ code, path }: Issue): string => `${code} ${path}`;

/** Adds issues that are not there yet, by code and path. */
const withIssues = (known: Issue[], more: Issue[]): Issue[] => {
  const keys = new Set(known.map(issueKey));
  return [...known, ...more.filter((issue) => !keys.has(issueKey(issue)) && keys.add(issueKey(issue)))];
};

/** Each statement looks whether the entry is still pending, so that all of them do their part or none does. */
const completion = (id: string, outcome: Outcome, known: Issue[]): Statement[] => {
  const { columns, body } = outcomeRecord(outcome);
  const judged = judgementColumns(withIssues(known, outcome.issues), outcome.error?.message ?? null);
  const set = assignments(outcome.issues.length === 0 ? columns : { ...columns, ...judged });
  return [
    ...(body === null
      ? []
      : [
          {
            sql: "INSERT INTO bodies (entry, part, content) SELECT seq, 'response', ? FROM entries WHERE id = ? AND state = 'pending'",
            params: [body, id],
          },
        ]),
    {
      sql: "UPDATE log_counter SET revision = revision + 1 WHERE EXISTS (SELECT 1 FROM entries WHERE id = ? AND state = 'pending')",
      params: [id],
    },
    {
      sql: `UPDATE entries SET state = 'done', revision = ${nextRevision}, ${set.sql} WHERE id = ? AND state = 'pending' RETURNING *`,
      params: [...set.params, id],
    },
    { sql: bodiesOf, params: [id] },
  ];
};

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

const settlement = (row: Row, ingestion: string, issues: Issue[], guestRef: string | null): Statement[] => {
  const known = judgementOf(row);
  const columns = { ...judgementColumns(withIssues(known.issues, issues), known.failure), ingestion };
  const set = assignments({ ...columns, guest_ref: guestRef });
  const { id = null, revision = null } = row;
  return [
    {
      sql: "UPDATE log_counter SET revision = revision + 1 WHERE EXISTS (SELECT 1 FROM entries WHERE id = ? AND revision = ?)",
      params: [id, revision],
    },
    {
      sql: `UPDATE entries SET revision = ${nextRevision}, ${set.sql} WHERE id = ? AND revision = ? RETURNING *`,
      params: [...set.params, id, revision],
    },
    { sql: bodiesOf, params: [id] },
  ];
};

/**
 * The writing half of the log.
 *
 * @param database the profile's
 * @param changed is called after each committed change
 */
export const createLogWrites = (database: Database, changed: () => void) => {
  /** What this log began and has not ended yet. */
  const open = new Map<string, NewEntry>();

  const begin: LogService["begin"] = async (entry) => {
    if (open.has(entry.id)) throw taken(entry.id);
    open.set(entry.id, entry);
    try {
      const record = newEntryRecord(entry);
      const [, inserted] = await database.transaction(beginning(record));
      changed();
      return {
        ...entry,
        type: String(record.columns["type"]),
        seq: Number(inserted?.rows[0]?.["seq"]),
        revision: Number(inserted?.rows[0]?.["revision"]),
        state: "pending",
        response: null,
        error: null,
        timings: notMeasured,
      };
    } catch (error) {
      open.delete(entry.id);
      throw error instanceof AppError && /UNIQUE.*entries\.id/.test(error.message) ? taken(entry.id) : error;
    }
  };

  const complete: LogService["complete"] = async (id, outcome) => {
    const results = await database.transaction(completion(id, outcome, open.get(id)?.verdict.issues ?? []));
    open.delete(id);
    const entry = joined(results.slice(-2));
    if (entry) changed();
    return entry;
  };

  const settle: LogService["settle"] = async (id, ingestion, issues, guestRef) => {
    for (;;) {
      const [row] = await database.query("SELECT * FROM entries WHERE id = ? AND state = 'done'", id);
      if (!row) return null;
      const entry = joined(
        (await database.transaction(settlement(row, ingestion, issues, guestRef))).slice(-2),
      );
      // Null: somebody else changed the entry in between, so look again.
      if (!entry) continue;
      changed();
      return entry;
    }
  };

  /** Ends what processes that are gone have left pending. */
  const interruptLeftBehind = async (): Promise<void> => {
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
    if (open.size === 0) return;
    await database.transaction(
      interruption("id IN (SELECT value FROM json_each(?))", JSON.stringify([...open.keys()])),
    );
    open.clear();
    changed();
  };

  return { begin, complete, settle, interruptLeftBehind, interruptOwn };
};
