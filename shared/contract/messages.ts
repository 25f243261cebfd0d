import type { CommandName, InputOf, OutputOf } from "./commands";
import type { ErrorData } from "./errors";
import type { NotificationName, PayloadOf } from "./notifications";

/** The answer to every command. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: ErrorData };

/** What a client posts over any channel. `id` is the client's own number for matching the answer. */
export interface Request<C extends CommandName = CommandName> {
  id: number;
  command: C;
  input: InputOf<C>;
}

/** What comes back for a request. */
export interface Response<C extends CommandName = CommandName> {
  id: number;
  answer: Envelope<OutputOf<C>>;
}

/** What the core says unasked. */
export interface Notification<N extends NotificationName = NotificationName> {
  notification: N;
  payload: PayloadOf<N>;
}

/** A channel carries these, structured-clone-safe and JSON-safe, and nothing else. */
export type MessageFromCore = Response | Notification;

/** The whole of what a host gives a renderer. The preload exposes just this as `window.bellhop`. */
export interface Channel {
  post(message: Request): void;
  /** @returns a function that stops listening */
  onMessage(listener: (message: MessageFromCore) => void): () => void;
}
