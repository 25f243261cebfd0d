import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Issue } from "../../../../shared/model/verdict";
import { arrive, occasionOf } from "./arrive";
import { add, clearCart } from "./cart";
import { checkout } from "./checkout";
import { closeDueSessions } from "./close-sessions";
import { confirm } from "./confirm";
import { readExtension } from "./extensions";
import { forceClose } from "./force-close";
import { identify } from "./identity";
import { describeGuest } from "./identity-event";
import { newVisitor } from "./new-visitor";
import { orderCheckout } from "./order-checkout";
import { anyEvent, search, view } from "./plain-events";
import { deriveRef } from "./refs";
import type { SandboxRules } from "./rules";
import type { Occasion, Reason, Rule } from "./ruling";
import { enterSession, findSession } from "./sessions";
import { short } from "./words";
import type { Applied, EventToApply, ProfileChange, World } from "./world";

/** Types that do more than belong to a session. IDENTITY, ADD_CONTACTS and FORCE_CLOSE change which guest or session. */
const ruleOf: ReadonlyMap<string, Rule> = new Map([
  ["VIEW", view],
  ["SEARCH", search],
  ["ADD", add],
  ["CLEAR_CART", clearCart],
  ["CONFIRM", confirm],
  ["CHECKOUT", checkout],
  ["ORDER_CHECKOUT", orderCheckout],
]);

/**
 * What becomes of an accepted event that its catalog calls valid: pure, and the same for the same event and world.
 * First the sessions that are due by its time close. Then it is found out who the guest is, the event enters its
 * session, and the rule of its type is applied. Whatever the payload holds, nothing is thrown.
 */
export const applyEvent = (event: EventToApply, world: World, rules: SandboxRules): Applied => {
  const { guest, changes } = hostOf(event, world, rules);
  const browser = guest.browsers.find(({ ref }) => ref === event.browserRef);
  const occasion = occasionOf(event, browser, world, rules);
  const extension = readExtension(occasion);
  const home = findSession(guest, occasion);
  const fail = (issues: Issue[]): Applied => ({
    status: "FAILED",
    issues,
    guestRef: guest.ref,
    sessionRef: (home === undefined ? undefined : guest.sessions[home]?.ref) ?? null,
    changes,
    extensionTypes: [],
  });
  if (extension.failed.length > 0) return fail([...extension.failed, ...extension.issues]);

  const subject = identify(guest, occasion);
  const arrived = arrive(subject.guest, occasion);
  const applied = (
    after: GuestProfile,
    sessionRef: string | null,
    issues: Issue[],
    { why, certainty, source }: Reason,
  ): Applied => {
    const change = {
      before: subject.before,
      after,
      event: { ref: event.ref, type: occasion.mark.type },
      at: event.at,
    };
    return {
      status: "PROCESSED",
      issues: [...issues, ...extension.issues],
      guestRef: after.ref,
      sessionRef,
      changes: [...changes, ...subject.changes, { ...change, why, certainty, source }],
      extensionTypes: extension.types,
    };
  };
  if (event.type === "FORCE_CLOSE") {
    const { guest: after, sessionRef, issues, ...reason } = forceClose(arrived, occasion);
    return applied(after, sessionRef, issues, reason);
  }
  const { guest: entered, index, opened } = enterSession(arrived, occasion);
  const ruling =
    subject.claim !== undefined || event.type === "ADD_CONTACTS"
      ? describeGuest(entered, subject, occasion, extension)
      : (ruleOf.get(event.type) ?? anyEvent)(entered, index, occasion);
  if ("failed" in ruling) return fail([...ruling.failed, ...extension.issues]);
  const session = ruling.guest.sessions[index];
  const why = [ruling.why, ...sessionWords(session?.ref ?? "", opened, occasion)].join(" ");
  return applied(ruling.guest, session?.ref ?? null, ruling.issues, { ...ruling, why });
};

/** The browser's guest with what is due closed. A browser that nobody knows brings a visitor, as its creation would. */
const hostOf = (
  event: EventToApply,
  world: World,
  rules: SandboxRules,
): { guest: GuestProfile; changes: ProfileChange[] } => {
  const known = world.guestOfBrowser(event.browserRef);
  if (known === undefined) {
    const arrival = newVisitor(deriveRef(event.ref, "visitor"), event.browserRef, event.at);
    return { guest: arrival.after, changes: [arrival] };
  }
  const due = closeDueSessions(known, rules, event.at);
  return due === null ? { guest: known, changes: [] } : { guest: due.after, changes: [due] };
};

/** Only where it opened one: a sentence that stands beside every event says nothing of any. */
const sessionWords = (ref: string, opened: boolean, { event, sessionId }: Occasion): string[] => {
  if (!opened) return [];
  const why =
    sessionId === null
      ? `browser ${short(event.browserRef)} had none open there`
      : "none was open with the event's session id";
  return [`The event opened session ${short(ref)}, because ${why}.`];
};
