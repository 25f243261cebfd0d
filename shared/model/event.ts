import type { JsonObject } from "./json";

/** One Stream API message: a JSON payload with a `type`. As written it may lack what is filled in when it is built. */
export type StreamEvent = JsonObject;

/** Where a field of a built event came from; later layers win (see `build-event.ts`). */
export type FieldOrigin = "environment" | "defaults" | "browser" | "guest" | "message type" | "event";

/** An event as it goes on the wire, with the origin of each top-level field. */
export interface BuiltEvent {
  event: StreamEvent;
  origins: Readonly<Record<string, FieldOrigin>>;
}
