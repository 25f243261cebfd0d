import type { RunSummary, StepResult } from "../../../shared/model/run";

/** What a reporter hears of the runs of this process: everything, in order, however many. */
export interface RunListener {
  started?(run: RunSummary): void;
  /** A step ended. A promise holds the run up until it settles, so that a slow reporter cannot fill the memory. */
  stepEnded?(run: RunSummary, result: StepResult): void | Promise<void>;
  /** All steps of an iteration have ended: a report can close its chapter. */
  iterationEnded?(run: RunSummary, iteration: number): void;
  ended?(run: RunSummary): void;
}

export interface RunResults {
  /** @returns a function that stops listening */
  listen(listener: RunListener): () => void;
}
