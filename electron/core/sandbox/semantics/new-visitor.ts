import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { sources } from "./sources";
import { isoTime } from "./times";
import { short } from "./words";
import type { ProfileChange } from "./world";

/**
 * The guest that comes with a new browser id. Sitecore (create a browser ID): each makes a browser and a guest.
 *
 * @param at epoch milliseconds
 */
export const newVisitor = (guestRef: string, browserRef: string, at: number): ProfileChange => ({
  before: undefined,
  after: visitor(guestRef, browserRef, isoTime(at)),
  event: null,
  at,
  why: `Browser ${short(browserRef)} got its id, and with it a visitor checked in: guest ${short(guestRef)}.`,
  certainty: "documented",
  source: sources.browserCreate,
});

/** A guest of whom nothing is known but a browser. */
export const visitor = (ref: string, browserRef: string, at: string): GuestProfile => ({
  ref,
  guestType: "visitor",
  createdAt: at,
  firstSeen: at,
  lastSeen: at,
  title: null,
  firstName: null,
  lastName: null,
  gender: null,
  dateOfBirth: null,
  emails: [],
  phoneNumbers: [],
  language: null,
  street: [],
  city: null,
  state: null,
  country: null,
  postCode: null,
  identifiers: [],
  browsers: [
    { ref: browserRef, channel: null, pointOfSale: null, firstSeen: at, lastSeen: at, movedFrom: null },
  ],
  sessions: [],
  orders: [],
  cart: null,
  extensions: {},
  lifetimeValue: {},
  events: 0,
  setBy: {},
  mergedFrom: [],
  mergedInto: null,
  merges: [],
});
