import type { JsonValue } from "./json";
import type { Certainty } from "./verdict";

/** What is known of the person, in the words of Sitecore's Guest REST API. */
export interface GuestPerson {
  title: string | null;
  firstName: string | null;
  lastName: string | null;
  gender: string | null;
  dateOfBirth: string | null;
  emails: string[];
  phoneNumbers: string[];
  language: string | null;
  street: string[];
  city: string | null;
  state: string | null;
  country: string | null;
  postCode: string | null;
  identifiers: GuestIdentifier[];
}

/**
 * A guest as the sandbox knows it, and as scenarios match it. Times are ISO 8601 in UTC by the sandbox's own clock;
 * durations are milliseconds.
 */
export interface GuestProfile extends GuestPerson {
  ref: string;
  guestType: GuestType;
  createdAt: string;
  firstSeen: string;
  lastSeen: string;
  browsers: GuestBrowser[];
  /** In the order in which this guest got them; those of a merged guest come behind. */
  sessions: GuestSession[];
  orders: GuestOrder[];
  /** What lies in the session that was last added to; null where it is empty, closed or turned into an order. */
  cart: GuestCart | null;
  /** Data extension (`ext`) -> attribute -> value. */
  extensions: Record<string, Record<string, string | number | boolean>>;
  /** Currency -> the value of all orders that count. */
  lifetimeValue: Record<string, number>;
  /** Events that were processed for this guest. */
  events: number;
  /** Attribute (a JSON Pointer into this profile) -> the event that set it last. */
  setBy: Record<string, EventMark>;
  /** References of the guests that became this one, oldest first. */
  mergedFrom: string[];
  /** Reference of the guest that a retired one became. */
  mergedInto: string | null;
  /** Why guests became one: the merges of this guest and of those that became it, oldest first. */
  merges: GuestMerge[];
}

export const guestTypes = ["visitor", "customer", "retired"] as const;
/** `retired` is a guest that became another one. */
export type GuestType = (typeof guestTypes)[number];

export interface GuestIdentifier {
  provider: string;
  id: string;
  expiryDate?: string;
}

/** An event that left its mark on a profile. */
export interface EventMark {
  eventRef: string;
  type: string;
}

export interface GuestBrowser {
  ref: string;
  /** As its last event said. */
  channel: string | null;
  pointOfSale: string | null;
  firstSeen: string;
  lastSeen: string;
  /** The guest that it belonged to before a merge. */
  movedFrom: string | null;
}

export interface GuestSession {
  ref: string;
  browserRef: string;
  /** The event's own `session_id`, in the spec catalog; null where the server alone makes sessions. */
  sessionId: string | null;
  channel: string | null;
  pointOfSale: string;
  status: "OPEN" | "CLOSED";
  cartType: CartType;
  startedAt: string;
  lastEventAt: string;
  endedAt: string | null;
  /** From the first to the last event. */
  duration: number;
  closedBy: "TIMEOUT" | "FORCE_CLOSE" | null;
  firstPage: string | null;
  lastPage: string | null;
  counters: SessionCounters;
  /** What lies in it; of an abandoned session, what was left lying. */
  cart: CartItem[];
  /** What CONFIRM said, until a CHECKOUT made an order of it. */
  confirmed?: ConfirmedItems;
}

/** The items that a session's CONFIRM events named. */
export interface ConfirmedItems {
  /** Ids as in `CartItem`. */
  items: string[];
  /** What was wrong with the last CONFIRM, in words: a CHECKOUT then fails, although the CONFIRM did not. */
  flaws: string[];
}

/** `ABANDONED`: something was added and nothing was ordered when the session closed. */
export type CartType = "BROWSED" | "ABANDONED" | "CONVERTED";

export interface SessionCounters {
  events: number;
  views: number;
  searches: number;
  adds: number;
  confirms: number;
  checkouts: number;
}

export interface CartItem {
  /** `sku` in the spec catalog, `item_id` in Sitecore's. */
  id: string;
  name: string | null;
  quantity: number;
  /** Of one; 0 where the event's price does not count. */
  price: number;
  currency: string | null;
  /** What was wrong with its ADD, in words, so that a CHECKOUT of it fails. */
  flaw?: string;
}

export interface GuestCart {
  sessionRef: string;
  items: CartItem[];
  /** Currency -> value. */
  value: Record<string, number>;
}

export interface GuestOrder {
  ref: string;
  referenceId: string;
  orderedAt: string;
  status: string;
  currencyCode: string | null;
  price: number;
  paymentType: string | null;
  /** Whether its price is in the lifetime value: a cancelled order counts nothing. */
  counts: boolean;
  items: GuestOrderItem[];
  sessionRef: string;
  eventRef: string;
  pointOfSale: string;
  channel: string | null;
}

export interface GuestOrderItem {
  ref: string;
  /** `sku` or `productId`. */
  productId: string | null;
  name: string | null;
  type: string | null;
  quantity: number;
  price: number;
  currencyCode: string | null;
}

export interface GuestMerge {
  /** The guest that retired. */
  from: string;
  /** The guest that stayed. */
  into: string;
  at: string;
  eventRef: string;
  /** A sentence for people. */
  reason: string;
}

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  { op: "add" | "replace"; path: string; value: JsonValue } | { op: "remove"; path: string };

/** One step of a profile's history. */
export interface GuestHistoryItem {
  /** Its place among all steps of all guests; rises. */
  seq: number;
  /** The event that did it; null for what time alone did, such as a session that closed. */
  eventRef: string | null;
  /** The event's type; null likewise. */
  type: string | null;
  at: string;
  /** What it changed on the profile, as JSON Patch; applied to the profile before, it gives the one after. */
  changes: PatchOperation[];
  /** A sentence for people. */
  why: string;
  /** How sure we are that the real CDP does the same, and where that is written. */
  certainty: Certainty;
  source: string;
  /** The guest it happened to, where that one merged into this one later. */
  from?: string;
}

/** A line of the list of guests. */
export interface GuestRow {
  ref: string;
  guestType: GuestType;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  lastSeen: string;
  mergedInto: string | null;
}

/** An event as a guest's timeline shows it, whatever became of it. */
export interface GuestEvent {
  ref: string;
  type: string;
  status: "PENDING" | "PROCESSED" | "FAILED" | "DROPPED";
  createdAt: string;
  browserRef: string;
  sessionRef: string | null;
  reasons: { code: string; path: string; message: string }[];
}
