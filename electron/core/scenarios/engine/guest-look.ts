import { AppError } from "../../../../shared/contract/errors";
import type { EntrySource } from "../../../../shared/model/entry";
import type { GuestHistoryItem, GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import { askInspection } from "../../guests/ask-inspection";
import { historyShape, listShape, profileShape } from "../../guests/sandbox-shapes";
import type { RunTarget } from "../../sender/run-sends";
import type { Browser } from "./browsers";

/** Which guest is meant. */
export type GuestQuestion =
  | { browser: Browser & { made: NonNullable<Browser["made"]> } }
  | { email: string }
  | { identifier: { provider: string; id: string } }
  | { ref: string };

/** A guest in the form that scenarios match; null where there is none. */
export interface SeenGuest {
  guest: JsonObject | null;
  ref: string | null;
}

/** What an event did to a guest, as a step of its history. */
export type GuestChange = Pick<GuestHistoryItem, "seq" | "changes"> & { ref: string };

/** Looks at guests, whichever way the target has for that. */
export interface GuestLook {
  /**
   * @param asked is told of the entry of each request that is logged
   * @throws AppError where the target does not answer, or refuses
   */
  find(
    question: GuestQuestion,
    source: EntrySource,
    signal: AbortSignal,
    asked: (entryId: string) => void,
  ): Promise<SeenGuest>;
  /** Whether the target's guests show an attribute at all. */
  shows(attribute: string): boolean;
  /** What an event that was dealt with changed; null where that is not known. */
  changeBy(guestRef: string, eventRef: string): Promise<GuestChange | null>;
}

const asJson = (guest: object): JsonObject => guest as JsonObject;

/** Long chains of merges are somebody's game. */
const mostMerges = 50;

/** Reads the sandbox's guests through its inspection, in whatever process it runs. @param url gives its address */
export const createSandboxLook = (url: () => Promise<string>): GuestLook => {
  const profile = async (ref: string): Promise<GuestProfile | null> => {
    try {
      const path = `/_sandbox/guests/${encodeURIComponent(ref)}`;
      return await askInspection(await url(), path, profileShape);
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return null;
      throw error;
    }
  };

  /** The guest that a retired one became in the end. */
  const living = async (ref: string): Promise<GuestProfile | null> => {
    let guest = await profile(ref);
    for (let merges = 0; guest?.mergedInto && merges < mostMerges; merges += 1) {
      guest = await profile(guest.mergedInto);
    }
    return guest;
  };

  /** The first living guest that has a text somewhere and fits. */
  const search = async (
    text: string,
    fits: (guest: GuestProfile) => boolean,
  ): Promise<GuestProfile | null> => {
    const path = `/_sandbox/guests?text=${encodeURIComponent(text)}&limit=50`;
    const { items } = await askInspection(await url(), path, listShape);
    for (const { ref } of items) {
      const guest = await profile(ref);
      if (guest !== null && guest.mergedInto === null && fits(guest)) return guest;
    }
    return null;
  };

  const ofBrowser = async ({ made, guestRef }: Browser): Promise<GuestProfile | null> => {
    const id = made?.browserId ?? "";
    const has = (guest: GuestProfile): boolean => guest.browsers.some(({ ref }) => ref === id);
    const known = guestRef === null ? null : await living(guestRef);
    return known !== null && has(known) ? known : ((await search(id, has)) ?? known);
  };

  const find = (question: GuestQuestion): Promise<GuestProfile | null> => {
    if ("browser" in question) return ofBrowser(question.browser);
    if ("ref" in question) return living(question.ref);
    if ("email" in question) {
      const email = question.email.toLowerCase();
      return search(email, ({ emails }) => emails.some((known) => known.toLowerCase() === email));
    }
    const { provider, id } = question.identifier;
    return search(id, ({ identifiers }) =>
      identifiers.some((known) => known.provider === provider && known.id === id),
    );
  };

  /** How far each guest's history has been read: what an event changed lies behind it. */
  const read = new Map<string, number>();
  const mostRead = 1000;

  return {
    async find(question) {
      const guest = await find(question);
      return { guest: guest && asJson(guest), ref: guest?.ref ?? null };
    },
    shows: () => true,
    async changeBy(ref, eventRef) {
      const after = read.get(ref) ?? 0;
      const path = `/_sandbox/guests/${encodeURIComponent(ref)}/history?after=${after}&limit=1000`;
      const { items } = await askInspection(await url(), path, historyShape);
      const mine = items.filter((item) => item.eventRef === eventRef);
      const change = mine.findLast(({ from }) => from === undefined) ?? mine.at(-1);
      if (change === undefined) return null;
      if (read.size >= mostRead) read.clear();
      read.set(ref, change.seq);
      return { ref, seq: change.seq, changes: change.changes };
    },
  };
};

/** What a tenant's Guest REST API shows of a guest; all else of a profile only a sandbox knows. */
const shownByTenants: ReadonlySet<string> = new Set([
  ...["ref", "guestType", "createdAt", "firstSeen", "lastSeen", "title", "firstName", "lastName", "gender"],
  ...["dateOfBirth", "emails", "phoneNumbers", "language", "street", "city", "state", "country", "postCode"],
  "identifiers",
]);

/** Reads a tenant's guests through its Guest REST API; each question is an entry of the log. */
export const createTenantLook = (target: Pick<RunTarget, "lookUp">): GuestLook => ({
  async find(question, source, signal, asked) {
    const by = "browser" in question ? refOf(question.browser) : question;
    const guest = by && (await target.lookUp(by, source, signal, asked));
    if (guest === null) return { guest, ref: null };
    const shown = Object.entries(guest).filter(([name]) => shownByTenants.has(name));
    return { guest: Object.fromEntries(shown), ref: guest.ref };
  },
  shows: (attribute) => shownByTenants.has(attribute),
  changeBy: async () => null,
});

const refOf = ({ guestRef }: Browser): { ref: string } | null =>
  guestRef === null ? null : { ref: guestRef };
