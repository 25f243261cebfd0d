import type { Notification } from "../../shared/contract/messages";
import type { NotificationName, PayloadOf } from "../../shared/contract/notifications";

/** Where features say what happened, and hosts listen. */
export interface Notifications {
  say<N extends NotificationName>(notification: N, payload: PayloadOf<N>): void;
  /** @returns a function that stops listening */
  listen(listener: (notification: Notification) => void): () => void;
}

export const createNotifications = (): Notifications => {
  const listeners = new Set<(notification: Notification) => void>();
  return {
    say(notification, payload) {
      for (const listener of listeners) listener({ notification, payload } as Notification);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
