import type { GuestIdentifier } from "./guest-profile";
import type { JsonObject } from "./json";

/** A guest as a tenant's Guest REST API shows it. Sessions and events are not in that API. */
export interface TenantGuest {
  environment: string;
  /** ISO 8601, UTC: when it was read. */
  readAt: string;
  ref: string;
  guestType: string | null;
  createdAt: string | null;
  firstSeen: string | null;
  lastSeen: string | null;
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
  /** The answer as it came, so that nothing the tenant says is hidden. */
  raw: JsonObject;
}
