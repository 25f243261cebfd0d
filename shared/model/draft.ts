/** An event being composed. Autosaved with each change, so that it outlives a crash. */
export interface Draft {
  id: string;
  name: string;
  /** The message type it was made from, such as `VIEW` or `CUSTOM`. */
  messageType: string;
  /** The editor's text as typed: it need not be JSON yet. */
  text: string;
  /** Rises with each saved change. */
  revision: number;
  /** ISO times. */
  createdAt: string;
  updatedAt: string;
}

/** A draft that a person keeps to begin others from. */
export type DraftTemplate = Omit<Draft, "revision">;
