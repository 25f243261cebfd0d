import type { GuestSession } from "../../../../shared/model/guest-profile";

type Sessions = readonly GuestSession[];

/** Lists of sessions are never changed in place, so where the open ones are has to be found only once for each. */
const found = new WeakMap<Sessions, readonly number[]>();

/** Where the open sessions are, in rising order. Thousands of closed ones cost nothing after the first look. */
export const openSessions = (sessions: Sessions): readonly number[] => {
  const known = found.get(sessions);
  if (known !== undefined) return known;
  const open: number[] = [];
  for (const [index, session] of sessions.entries()) if (session.status === "OPEN") open.push(index);
  found.set(sessions, open);
  return open;
};

/** The list with another session at a place; at the end it is added. */
export const withSession = (sessions: Sessions, index: number, session: GuestSession): GuestSession[] => {
  const others = openSessions(sessions).filter((place) => place !== index);
  const next = sessions.slice();
  next[index] = session;
  found.set(next, session.status === "OPEN" ? [...others, index].sort((a, b) => a - b) : others);
  return next;
};
