import { hasEnded, type RunSummary, type StepResult } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { exitCodeOfError, exitCodes, type ExitCode } from "../exit-codes";
import { isOpen, type Gate, type Refusal } from "../reporters/reporter";
import { isUnreachable } from "../reporters/words";

/** `run` ends with the first of these that occurred (interface "Command line"). */
const order: readonly ExitCode[] = [
  exitCodes.interrupted,
  exitCodes.usage,
  exitCodes.credential,
  exitCodes.unreachable,
  exitCodes.failed,
];

/** The exit code of all that occurred; 0 where nothing did. */
export const firstOf = (occurred: ReadonlySet<ExitCode>): ExitCode =>
  order.find((code) => occurred.has(code)) ?? exitCodes.ok;

/**
 * An event or expectation that is not right, in a file that can be read (interface "Command line", exit codes).
 * Anything else is a file that cannot be used.
 */
const isInvalid = ({ code }: ScenarioIssue): boolean => code.startsWith("event-") || code === "wrong-matcher";

export const exitCodeOfRefusal = ({ issues, error }: Refusal): ExitCode => {
  if (error) return exitCodeOfError(error.code);
  const errors = issues.filter(({ severity }) => severity === "error");
  return errors.length > 0 && errors.every(isInvalid) ? exitCodes.failed : exitCodes.usage;
};

export const exitCodeOfStep = (result: StepResult): ExitCode => {
  if (result.state !== "failed") return exitCodes.ok;
  return isUnreachable(result) ? exitCodes.unreachable : exitCodes.failed;
};

/** What the end of a run adds to what its steps say. */
export const exitCodeOfRun = ({ state, error }: RunSummary): ExitCode => {
  if (state === "cancelled" || state === "interrupted" || !hasEnded(state)) return exitCodes.interrupted;
  if (error) return exitCodeOfError(error.code);
  return state === "passed" ? exitCodes.ok : exitCodes.failed;
};

export const exitCodeOfGate = (gate: Gate): ExitCode => (isOpen(gate) ? exitCodes.ok : exitCodes.failed);
