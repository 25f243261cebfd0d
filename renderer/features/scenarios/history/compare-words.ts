import type { PatchOperation } from "../../../../shared/model/guest-profile";
import type { StepComparison, StepResult } from "../../../../shared/model/run";
import { outcomeWords, stateWords } from "../run/result-words";

/** What differs, in a few words each; empty where nothing does. Time alone is said last: it always differs a little. */
export const differenceWords = ({ a, b, differs }: StepComparison): string[] => {
  if (a === null || b === null) return [a === null ? "only in the later run" : "only in the earlier run"];
  return [
    ...(differs.outcome ? ["outcome"] : []),
    ...(differs.response ? ["response"] : []),
    ...(differs.profile ? ["profile"] : []),
    ...(differs.time ? ["time"] : []),
  ];
};

export const isDifferent = (step: StepComparison): boolean => differenceWords(step).length > 0;

/** An outcome in words: "Passed 201, Processed", "Failed REFUSED". */
export const outcomeText = (result: StepResult): string => {
  const answer = [stateWords(result).text, result.error ?? result.status ?? ""].join(" ").trim();
  const outcome = outcomeWords(result);
  return outcome ? `${answer}, ${outcome.text}` : answer;
};

/** Changes of a profile as they are compared: what moved with the time of the run is left out. */
export const plainChanges = (changes: readonly PatchOperation[] | null): unknown =>
  (changes ?? []).filter(({ path }) => !/^\/setBy(\/|$)|(lastSeen|firstSeen|At|duration)$/.test(path));
