import type { Channel } from "../../shared/contract/messages";

/** `refused`: this page has no right to the core any more, until its browser opens a fresh address. */
export type ConnectionState = "connected" | "reconnecting" | "refused";

/** A channel that can lose its core and find it again. */
export interface LiveChannel extends Channel {
  /**
   * Tells each change of the state, and at once the state as it is where that is known already.
   *
   * @returns a function that stops listening
   */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** What proves the page's right on a request that is not a message of the channel. */
  transferHeaders(): Record<string, string>;
  close(): void;
}
