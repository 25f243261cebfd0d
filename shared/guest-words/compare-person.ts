import type { GuestIdentifier } from "../model/guest-profile";
import { attributes, type Person } from "./attributes";
import { isLine, lineOf, type ChangeLine } from "./change-line";

/** One value replaced by another is a change; else each that came and each that went is told by itself. */
const compareLists = (
  place: string,
  label: string,
  before: readonly string[],
  after: readonly string[],
): ChangeLine[] => {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  if (gone.length === 1 && come.length === 1)
    return [lineOf(place, label, gone[0] ?? null, come[0] ?? null)].filter(isLine);
  return [
    ...come.map((value) => lineOf(place, label, null, value)),
    ...gone.map((value) => lineOf(place, label, value, null)),
  ].filter(isLine);
};

const identifierWords = ({ provider, id }: GuestIdentifier): string => `${provider} ${id}`;

/** What changed of a person: attributes, e-mails, phone numbers, identifiers. `before` is null for a new guest. */
export const comparePerson = (before: Person | null, after: Person): ChangeLine[] =>
  attributes.flatMap((attribute) => {
    const { key, label, words, quiet } = attribute;
    switch (key) {
      case "emails":
        return compareLists(key, label, before?.emails ?? [], after.emails);
      case "phoneNumbers":
        return compareLists(key, label, before?.phoneNumbers ?? [], after.phoneNumbers);
      case "identifiers": {
        const old = before?.identifiers.map(identifierWords) ?? [];
        return compareLists(key, "Identifier", old, after.identifiers.map(identifierWords));
      }
      default:
        return [lineOf(key, label, before && words(before), words(after), quiet)].filter(isLine);
    }
  });
