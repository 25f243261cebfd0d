import type { EventMark, GuestProfile } from "../../../../shared/model/guest-profile";
import type { Certainty, Issue } from "../../../../shared/model/verdict";
import type { SandboxRules } from "./rules";
import type { EventToApply, World } from "./world";

/** An event and all that a rule may look at while it is applied. */
export interface Occasion {
  event: EventToApply;
  world: World;
  rules: SandboxRules;
  /** The event's time, ISO 8601. */
  at: string;
  mark: EventMark;
  /** As the event says, else as the browser's last event said; null where neither does. */
  channel: string | null;
  pointOfSale: string;
  /** In the spec catalog, where the client makes sessions. */
  sessionId: string | null;
}

/** Why something happened, how sure we are that the real CDP does the same, and where that is written. */
export interface Reason {
  why: string;
  certainty: Certainty;
  source: string;
}

/** What a rule makes of an event. A failed one changes nothing. */
export type Ruling = { failed: Issue[] } | ({ guest: GuestProfile; issues: Issue[] } & Reason);

/** The rule of a type: `index` is where the event's session is among the guest's. */
export type Rule = (guest: GuestProfile, index: number, occasion: Occasion) => Ruling;

/** Characters of a type that are kept; the stored event has all of it. */
const longestType = 200;

/** A type as profiles and the types of attributes remember it. */
export const typeName = ({ type }: EventToApply): string => type.slice(0, longestType);

/** Something to say of an event. */
export const issueOf = (
  { event }: Occasion,
  issue: Pick<Issue, "severity" | "code" | "path" | "message" | "certainty" | "hint">,
): Issue => ({ ...issue, catalog: event.catalog });
