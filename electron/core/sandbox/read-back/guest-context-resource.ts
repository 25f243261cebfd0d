import type { GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import { toItem } from "../inspection/event-item";
import type { StoredEvent } from "../store/stored-event";
import type { Page } from "./collection";
import type { Expansion } from "./expansion";
import { guestResource, withoutNulls } from "./guest-resource";
import { orderResource } from "./order-resource";

const part = <T>(list: readonly T[], { offset, limit }: Page): T[] => list.slice(offset, offset + limit);

/**
 * The stored event of facts §5, "Stored event": as the inspection shows it, without what only the inspection knows.
 * `modifiedAt` is left out.
 */
const eventResource = (event: StoredEvent): object =>
  Object.fromEntries(
    Object.entries(toItem(event)).filter(([name]) => name !== "reasons" && name !== "guestRef"),
  );

/** The session record of facts §5; what the sandbox does not know of a session (its user agent, say) is left out. */
const sessionResource = (
  session: GuestSession,
  guestRef: string,
  events: object[],
): Record<string, unknown> => ({
  ...withoutNulls({
    ref: session.ref,
    createdAt: session.startedAt,
    modifiedAt: session.lastEventAt,
    guestRef,
    browserRef: session.browserRef,
    status: session.status,
    cartType: session.cartType,
    startedAt: session.startedAt,
    endedAt: session.endedAt,
    duration: session.duration,
    pointOfSale: session.pointOfSale,
    channel: session.channel,
    firstPageURI: session.firstPage,
    lastPageURI: session.lastPage,
  }),
  events,
});

const newestFirst = (one: GuestSession, other: GuestSession): number =>
  other.lastEventAt.localeCompare(one.lastEventAt);

/**
 * A guest context: the guest with its sessions, newest first, their events, newest first, and its orders. The order is
 * an inference: Sitecore's tests take `sessions[0].events[0]` for the event that was sent last.
 *
 * @param events by session, oldest first
 */
export const guestContextResource = (
  profile: GuestProfile,
  events: ReadonlyMap<string, readonly StoredEvent[]>,
  expansion: Expansion,
  href: string,
): object => {
  const { ref, orders } = profile;
  const root = href.slice(0, href.indexOf("/v2/"));
  const sessions = part([...profile.sessions].sort(newestFirst), expansion.sessions);
  return {
    ...guestResource(profile, href),
    sessions: sessions.map((session) => {
      const own = [...(events.get(session.ref) ?? [])].reverse();
      return sessionResource(session, ref, part(own, expansion.events).map(eventResource));
    }),
    orders: part([...orders].reverse(), expansion.orders).map((order) =>
      orderResource(order, ref, `${root}/v2.1/orders/${encodeURIComponent(order.ref)}`),
    ),
    dataExtensions: Object.entries(profile.extensions).map(([name, values]) => ({
      ...values,
      name,
      key: "default",
    })),
  };
};
