import { setTimeout as pass } from "node:timers/promises";
import { AppError, type ErrorCode } from "../../../../shared/contract/errors";
import type { EntryErrorCode } from "../../../../shared/model/entry";
import { TemplateError } from "../../../../shared/scenario/template-error";
import { NoBrowser } from "../../sender/no-browser";
import { playGuest } from "./play-guest";
import { playBrowser, playClock, playNote, playSession, playWait } from "./play-other-steps";
import { playSend, type PreparedSend } from "./play-send";
import { RunEnd } from "./run-context";
import { skip, type OpenResult } from "./step-result";
import { fillCount, fillDuration, type StepPlay } from "./step-play";

/** Failures of the target, not of Bellhop: they are results. The class is the nearest word that entries have for it. */
const ofTarget: Partial<Record<ErrorCode, EntryErrorCode | null>> = {
  UNREACHABLE: "REFUSED",
  TIMED_OUT: "TIMEOUT",
  CANCELLED: "ABORTED",
  FORBIDDEN: null,
  NOT_FOUND: null,
  UNSUPPORTED: null,
  INVALID_INPUT: null,
  CREDENTIAL_MISSING: null,
  CONFLICT: null,
};

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** What a step could not do, as its failure. @throws what is no failure of a step */
export const asFailure = (error: unknown, result: OpenResult, signal: AbortSignal): void => {
  if (error instanceof RunEnd) throw error;
  if (signal.aborted && (isAbort(error) || (error instanceof AppError && error.code === "CANCELLED"))) {
    throw new RunEnd();
  }
  if (error instanceof TemplateError) {
    const { expression: expected, pointer: path, message, hint } = error;
    result.failures.push({ of: "template", path, expected, message, ...(hint !== undefined && { hint }) });
    return;
  }
  if (!(error instanceof AppError) || !(error.code in ofTarget)) throw error;
  const { code, message, hint } = error;
  if (error instanceof NoBrowser) {
    result.entryIds.push(error.call.entryId);
    result.status = error.call.status;
    result.error = error.call.error;
  } else result.error = ofTarget[code] ?? null;
  result.failures.push({
    ...{ of: "request", path: "", expected: "an answer", actual: code, message },
    ...(hint !== undefined && { hint }),
  });
};

const attempt = (play: StepPlay, prepared: PreparedSend | null): Promise<void> => {
  const { kind } = play.step;
  if (play.run.settings.dryRun && kind === "guest") {
    skip(play.result, "Nobody is asked in a dry run.");
    return Promise.resolve();
  }
  if (kind === "send" && prepared !== null) return playSend(play as StepPlay<"send">, prepared);
  if (kind === "guest") return playGuest(play as StepPlay<"guest">);
  if (kind === "wait") return playWait(play as StepPlay<"wait">);
  if (kind === "browser") return playBrowser(play as StepPlay<"browser">);
  if (kind === "session") return playSession(play as StepPlay<"session">);
  if (kind === "clock") return playClock(play as StepPlay<"clock">);
  return playNote(play as StepPlay<"note">);
};

/** Interface "Scenario files", `retry`: `error` is what went wrong on the way, and 5xx. */
const isError = ({ error, status }: OpenResult): boolean => error !== null || (status ?? 0) >= 500;

const retryOf = ({ step, context }: StepPlay): { times: number; every: number; on: "error" | "any" } | null =>
  step.retry && {
    times: fillCount(step.retry.times, context, "retry.times"),
    every: fillDuration(step.retry.every, context, "retry.every"),
    on: step.retry.on,
  };

/** Forgets what an attempt found, but not that it was made. */
const startOver = (result: OpenResult): void => {
  result.state = "running";
  result.failures = [];
  result.error = null;
  result.status = null;
  result.response = null;
  result.ingestion = null;
  result.guest = null;
  result.changes = null;
  result.notes = [];
};

/**
 * Plays a step that has no children, as often as it takes. What came of it is in its result.
 *
 * @throws RunEnd where the run was stopped meanwhile, and what is no failure of the step
 */
export const playStep = async (play: StepPlay, prepared: PreparedSend | null): Promise<void> => {
  const { run, result, step } = play;
  for (let attempts = 1; ; attempts += 1) {
    try {
      await attempt(play, prepared);
    } catch (error) {
      asFailure(error, result, run.ending);
    }
    if (result.failures.length === 0 || step.retry === null) break;
    let retry: ReturnType<typeof retryOf> = null;
    try {
      retry = retryOf(play);
    } catch (error) {
      asFailure(error, result, run.ending);
    }
    if (retry === null || attempts > retry.times || (retry.on === "error" && !isError(result))) break;
    result.state = "waiting";
    run.began(result);
    const begun = attempts;
    await pass(retry.every, undefined, { signal: run.ending }).catch((error: unknown) => {
      asFailure(error, result, run.ending);
    });
    startOver(result);
    result.notes.push(`Attempt ${begun + 1} of ${retry.times + 1}.`);
  }
};
