import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import type { CatalogName, Certainty, Issue } from "../../../../shared/model/verdict";

/** An accepted event whose point of sale is known and which its catalog calls valid. */
export interface EventToApply {
  ref: string;
  type: string;
  /** The catalog whose shape it has, and whose semantics hold. */
  catalog: CatalogName;
  browserRef: string;
  payload: JsonObject;
  /** Epoch milliseconds of the sandbox's own clock. */
  at: number;
}

/**
 * All that the rules may look at: guests by every way that leads to one. It is complete for the events at hand: who
 * applies them has fetched what `lookUpsFor` names. Profiles are never changed in place; a new one replaces the old.
 */
export interface World {
  guest(ref: string): GuestProfile | undefined;
  /** The guest that a browser belongs to now: the survivor, after a merge. */
  guestOfBrowser(browserRef: string): GuestProfile | undefined;
  /** Never a retired guest. Identifiers of provider `email` are in lower case, as on the profile. */
  guestByIdentifier(provider: string, id: string): GuestProfile | undefined;
  /**
   * For data model 2.0: the oldest guest that has all of these personal data. Keys are names of `personalData` in the
   * rules, e-mail addresses in lower case: `personalDataOf` says the same of a profile.
   */
  guestByPersonalData(data: Readonly<Record<string, string>>): GuestProfile | undefined;
  /** Whether an order with this reference exists, whoever's. */
  hasOrder(referenceId: string): boolean;
  /** The JSON type that an `ext` attribute had first, for events of this type. */
  extensionType(eventType: string, attribute: string): "string" | "number" | "boolean" | undefined;
}

/** What has to be known before an event can be applied. */
export interface LookUps {
  browserRefs: string[];
  identifiers: { provider: string; id: string }[];
  personalData: Readonly<Record<string, string>>[];
  orderReferences: string[];
  extensions: { eventType: string; attribute: string }[];
}

/** A guest before and after, and why. */
export interface ProfileChange {
  /** Absent where the guest is new. */
  before: GuestProfile | undefined;
  after: GuestProfile;
  /** The event that did it; null for what time alone did. */
  event: { ref: string; type: string } | null;
  /** Epoch milliseconds of the sandbox's own clock. */
  at: number;
  /** A sentence for people: "The identifier email ada@… was already on guest 4f2a: rule 1 (email) matched, so …". */
  why: string;
  certainty: Certainty;
  /** Where the rule is written: "Sitecore: identity rules", "AsyncAPI document", "Bellhop's reading". */
  source: string;
}

/** What came of an event. */
export interface Applied {
  status: "PROCESSED" | "FAILED";
  /** Why it failed, or what to know although it was processed; FAILED always has at least one error. */
  issues: Issue[];
  /** The guest it belongs to afterwards, and its session. */
  guestRef: string;
  sessionRef: string | null;
  /** In order; a guest may occur more than once. Nothing of a FAILED event's own is among them. */
  changes: ProfileChange[];
  /** The types of `ext` attributes that this event fixes. */
  extensionTypes: { eventType: string; attribute: string; type: "string" | "number" | "boolean" }[];
}
