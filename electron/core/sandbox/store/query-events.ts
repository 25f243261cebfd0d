import type { Database, Row, SqlValue } from "../../database/database";
import { readIssues, readPayload } from "./rows";
import type { EventFilter, EventPage, StoredEvent } from "./stored-event";

const columns: Record<Exclude<keyof EventFilter, "status">, string> = {
  ref: "ref = ?",
  type: "type = ?",
  browserRef: "browser_ref = ?",
  guestRef: "guest_ref = ?",
};

/** Characters of payloads in one page: a page of large events is shorter than asked for, and the next page goes on. */
const largestPage = 32_000_000;

const toEvent = (row: Row): StoredEvent => ({
  seq: Number(row["seq"]),
  ref: String(row["ref"]),
  status: String(row["status"]) as StoredEvent["status"],
  issues: readIssues(row),
  browserRef: String(row["browser_ref"]),
  guestRef: String(row["guest_ref"]),
  sessionRef: row["session_ref"] === null ? null : String(row["session_ref"]),
  createdAt: Number(row["created_at"]),
  payload: readPayload(row),
});

/**
 * Events in the order of their acceptance.
 *
 * @param after the `seq` that the page starts behind
 */
export const queryEvents = async (
  database: Database,
  filter: EventFilter,
  after: number,
  limit: number,
): Promise<EventPage> => {
  const conditions = ["seq > ?"];
  const params: SqlValue[] = [after];
  // Not a parameter, so that SQLite can use the partial index of that status.
  if (filter.status) conditions.push(`status = '${filter.status}'`);
  for (const [name, condition] of Object.entries(columns)) {
    const value = filter[name as keyof typeof columns];
    if (value === undefined) continue;
    conditions.push(condition);
    params.push(value);
  }
  const sizes = `SELECT seq AS place, SUM(length(payload)) OVER (ORDER BY seq) - length(payload) AS before
    FROM (SELECT seq, payload FROM events WHERE ${conditions.join(" AND ")} ORDER BY seq LIMIT ?)`;
  // One row more than asked for tells whether there is a next page.
  const rows = await database.query(
    `SELECT * FROM events JOIN (${sizes}) ON place = seq WHERE before < ? ORDER BY seq`,
    ...params,
    limit + 1,
    largestPage,
  );
  const size = rows.reduce((sum, row) => sum + String(row["payload"]).length, 0);
  const more = rows.length > limit || size >= largestPage;
  return { items: rows.slice(0, limit).map(toEvent), more };
};
