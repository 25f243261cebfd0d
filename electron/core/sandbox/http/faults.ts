/** A disturbance on purpose: what it hits, and what happens then (interfaces: `PUT /_sandbox/faults`). */
export interface Fault {
  match: {
    /** The path as sent, without the query. */
    path?: string;
    /** The event's type. */
    type?: string;
    /** The how-manieth matching request, from 1. */
    nth?: number;
  };
  fault: "delay" | "status" | "reset" | "timeout" | "garbage" | "truncate" | "slow-body";
  /** Milliseconds, for delay, timeout and slow-body. */
  ms?: number;
  /** For status. */
  status?: number;
  /** How often at most; without it, always. */
  times?: number;
}
