import type { StepResult } from "../../../../shared/model/run";

/**
 * The note that was read out last: it is the caption of what follows.
 *
 * @param results of an iteration, in the order in which the steps began
 */
export const captionOf = (results: readonly StepResult[]): string | null =>
  results.findLast(({ kind, state }) => kind === "note" && state !== "skipped")?.notes.at(-1) ?? null;
