import type { PayloadOf } from "../../../shared/contract/notifications";

/** Milliseconds that changes are collected for, so that a burst makes few notifications. */
const pause = 50;
/** As many references as are named at once; beyond that it is `all`. */
const mostNamed = 200;

/** Collects which guests have changed, and says so now and then. */
export interface GuestAnnouncer {
  add(refs: readonly string[], all: boolean): void;
  /** Says nothing any more. */
  close(): void;
}

export const createGuestAnnouncer = (
  say: (change: PayloadOf<"sandbox.guestsChanged">) => void,
): GuestAnnouncer => {
  let refs = new Set<string>();
  let all = false;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const announce = (): void => {
    timer = null;
    const change = all ? { refs: [], all } : { refs: [...refs], all };
    refs = new Set();
    all = false;
    say(change);
  };

  return {
    add(changed, isAll) {
      if (closed) return;
      for (const ref of changed) refs.add(ref);
      all ||= isAll || refs.size > mostNamed;
      if (all) refs.clear();
      timer ??= setTimeout(announce, pause).unref();
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
};
