import { randomUUID } from "node:crypto";
import type { InputOf } from "../../../shared/contract/commands";
import type { StreamEvent } from "../../../shared/model/event";
import { idToCome, type GuestContext } from "../../../shared/model/guest";

export type GuestOverride = InputOf<"sender.preview">["guest"];

/** The ids that an event is built with, and the guest they stand for. */
export interface EventGuest {
  browserId: string;
  sessionId: string;
  guestRef: string | null;
  /** Whether the environment's context gave the browser id. */
  fromContext: boolean;
}

/**
 * Who an event comes from, by what is written in it, what was given with it, and the environment's guest context.
 *
 * @returns null where a new browser has to be made first
 */
export const guestOfEvent = (
  event: StreamEvent,
  override: GuestOverride,
  context: GuestContext | null,
): EventGuest | null => {
  const given = override?.browserId;
  if (given !== undefined && given !== "") {
    // Another browser's session is not this one's.
    return withIds(given, override, context?.browserId === given ? context : null);
  }
  if (override?.fresh) return null;
  // An event that says who it comes from, or null for nobody, needs no context.
  if (Object.hasOwn(event, "browser_id")) {
    const own = event["browser_id"];
    return withIds(typeof own === "string" ? own : "", override, context);
  }
  return context && withIds(context.browserId, override, context);
};

const withIds = (browserId: string, override: GuestOverride, context: GuestContext | null): EventGuest => {
  const same = context?.browserId === browserId;
  const sessionId = override?.sessionId || context?.sessionId || randomUUID();
  return { browserId, sessionId, guestRef: same ? context.guestRef : null, fromContext: same };
};

/** Stands for the guest to come; whatever is judged with it is judged as with the real one. */
export const guestToCome = (override: GuestOverride): EventGuest => ({
  browserId: idToCome,
  sessionId: override?.sessionId || idToCome,
  guestRef: null,
  fromContext: false,
});
