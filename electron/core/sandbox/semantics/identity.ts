import type { GuestIdentifier, GuestProfile } from "../../../../shared/model/guest-profile";
import type { Issue } from "../../../../shared/model/verdict";
import { claimOf, dataForRule, sameIdentifier, type Claim } from "./claim";
import { closeDueSessions } from "./close-sessions";
import { mergeGuests } from "./merge";
import { visitor } from "./new-visitor";
import { deriveRef } from "./refs";
import { issueOf, type Occasion, type Reason } from "./ruling";
import { sources } from "./sources";
import { capital, counted, listed, short, shown } from "./words";
import type { ProfileChange } from "./world";

/** The guest that an event belongs to once it is known who that is. */
export interface Subject {
  /** As it was; absent where the event made this guest. */
  before: GuestProfile | undefined;
  guest: GuestProfile;
  /** What happened to other guests on the way, and to this one by time alone. */
  changes: ProfileChange[];
  issues: Issue[];
  /** Why it is this guest; null where the event says nothing of identity. */
  reason: Reason | null;
  claim: Claim | undefined;
}

/** A rule that found something to go by: an identifier or data of the event. */
interface Match {
  /** "The identifier email ada@lovelace.example" */
  what: string;
  /** "identity rule 1 (email)" */
  rule: string;
  /** Who has it already. */
  guest: GuestProfile | undefined;
  source: string;
}

/**
 * Finds out who the guest is. Sitecore (configure identity rules): rules are tried in their order, and the first whose
 * identifier is on a guest wins. The browser's data then goes to that guest and its former guest is retired (examples
 * of identity rules). Where an identifier of a rule is on nobody yet the documents conflict, so that is a setting.
 */
export const identify = (guest: GuestProfile, occasion: Occasion): Subject => {
  const claim = claimOf(occasion.event, occasion.rules);
  const same: Subject = { before: guest, guest, changes: [], issues: [], reason: null, claim };
  if (claim === undefined) return same;
  const matches = matchesOf(claim, occasion);
  const found = matches.find((match) => match.guest !== undefined) ?? matches[0];
  if (found === undefined) return notByAnyRule(same, claim, occasion);
  if (found.guest === undefined)
    return occasion.rules.whenNoMatch === "new-visitor"
      ? leaveForNewVisitor(guest, found, claim, occasion)
      : becomeCustomer(same, found, claim, occasion);
  return found.guest.ref === guest.ref
    ? recognised(same, found, claim, occasion)
    : becomeOther(guest, found.guest, found, claim, occasion);
};

/** What each rule finds in the event, in the order of the rules. */
const matchesOf = (claim: Claim, { rules, world }: Occasion): Match[] =>
  rules.identityRules.flatMap((rule, place): Match[] => {
    if ("provider" in rule) {
      const name = `identity rule ${place + 1} (${shown(rule.provider)})`;
      return claim.identifiers
        .filter(({ provider }) => provider === rule.provider)
        .map(({ provider, id }) => ({
          what: `The identifier ${shown(provider)} ${shown(id)}`,
          rule: name,
          guest: living(world.guestByIdentifier(provider, id)),
          source: sources.identityRules,
        }));
    }
    // Data model 2.1: "Stream API does not support using PII" to identify.
    const data = rules.dataModel === "2.0" ? dataForRule(claim, rule.personalData) : undefined;
    if (data === undefined) return [];
    const what = `The personal data ${listed(Object.entries(data).map(([key, value]) => `${key} ${shown(value)}`))}`;
    const name = `identity rule ${place + 1} (${rule.personalData.join(" + ")})`;
    return [
      { what, rule: name, guest: living(world.guestByPersonalData(data)), source: sources.personalData },
    ];
  });

const living = (guest: GuestProfile | undefined): GuestProfile | undefined =>
  guest?.guestType === "retired" ? undefined : guest;

const asCustomer = (guest: GuestProfile, { mark }: Occasion): GuestProfile =>
  guest.guestType === "customer"
    ? guest
    : { ...guest, guestType: "customer", setBy: { ...guest.setBy, "/guestType": mark } };

const notByAnyRule = (same: Subject, claim: Claim, occasion: Occasion): Subject => {
  const providers = [...new Set(claim.identifiers.map(({ provider }) => shown(provider)))];
  const isIdentity = occasion.event.type === "IDENTITY";
  if (!isIdentity && providers.length === 0) return same;
  const message =
    providers.length === 0
      ? "Nothing in this event identifies a guest, so what it says is only kept."
      : `No identity rule is for ${listed(providers.slice(0, 5))}, so this identifies nobody.`;
  const issue = issueOf(occasion, {
    severity: "warning",
    code: providers.length === 0 ? "nothing-identifies" : "no-identity-rule",
    path: isIdentity ? "/identifiers" : "/contact",
    message,
    hint: "Send an identifier whose provider has an identity rule, or add a rule for it.",
    certainty: "documented",
  });
  // A contact whom no rule identifies may be anybody, so the guest takes nothing from it.
  if (!isIdentity) return { ...same, issues: [issue] };
  const { guest, issues } = addIdentifiers(same.guest, claim, occasion, null);
  const reason: Reason = { why: message, certainty: "documented", source: sources.identityRules };
  return { ...same, guest, issues: [issue, ...issues], reason };
};

const recognised = (same: Subject, match: Match, claim: Claim, occasion: Occasion): Subject => {
  const { guest, issues } = addIdentifiers(asCustomer(same.guest, occasion), claim, occasion, null);
  const why = `${match.what} is this guest's own already: ${match.rule} recognised ${short(guest.ref)}.`;
  return { ...same, guest, issues, reason: { why, certainty: "documented", source: match.source } };
};

const becomeCustomer = (same: Subject, match: Match, claim: Claim, occasion: Occasion): Subject => {
  const { guest, issues } = addIdentifiers(asCustomer(same.guest, occasion), claim, occasion, null);
  const what = `${match.what} was on no guest yet, and ${match.rule} is for it`;
  const why =
    same.guest.guestType === "customer"
      ? `${what}, so customer ${short(guest.ref)} got it as well.`
      : `${what}, so visitor ${short(guest.ref)} became a customer.`;
  return { ...same, guest, issues, reason: { why, certainty: "unverified", source: sources.identityRules } };
};

/** Sitecore (examples of identity rules): without a match "a new visitor profile is created". */
const leaveForNewVisitor = (guest: GuestProfile, match: Match, claim: Claim, occasion: Occasion): Subject => {
  const { event, at, mark } = occasion;
  const fresh = visitor(deriveRef(event.ref, "guest"), event.browserRef, at);
  const browser = guest.browsers.find(({ ref }) => ref === event.browserRef);
  const moved = browser === undefined ? fresh.browsers : [{ ...browser, movedFrom: guest.ref }];
  const { guest: made, issues } = addIdentifiers({ ...fresh, browsers: moved }, claim, occasion, null);
  const why =
    `${match.what} was on no guest yet, and ${match.rule} is for it, so browser ${short(event.browserRef)} ` +
    `left guest ${short(guest.ref)} for a new visitor, ${short(made.ref)}.`;
  const reason: Reason = { why, certainty: "unverified", source: sources.identityRules };
  const left = { ...guest, browsers: guest.browsers.filter(({ ref }) => ref !== event.browserRef) };
  const leaving = { before: guest, after: left, event: eventOf(mark), at: event.at, ...reason };
  return { before: undefined, guest: made, changes: [leaving], issues, reason, claim };
};

const eventOf = ({ eventRef, type }: Occasion["mark"]): ProfileChange["event"] => ({ ref: eventRef, type });

const becomeOther = (
  guest: GuestProfile,
  found: GuestProfile,
  match: Match,
  claim: Claim,
  occasion: Occasion,
): Subject => {
  const { event, mark } = occasion;
  const due = closeDueSessions(found, occasion.rules, event.at);
  const other = due?.after ?? found;
  const why =
    `${match.what} was already on guest ${short(other.ref)}. ${capital(match.rule)} matched, so ${movedThings(guest, occasion)} ` +
    `moved to ${short(other.ref)}, and guest ${short(guest.ref)} is retired.`;
  const reason: Reason = { why, certainty: "documented", source: match.source };
  const { survivor, retired } = mergeGuests(other, guest, occasion, why);
  const retiring = { before: guest, after: retired, event: eventOf(mark), at: event.at, ...reason };
  const changes = due === null ? [retiring] : [due, retiring];
  const { guest: known, issues } = addIdentifiers(asCustomer(survivor, occasion), claim, occasion, guest.ref);
  return { before: other, guest: known, changes, issues, reason, claim };
};

/** "browser 77ab with its 2 sessions, 1 order and cart" */
const movedThings = ({ browsers, sessions, orders, cart }: GuestProfile, { event }: Occasion): string => {
  const browser =
    browsers.length === 1 ? `browser ${short(event.browserRef)}` : counted(browsers.length, "browser");
  const things = [
    ...(sessions.length > 0 ? [counted(sessions.length, "session")] : []),
    ...(orders.length > 0 ? [counted(orders.length, "order")] : []),
    ...(cart === null ? [] : ["cart"]),
  ];
  return things.length === 0 ? browser : `${browser} with its ${listed(things)}`;
};

/**
 * Adds an event's identifiers to the profile (Sitecore: IDENTITY event). One that another guest has already stays
 * there: an identifier on two guests would leave it to chance whom it means. That is Bellhop's reading.
 *
 * @param retired a guest that has just become this one
 */
const addIdentifiers = (
  guest: GuestProfile,
  { identifiers }: Claim,
  occasion: Occasion,
  retired: string | null,
): { guest: GuestProfile; issues: Issue[] } => {
  const next = guest.identifiers.slice();
  const issues: Issue[] = [];
  let changed = false;
  for (const identifier of identifiers) {
    const place = next.findIndex((known) => sameIdentifier(known, identifier));
    const known = next[place];
    if (known !== undefined) {
      if (identifier.expiryDate === undefined || identifier.expiryDate === known.expiryDate) continue;
      next[place] = { ...known, expiryDate: identifier.expiryDate };
    } else {
      const owner = living(occasion.world.guestByIdentifier(identifier.provider, identifier.id));
      if (owner !== undefined && owner.ref !== guest.ref && owner.ref !== retired) {
        issues.push(taken(identifier, owner, occasion));
        continue;
      }
      next.push(identifier);
    }
    changed = true;
  }
  if (!changed) return { guest, issues };
  return {
    guest: { ...guest, identifiers: next, setBy: { ...guest.setBy, "/identifiers": occasion.mark } },
    issues,
  };
};

const taken = ({ provider, id }: GuestIdentifier, owner: GuestProfile, occasion: Occasion): Issue =>
  issueOf(occasion, {
    severity: "warning",
    code: "identifier-taken",
    path: "/identifiers",
    message: `The identifier ${shown(provider)} ${shown(id)} stays with guest ${short(owner.ref)}, who has it already.`,
    certainty: "unverified",
  });
