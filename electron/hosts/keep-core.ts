import type { Core } from "../core/create-core";
import { createNotifications, type Notifications } from "../core/notifications";
import { AppError } from "../../shared/contract/errors";
import type { Envelope } from "../../shared/contract/messages";

type RunListener = Parameters<Core["results"]["listen"]>[0];

/** A core that is made anew in this process where it fails; whoever talks to it stays connected. */
export interface KeptCore extends Core {
  /** Something failed that nobody was there to catch. Never throws. */
  failed(error: unknown): void;
  /** Resolves with why, once the core could not be brought back. */
  lost: Promise<string>;
}

/** Failures within a minute after which it is not started again: whatever it is, it comes back each time. */
const mostRestarts = 3;
const minute = 60_000;
/** Milliseconds that the failed core has to end in order, and that a report has to be written. */
const longestEnd = 5_000;

const within = async <T>(work: Promise<T>, milliseconds: number, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const interruptedAnswer: Envelope<never> = {
  ok: false,
  error: new AppError({
    code: "CLOSED",
    message: "Bellhop's core failed while it was at this, so there is no answer.",
    hint: "It has started again. What was sent before is in the log; look there before you do it again.",
  }).toData(),
};

/** What a core says goes to whoever listens here, as long as anybody does. */
const relay = (): { notifications: Notifications; follow(core: Core): void; leave(): void } => {
  const outer = createNotifications();
  let core: Core | null = null;
  let stop: (() => void) | null = null;
  const attach = (): void => {
    if (core === null || !outer.areHeard() || stop !== null) return;
    stop = core.notifications.listen(({ notification, payload }) => outer.say(notification, payload));
  };
  const detach = (): void => {
    stop?.();
    stop = null;
  };
  return {
    notifications: {
      ...outer,
      listen(listener) {
        const end = outer.listen(listener);
        attach();
        return () => {
          end();
          if (!outer.areHeard()) detach();
        };
      },
    },
    follow(next) {
      core = next;
      attach();
    },
    leave() {
      detach();
      core = null;
    },
  };
};

/**
 * Starts a core, and starts it again where it fails: the failed one is ended in order, so that every entry has an
 * outcome, and the next one says what happened.
 *
 * @param make makes a core @throws AppError where the first cannot be made
 */
export const keepCore = async (make: () => Promise<Core>): Promise<KeptCore> => {
  const { notifications, follow, leave } = relay();
  const listeners = new Map<RunListener, () => void>();
  let giveUp = (_why: string): void => undefined;
  const lost = new Promise<string>((resolve) => (giveUp = resolve));
  let core = await make();
  let there: Promise<unknown> = Promise.resolve();
  let dying: Promise<void> | null = null;
  let failures: number[] = [];
  let closing = false;
  let fall = (): void => undefined;
  let fallen = new Promise<void>((resolve) => (fall = resolve));
  follow(core);

  const end = async (failing: Core): Promise<boolean> => {
    leave();
    for (const stop of listeners.values()) stop();
    const closed = failing.close().then(
      () => true,
      () => false,
    );
    return within(closed, longestEnd, false);
  };

  const restart = async (error: unknown): Promise<void> => {
    const failing = core;
    const report = await within(failing.reports.keep("Bellhop's core failed", error), longestEnd, null);
    const now = performance.now();
    failures = [...failures.filter((at) => now - at < minute), now];
    if (failures.length > mostRestarts)
      return giveUp("Bellhop failed several times within a minute, so it is not started again.");
    notifications.say("app.restarting", { reason: "Bellhop's core failed and starts again." });
    const ended = await end(failing);
    fall();
    if (!ended) return giveUp("Bellhop failed and could not be ended in order.");
    core = await make();
    fallen = new Promise((resolve) => (fall = resolve));
    follow(core);
    for (const listener of [...listeners.keys()]) listeners.set(listener, core.results.listen(listener));
    core.notices.add("core", {
      severity: "error",
      message: "Bellhop's core failed and was started again.",
      hint: "Nothing that was saved is lost. What was under way has ended as interrupted; look in the log before you do it again.",
      report: report?.id,
    });
    notifications.say("app.restarted", {});
  };

  return {
    notifications,
    lost,
    async call(command, input) {
      await there;
      return Promise.race([core.call(command, input), fallen.then((): Envelope<never> => interruptedAnswer)]);
    },
    get transfers() {
      return core.transfers;
    },
    get notices() {
      return core.notices;
    },
    get reports() {
      return core.reports;
    },
    results: {
      listen(listener) {
        listeners.set(listener, core.results.listen(listener));
        return () => {
          listeners.get(listener)?.();
          listeners.delete(listener);
        };
      },
    },
    failed(error) {
      // What fails while it goes down belongs to the same fall.
      if (closing || dying !== null) return;
      dying = restart(error)
        .catch((reason: unknown) =>
          giveUp(
            `Bellhop failed and could not start again: ${reason instanceof Error ? reason.message : String(reason)}`,
          ),
        )
        .finally(() => (dying = null));
      there = dying;
    },
    async close() {
      closing = true;
      await there;
      notifications.say("app.closing", { reason: "Bellhop is closing." });
      leave();
      await core.close();
    },
  };
};

/** Has what nobody caught in this process make the core start again, instead of ending everything. */
export const catchFailures = (core: Pick<KeptCore, "failed">, report: (problem: string) => void): void => {
  // Whoever reads the output may be gone; that is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const failed = (error: unknown): void => {
    report(
      "Bellhop's core failed and starts again. An error report is kept in the profile's folder reports.",
    );
    core.failed(error);
  };
  process.on("uncaughtException", failed);
  process.on("unhandledRejection", failed);
};
