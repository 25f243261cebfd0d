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
/** Redacted and written together. */
const batchSize = 200;
/** Milliseconds that a lone result waits for others. */
const patience = 20;

/**
 * Carries results from the engine to whoever wants them: redacted, in the order in which the steps ended, in batches,
 * and never more at once than fit in memory.
 */
export const createResultsPipe = (options: PipeOptions) => {
  const { redact, keeps, isHeard, tell, keep, show, iterationEnded, failed } = options;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let pumping: Promise<void> | null = null;

  const carry = async (batch: Waiting[]): Promise<void> => {
    const cut = batch.flatMap((one) => ("open" in one ? [cutResult(closeResult(one.open))] : []));
    const clean = (await redact(cut as unknown as JsonValue)) as unknown as StepResult[];
    const kept: OrderedResult[] = [];
    for (const one of batch) {
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
    if (kept.length > 0) await keep(kept);
  };

  const pump = async (): Promise<void> => {
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, batchSize);
        waiting = waiting.slice(batchSize);
        await carry(batch);
      }
    } catch (error) {
      waiting = [];
      failed(error);
    }
  };

  const start = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    pumping ??= pump().finally(() => (pumping = null));
    await pumping;
  };

  return {
    /** @returns a promise that settles once there is room again */
    add(open: OpenResult): Promise<void> | undefined {
      const isKept = keeps(open);
      if (!isKept && !isHeard()) return undefined;
      waiting.push({ open, keeps: isKept });
      if (waiting.length >= mostWaiting) return start();
      if (waiting.length >= batchSize) void start();
      else timer ??= setTimeout(() => void start(), patience);
      return undefined;
    },
    /** All results of an iteration have been added. */
    endIteration(iteration: number): void {
      if (isHeard()) waiting.push({ endOf: iteration });
    },
    /** Settles when every result has arrived. */
    async empty(): Promise<void> {
      while (waiting.length > 0 || pumping !== null) await start();
    },
  };
};
