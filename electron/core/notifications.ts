import type { Notification } from "../../shared/contract/messages";
import type { NotificationName, PayloadOf } from "../../shared/contract/notifications";

/** Where features say what happened, and hosts listen. */
export interface Notifications {
  /** Never throws: what a listener does is not the concern of the feature that speaks. */
  say<N extends NotificationName>(notification: N, payload: PayloadOf<N>): void;
  /** @returns a function that stops listening */
  listen(listener: (notification: Notification) => void): () => void;
  /** Whether anybody listens: what costs something to say need not be said to nobody. */
  areHeard(): boolean;
}

/** @param report is told when a listener throws; the others hear all the same */
export const createNotifications = (
  report: (problem: string) => void = (problem) => process.emitWarning(problem),
): Notifications => {
  const listeners = new Set<(notification: Notification) => void>();
  return {
    say(notification, payload) {
      for (const listener of [...listeners]) {
        try {
          listener({ notification, payload } as Notification);
        } catch (error) {
          report(error instanceof Error ? (error.stack ?? error.message) : String(error));
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    areHeard: () => listeners.size > 0,
  };
};
