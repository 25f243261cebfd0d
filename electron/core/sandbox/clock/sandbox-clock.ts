/** The sandbox's own time: real, or ahead of it. Nothing in the sandbox asks another clock what time an event has. */
export interface SandboxTime {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds ahead of real time. */
  offset(): number;
  /** Lets time pass; settles once it is kept and what it brings (sessions that close) has happened. */
  advance(milliseconds: number): Promise<void>;
  /** Sets it back to real time. What has happened stays. */
  setReal(): Promise<void>;
}
