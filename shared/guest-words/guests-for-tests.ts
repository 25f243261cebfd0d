import type { GuestProfile, GuestSession } from "../model/guest-profile";

const at = "2026-11-25T09:25:04.000Z";

/** A visitor of whom nothing is known, with what a test says of it. */
export const guestOf = (given: Partial<GuestProfile> = {}): GuestProfile => ({
  ...{ ref: "4f2a-guest", guestType: "visitor", createdAt: at, firstSeen: at, lastSeen: at },
  ...{ title: null, firstName: null, lastName: null, gender: null, dateOfBirth: null, language: null },
  ...{ emails: [], phoneNumbers: [], street: [], city: null, state: null, country: null, postCode: null },
  ...{
    identifiers: [],
    browsers: [],
    sessions: [],
    orders: [],
    cart: null,
    extensions: {},
    lifetimeValue: {},
  },
  ...{ events: 0, setBy: {}, mergedFrom: [], mergedInto: null, merges: [] },
  ...given,
});

/** An open session with one page view. */
export const sessionOf = (given: Partial<GuestSession> = {}): GuestSession => ({
  ...{ ref: "s-1", browserRef: "9c1e-browser", sessionId: "s-1", channel: "WEB", pointOfSale: "bellhop" },
  ...{ status: "OPEN", cartType: "BROWSED", startedAt: at, lastEventAt: at, endedAt: null, duration: 0 },
  ...{ closedBy: null, firstPage: "/", lastPage: "/", cart: [] },
  counters: { events: 1, views: 1, searches: 0, adds: 0, confirms: 0, checkouts: 0 },
  ...given,
});
