import type { Database, Row, SqlValue } from "../../database/database";

/** The form of an export; one that a later version writes differently gets the next number. */
export const exportFormat = { bellhop: "sandbox-state", version: 1 } as const;

/** A list of the export: rows in the order of their place, and what each becomes. */
interface ExportedList {
  name: string;
  /** Ends in LIMIT; its parameters are the place that it starts behind, and the limit. */
  sql: string;
  start: readonly SqlValue[];
  place(row: Row): SqlValue[];
  item(row: Row): unknown;
}

const column = (row: Row, name: string): SqlValue => row[name] ?? null;
const json = (row: Row, name: string): unknown => JSON.parse(String(row[name])) as unknown;

/** Browsers before all that comes from them, and guests before their history. */
const lists: readonly ExportedList[] = [
  {
    name: "browsers",
    sql: "SELECT * FROM browsers WHERE ref > ? ORDER BY ref LIMIT ?",
    start: [""],
    place: (row) => [column(row, "ref")],
    item: (row) => ({
      ref: row["ref"],
      guestRef: row["guest_ref"],
      firstGuestRef: row["first_guest_ref"],
      createdAt: row["created_at"],
    }),
  },
  {
    name: "extensionTypes",
    sql: `SELECT * FROM extension_types WHERE (event_type, attribute) > (?, ?)
      ORDER BY event_type, attribute LIMIT ?`,
    start: ["", ""],
    place: (row) => [column(row, "event_type"), column(row, "attribute")],
    item: (row) => ({ eventType: row["event_type"], attribute: row["attribute"], type: row["type"] }),
  },
  {
    name: "events",
    sql: "SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?",
    start: [0],
    place: (row) => [column(row, "seq")],
    item: (row) => ({
      seq: row["seq"],
      ref: row["ref"],
      status: row["status"],
      transport: row["transport"],
      browserRef: row["browser_ref"],
      guestRef: row["guest_ref"],
      sessionRef: row["session_ref"],
      createdAt: row["created_at"],
      acceptedAt: row["accepted_at"],
      modifiedAt: row["modified_at"],
      issues: json(row, "issues"),
      payload: json(row, "payload"),
    }),
  },
  {
    name: "guests",
    sql: "SELECT id, profile FROM guests WHERE id > ? ORDER BY id LIMIT ?",
    start: [0],
    place: (row) => [column(row, "id")],
    item: (row) => json(row, "profile"),
  },
  {
    // A guest's steps together, so that whoever reads them can play them through one guest at a time.
    name: "history",
    sql: `SELECT history.*, guests.ref AS guest_ref FROM (
        SELECT guest AS owner, seq AS place FROM history WHERE (guest, seq) > (?, ?) ORDER BY guest, seq LIMIT ?)
      CROSS JOIN history ON history.seq = place CROSS JOIN guests ON guests.id = owner ORDER BY owner, place`,
    start: [0, 0],
    place: (row) => [column(row, "guest"), column(row, "seq")],
    item: (row) => ({
      seq: row["seq"],
      guestRef: row["guest_ref"],
      event: row["event"],
      at: row["at"],
      why: row["why"],
      certainty: row["certainty"],
      source: row["source"],
      changes: json(row, "changes"),
    }),
  },
];

/** Rows in one step. */
const pageSize = 500;

async function* rowsOf(database: Database, { sql, start, place }: ExportedList): AsyncGenerator<Row> {
  for (let after = [...start]; ;) {
    const rows = await database.query(sql, ...after, pageSize);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < pageSize || !last) return;
    after = place(last);
  }
}

/** Characters that are handed over at once. */
const pieceSize = 64_000;

/**
 * A state as one JSON document, an item a line, in pieces. Times are epoch milliseconds but in profiles.
 *
 * @param database of a state that nobody changes meanwhile
 */
export async function* exportState(database: Database): AsyncGenerator<string> {
  const [world, rejected] = await database.read([
    { sql: "SELECT clock_offset FROM world" },
    { sql: "SELECT value FROM counters WHERE name = 'rejected'" },
  ]);
  const header = {
    ...exportFormat,
    exportedAt: new Date().toISOString(),
    clockOffset: world?.rows[0]?.["clock_offset"],
    rejected: rejected?.rows[0]?.["value"],
  };
  let piece = JSON.stringify(header).slice(0, -1);
  for (const list of lists) {
    piece += `,\n"${list.name}":[`;
    let separator = "\n";
    for await (const row of rowsOf(database, list)) {
      piece += separator + JSON.stringify(list.item(row));
      separator = ",\n";
      if (piece.length < pieceSize) continue;
      yield piece;
      piece = "";
    }
    piece += "]";
  }
  yield `${piece}}\n`;
}
