import { setTimeout as pass } from "node:timers/promises";
import { compareTenantGuests } from "../../../shared/compare-tenant-guests";
import { AppError } from "../../../shared/contract/errors";
import type { JsonObject } from "../../../shared/model/json";
import type { AwaitedChange, TenantGuest } from "../../../shared/model/tenant-guest";

/** Between two questions, in milliseconds: a tenant is somebody's production. */
const firstPause = 1000;
const longestPause = 10_000;

/** Milliseconds until the next question. @param asked questions so far */
export const pauseAfter = (asked: number): number => Math.min(longestPause, firstPause * 2 ** asked);

/** How it goes, before each question and while waiting for the next. */
export interface Progress {
  asked: number;
  /** Milliseconds until the next question; null: it is being asked. */
  pause: number | null;
}

interface Waiting {
  /** As it was before; null where there was no guest. */
  since: JsonObject | null;
  /** Milliseconds, in which answers are waited for too; nothing is asked after them. */
  within: number;
  ask(): Promise<TenantGuest | null>;
  progress(progress: Progress): void;
  signal: AbortSignal;
  /** Lets time pass; rejects when aborted. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const cancelled = (): AppError =>
  new AppError({ code: "CANCELLED", message: "Waiting for the guest to change was stopped." });

const realTime = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await pass(milliseconds, undefined, { signal });
};

const mayPass = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === "UNREACHABLE";

/**
 * Asks for a guest until it is another than before, politely and with an end. A failure that may pass is the end only
 * when the last question has it.
 *
 * @throws AppError CANCELLED, and what `ask` throws
 */
export const awaitChange = async (waiting: Waiting): Promise<AwaitedChange> => {
  const { since, within, ask, progress, signal, wait = realTime } = waiting;
  const before = since && { raw: since };
  for (let asked = 0, left = within; ;) {
    const pause = Math.min(pauseAfter(asked), left);
    progress({ asked, pause });
    await wait(pause, signal).catch((error: unknown) => {
      throw signal.aborted ? cancelled() : error;
    });
    left -= pause;
    progress({ asked, pause: null });
    asked += 1;
    const begun = performance.now();
    const answer = await ask().then(
      (guest) => ({ guest }),
      (error: unknown) => ({ error }),
    );
    left -= Math.floor(performance.now() - begun);
    const isLast = left < firstPause;
    if ("error" in answer) {
      if (isLast || !mayPass(answer.error)) throw answer.error;
      continue;
    }
    const { guest } = answer;
    if (compareTenantGuests(before, guest).length > 0) {
      return guest ? { outcome: "changed", guest, asked } : { outcome: "gone", asked };
    }
    if (isLast) return { outcome: "unchanged", asked };
  }
};
