/** Who sends the next event: kept per environment in the profile, shared by window and command line. */
export interface GuestContext {
  environment: string;
  browserId: string;
  /** Sent by the spec catalog only. */
  sessionId: string;
  /** The guest reference that `browser/create.json` answered; null for an id that a person typed in. */
  guestRef: string | null;
  /** Whether a person typed the browser id in, so that the target may not know it. */
  typed: boolean;
  /** ISO time. */
  since: string;
}

/** Stands for what the browser call will answer, until the first send has asked for it. */
export const idToCome = "made-with-the-first-send";
