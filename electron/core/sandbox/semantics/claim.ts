import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { GuestIdentifier } from "../../../../shared/model/guest-profile";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { comparable, comparableData, readPersonalFields, type PersonalFields } from "./field-mapping";
import type { PersonalDatum, SandboxRules } from "./rules";
import { keyOf, own, textOf } from "./values";
import type { EventToApply } from "./world";

/** Identifiers of one event that are looked at. */
const mostIdentifiers = 100;

/** Who an event says that its guest is. */
export interface Claim {
  identifiers: GuestIdentifier[];
  personal: PersonalFields;
}

/**
 * The claim of an event, undefined where its type makes none. IDENTITY does in both catalogs; ADD_CONTACTS (Sitecore)
 * by the first contact with identifiers, in data model 2.0 by the first contact.
 */
export const claimOf = (event: EventToApply, rules: SandboxRules): Claim | undefined => {
  if (event.type === "IDENTITY") return claimFrom(event.payload, event);
  if (event.type !== "ADD_CONTACTS" || event.catalog !== "sitecore") return undefined;
  const contacts = own(event.payload, "contact");
  const list = (Array.isArray(contacts) ? contacts.slice(0, mostIdentifiers) : [contacts]).filter(
    isJsonObject,
  );
  const owner = list.find(
    (contact) => rules.dataModel === "2.0" || readIdentifiers(own(contact, "identifiers")).length > 0,
  );
  return owner === undefined ? undefined : claimFrom(owner, event);
};

const claimFrom = (fields: JsonObject, { catalog }: EventToApply): Claim => {
  const personal = readPersonalFields(fields);
  const identifiers = readIdentifiers(own(fields, "identifiers"));
  // The specification has nothing to identify by but the e-mail, so that stands as an identifier of provider `email`.
  // Identifiers beside it are no part of the specification, and count all the same where somebody sends them.
  if (catalog === "spec" && personal.email !== undefined)
    identifiers.unshift({ provider: "email", id: comparable(personal.email) });
  return { identifiers: identifiers.filter(firstOfItsKind), personal };
};

const firstOfItsKind = (one: GuestIdentifier, place: number, all: readonly GuestIdentifier[]): boolean =>
  all.findIndex((other) => sameIdentifier(one, other)) === place;

/** Whether two identifiers are the same one. */
export const sameIdentifier = (one: GuestIdentifier, other: GuestIdentifier): boolean =>
  one.provider === other.provider && one.id === other.id;

/** Sitecore (IDENTITY event): `identifiers: [{ provider, id, expiry_date }]`. */
const readIdentifiers = (value: JsonValue | undefined): GuestIdentifier[] =>
  (Array.isArray(value) ? value.slice(0, mostIdentifiers) : []).flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const provider = keyOf(own(entry, "provider"));
    const id = keyOf(own(entry, "id"));
    if (provider === undefined || id === undefined) return [];
    const expiryDate = textOf(own(entry, "expiry_date"));
    return [{ ...normalIdentifier(provider, id), ...(expiryDate === undefined ? {} : { expiryDate }) }];
  });

/** An identifier as it is kept and compared: of provider `email` in lower case. */
export const normalIdentifier = (provider: string, id: string): { provider: string; id: string } => ({
  provider,
  id: provider.toLowerCase() === "email" ? comparable(id) : id,
});

/** What a rule by personal data compares, undefined where the event does not say all of it. */
export const dataForRule = (
  { personal }: Claim,
  data: readonly PersonalDatum[],
): Record<string, string> | undefined => {
  const said = comparableData(personal);
  const found: Record<string, string> = {};
  for (const name of data) {
    const value = said[name];
    if (value === undefined) return undefined;
    found[name] = value;
  }
  return data.length === 0 ? undefined : found;
};
