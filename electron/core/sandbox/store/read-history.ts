import { applyChanges } from "../../../../shared/diff-profile";
import type { GuestHistoryItem, GuestProfile, PatchOperation } from "../../../../shared/model/guest-profile";
import type { Certainty } from "../../../../shared/model/verdict";
import type { Database, Row } from "../../database/database";
import { idsOf, lineageOf, type Lineage } from "./lineage";

/** Characters of patches in one page, so that a page of large steps is shorter than asked for. */
const largestPage = 16_000_000;

const patch = (row: Row): PatchOperation[] => JSON.parse(String(row["changes"])) as PatchOperation[];

const textOrNull = (value: Row[string] | undefined): string | null =>
  typeof value === "string" ? value : null;

const toItem = (row: Row, refs: ReadonlyMap<number, string>, own: number): GuestHistoryItem => {
  const guest = Number(row["guest"]);
  const from = guest === own ? undefined : refs.get(guest);
  return {
    seq: Number(row["seq"]),
    eventRef: textOrNull(row["event_ref"]),
    type: textOrNull(row["event_type"]),
    at: new Date(Number(row["at"])).toISOString(),
    changes: patch(row),
    why: String(row["why"]),
    certainty: String(row["certainty"]) as Certainty,
    source: String(row["source"]),
    ...(from !== undefined && { from }),
  };
};

/** Places of a page first, by index alone: the patches of other pages are never read. */
const pageOfHistory = `SELECT history.seq, history.guest, history.at, history.why, history.certainty, history.source,
    history.changes, events.ref AS event_ref, events.type AS event_type
  FROM (SELECT seq AS place FROM history WHERE guest IN (SELECT value FROM json_each(?)) AND seq > ?
    ORDER BY seq LIMIT ?)
  CROSS JOIN history ON history.seq = place LEFT JOIN events ON events.seq = history.event ORDER BY history.seq`;

/** Steps of a guest and of those that became it. @returns null where nobody has the reference */
export const readHistory = async (
  database: Database,
  ref: string,
  after: number,
  limit: number,
): Promise<{ items: GuestHistoryItem[]; next: number | null; total: number } | null> => {
  const lineage = await lineageOf(database, ref);
  const [own] = lineage;
  if (!own) return null;
  const ids = idsOf(lineage);
  const [page, count] = await database.read([
    { sql: pageOfHistory, params: [ids, after, limit + 1] },
    {
      sql: "SELECT count(*) AS total FROM history WHERE guest IN (SELECT value FROM json_each(?))",
      params: [ids],
    },
  ]);
  const rows = page?.rows ?? [];
  const shown = rows.slice(0, lengthOfPage(rows, limit));
  const refs = new Map(lineage.map((guest) => [guest.id, guest.ref]));
  return {
    items: shown.map((row) => toItem(row, refs, own.id)),
    next: shown.length < rows.length ? Number(shown.at(-1)?.["seq"]) : null,
    total: Number(count?.rows[0]?.["total"]),
  };
};

/** At least one, so that paging goes on whatever a step weighs. */
const lengthOfPage = (rows: readonly Row[], limit: number): number => {
  let weight = 0;
  const heavy = rows.findIndex((row) => (weight += String(row["changes"]).length) > largestPage);
  return Math.min(limit, heavy === -1 ? rows.length : Math.max(1, heavy));
};

/**
 * Where in whose history a place is. A guest's own step comes before that of one that became it: the merge itself is
 * a step of both. An event that left no step (it failed, or was dropped) stands where the events before it left off.
 */
const findPlace = async (
  database: Database,
  lineage: readonly Lineage[],
  place: { seq: number } | { eventRef: string },
): Promise<{ guest: number; seq: number } | null> => {
  const ids = idsOf(lineage);
  const own = lineage[0]?.id ?? 0;
  const [row] =
    "seq" in place
      ? await database.query(
          `SELECT guest, seq FROM history WHERE seq = ? AND guest IN (SELECT value FROM json_each(?))`,
          ...[place.seq, ids],
        )
      : await database.query(
          `SELECT guest, seq FROM history
           WHERE event = (SELECT seq FROM events WHERE ref = ?) AND guest IN (SELECT value FROM json_each(?))
           ORDER BY guest <> ?, seq DESC LIMIT 1`,
          ...[place.eventRef, ids, own],
        );
  const found = row ?? ("eventRef" in place ? await beforeEvent(database, lineage, place.eventRef) : null);
  return found ? { guest: Number(found["guest"]), seq: Number(found["seq"]) } : null;
};

const beforeEvent = async (
  database: Database,
  lineage: readonly Lineage[],
  eventRef: string,
): Promise<Row | null> => {
  const [row] = await database.query(
    `SELECT history.guest, history.seq FROM events
     CROSS JOIN guests ON guests.ref = events.guest_ref
     CROSS JOIN history ON history.guest = guests.id
     WHERE events.ref = ? AND guests.id IN (SELECT value FROM json_each(?))
       AND (history.event < events.seq OR (history.event IS NULL AND history.at <= events.created_at))
     ORDER BY history.seq DESC LIMIT 1`,
    ...[eventRef, idsOf(lineage)],
  );
  return row ?? null;
};

/** From the last whole profile up to a step: patches that weigh no more than the profile, or fifty. */
const rebuild = async (database: Database, guest: number, seq: number): Promise<GuestProfile | null> => {
  const rows = await database.query(
    `SELECT seq, changes, snapshot FROM history WHERE guest = ? AND seq <= ? AND seq >= coalesce((
       SELECT seq FROM history WHERE guest = ? AND seq <= ? AND snapshot IS NOT NULL ORDER BY seq DESC LIMIT 1), 0)
     ORDER BY seq`,
    ...[guest, seq, guest, seq],
  );
  let profile: GuestProfile | undefined;
  for (const row of rows) {
    const snapshot = row["snapshot"];
    profile =
      typeof snapshot === "string"
        ? (JSON.parse(snapshot) as GuestProfile)
        : applyChanges(profile, patch(row));
  }
  return profile ?? null;
};

/**
 * A profile of the past. At a step of a guest that became this one later it is that guest's profile, because this is
 * who the person was then.
 *
 * @returns null where nobody has the reference, or the place is in nobody's history of this line
 */
export const readPast = async (
  database: Database,
  ref: string,
  place: { seq: number } | { eventRef: string },
): Promise<GuestProfile | null> => {
  const lineage = await lineageOf(database, ref);
  const found = await findPlace(database, lineage, place);
  return found && (await rebuild(database, found.guest, found.seq));
};
