import type { NextEvent, RunSummary, StepKey } from "../../../../shared/model/run";
import type { JsonObject } from "../../../../shared/model/json";

/** What goes next at a step that sends. */
export interface NextSend {
  read(): Promise<NextEvent>;
  edit(event: JsonObject | null): Promise<NextEvent>;
}

export type ResumeTo = { kind: "end" } | { kind: "step" } | { kind: "number"; number: string };
type PausedAt = NonNullable<RunSummary["pausedAt"]>;

interface Waiter {
  key: StepKey;
  next: NextSend | null;
  open(): void;
}

/** Where steps wait while a run is paused. */
export interface Gate {
  /** A step is about to begin: undefined where it may, else a promise that settles once it may, or the run is stopped. */
  pass(key: StepKey, next: NextSend | null): Promise<void> | undefined;
  /** An iteration has no more steps. */
  leave(): void;
  pause(): void;
  resume(to: ResumeTo): void;
  setBreakpoint(number: string, on: boolean): void;
  /** Holds nobody any more. */
  open(): void;
  pausedAt(): PausedAt | null;
  /** What the paused step would send. */
  next(): NextSend | null;
}

interface GateOptions {
  breakpoints: Iterable<string>;
  /** Pause before the first step. */
  paused: boolean;
  /** Pause before this step. */
  until: string | undefined;
  changed(): void;
}

/**
 * With one iteration, one step waits here. With several, each waits at its own next step, and a single step is taken
 * by the one that was there first.
 */
export const createGate = ({ breakpoints, paused, until, changed }: GateOptions): Gate => {
  const stops = new Set(breakpoints);
  let waiting: Waiter[] = [];
  let mode: "run" | "pause" | "step" = paused ? "pause" : "run";
  let why: PausedAt["why"] = "asked";
  let goal = until;
  let isOpen = false;

  const reason = (number: string): PausedAt["why"] | null => {
    if (mode === "pause") return why;
    if (mode === "step") return "step";
    if (number === goal) return "reached";
    return stops.has(number) ? "breakpoint" : null;
  };

  const release = (count: number): void => {
    const released = waiting.slice(0, count);
    waiting = waiting.slice(count);
    for (const { open } of released) open();
    changed();
  };

  return {
    pass(key, next) {
      const held = isOpen ? null : reason(key.number);
      if (held === null) return undefined;
      mode = "pause";
      why = held;
      if (held === "reached") goal = undefined;
      return new Promise((open) => {
        waiting.push({ key, next, open });
        changed();
      });
    },
    leave() {
      if (mode !== "step" || waiting.length === 0) return;
      mode = "pause";
      changed();
    },
    pause() {
      if (mode === "pause") return;
      mode = "pause";
      why = "asked";
    },
    resume(to) {
      mode = to.kind === "step" ? "step" : "run";
      goal = to.kind === "number" ? to.number : undefined;
      release(to.kind === "step" ? 1 : waiting.length);
    },
    setBreakpoint(number, on) {
      if (on) stops.add(number);
      else stops.delete(number);
    },
    open() {
      isOpen = true;
      release(waiting.length);
    },
    pausedAt: () => {
      const [first] = waiting;
      return mode === "pause" && first ? { ...first.key, why } : null;
    },
    next: () => (mode === "pause" ? (waiting[0]?.next ?? null) : null),
  };
};
