import { setImmediate } from "node:timers/promises";
import type { JsonValue } from "../../../../shared/model/json";
import type { StepResult } from "../../../../shared/model/run";
import { cutResult } from "./cut-result";
import { closeResult, type OpenResult } from "./step-result";

/** A result on its way to the history. */
export interface OrderedResult {
  order: number;
  result: StepResult;
}

interface PipeOptions {
  /** Takes secrets out. */
  redact(value: JsonValue): Promise<JsonValue>;
  /** Whether a result is to be kept. */
  keeps(result: StepResult): boolean;
  /** Whether somebody hears every result. */
  isHeard(): boolean;
  /** Tells who listens, in order; a promise holds everything up. */
  tell(result: StepResult): Promise<void> | void;
  keep(results: OrderedResult[]): Promise<void>;
  /** Results for whoever watches, as they became known. */
  show(result: StepResult): void;
  /** Every result of an iteration has been told. */
  iterationEnded(iteration: number): void;
  /** What went wrong here ends the run. */
  failed(error: unknown): void;
}

/** A result on its way, or the word that an iteration has no more of them. */
type Waiting = { open: OpenResult; keeps: boolean } | { endOf: number };

/** Results that wait at most, before the run waits for its readers. */
const mostWaiting = 1_000;
/** Redacted and told in one go: short enough that an answer that comes meanwhile is not held up. */
const atOnce = 20;
/** Written together. */
const batchSize = 200;
/** Milliseconds that results wait for others to be written with. */
const patience = 20;

/**
 * Carries results from the engine to whoever wants them: redacted, in the order in which the steps ended, and never
 * more at once than fit in memory. It works a little at a time, while requests are under way.
 */
export const createResultsPipe = (options: PipeOptions) => {
  const { redact, keeps, isHeard, tell, keep, show, iterationEnded, failed } = options;
  let waiting: Waiting[] = [];
  let kept: OrderedResult[] = [];
  let timer: NodeJS.Timeout | null = null;
  let pumping: Promise<void> | null = null;
  let writing: Promise<void> = Promise.resolve();

  /** One batch is written while the next one gathers. */
  const write = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const before = writing;
    const batch = kept;
    kept = [];
    if (batch.length > 0) writing = before.then(() => keep(batch)).catch(failed);
    await before;
  };

  const carry = async (few: Waiting[]): Promise<void> => {
    const cut = few.flatMap((one) => ("open" in one ? [cutResult(closeResult(one.open))] : []));
    const clean = (await redact(cut as unknown as JsonValue)) as unknown as StepResult[];
    for (const one of few) {
      if ("endOf" in one) {
        iterationEnded(one.endOf);
        continue;
      }
      const result = clean.shift();
      if (result === undefined) continue;
      const told = tell(result);
      if (told !== undefined) await told;
      show(result);
      if (one.keeps) kept.push({ order: one.open.order, result });
    }
    if (kept.length >= batchSize) await write();
    else if (kept.length > 0) timer ??= setTimeout(() => void write(), patience);
  };

  const pump = async (): Promise<void> => {
    try {
      while (waiting.length > 0) {
        await setImmediate();
        const few = waiting.slice(0, atOnce);
        waiting = waiting.slice(atOnce);
        await carry(few);
      }
    } catch (error) {
      waiting = [];
      failed(error);
    }
  };

  const start = (): Promise<void> => (pumping ??= pump().finally(() => (pumping = null)));

  return {
    /** @returns a promise that settles once there is room again */
    add(open: OpenResult): Promise<void> | undefined {
      const isKept = keeps(open);
      if (!isKept && !isHeard()) return undefined;
      waiting.push({ open, keeps: isKept });
      const pumped = start();
      return waiting.length >= mostWaiting ? pumped : undefined;
    },
    /** All results of an iteration have been added. */
    endIteration(iteration: number): void {
      if (!isHeard()) return;
      waiting.push({ endOf: iteration });
      void start();
    },
    /** Settles when every result has arrived. */
    async empty(): Promise<void> {
      while (waiting.length > 0 || pumping !== null) await start();
      await write();
      await writing;
    },
  };
};
