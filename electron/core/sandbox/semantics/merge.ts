import type { GuestMerge, GuestProfile } from "../../../../shared/model/guest-profile";
import { comparable } from "./field-mapping";
import { addValue } from "./prices";
import type { Occasion } from "./ruling";
import { sameIdentifier } from "./claim";

/**
 * Makes one guest of two. Sitecore (examples of identity rules): the browser's data goes to the guest who was there
 * before, and the browser's former guest is retired. That identifiers, orders and extension data go with it, and that
 * what the survivor knows already wins, is Bellhop's reading: nothing is lost, and nothing is there twice.
 */
export const mergeGuests = (
  into: GuestProfile,
  from: GuestProfile,
  { event, at }: Occasion,
  reason: string,
): { survivor: GuestProfile; retired: GuestProfile } => {
  const merge: GuestMerge = { from: from.ref, into: into.ref, at, eventRef: event.ref, reason };
  return { survivor: survivorOf(into, from, merge), retired: retiredOf(from, merge) };
};

const singles = [
  "title",
  "firstName",
  "lastName",
  "gender",
  "dateOfBirth",
  "language",
  "city",
  "state",
  "country",
  "postCode",
] as const;

const survivorOf = (into: GuestProfile, from: GuestProfile, merge: GuestMerge): GuestProfile => {
  const next: GuestProfile = {
    ...into,
    firstSeen: into.firstSeen < from.firstSeen ? into.firstSeen : from.firstSeen,
    lastSeen: into.lastSeen > from.lastSeen ? into.lastSeen : from.lastSeen,
    emails: union(into.emails, from.emails),
    phoneNumbers: union(into.phoneNumbers, from.phoneNumbers),
    street: into.street.length > 0 ? into.street : from.street,
    identifiers: [
      ...into.identifiers,
      ...from.identifiers.filter((one) => !into.identifiers.some((other) => sameIdentifier(one, other))),
    ],
    browsers: [...into.browsers, ...from.browsers.map((browser) => ({ ...browser, movedFrom: from.ref }))],
    sessions: [...into.sessions, ...from.sessions],
    orders: [...into.orders, ...from.orders],
    cart: latestCart(into, from),
    extensions: unitedExtensions(into, from),
    lifetimeValue: Object.entries(from.lifetimeValue).reduce(
      (values, [currency, amount]) => addValue(values, currency, amount),
      into.lifetimeValue,
    ),
    events: into.events + from.events,
    setBy: { ...from.setBy, ...into.setBy },
    mergedFrom: [...into.mergedFrom, ...from.mergedFrom, from.ref],
    merges: [...into.merges, ...from.merges, merge],
  };
  for (const attribute of singles) next[attribute] = into[attribute] ?? from[attribute];
  return next;
};

/** What it was stays readable; what went to the survivor is there and nowhere else. */
const retiredOf = (from: GuestProfile, merge: GuestMerge): GuestProfile => ({
  ...from,
  guestType: "retired",
  lastSeen: merge.at > from.lastSeen ? merge.at : from.lastSeen,
  identifiers: [],
  browsers: [],
  sessions: [],
  orders: [],
  cart: null,
  lifetimeValue: {},
  events: 0,
  mergedInto: merge.into,
  merges: [...from.merges, merge],
});

const union = (one: readonly string[], other: readonly string[]): string[] => [
  ...one,
  ...other.filter((value) => one.every((known) => comparable(known) !== comparable(value))),
];

/** The cart of the session that had the later event; a guest has one cart, and each session keeps its own. */
const latestCart = (into: GuestProfile, from: GuestProfile): GuestProfile["cart"] => {
  if (into.cart === null || from.cart === null) return into.cart ?? from.cart;
  return lastEventIn(from) >= lastEventIn(into) ? from.cart : into.cart;
};

const lastEventIn = ({ cart, sessions }: GuestProfile): string =>
  sessions.findLast(({ ref }) => ref === cart?.sessionRef)?.lastEventAt ?? "";

const unitedExtensions = (into: GuestProfile, from: GuestProfile): GuestProfile["extensions"] => {
  const united = { ...from.extensions, ...into.extensions };
  for (const name of Object.keys(united))
    united[name] = { ...from.extensions[name], ...into.extensions[name] };
  return united;
};
