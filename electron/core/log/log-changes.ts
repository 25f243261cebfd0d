import type { Ingestion } from "../../../shared/model/verdict";
import type { SqlValue, Statement, StatementResult } from "../database/database";
import type { BodyPart, Columns } from "./entry-record";
import { processOwner } from "./process-owner";

/** An entry that begins: pending, or with the outcome that it has already. */
export interface Beginning {
  kind: "begin";
  columns: Columns;
  bodies: [BodyPart, SqlValue][];
}

/** The outcome of an entry that this process began. */
export interface Completion {
  kind: "complete";
  seq: number;
  /** What is null keeps what was there. */
  columns: Columns;
  body: SqlValue;
}

/** What became of an event after its answer, where there is no more to say of it. */
export interface Settlement {
  kind: "settle";
  id: string;
  ingestion: Ingestion;
  /** Null keeps what was there. */
  guestRef: string | null;
}

export type Change = Beginning | Completion | Settlement;

/** Where an entry stands now; null where it was not in the state that the change is for. */
export type Place = { seq: number; revision: number } | null;

/** A facet's value, such as the type `VIEW`. */
export type Facet = [name: "environment" | "type", value: string];

/** A beginning that needs no completion of its own any more. */
export const endedAtOnce = (begun: Beginning, { columns, body }: Omit<Completion, "seq">): Beginning => {
  const known = Object.entries(columns).filter(([, value]) => value !== null);
  return {
    ...begun,
    columns: { ...begun.columns, ...Object.fromEntries(known), state: "done" },
    bodies: body === null ? begun.bodies : [...begun.bodies, ["response", body]],
  };
};

export const facetsOf = ({ columns }: Beginning): Facet[] => [
  ["environment", String(columns["environment"])],
  ["type", String(columns["type"])],
];

const counter = "(SELECT revision FROM log_counter)";

/** `a = coalesce(?, a), b = …` for an UPDATE. */
const assignments = (names: readonly string[]): string =>
  names.map((name) => `${name} = coalesce(?, ${name})`).join(", ");

const beginnings = (
  begun: [Beginning, back: number][],
  facets: readonly Facet[],
  all: number,
): Statement[] => {
  const [first] = begun;
  if (first === undefined) return [];
  const names = Object.keys(first[0].columns);
  return [
    {
      sql:
        `INSERT INTO entries (owner, revision, ${names.join(", ")}) ` +
        `VALUES (?, ${counter} - ?, ${names.map(() => "?").join(", ")}) RETURNING seq, revision`,
      each: begun.map(([{ columns }, back]) => [processOwner, back, ...Object.values(columns)]),
    },
    {
      sql: `INSERT INTO bodies (entry, part, content) SELECT seq, ?, ? FROM entries WHERE revision = ${counter} - ?`,
      each: begun.flatMap(([{ bodies }, back]) => bodies.map(([part, content]) => [part, content, back])),
    },
    // Nothing else has these revisions yet.
    {
      sql: `INSERT INTO entries_unindexed SELECT seq FROM entries WHERE revision > ${counter} - ?`,
      params: [all],
    },
    { sql: "INSERT OR IGNORE INTO log_facets (name, value) VALUES (?, ?)", each: [...facets] },
  ];
};

/** Each statement looks whether the entry is still pending, so that both of them do their part or none does. */
const completions = (completed: [Completion, back: number][]): Statement[] => {
  const [first] = completed;
  if (first === undefined) return [];
  return [
    {
      sql: "INSERT INTO bodies (entry, part, content) SELECT seq, 'response', ? FROM entries WHERE seq = ? AND state = 'pending'",
      each: completed.flatMap(([{ body, seq }]) => (body === null ? [] : [[body, seq]])),
    },
    {
      sql: `UPDATE entries SET state = 'done', revision = ${counter} - ?, ${assignments(Object.keys(first[0].columns))} WHERE seq = ? AND state = 'pending' RETURNING seq, revision`,
      each: completed.map(([{ columns, seq }, back]) => [back, ...Object.values(columns), seq]),
    },
  ];
};

const settlements = (settled: [Settlement, back: number][]): Statement[] =>
  settled.length === 0
    ? []
    : [
        {
          sql: `UPDATE entries SET revision = ${counter} - ?, ${assignments(["ingestion", "guest_ref"])} WHERE id = ? AND state = 'done' RETURNING seq, revision`,
          each: settled.map(([{ id, ingestion, guestRef }, back]) => [back, ingestion, guestRef, id]),
        },
      ];

const ofKind = <K extends Change["kind"]>(
  changes: readonly Change[],
  kind: K,
): [Extract<Change, { kind: K }>, back: number][] =>
  changes.flatMap((change, index) =>
    change.kind === kind
      ? [[change as Extract<Change, { kind: K }>, changes.length - 1 - index] as const]
      : [],
  ) as [Extract<Change, { kind: K }>, number][];

/**
 * The statements that make changes in one transaction: a statement a step, not an entry. The counter rises once, by as
 * many as there are changes, and each takes its revision by how far it stands from the end.
 *
 * @param facets values that the list of facets may not have yet
 */
export const statementsOf = (changes: readonly Change[], facets: readonly Facet[]): Statement[] => {
  const begun = ofKind(changes, "begin");
  return [
    {
      sql: "UPDATE log_counter SET revision = revision + ?, entries = entries + ? RETURNING revision",
      params: [changes.length, begun.length],
    },
    ...beginnings(begun, facets, changes.length),
    ...completions(ofKind(changes, "complete")),
    ...settlements(ofKind(changes, "settle")),
  ];
};

/** Where each change has brought its entry, in the order of the changes. */
export const placesOf = (changes: readonly Change[], results: readonly StatementResult[]): Place[] => {
  const last = Number(results[0]?.rows[0]?.["revision"]);
  const seqs = new Map(
    results.slice(1).flatMap(({ rows }) => rows.map((row) => [Number(row["revision"]), Number(row["seq"])])),
  );
  return changes.map((_, index) => {
    const revision = last - (changes.length - 1 - index);
    const seq = seqs.get(revision);
    return seq === undefined ? null : { seq, revision };
  });
};
