import type { StepResult } from "../../../../shared/model/run";

/** A step of the run whose effect on its guest is shown. */
export interface GuestSubject {
  result: StepResult;
  ref: string;
  /** Where in the guest's history: its place, or the event that did it. */
  place: { seq: number } | { eventRef: string } | undefined;
}

/** The `ref` that an accepted event was answered with. */
const eventRefOf = ({ response }: StepResult): string | null => {
  const ref =
    typeof response === "object" && response !== null && !Array.isArray(response) ? response["ref"] : null;
  return typeof ref === "string" ? ref : null;
};

const subjectOf = (result: StepResult): GuestSubject | null => {
  // A step that only looks at a guest leaves it as it was.
  if (!result.guest || result.kind === "guest") return null;
  const { ref, seq } = result.guest;
  const eventRef = result.kind === "send" ? eventRefOf(result) : null;
  const place = seq !== null ? { seq } : eventRef !== null ? { eventRef } : undefined;
  return { result, ref, place };
};

/**
 * The step whose guest is shown: the chosen one where it has been played, else the last one; from there back to the
 * nearest that may have changed a guest.
 *
 * @param results of the iteration, in the order in which they began
 * @param chosen the execution that was chosen; null for the last one
 */
export const guestSubject = (
  results: readonly StepResult[],
  chosen: StepResult | null,
): GuestSubject | null => {
  const end = chosen === null ? results.length - 1 : results.indexOf(chosen);
  for (let at = end === -1 ? results.length - 1 : end; at >= 0; at -= 1) {
    const result = results[at];
    const subject = result ? subjectOf(result) : null;
    if (subject) return subject;
  }
  return null;
};
