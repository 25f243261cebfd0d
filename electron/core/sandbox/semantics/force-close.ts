import type { GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import { openSessions } from "./open-sessions";
import { issueOf, type Occasion, type Reason } from "./ruling";
import { closed, findSession, replaceSessions, touch } from "./sessions";
import { sources } from "./sources";
import type { Issue } from "../../../../shared/model/verdict";
import { counted, listed, short } from "./words";

/**
 * FORCE_CLOSE closes the open sessions of its browser and channel at once. Seen in Sitecore's demonstrations, on no
 * list of event types; one author says that it does not work in production. It opens no session to close it.
 */
export const forceClose = (
  guest: GuestProfile,
  occasion: Occasion,
): { guest: GuestProfile; sessionRef: string | null; issues: Issue[] } & Reason => {
  const { event, channel } = occasion;
  const own = findSession(guest, occasion);
  const closing: [number, GuestSession][] = [];
  for (const index of openSessions(guest.sessions)) {
    const session = guest.sessions[index];
    if (session?.browserRef !== event.browserRef || session.channel !== channel) continue;
    closing.push([
      index,
      closed(index === own ? touch(session, occasion) : session, event.at, "FORCE_CLOSE"),
    ]);
  }
  const last = (own === undefined ? undefined : guest.sessions[own]) ?? closing.at(-1)?.[1];
  const reason = { certainty: "unverified", source: sources.forceClose } as const;
  if (last === undefined) {
    const why = "Nothing was closed: the browser has no open session on this channel.";
    const issue = issueOf(occasion, {
      severity: "info",
      code: "nothing-to-close",
      path: "",
      message: why,
      certainty: "unverified",
    });
    return { guest, sessionRef: null, issues: [issue], why, ...reason };
  }
  const names = listed(closing.slice(0, 4).map(([, { ref }]) => short(ref)));
  const why = `FORCE_CLOSE closed ${counted(closing.length, "session")} of this browser (${names}) at once.`;
  return { guest: replaceSessions(guest, closing), sessionRef: last.ref, issues: [], why, ...reason };
};
