import { exitCodes } from "../exit-codes";

/** Ctrl-C, or a signal that asks for the end. */
export interface Interruption {
  readonly asked: boolean;
  /** Is called once, at once where it was asked for before. */
  onAsked(listener: () => void): void;
  /** Signals mean again what they mean to any process. */
  dispose(): void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Takes the first signal as a wish to stop in order: what is under way ends, and reports are written. A second one
 * ends the process at once; what is pending in the log then becomes INTERRUPTED.
 *
 * @param say tells the person what happens
 */
export const watchInterruption = (say: (sentence: string) => void): Interruption => {
  let asked = false;
  const listeners: (() => void)[] = [];
  const ask = (): void => {
    if (asked) process.exit(exitCodes.interrupted);
    asked = true;
    say("Stopping after the request under way. Ctrl-C again ends at once.");
    for (const listener of listeners.splice(0)) listener();
  };
  for (const signal of signals) process.on(signal, ask);
  return {
    get asked() {
      return asked;
    },
    onAsked(listener) {
      if (asked) listener();
      else listeners.push(listener);
    },
    dispose() {
      for (const signal of signals) process.off(signal, ask);
    },
  };
};
