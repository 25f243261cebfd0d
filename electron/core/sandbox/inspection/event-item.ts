import type { JsonObject } from "../../../../shared/model/json";
import type { StoredEvent } from "../store/stored-event";

const lifted = new Set(["type", "channel", "pos", "browser_id"]);

/**
 * An event as the inspection shows it: type, channel, point of sale and browser lifted out, all else in
 * `arbitraryData`, as Sitecore stores events (facts §5, "Stored event"). What cannot be lifted stays where it was.
 */
export const toItem = ({ payload, ...event }: StoredEvent): object => {
  const text = (name: string): string | null => {
    const value = payload[name];
    return typeof value === "string" ? value : null;
  };
  const arbitraryData: JsonObject = Object.fromEntries(
    Object.entries(payload).filter(([name, value]) => !lifted.has(name) || typeof value !== "string"),
  );
  return {
    ref: event.ref,
    type: text("type"),
    status: event.status,
    // What is only good to know is no reason for anything; asking for one event gives that, too.
    reasons: event.issues
      .filter(({ severity }) => severity === "error")
      .map(({ code, path, message }) => ({ code, path, message })),
    channel: text("channel"),
    pointOfSale: text("pos"),
    browserRef: event.browserRef,
    sessionRef: event.sessionRef,
    guestRef: event.guestRef,
    createdAt: new Date(event.createdAt).toISOString(),
    arbitraryData,
  };
};
