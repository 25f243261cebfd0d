import type { GuestProfile, GuestSession, SessionCounters } from "../../../../shared/model/guest-profile";
import { openSessions, withSession } from "./open-sessions";
import { deriveRef } from "./refs";
import type { Occasion } from "./ruling";
import { isoTime } from "./times";
import { own, textOf } from "./values";

/**
 * Where the open session is that an event belongs to, undefined where it has none.
 *
 * AsyncAPI document: a session is a browser's `session_id`; a known id whose session is closed opens a new one.
 * Sitecore (understanding sessions and events): a session is the events of one browser, channel and point of sale.
 */
export const findSession = (guest: GuestProfile, occasion: Occasion): number | undefined => {
  const { event, sessionId, channel, pointOfSale } = occasion;
  const open = openSessions(guest.sessions);
  for (let place = open.length - 1; place >= 0; place--) {
    const index = open[place] ?? -1;
    const session = guest.sessions[index];
    if (session?.browserRef !== event.browserRef || session.sessionId !== sessionId) continue;
    if (sessionId !== null || (session.channel === channel && session.pointOfSale === pointOfSale))
      return index;
  }
  return undefined;
};

/** Lets an event into its session, opening one where there is none, and counts it there. */
export const enterSession = (
  guest: GuestProfile,
  occasion: Occasion,
): { guest: GuestProfile; index: number; opened: boolean } => {
  const found = findSession(guest, occasion);
  const index = found ?? guest.sessions.length;
  const session = guest.sessions[index] ?? newSession(occasion);
  const sessions = withSession(guest.sessions, index, touch(session, occasion));
  return { guest: { ...guest, sessions }, index, opened: found === undefined };
};

const newSession = ({ event, at, sessionId, channel, pointOfSale }: Occasion): GuestSession => ({
  ref: deriveRef(event.ref, "session"),
  browserRef: event.browserRef,
  sessionId,
  channel,
  pointOfSale,
  status: "OPEN",
  cartType: "BROWSED",
  startedAt: at,
  lastEventAt: at,
  endedAt: null,
  duration: 0,
  closedBy: null,
  firstPage: null,
  lastPage: null,
  counters: { events: 0, views: 0, searches: 0, adds: 0, confirms: 0, checkouts: 0 },
  cart: [],
});

/** Sitecore's counters (data lake: sessions) by the type that raises them. */
const counterOf: ReadonlyMap<string, keyof SessionCounters> = new Map([
  ["VIEW", "views"],
  ["SEARCH", "searches"],
  ["ADD", "adds"],
  ["CONFIRM", "confirms"],
  ["CHECKOUT", "checkouts"],
  ["ORDER_CHECKOUT", "checkouts"],
]);

/** Counts an event in its session, and notes its page. */
export const touch = (session: GuestSession, { event, at }: Occasion): GuestSession => {
  const page = textOf(own(event.payload, "page"));
  // A clock that was set back must not make a session shorter.
  const lastEventAt = at > session.lastEventAt ? at : session.lastEventAt;
  const counters = { ...session.counters, events: session.counters.events + 1 };
  const counter = counterOf.get(event.type);
  if (counter !== undefined) counters[counter] += 1;
  return {
    ...session,
    lastEventAt,
    duration: Date.parse(lastEventAt) - Date.parse(session.startedAt),
    firstPage: session.firstPage ?? page ?? null,
    lastPage: page ?? session.lastPage,
    counters,
  };
};

/**
 * A session as it is once closed. Sitecore (sessions data): CONVERTED with an order; ABANDONED where something was
 * added and not ordered; else BROWSED. A cart that was cleared leaves BROWSED: the documents name a type `CLOSED` there
 * that is not in their own list.
 *
 * @param endedAt epoch milliseconds
 */
export const closed = (
  session: GuestSession,
  endedAt: number,
  closedBy: "TIMEOUT" | "FORCE_CLOSE",
): GuestSession => {
  const left = session.cart.length > 0 ? "ABANDONED" : "BROWSED";
  const cartType = session.cartType === "CONVERTED" ? "CONVERTED" : left;
  return { ...session, status: "CLOSED", endedAt: isoTime(endedAt), closedBy, cartType };
};

/** The guest with some of its sessions replaced; the cart goes where its session is no longer open. */
export const replaceSessions = (
  guest: GuestProfile,
  replacements: readonly (readonly [index: number, session: GuestSession])[],
): GuestProfile => {
  let { sessions, cart } = guest;
  for (const [index, session] of replacements) {
    sessions = withSession(sessions, index, session);
    if (session.status === "CLOSED" && cart?.sessionRef === session.ref) cart = null;
  }
  return { ...guest, sessions, cart };
};
