import type { StepFailure, StepKey, StepResult } from "../../../../shared/model/run";
import type { CompiledStep } from "./compile-step";

/** A result while its step is being played: every field is set once it is known. */
export interface OpenResult extends StepResult {
  /** Its place among all steps of the run, by when they began. */
  order: number;
}

/** The result as it leaves the engine. */
export const closeResult = ({ order: _order, ...result }: OpenResult): StepResult => result;

export const openResult = (
  step: CompiledStep,
  { iteration, number, occurrence }: StepKey,
  order: number,
): OpenResult => ({
  order,
  iteration,
  number,
  occurrence,
  stepId: step.id,
  kind: step.kind,
  title: step.title,
  state: "running",
  startedAt: new Date().toISOString(),
  duration: 0,
  entryIds: [],
  status: null,
  error: null,
  ingestion: null,
  event: null,
  response: null,
  failures: [],
  notes: [],
  captured: {},
  guest: null,
  changes: null,
  place: { file: step.place.file, line: step.place.line },
});

/** Ends a step that was not played. */
export const skip = (result: OpenResult, why: string): OpenResult => {
  result.state = "skipped";
  result.notes.push(why);
  return result;
};

/**
 * What the target cannot show: reported, or where the step says `required`, a failure.
 * (Interface "Scenario files", pass and fail.)
 */
export const notObservable = (
  result: OpenResult,
  required: boolean,
  failure: Pick<StepFailure, "of" | "path" | "expected" | "message">,
): void => {
  if (required) result.failures.push(failure);
  else {
    result.notes.push(failure.message);
    result.state = "not-observable";
  }
};
