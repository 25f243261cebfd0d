import { setMaxListeners } from "node:events";
import { AppError, type ErrorData } from "../../../../shared/contract/errors";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Forecast, NextEvent, RunSummary, StepKey, StepResult } from "../../../../shared/model/run";
import type { RunTarget } from "../../sender/run-sends";
import type { MadeItem } from "../runs/run-writes";
import { withoutSending } from "./dry-run";
import { createGate, type ResumeTo } from "./gate";
import type { GuestLook } from "./guest-look";
import { createPace } from "./pace";
import { playIteration } from "./play-iteration";
import { createResultsPipe, type OrderedResult } from "./results-pipe";
import { RunEnd, type Beginning, type CompiledPlan, type RunContext } from "./run-context";
import { createRunProgress } from "./run-progress";
import type { RunSettings } from "./run-settings";
import { createTally, type RunHead } from "./run-tally";
import type { OpenResult } from "./step-result";

/** Where what happens in a run goes. Everything that arrives here is redacted. */
export interface RunOutlet {
  keepResults(results: OrderedResult[]): Promise<void>;
  /** @returns how many of each kind were new */
  keepMade(items: MadeItem[]): Promise<RunSummary["made"]>;
  /** The run as it stands; `at` is the step that it is at. */
  keepRun(run: RunSummary, at: StepKey | null): Promise<void>;
  /** Whether somebody hears every result. */
  isHeard(): boolean;
  tell(run: RunSummary, result: StepResult): Promise<void> | void;
  iterationEnded(run: RunSummary, iteration: number): void;
  /** @param steps new or changed since the last time */
  show(run: RunSummary, steps: StepResult[], complete: boolean): void;
}

export interface RunParts {
  head: RunHead;
  plan: CompiledPlan;
  settings: RunSettings;
  target: RunTarget;
  guests: GuestLook;
  outlet: RunOutlet;
  watch: boolean;
  beginning: Beginning | null;
  advanceClock: RunContext["advanceClock"];
  keepState: RunContext["keepState"];
  gate: { breakpoints: readonly string[]; paused: boolean; until: string | undefined };
  /** What comes before the first step, with the run as it is then. */
  begin(run: RunSummary): Promise<void>;
}

/** A run that is being played. */
export interface PlayedRun {
  summary(): RunSummary;
  pause(): void;
  resume(to: ResumeTo): void;
  setBreakpoint(number: string, on: boolean): void;
  /** What a paused run would send next; null where its next step sends nothing. */
  next(): Promise<NextEvent | null>;
  /** Changes what goes next; null puts it back. @returns null where nothing is to be sent */
  editNext(event: JsonObject | null): Promise<NextEvent | null>;
  /** What the next event would do; null where nothing is to be sent, or nobody can tell. */
  forecast(ask: (event: JsonObject) => Promise<Forecast | null>): Promise<Forecast | null>;
  /** Ends it within a request. @param why says so where nobody asked for it */
  stop(why?: ErrorData): void;
  /** Settles once it is in the history. */
  begun: Promise<void>;
  /** Settles once the log and the history are complete. */
  done: Promise<RunSummary>;
}

/** Results that are kept whatever came of them; behind them only failures and the last iteration are. */
const keptWhatever = 10_000;

const tooMany = (most: number): ErrorData => ({
  code: "FORBIDDEN",
  message: `The run was ended because it had sent ${most} events, as many as it may.`,
  hint: "Say --max-events with a larger number if you mean it.",
});

const failure = (error: unknown): ErrorData =>
  error instanceof AppError
    ? error.toData()
    : {
        code: "INTERNAL",
        message: "Bellhop itself failed at this run. What was sent is in the log.",
        hint: "Play it again; if it stays, report what you did.",
      };

/**
 * Plays a scenario: virtual guests take one iteration after the other, results go to the outlet. What is kept in
 * memory does not grow with the run.
 *
 * @param report is told of failures that are Bellhop's own
 */
export const playRun = (parts: RunParts, report: (problem: string) => void): PlayedRun => {
  const { head, plan, settings, guests, outlet } = parts;
  const target = settings.dryRun ? withoutSending(parts.target) : parts.target;
  const tally = createTally(head);
  const stopping = new AbortController();
  const ending = new AbortController();
  // Every virtual guest may wait for them.
  setMaxListeners(0, stopping.signal, ending.signal);
  const open = new Set<OpenResult>();
  let lastBegun: StepKey | null = null;
  let order = 0;
  let kept = 0;
  let cancelled = false;
  let ended: ErrorData | "bail" | null = null;
  let stoppedAt: StepKey | null = null;

  const keyOf = ({ iteration, number, occurrence }: StepKey): StepKey => ({ iteration, number, occurrence });
  const redact = <T>(value: T): Promise<T> =>
    parts.target.redact(value as unknown as JsonValue) as unknown as Promise<T>;

  /** The step that the run is at: where it is paused, or the innermost of what has been under way the longest. */
  const at = (): StepKey | null => {
    const pausedAt = gate.pausedAt();
    if (pausedAt !== null) return keyOf(pausedAt);
    const [first] = open;
    const innermost = first && [...open].findLast(({ iteration }) => iteration === first.iteration);
    return innermost ? keyOf(innermost) : lastBegun;
  };

  const end = (why: ErrorData | "bail"): void => {
    if (stopping.signal.aborted || ended !== null) return;
    ended = why;
    stoppedAt ??= at();
    // Under `bail`, requests that are under way are let end.
    if (why !== "bail") stopping.abort();
    ending.abort();
    gate.open();
  };

  const fail = (error: unknown): void => {
    if (!(error instanceof AppError)) {
      report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    end(failure(error));
  };

  const progress = createRunProgress({
    ...{ tally, open, at, redact, failed: fail },
    keepMade: (items) => outlet.keepMade(items),
    keepRun: (run, step) => outlet.keepRun(run, step),
    show: (run, steps, complete) => outlet.show(run, steps, complete),
  });

  const gate = createGate({
    ...parts.gate,
    changed() {
      tally.pause(gate.pausedAt());
      progress.soon();
    },
  });

  const pipe = createResultsPipe({
    redact,
    keeps(result) {
      if (kept < keptWhatever) {
        kept += 1;
        return true;
      }
      const isLast = settings.iterations > 1 && result.iteration === settings.iterations;
      if (result.state === "failed" || isLast) return true;
      tally.trim();
      return false;
    },
    isHeard: () => outlet.isHeard(),
    tell(result) {
      if (result.state === "failed") tally.noteFailure(result);
      return outlet.isHeard() ? outlet.tell(tally.summary(), result) : undefined;
    },
    keep: (results) => outlet.keepResults(results),
    show: (result) => progress.show(result),
    failed: fail,
    iterationEnded: (iteration) => outlet.iterationEnded(tally.summary(), iteration),
  });

  const throwIfEnded = (): void => {
    if (ending.signal.aborted) throw new RunEnd();
  };

  const context: RunContext = {
    id: head.id,
    ...{ plan, settings, target, gate, guests },
    pace: createPace(settings.rate),
    ...{ signal: stopping.signal, ending: ending.signal },
    watch: parts.watch,
    beginning: parts.beginning,
    advanceClock: parts.advanceClock,
    keepState: parts.keepState,
    nextOrder: () => (order += 1),
    began(result) {
      open.add(result);
      lastBegun = keyOf(result);
      progress.changed();
    },
    ended(result) {
      open.delete(result);
      progress.changed();
      tally.countStep(result);
      return pipe.add(result);
    },
    throwIfEnded,
    countEvent() {
      if (tally.events() >= settings.maxEvents) {
        end(tooMany(settings.maxEvents));
        throw new RunEnd();
      }
      tally.countEvent();
    },
    failed: fail,
    made: (kind, value) => progress.made({ kind, value }),
    madeBrowser({ browserId, guestRef }) {
      if (settings.dryRun) return;
      progress.made({ kind: "browser", value: browserId });
      if (guestRef !== null) progress.made({ kind: "guest", value: guestRef });
    },
  };

  let nextIteration = 1;
  const virtualGuest = async (): Promise<void> => {
    while (nextIteration <= settings.iterations && !ending.signal.aborted) {
      const number = nextIteration;
      nextIteration += 1;
      const passed = await playIteration(context, number);
      tally.countIteration(passed);
      pipe.endIteration(number);
      progress.changed();
      gate.leave();
      if (!passed && settings.bail) end("bail");
    }
  };

  const guest = async (): Promise<void> => {
    try {
      await virtualGuest();
    } catch (error) {
      if (!(error instanceof RunEnd)) fail(error);
    }
  };

  const conclude = (): void => {
    const why = ended === "bail" ? null : ended;
    const state = cancelled ? "cancelled" : why !== null || tally.hasFailed() ? "failed" : "passed";
    tally.end(state, cancelled || ended !== null ? stoppedAt : null, why);
  };

  const play = async (): Promise<RunSummary> => {
    try {
      await begun;
      await Promise.all(Array.from({ length: settings.concurrency }, guest));
      await pipe.empty();
      await parts.target.settled();
    } finally {
      progress.stop();
    }
    await progress.close(conclude);
    return tally.summary();
  };

  const begun = parts.begin(tally.summary());
  const done = play();
  return {
    begun,
    summary: tally.summary,
    pause: () => gate.pause(),
    resume: (to) => gate.resume(to),
    setBreakpoint: (number, on) => gate.setBreakpoint(number, on),
    next: async () => redact((await gate.next()?.read()) ?? null),
    editNext: async (event) => redact((await gate.next()?.edit(event)) ?? null),
    async forecast(ask) {
      const next = await gate.next()?.read();
      return next === undefined ? null : redact(await ask(next.edited ?? next.event));
    },
    stop(why) {
      if (stopping.signal.aborted || tally.summary().endedAt !== null) return;
      cancelled = true;
      stoppedAt ??= at();
      if (why !== undefined) ended ??= why;
      stopping.abort();
      ending.abort();
      gate.open();
    },
    done,
  };
};
