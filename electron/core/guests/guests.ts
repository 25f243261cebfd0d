import type { GuestContext } from "../../../shared/model/guest";
import type { Database, Row } from "../database/database";
import type { Notifications } from "../notifications";

/**
 * Who sends the next event, per environment. It lies in the profile's database, so that window and command line share
 * it; each call reads what is there now.
 *
 * `target` names what the environment points to (an origin, or a word for the sandbox, whose port may change): a
 * context that was made at another target is none.
 */
export interface GuestsService {
  read(environment: string, target: string): Promise<GuestContext | null>;
  write(context: GuestContext, target: string): Promise<void>;
  /** Forgets a context; only the one with this browser id, so that a newer one stays. */
  remove(environment: string, browserId: string): Promise<void>;
  /** Forgets every context of these environments, because their target knows none of its browsers any more. */
  forget(environments: readonly string[]): Promise<void>;
}

const toContext = (row: Row): GuestContext => ({
  environment: String(row["environment"]),
  browserId: String(row["browser_id"]),
  sessionId: String(row["session_id"]),
  guestRef: row["guest_ref"] === null ? null : String(row["guest_ref"]),
  typed: row["typed"] === 1,
  since: String(row["since"]),
});

interface GuestsParts {
  database: Pick<Database, "query">;
  notifications: Pick<Notifications, "say">;
}

/** Says `guests.changed` after each change that is committed. */
export const createGuests = ({ database, notifications }: GuestsParts): GuestsService => ({
  async read(environment, target) {
    const sql = "SELECT * FROM guests WHERE environment = ? AND target = ?";
    const [row] = await database.query(sql, environment, target);
    return row ? toContext(row) : null;
  },

  async write(context, target) {
    const { environment, browserId, sessionId, guestRef, typed, since } = context;
    await database.query(
      "INSERT OR REPLACE INTO guests (environment, target, browser_id, session_id, guest_ref, typed, since) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
      ...[environment, target, browserId, sessionId, guestRef, typed ? 1 : 0, since],
    );
    notifications.say("guests.changed", { environment, context });
  },

  async remove(environment, browserId) {
    const sql = "DELETE FROM guests WHERE environment = ? AND browser_id = ? RETURNING environment";
    const removed = await database.query(sql, environment, browserId);
    if (removed.length > 0) notifications.say("guests.changed", { environment, context: null });
  },

  async forget(environments) {
    for (const environment of environments) {
      const sql = "DELETE FROM guests WHERE environment = ? RETURNING environment";
      const removed = await database.query(sql, environment);
      if (removed.length > 0) notifications.say("guests.changed", { environment, context: null });
    }
  },
});
