import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { EventStore } from "../store/event-store";
import type { StoredEvent } from "../store/stored-event";

/** Rows read at a time. */
const pageSize = 1000;

/**
 * The events of a guest and of those that became it, by session, oldest first. Events without a session (dropped,
 * failed, pending) are in none.
 */
export const eventsOfGuest = async (
  { ref, mergedFrom }: GuestProfile,
  store: Pick<EventStore, "query">,
): Promise<Map<string, StoredEvent[]>> => {
  // By reference, because an event may be found under the guest it came from and under the one that stayed.
  const found = new Map<string, StoredEvent>();
  for (const guestRef of [ref, ...mergedFrom]) {
    for (let after = 0, more = true; more;) {
      const page = await store.query({ guestRef }, after, pageSize);
      for (const event of page.items) found.set(event.ref, event);
      after = page.items.at(-1)?.seq ?? after;
      more = page.more && page.items.length > 0;
    }
  }
  const bySession = new Map<string, StoredEvent[]>();
  for (const event of [...found.values()].sort((one, other) => one.seq - other.seq)) {
    if (event.sessionRef === null) continue;
    const events = bySession.get(event.sessionRef);
    if (events) events.push(event);
    else bySession.set(event.sessionRef, [event]);
  }
  return bySession;
};
