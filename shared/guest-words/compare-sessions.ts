import type { GuestProfile, GuestSession, SessionCounters } from "../model/guest-profile";
import { isLine, lineOf, type ChangeLine } from "./change-line";
import { shortRef } from "./names";
import { countWords, sessionName, sessionStateWords } from "./values";

const counterWords: Readonly<Record<Exclude<keyof SessionCounters, "events">, string>> = {
  views: "Page views",
  searches: "Searches",
  adds: "Added to the cart",
  confirms: "Confirmations",
  checkouts: "Checkouts",
};
const counters = Object.keys(counterWords) as (keyof typeof counterWords)[];

const compareSession = (before: GuestSession, after: GuestSession): (ChangeLine | null)[] => {
  const place = `sessions/${after.ref}`;
  const name = sessionName(after);
  return [
    lineOf(place, name, sessionStateWords(before), sessionStateWords(after)),
    lineOf(
      place,
      `Cart type on ${after.pointOfSale}`,
      before.cartType.toLowerCase(),
      after.cartType.toLowerCase(),
    ),
    lineOf(place, `Last page on ${after.pointOfSale}`, before.lastPage, after.lastPage, true),
    ...counters.map((counter) =>
      lineOf(
        place,
        counterWords[counter],
        String(before.counters[counter]),
        String(after.counters[counter]),
        true,
      ),
    ),
  ];
};

/** Sessions that came with a merge are counted; one that an event opened is told by its name. */
const newSessions = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const known = new Set(before?.sessions.map(({ ref }) => ref));
  const come = after.sessions.filter(({ ref }) => !known.has(ref));
  const merged = after.mergedFrom.length > (before?.mergedFrom.length ?? 0);
  if (merged || come.length > 2) {
    const counts = [before?.sessions.length ?? 0, after.sessions.length] as const;
    return [lineOf("sessions", "Sessions", String(counts[0]), String(counts[1]))].filter(isLine);
  }
  return come.map((session) => ({
    sign: "added" as const,
    label: sessionName(session),
    old: null,
    new: session.status === "OPEN" ? "opened" : sessionStateWords(session),
    place: `sessions/${session.ref}`,
    quiet: false,
  }));
};

/** What changed of the sessions: opened, closed, what became of the cart, pages and counters. */
export const compareSessions = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const old = new Map(before?.sessions.map((session) => [session.ref, session]));
  const kept = after.sessions.flatMap((session) => {
    const earlier = old.get(session.ref);
    return earlier && earlier !== session ? compareSession(earlier, session) : [];
  });
  const left =
    before?.sessions.filter(({ ref }) => !after.sessions.some((session) => session.ref === ref)) ?? [];
  const gone =
    left.length > 0 ? [lineOf("sessions", "Sessions", countWords(left.length, "session"), null)] : [];
  return [...newSessions(before, after), ...kept.filter(isLine), ...gone.filter(isLine)];
};

const browserWords = (profile: GuestProfile, ref: string): string => {
  const movedFrom = profile.browsers.find((browser) => browser.ref === ref)?.movedFrom;
  return movedFrom ? `${shortRef(ref)}, from ${shortRef(movedFrom)}` : shortRef(ref);
};

/** Which browsers came to the guest and which left it. */
export const compareBrowsers = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const refs = (profile: GuestProfile | null): string[] => profile?.browsers.map(({ ref }) => ref) ?? [];
  const come = refs(after).filter((ref) => !refs(before).includes(ref));
  const gone = refs(before).filter((ref) => !refs(after).includes(ref));
  return [
    ...come.map((ref) => lineOf(`browsers/${ref}`, "Browser", null, browserWords(after, ref))),
    ...gone.map((ref) => lineOf(`browsers/${ref}`, "Browser", shortRef(ref), null)),
  ].filter(isLine);
};
