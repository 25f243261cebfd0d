import type { GuestProfile } from "../model/guest-profile";
import { isLine, lineOf, type ChangeLine } from "./change-line";
import { compareCart, compareOrders } from "./compare-orders";
import { comparePerson } from "./compare-person";
import { compareBrowsers, compareSessions } from "./compare-sessions";
import { shortRef } from "./names";

/** The name that a data extension has where an event gives none; a reader learns nothing from it. */
const plainExtension = "ext";

/** What an attribute of a data extension is called: `loyaltyTier`, `loyalty: tier`. */
export const extensionLabel = (extension: string, attribute: string): string =>
  extension === plainExtension ? attribute : `${extension}: ${attribute}`;

const compareExtensions = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const flat = (profile: GuestProfile | null): Map<string, { label: string; value: string }> =>
    new Map(
      Object.entries(profile?.extensions ?? {}).flatMap(([extension, values]) =>
        Object.entries(values).map(([attribute, value]) => [
          `extensions/${extension}/${attribute}`,
          { label: extensionLabel(extension, attribute), value: String(value) },
        ]),
      ),
    );
  const [old, now] = [flat(before), flat(after)];
  return [...new Map([...old, ...now])]
    .map(([place, { label }]) =>
      lineOf(place, label, old.get(place)?.value ?? null, now.get(place)?.value ?? null),
    )
    .filter(isLine);
};

const compareMerges = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const come = after.mergedFrom.filter((ref) => !before?.mergedFrom.includes(ref));
  const absorbed = come.map((ref) => ({
    sign: "removed" as const,
    label: `Guest ${shortRef(ref)}`,
    old: null,
    new: "retired, now this guest",
    place: `merges/${ref}`,
    quiet: false,
  }));
  const into = after.mergedInto === null ? null : `guest ${shortRef(after.mergedInto)}`;
  const was = before?.mergedInto ? `guest ${shortRef(before.mergedInto)}` : null;
  return [...absorbed, lineOf("mergedInto", "Became", was, into)].filter(isLine);
};

/** Each event adds one; only a merge brings more at once. */
const compareEvents = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const was = before?.events ?? 0;
  const quiet = Math.abs(after.events - was) <= 1;
  return [lineOf("events", "Events", String(was), String(after.events), quiet)].filter(isLine);
};

/**
 * All that differs between two states of a profile, in words for people: what matters first, counters last.
 *
 * @param before null where the guest is new
 */
export const changesInWords = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const lines = [
    ...comparePerson(before, after),
    ...compareExtensions(before, after),
    ...compareBrowsers(before, after),
    ...compareSessions(before, after),
    ...compareCart(before, after),
    ...compareOrders(before, after),
    ...compareEvents(before, after),
    ...compareMerges(before, after),
  ];
  return [...lines.filter(({ quiet }) => !quiet), ...lines.filter(({ quiet }) => quiet)];
};

/** How many lines were added, changed and removed: `3 added, 4 changed`. */
export const countChanges = (lines: readonly ChangeLine[]): { sign: ChangeLine["sign"]; text: string }[] =>
  (["added", "changed", "removed"] as const).flatMap((sign) => {
    const count = lines.filter((line) => line.sign === sign).length;
    return count === 0 ? [] : [{ sign, text: `${count} ${sign}` }];
  });
