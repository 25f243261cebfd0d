import type { EventMark, GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import type { PersonalDatum } from "./rules";
import { keyOf, own, textOf } from "./values";

/** Attributes of a guest that are one text, by the names that events give them; the first that is there counts. */
const singles = [
  ["title", "title", "title"],
  ["firstName", "first name", "firstname"],
  ["lastName", "last name", "lastname"],
  ["gender", "gender", "gender"],
  // AsyncAPI document: date_of_birth. Sitecore: dob.
  ["dateOfBirth", "date of birth", "date_of_birth", "dob"],
  ["city", "city", "city"],
  ["state", "state", "state"],
  ["country", "country", "country"],
  ["postCode", "post code", "postal_code"],
] as const;

type Single = (typeof singles)[number][0];

/** Lines of an address that a profile keeps. */
const mostLines = 10;
/** E-mail addresses, and telephone numbers, that a profile keeps. */
const mostOfList = 100;

/** What an IDENTITY, or a contact, says of a person, under the names of the Guest REST API. */
export interface PersonalFields {
  singles: ReadonlyMap<Single, string>;
  email: string | undefined;
  phones: string[];
  street: string[];
}

/** Reads personal data under the names of both catalogs (IDENTITY in each). The REST API has genders in lower case. */
export const readPersonalFields = (fields: JsonObject): PersonalFields => {
  const found = new Map<Single, string>();
  for (const [attribute, , ...names] of singles) {
    const name = names.find((candidate) => textOf(own(fields, candidate)) !== undefined);
    const text = name === undefined ? undefined : textOf(own(fields, name));
    if (text !== undefined) found.set(attribute, attribute === "gender" ? text.toLowerCase() : text);
  }
  const phones = [own(fields, "phone"), own(fields, "mobile")].flatMap((value) => keyOf(value)?.trim() ?? []);
  const street = own(fields, "street");
  const lines = (Array.isArray(street) ? street.slice(0, mostLines) : [street]).flatMap(
    (line) => textOf(line) ?? [],
  );
  const email = own(fields, "email");
  return {
    singles: found,
    email: typeof email === "string" ? keyOf(email)?.trim() : undefined,
    phones,
    street: lines,
  };
};

/**
 * How an e-mail address is compared: in lower case. Mailboxes do not tell case apart in practice, and the REST API's
 * `email.untouched` beside `email` hints that Sitecore compares so too; it is not verified.
 */
export const comparable = (email: string): string => email.trim().toLowerCase();

/** A person's data as identity rules of data model 2.0 compare them. */
export const comparableData = (fields: PersonalFields): Partial<Record<PersonalDatum, string>> => {
  const [phoneNumber] = fields.phones;
  const of = (name: "firstName" | "lastName" | "dateOfBirth"): string | undefined => fields.singles.get(name);
  return {
    email: fields.email === undefined ? undefined : comparable(fields.email),
    firstName: of("firstName"),
    lastName: of("lastName"),
    dateOfBirth: of("dateOfBirth"),
    phoneNumber,
  };
};

/** Sets what an event says of a person on the guest, and notes which event set it. What stays the same keeps its mark. */
export const setPersonalFields = (
  guest: GuestProfile,
  fields: PersonalFields,
  mark: EventMark,
): { guest: GuestProfile; said: string[] } => {
  const next = { ...guest, setBy: { ...guest.setBy } };
  const said: string[] = [];
  for (const [attribute, words] of singles) {
    const value = fields.singles.get(attribute);
    if (value === undefined || value === guest[attribute]) continue;
    next[attribute] = value;
    next.setBy[`/${attribute}`] = mark;
    said.push(words);
  }
  if (fields.email !== undefined && addTo(guest.emails, fields.email)) {
    next.emails = [...guest.emails, fields.email];
    next.setBy["/emails"] = mark;
    said.push("e-mail address");
  }
  const phones = [...new Set(fields.phones)].filter((phone) => addTo(guest.phoneNumbers, phone));
  if (phones.length > 0) {
    next.phoneNumbers = [...guest.phoneNumbers, ...phones];
    next.setBy["/phoneNumbers"] = mark;
    said.push("telephone number");
  }
  if (fields.street.length > 0 && fields.street.join("\n") !== guest.street.join("\n")) {
    next.street = fields.street;
    next.setBy["/street"] = mark;
    said.push("street");
  }
  return said.length === 0 ? { guest, said } : { guest: next, said };
};

const addTo = (list: readonly string[], value: string): boolean =>
  list.length < mostOfList && list.every((known) => comparable(known) !== comparable(value));
