import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { personalDataOf as comparableDataOf } from "../semantics/personal-data";

/** What a guest is found by, copied out of the profile. */
export interface GuestColumns {
  type: GuestProfile["guestType"];
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  /** Epoch milliseconds. */
  lastSeen: number;
  mergedInto: string | null;
  sessions: number;
  orders: number;
  search: string;
}

/** A guest may have thousands of browsers and identifiers; nobody searches by more text than this. */
const longestSearch = 20_000;

/** As texts are compared in a search. */
export const fold = (text: string): string => text.toLowerCase();

/**
 * As texts are kept and found again: the database's binding ends a text at a NUL, and half a surrogate pair is not
 * UTF-8.
 */
export const keepable = (text: string): string =>
  text.replaceAll("\0", "\u{fffd}").replaceAll(/\p{Surrogate}/gu, "\u{fffd}");

/** Names, e-mails, identifiers, browsers and references, a line each. */
const searchText = (guest: GuestProfile): string => {
  const { ref, firstName, lastName, emails, identifiers, browsers, mergedFrom } = guest;
  const name = [firstName, lastName].filter((part) => part !== null).join(" ");
  const lines = [
    ...[ref, name],
    ...emails,
    ...identifiers.map(({ provider, id }) => `${provider} ${id}`),
    ...browsers.map((browser) => browser.ref),
    ...mergedFrom,
  ];
  return fold(lines.join("\n").slice(0, longestSearch));
};

export const columnsOf = (guest: GuestProfile): GuestColumns => {
  const isRetired = guest.guestType === "retired";
  return {
    type: guest.guestType,
    firstName: guest.firstName,
    lastName: guest.lastName,
    email: guest.emails[0] ?? null,
    lastSeen: Date.parse(guest.lastSeen),
    mergedInto: guest.mergedInto,
    // What a retired guest had is the survivor's, and must not be counted twice.
    sessions: isRetired ? 0 : guest.sessions.length,
    orders: isRetired ? 0 : guest.orders.length,
    search: searchText(guest),
  };
};

/** A key that leads to a guest. */
export interface GuestKey {
  name: string;
  value: string;
}

/** Its identifiers; a retired guest is not found by any. */
export const identifiersOf = (guest: GuestProfile | undefined): GuestKey[] =>
  guest === undefined || guest.guestType === "retired"
    ? []
    : guest.identifiers.map(({ provider, id }) => ({ name: keepable(provider), value: keepable(id) }));

/** Its personal data, as identity rules of data model 2.0 compare them. */
export const personalDataOf = (guest: GuestProfile | undefined): GuestKey[] =>
  guest === undefined
    ? []
    : Object.entries(comparableDataOf(guest)).flatMap(([name, values]) =>
        values.map((value) => ({ name, value: keepable(value) })),
      );

/** What is in one list and not in the other. */
export const keysBeyond = (keys: readonly GuestKey[], others: readonly GuestKey[]): GuestKey[] => {
  const known = new Set(others.map(({ name, value }) => `${name}\n${value}`));
  return keys.filter(({ name, value }) => !known.has(`${name}\n${value}`));
};
