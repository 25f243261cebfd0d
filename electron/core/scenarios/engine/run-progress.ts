import type { RunSummary, StepKey, StepResult } from "../../../../shared/model/run";
import type { MadeItem } from "../runs/run-writes";
import type { Tally } from "./run-tally";
import { closeResult, type OpenResult } from "./step-result";

interface ProgressParts {
  tally: Tally;
  /** The steps that are under way. */
  open: ReadonlySet<OpenResult>;
  /** The step that the run is at. */
  at(): StepKey | null;
  redact<T>(value: T): Promise<T>;
  /** @returns how many of each kind were new */
  keepMade(items: MadeItem[]): Promise<RunSummary["made"]>;
  keepRun(run: RunSummary, at: StepKey | null): Promise<void>;
  show(run: RunSummary, steps: StepResult[], complete: boolean): void;
  failed(error: unknown): void;
}

/** Milliseconds between two looks at how it goes. */
const tick = 100;
/** Results that are shown at once, at most. */
const mostShown = 500;

/** Says now and then how a run goes: to the history, in case it is never heard of again, and to whoever watches. */
export const createRunProgress = (parts: ProgressParts) => {
  const { tally, open, at, redact, failed } = parts;
  let shown: StepResult[] = [];
  let isComplete = true;
  let isChanged = true;
  let made: MadeItem[] = [];
  let telling: Promise<void> | null = null;

  const keepMade = async (): Promise<void> => {
    if (made.length === 0) return;
    const items = made;
    made = [];
    tally.countMade(await parts.keepMade(await redact(items)));
  };

  const tell = async (): Promise<void> => {
    tally.sample(performance.now());
    if (!isChanged) return;
    isChanged = false;
    await keepMade();
    const underWay = [...open].slice(0, mostShown);
    const clean = underWay.length === 0 ? [] : await redact(underWay.map(closeResult));
    const run = tally.summary();
    await parts.keepRun(run, at());
    // What has ended meanwhile is shown as it ended, now or the next time.
    const going = clean.filter((_, index) => {
      const result = underWay[index];
      return result !== undefined && open.has(result);
    });
    const steps = [...shown, ...going];
    shown = [];
    parts.show(run, steps, isComplete);
    isComplete = true;
  };

  const tellNow = (): Promise<void> => {
    telling ??= tell()
      .catch(failed)
      .finally(() => (telling = null));
    return telling;
  };

  const ticking = setInterval(() => void tellNow(), tick);

  return {
    /** Something is another than it was last said. */
    changed(): void {
      isChanged = true;
    },
    /** Says so now: a person waits for it. */
    soon(): void {
      isChanged = true;
      setImmediate(() => void tellNow());
    },
    /** @param result redacted */
    show(result: StepResult): void {
      isChanged = true;
      if (shown.length < mostShown) shown.push(result);
      else isComplete = false;
    },
    made(item: MadeItem): void {
      made.push(item);
    },
    stop(): void {
      clearInterval(ticking);
    },
    /** Says the last word: `end` is called once nothing more is to come. */
    async close(end: () => void): Promise<void> {
      await keepMade();
      end();
      // One that is under way may have looked at the run before it ended.
      while (telling !== null) await telling;
      isChanged = true;
      await tellNow();
    },
  };
};
