import type { GuestIdentifier } from "../../../shared/model/guest-profile";
import type { JsonObject, JsonValue } from "../../../shared/model/json";
import type { TenantGuest } from "../../../shared/model/tenant-guest";

/** A tenant's answer is somebody else's: what is longer is cut here, and whole in `raw` and in the log. */
const longestText = 1000;
const longestList = 100;

/** What a reference may look like; Sitecore's are UUIDs. */
export const isGuestRef = (text: string): boolean => /^[A-Za-z0-9_-]{1,100}$/.test(text);

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const own = (from: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(from, name) ? from[name] : undefined;

const text = (value: JsonValue | undefined): string | null => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, longestText) : null;
};

/** Texts of a list, or of one text that stands where a list is expected. */
const texts = (value: JsonValue | undefined): string[] =>
  (Array.isArray(value) ? value.slice(0, longestList) : [value]).flatMap((item) => text(item) ?? []);

const identifier = (value: JsonValue): GuestIdentifier[] => {
  if (!isObject(value)) return [];
  const provider = text(own(value, "provider"));
  const id = text(own(value, "id"));
  if (provider === null || id === null) return [];
  const expiryDate = text(own(value, "expiryDate"));
  return [{ provider, id, ...(expiryDate !== null && { expiryDate }) }];
};

/** The guest reference at the end of an `href` ("the string that follows the final slash": Retrieve guests), or null. */
export const refInHref = (value: JsonValue | undefined): string | null => {
  if (typeof value !== "string" || value.length > 2000) return null;
  const ref = value.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
  return isGuestRef(ref) ? ref : null;
};

/**
 * A guest in the form of the sandbox's profiles, from an answer of the Guest REST API. Nothing of it is trusted: a field
 * of another type than expected counts as absent.
 *
 * @param asked the reference that was asked for, which counts where the answer names none
 * @param readAt ISO 8601
 */
export const normaliseGuest = (
  raw: JsonObject,
  environment: string,
  asked: string,
  readAt: string,
): TenantGuest => {
  const field = (name: string): JsonValue | undefined => own(raw, name);
  const ref = text(field("ref"));
  const identifiers = field("identifiers");
  return {
    environment,
    readAt,
    ref: ref !== null && isGuestRef(ref) ? ref : (refInHref(field("href")) ?? asked),
    guestType: text(field("guestType")),
    createdAt: text(field("createdAt")),
    firstSeen: text(field("firstSeen")),
    lastSeen: text(field("lastSeen")),
    title: text(field("title")),
    firstName: text(field("firstName")),
    lastName: text(field("lastName")),
    gender: text(field("gender")),
    dateOfBirth: text(field("dateOfBirth")),
    // The lists are documented; the single ones are seen in an unofficial client (facts §6).
    emails: [...new Set([...texts(field("emails")), ...texts(field("email"))])],
    phoneNumbers: [...new Set([...texts(field("phoneNumbers")), ...texts(field("phone"))])],
    language: text(field("language")),
    street: texts(field("street")),
    city: text(field("city")),
    state: text(field("state")),
    country: text(field("country")),
    postCode: text(field("postCode")),
    identifiers: Array.isArray(identifiers) ? identifiers.slice(0, longestList).flatMap(identifier) : [],
    raw,
  };
};
