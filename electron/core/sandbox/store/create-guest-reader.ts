import type { GuestEvent, GuestProfile } from "../../../../shared/model/guest-profile";
import type { Database, Row } from "../../database/database";
import type { GuestReader } from "./guest-reader";
import { lineageOf } from "./lineage";
import { findGuests, listGuests } from "./list-guests";
import { readHistory, readPast } from "./read-history";
import { readIssues } from "./rows";

const toGuestEvent = (row: Row): GuestEvent => ({
  ref: String(row["ref"]),
  type: String(row["type"]),
  status: String(row["status"]) as GuestEvent["status"],
  createdAt: new Date(Number(row["created_at"])).toISOString(),
  browserRef: String(row["browser_ref"]),
  sessionRef: typeof row["session_ref"] === "string" ? row["session_ref"] : null,
  reasons: readIssues(row).map(({ code, path, message }) => ({ code, path, message })),
});

/** @param flush settles once what has been written is committed */
export const createGuestReader = (database: Database, flush: () => Promise<void>): GuestReader => {
  const profile = async (ref: string): Promise<GuestProfile | null> => {
    const [row] = await database.query("SELECT profile FROM guests WHERE ref = ?", ref);
    return row ? (JSON.parse(String(row["profile"])) as GuestProfile) : null;
  };

  return {
    async list(search, offset, limit) {
      await flush();
      return listGuests(database, search, offset, limit);
    },
    async find(criteria, order, offset, limit) {
      await flush();
      return findGuests(database, criteria, order, offset, limit);
    },
    async profile(ref) {
      await flush();
      return profile(ref);
    },
    profileAt: (ref, place) => readPast(database, ref, place),
    history: (ref, after, limit) => readHistory(database, ref, after, limit),
    async events(ref, after, limit) {
      await flush();
      const lineage = await lineageOf(database, ref);
      if (lineage.length === 0) return null;
      const rows = await database.query(
        `SELECT events.seq, ref, type, status, created_at, browser_ref, session_ref, issues FROM (
           SELECT seq AS place FROM events WHERE guest_ref IN (SELECT value FROM json_each(?)) AND seq > ?
           ORDER BY seq LIMIT ?)
         CROSS JOIN events ON events.seq = place ORDER BY events.seq`,
        ...[JSON.stringify(lineage.map((guest) => guest.ref)), after, limit + 1],
      );
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? Number(shown.at(-1)?.["seq"]) : null;
      return { items: shown.map(toGuestEvent), next };
    },
    async order(ref) {
      await flush();
      const [row] = await database.query("SELECT guest_ref FROM orders WHERE ref = ?", ref);
      const guestRef = row ? String(row["guest_ref"]) : null;
      const owner = guestRef === null ? null : await profile(guestRef);
      const order = owner?.orders.find((candidate) => candidate.ref === ref);
      return order && owner ? { order, guestRef: owner.ref } : null;
    },
  };
};
