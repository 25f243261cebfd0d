import type { Entry } from "../../../shared/model/entry";

/** What an entry says of whose event it is. */
export interface GuestOfEntry {
  browserId: string | null;
  /** As the target's answer names the event. */
  eventRef: string | null;
  /** Of whom Bellhop knew it to be when it was sent. */
  guestRef: string | null;
  email: string | null;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const answeredRef = (entry: Entry): string | null => {
  try {
    const answer: unknown = JSON.parse(entry.response?.body?.text ?? "");
    return typeof answer === "object" && answer !== null && "ref" in answer ? text(answer.ref) : null;
  } catch {
    return null; // Whatever came is no JSON, so it names no event.
  }
};

/** Reads from an entry which guest and which event it is about. */
export const guestOfEntry = (entry: Entry): GuestOfEntry => ({
  browserId: text(entry.event?.["browser_id"]),
  eventRef: entry.kind === "event" ? answeredRef(entry) : null,
  guestRef: entry.guestRef,
  email: text(entry.event?.["email"]),
});
