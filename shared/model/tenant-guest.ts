import type { GuestPerson } from "./guest-profile";
import type { JsonObject, JsonValue } from "./json";

/** A guest as a tenant's Guest REST API shows it. Sessions and events are not in that API. */
export interface TenantGuest extends GuestPerson {
  environment: string;
  /** ISO 8601, UTC: when it was read. */
  readAt: string;
  ref: string;
  guestType: string | null;
  createdAt: string | null;
  firstSeen: string | null;
  lastSeen: string | null;
  /** References of others that the same search found; a tenant may have one person twice. */
  others?: string[];
  /** The answer as it came, secrets masked, so that nothing the tenant says is hidden. */
  raw: JsonObject;
}

/** How it ended to wait for a guest to change. `asked` counts the questions. */
export type AwaitedChange =
  | { outcome: "changed"; guest: TenantGuest; asked: number }
  /** There is no such guest any more: it was deleted, or became another one in a merge. */
  | { outcome: "gone"; asked: number }
  | { outcome: "unchanged"; asked: number };

/** A field that differs between two states of a guest. */
export interface ChangedField {
  /** A JSON Pointer into `raw`. */
  path: string;
  /** Absent where the field was not there. */
  before?: JsonValue;
  /** Absent where the field is no longer there. */
  after?: JsonValue;
}
