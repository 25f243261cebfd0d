import { guestTypes, type GuestProfile } from "../../../../shared/model/guest-profile";
import { Refusal, type Answer } from "../http/answer";
import type { Query } from "../http/query";
import type { Route } from "../http/router";
import type { GuestReader } from "../store/guest-reader";
import { afterOf, limitOf, numberOf, wordOf } from "./query-fields";

/** More text than this is in no guest. */
const longestText = 200;

const unknownGuest = (ref: string): Refusal =>
  new Refusal(404, "unknown-guest", `There is no guest ${JSON.stringify(ref.slice(0, 100))} here.`, {
    developerMessage: "GET /_sandbox/guests lists those that there are; a reset forgets all of them.",
  });

const unknownPlace = (ref: string, at: string): Refusal =>
  new Refusal(
    404,
    "unknown-place",
    `Guest ${ref} has no step of history at ${JSON.stringify(at.slice(0, 100))}.`,
    {
      developerMessage: `Give at as the eventRef or the seq of an item of GET /_sandbox/guests/${ref}/history.`,
    },
  );

const listGuests = async (guests: GuestReader, query: Query): Promise<Answer> => {
  const type = wordOf(query, "type", guestTypes);
  const text = (query.get("text") ?? "").slice(0, longestText);
  const offset = numberOf(query, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  const { rows, total } = await guests.list(
    { text, ...(type !== undefined && { type }) },
    offset,
    limitOf(query),
  );
  return { status: 200, body: { items: rows, total } };
};

/** By the number of a step, or by an event's reference, which is never a number alone. */
const readPast = async (guests: GuestReader, ref: string, at: string): Promise<GuestProfile> => {
  const place = /^\d{1,15}$/.test(at) ? { seq: Number(at) } : { eventRef: at };
  const profile = await guests.profileAt(ref, place);
  if (profile) return profile;
  throw (await guests.profile(ref)) ? unknownPlace(ref, at) : unknownGuest(ref);
};

const showGuest = async (guests: GuestReader, ref: string, query: Query): Promise<Answer> => {
  const at = query.get("at");
  const profile = at === null || at === "" ? await guests.profile(ref) : await readPast(guests, ref, at);
  if (!profile) throw unknownGuest(ref);
  return { status: 200, body: profile };
};

/** Guests, what they were, and what made them so. */
export const createGuestEndpoints = (guests: GuestReader): Route[] => [
  { method: "GET", path: "/_sandbox/guests", answer: ({ query }) => listGuests(guests, query) },
  {
    method: "GET",
    path: "/_sandbox/guests/{ref}",
    answer: ({ query }, ref) => showGuest(guests, ref, query),
  },
  {
    method: "GET",
    path: "/_sandbox/guests/{ref}/history",
    async answer({ query }, ref) {
      const page = await guests.history(ref, afterOf(query), limitOf(query));
      if (!page) throw unknownGuest(ref);
      return { status: 200, body: page };
    },
  },
  {
    method: "GET",
    path: "/_sandbox/guests/{ref}/events",
    async answer({ query }, ref) {
      const page = await guests.events(ref, afterOf(query), limitOf(query));
      if (!page) throw unknownGuest(ref);
      return { status: 200, body: page };
    },
  },
];
