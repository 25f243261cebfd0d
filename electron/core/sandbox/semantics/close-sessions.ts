import type { GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import { openSessions } from "./open-sessions";
import type { SandboxRules } from "./rules";
import { closed, replaceSessions } from "./sessions";
import { sources } from "./sources";
import { counted, listed, short, spoken } from "./words";
import type { ProfileChange } from "./world";

/** Milliseconds, for a point of sale that the configuration no longer has: the one Sitecore's demonstrations use. */
const usualTimeout = 30 * 60_000;

const timeoutOf = ({ pointOfSale }: GuestSession, rules: SandboxRules): number =>
  rules.pointsOfSale.find(({ name }) => name === pointOfSale)?.timeout ?? usualTimeout;

const dueAt = (session: GuestSession, rules: SandboxRules): number =>
  Date.parse(session.lastEventAt) + timeoutOf(session, rules);

/**
 * Closes the sessions whose point of sale's time-out has passed since their last event. Sitecore (understanding
 * sessions and events; manage a point of sale): the time-out is the point of sale's, in minutes. A session ends when
 * the time-out passed, whenever that is noticed.
 *
 * @param now epoch milliseconds
 * @returns null where nothing is due
 */
export const closeDueSessions = (
  guest: GuestProfile,
  rules: SandboxRules,
  now: number,
): ProfileChange | null => {
  const due: (readonly [number, GuestSession])[] = [];
  let at = -Infinity;
  for (const index of openSessions(guest.sessions)) {
    const session = guest.sessions[index];
    if (session === undefined) continue;
    const end = dueAt(session, rules);
    if (end > now) continue;
    due.push([index, closed(session, end, "TIMEOUT")]);
    at = Math.max(at, end);
  }
  if (due.length === 0) return null;
  return {
    before: guest,
    after: replaceSessions(guest, due),
    event: null,
    at,
    why: wordsFor(
      due.map(([, session]) => session),
      rules,
    ),
    certainty: "documented",
    source: sources.sessions,
  };
};

/** Epoch milliseconds at which the next of a guest's sessions is due; null where none is open. */
export const nextClosing = (guest: GuestProfile, rules: SandboxRules): number | null => {
  let next: number | null = null;
  for (const index of openSessions(guest.sessions)) {
    const session = guest.sessions[index];
    if (session === undefined) continue;
    const end = dueAt(session, rules);
    if (next === null || end < next) next = end;
  }
  return next;
};

const wordsFor = (sessions: readonly GuestSession[], rules: SandboxRules): string => {
  const [first] = sessions;
  if (first !== undefined && sessions.length === 1) {
    const pause = spoken(timeoutOf(first, rules));
    return `Session ${short(first.ref)} closed after ${pause} without an event${outcome(first)}.`;
  }
  const abandoned = sessions.filter(({ cartType }) => cartType === "ABANDONED").length;
  const names = sessions.length <= 4 ? ` (${listed(sessions.map(({ ref }) => short(ref)))})` : "";
  const carts = abandoned === 0 ? "" : `; ${counted(abandoned, "cart")} stayed behind, abandoned`;
  return `${counted(sessions.length, "session")}${names} closed, each after its time-out without an event${carts}.`;
};

const outcome = ({ cartType, cart }: GuestSession): string => {
  if (cartType === "ABANDONED") return `, with ${counted(cart.length, "product")} in an abandoned cart`;
  return cartType === "CONVERTED" ? "; it had ended in an order" : "";
};
