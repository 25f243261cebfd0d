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
