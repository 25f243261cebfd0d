/** What a sandbox says of its guests, as far as it is checked. */
import * as v from "valibot";
import {
  guestTypes,
  type GuestEvent,
  type GuestHistoryItem,
  type GuestProfile,
  type GuestRow,
  type PatchOperation,
} from "../../../shared/model/guest-profile";

const text = v.nullable(v.string());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const next = v.nullable(count);
const guestType = v.picklist(guestTypes);

/**
 * A list of objects, each with these texts. A profile can have thousands of sessions, and the sandbox is Bellhop's own:
 * so what is in them is not gone through.
 */
const listOf = <T>(...texts: (keyof T & string)[]) =>
  v.custom<T[]>(
    (value) =>
      Array.isArray(value) &&
      value.every(
        (item: unknown) =>
          typeof item === "object" &&
          item !== null &&
          texts.every((name) => typeof (item as Record<string, unknown>)[name] === "string"),
      ),
  );

const recordOf = <T>() =>
  v.custom<Record<string, T>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );

type Lists = { [K in keyof GuestProfile as GuestProfile[K] extends object[] ? K : never]: GuestProfile[K] };
type ItemOf<K extends keyof Lists> = GuestProfile[K][number];

export const profileShape = v.object({
  ref: v.string(),
  guestType,
  createdAt: v.string(),
  firstSeen: v.string(),
  lastSeen: v.string(),
  title: text,
  firstName: text,
  lastName: text,
  gender: text,
  dateOfBirth: text,
  emails: v.array(v.string()),
  phoneNumbers: v.array(v.string()),
  language: text,
  street: v.array(v.string()),
  city: text,
  state: text,
  country: text,
  postCode: text,
  identifiers: listOf<ItemOf<"identifiers">>("provider", "id"),
  browsers: listOf<ItemOf<"browsers">>("ref"),
  sessions: listOf<ItemOf<"sessions">>("ref", "browserRef", "status", "startedAt"),
  orders: listOf<ItemOf<"orders">>("ref", "referenceId", "status"),
  cart: v.nullable(v.custom<NonNullable<GuestProfile["cart"]>>((value) => typeof value === "object")),
  extensions: recordOf<GuestProfile["extensions"][string]>(),
  lifetimeValue: recordOf<number>(),
  events: count,
  setBy: recordOf<GuestProfile["setBy"][string]>(),
  mergedFrom: v.array(v.string()),
  mergedInto: text,
  merges: listOf<ItemOf<"merges">>("from", "into", "reason"),
}) satisfies v.GenericSchema<unknown, GuestProfile>;

const row = v.object({
  ref: v.string(),
  guestType,
  firstName: text,
  lastName: text,
  email: text,
  lastSeen: v.string(),
  mergedInto: text,
}) satisfies v.GenericSchema<unknown, GuestRow>;

export const listShape = v.object({ items: v.array(row), total: count });

const historyItem = v.object({
  seq: count,
  eventRef: text,
  type: text,
  at: v.string(),
  changes: listOf<PatchOperation>("op", "path"),
  why: v.string(),
  certainty: v.picklist(["documented", "observed", "unverified"]),
  source: v.string(),
  from: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, GuestHistoryItem>;

export const historyShape = v.object({ items: v.array(historyItem), next, total: count });

const event = v.object({
  ref: v.string(),
  type: v.string(),
  status: v.picklist(["PENDING", "PROCESSED", "FAILED", "DROPPED"]),
  createdAt: v.string(),
  browserRef: v.string(),
  sessionRef: text,
  reasons: v.array(v.object({ code: v.string(), path: v.string(), message: v.string() })),
}) satisfies v.GenericSchema<unknown, GuestEvent>;

export const eventsShape = v.object({ items: v.array(event), next });
