import * as v from "valibot";
import type { GuestHistoryItem, GuestProfile } from "../../../../shared/model/guest-profile";
import { guestTypes } from "../../../../shared/model/guest-profile";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";
import { eventStatuses } from "./stored-event";

const text = v.string();
const ref = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const textOrNull = v.nullable(v.string());
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Far below where a number stops being exact: the places to come go on behind these. */
const place = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000_000_000));

/** Up to the year 9999, so that it can be written in four digits. */
const latest = 253_402_300_799_999;
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(latest));
const isoTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.check((value) => !Number.isNaN(Date.parse(value)), "not a time"),
);

const isJson = (value: unknown): value is JsonValue => value !== undefined;
const jsonValue = v.custom<JsonValue>(isJson);
const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
const certainty = v.picklist(["documented", "observed", "unverified"]);

/** A map by names that other people choose, `constructor` among them, which the library's own record leaves out. */
const mapOf = <T extends v.GenericSchema>(value: T) =>
  v.custom<Record<string, v.InferOutput<T>>>(
    (map) =>
      typeof map === "object" &&
      map !== null &&
      !Array.isArray(map) &&
      Object.entries(map).every(([name, item]) => name !== "__proto__" && v.is(value, item)),
    "is not a map of the right values",
  );

const mark = v.object({ eventRef: ref, type: text });

const identifier = v.object({ provider: text, id: text, expiryDate: v.exactOptional(text) });

const browser = v.object({
  ref,
  channel: textOrNull,
  pointOfSale: textOrNull,
  firstSeen: isoTime,
  lastSeen: isoTime,
  movedFrom: textOrNull,
});

const cartItem = v.object({
  id: text,
  name: textOrNull,
  quantity: number,
  price: number,
  currency: textOrNull,
  flaw: v.exactOptional(text),
});

const session = v.object({
  ref,
  browserRef: ref,
  sessionId: textOrNull,
  channel: textOrNull,
  pointOfSale: text,
  status: v.picklist(["OPEN", "CLOSED"]),
  cartType: v.picklist(["BROWSED", "ABANDONED", "CONVERTED"]),
  startedAt: isoTime,
  lastEventAt: isoTime,
  endedAt: v.nullable(isoTime),
  duration: number,
  closedBy: v.nullable(v.picklist(["TIMEOUT", "FORCE_CLOSE"])),
  firstPage: textOrNull,
  lastPage: textOrNull,
  counters: v.object({
    events: count,
    views: count,
    searches: count,
    adds: count,
    confirms: count,
    checkouts: count,
  }),
  cart: v.array(cartItem),
  confirmed: v.exactOptional(v.object({ items: v.array(text), flaws: v.array(text) })),
});

const order = v.object({
  ref,
  referenceId: text,
  orderedAt: text,
  status: text,
  currencyCode: textOrNull,
  price: number,
  paymentType: textOrNull,
  counts: v.boolean(),
  items: v.array(
    v.object({
      ref,
      productId: textOrNull,
      name: textOrNull,
      type: textOrNull,
      quantity: number,
      price: number,
      currencyCode: textOrNull,
    }),
  ),
  sessionRef: text,
  eventRef: ref,
  pointOfSale: text,
  channel: textOrNull,
});

/** A whole profile. Unknown members are refused: they would be kept, and shown, unlooked at. */
export const profileShape = v.strictObject({
  ref,
  guestType: v.picklist(guestTypes),
  createdAt: isoTime,
  firstSeen: isoTime,
  lastSeen: isoTime,
  title: textOrNull,
  firstName: textOrNull,
  lastName: textOrNull,
  gender: textOrNull,
  dateOfBirth: textOrNull,
  emails: v.array(text),
  phoneNumbers: v.array(text),
  language: textOrNull,
  street: v.array(text),
  city: textOrNull,
  state: textOrNull,
  country: textOrNull,
  postCode: textOrNull,
  identifiers: v.array(identifier),
  browsers: v.array(browser),
  sessions: v.array(session),
  orders: v.array(order),
  cart: v.nullable(v.object({ sessionRef: text, items: v.array(cartItem), value: mapOf(number) })),
  extensions: mapOf(mapOf(v.union([v.string(), number, v.boolean()]))),
  lifetimeValue: mapOf(number),
  events: count,
  setBy: mapOf(mark),
  mergedFrom: v.array(ref),
  mergedInto: v.nullable(ref),
  merges: v.array(v.object({ from: ref, into: ref, at: isoTime, eventRef: ref, reason: text })),
}) satisfies v.GenericSchema<unknown, GuestProfile>;

export const browserShape = v.object({ ref, guestRef: ref, firstGuestRef: ref, createdAt: instant });

export const extensionTypeShape = v.object({
  eventType: text,
  attribute: text,
  type: v.picklist(["string", "number", "boolean"]),
});

const issue = v.object({
  severity: v.picklist(["error", "warning", "info"]),
  code: text,
  path: text,
  message: text,
  hint: v.exactOptional(text),
  catalog: v.picklist(["spec", "sitecore"]),
  certainty: v.exactOptional(certainty),
}) satisfies v.GenericSchema<unknown, Issue>;

export const eventShape = v.object({
  seq: place,
  ref,
  status: v.picklist(eventStatuses),
  transport: v.picklist(["spec", "http-get", "engage", "edge"]),
  browserRef: ref,
  guestRef: ref,
  sessionRef: v.nullable(ref),
  createdAt: instant,
  acceptedAt: instant,
  modifiedAt: v.nullable(instant),
  issues: v.array(issue),
  payload: jsonObject,
});

const pointer = v.pipe(v.string(), v.regex(/^(\/|$)/));
const operation = v.variant("op", [
  v.object({ op: v.literal("add"), path: pointer, value: jsonValue }),
  v.object({ op: v.literal("replace"), path: pointer, value: jsonValue }),
  v.object({ op: v.literal("remove"), path: pointer }),
]) satisfies v.GenericSchema<unknown, GuestHistoryItem["changes"][number]>;

export const stepShape = v.object({
  seq: place,
  guestRef: ref,
  event: v.nullable(place),
  at: instant,
  why: text,
  certainty,
  source: text,
  changes: v.array(operation),
});

export const headerShape = {
  bellhop: v.literal("sandbox-state"),
  version: v.literal(1),
  exportedAt: text,
  clockOffset: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100 * 366 * 86_400_000)),
  rejected: count,
};
