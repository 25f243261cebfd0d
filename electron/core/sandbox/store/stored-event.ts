import type { JsonObject } from "../../../../shared/model/json";
import type { Transport } from "../../../../shared/model/environment";
import type { Issue } from "../../../../shared/model/verdict";

export const eventStatuses = ["PENDING", "PROCESSED", "FAILED", "DROPPED"] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** Longer types are kept whole in the payload; this much of them can be searched by. */
export const searchableLength = 200;

/** A browser id and the guest that it belongs to now; every browser create makes both (facts §5). */
export interface Browser {
  ref: string;
  guestRef: string;
}

/** An event that was accepted, before anything became of it. */
export interface AcceptedEvent {
  ref: string;
  transport: Transport;
  type: string;
  browserRef: string;
  payload: JsonObject;
}

/** An event that waits for its outcome. */
export interface WaitingEvent {
  seq: number;
  ref: string;
  transport: Transport;
  browserRef: string;
  /** The guest that its browser belonged to at its acceptance. */
  guestRef: string;
  payload: JsonObject;
  /** Epoch milliseconds of its acceptance by the sandbox's own clock. */
  at: number;
  /** Epoch milliseconds of its acceptance by the real clock, which its outcome waits by. */
  acceptedAt: number;
}

/** What became of an event, and why. */
export interface EventOutcome {
  status: Exclude<EventStatus, "PENDING">;
  issues: Issue[];
}

/** An event's outcome with the guest and the session that it belongs to afterwards. */
export interface SettledEvent extends EventOutcome {
  seq: number;
  guestRef: string;
  sessionRef: string | null;
}

/** An event as it is kept. */
export interface StoredEvent {
  seq: number;
  ref: string;
  status: EventStatus;
  issues: Issue[];
  browserRef: string;
  guestRef: string;
  sessionRef: string | null;
  createdAt: number;
  payload: JsonObject;
}

/** Which events a reader wants; what is absent does not narrow. */
export interface EventFilter {
  ref?: string;
  status?: EventStatus;
  type?: string;
  browserRef?: string;
  guestRef?: string;
}

export interface EventPage {
  items: StoredEvent[];
  /** Whether others follow behind the last. */
  more: boolean;
}
