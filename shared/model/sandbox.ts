/** What the window knows of the embedded sandbox. */
export type SandboxStatus =
  | { state: "starting" }
  | {
      state: "running";
      url: string;
      port: number;
      /** Whether another process runs it. */ elsewhere: boolean;
      pointsOfSale: string[];
      strict: boolean;
    }
  | { state: "stopped"; /** Whether a person stopped it, so that nothing starts it again. */ byHand: boolean }
  | { state: "failed"; message: string; hint: string };

/** `GET /_sandbox/summary`. total = processed + failed + dropped + pending; rejected counts 4xx answers. */
export interface SandboxSummary {
  total: number;
  processed: number;
  failed: number;
  dropped: number;
  pending: number;
  rejected: number;
  guests: number;
  sessions: number;
  orders: number;
}

/** The sandbox's own clock. */
export interface SandboxClock {
  /** ISO 8601, UTC: what time it is there. */
  now: string;
  /** Milliseconds by which it is ahead of the real time; 0 is real time. */
  offset: number;
}

/** A saved state of the sandbox that can be restored. */
export interface SandboxSnapshot {
  name: string;
  /** ISO 8601, UTC, by the real clock: when it was saved. */
  savedAt: string;
  guests: number;
  events: number;
}

/** A document of the sandbox that a person edits: its configuration, or its faults. */
export interface SandboxDocument {
  /** YAML, of which JSON is a part. */
  text: string;
  /** What its author should know although it is usable: sentences with line and column. */
  warnings: string[];
}
