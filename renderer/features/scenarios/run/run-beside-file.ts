import type { RunSummary, StepKey } from "../../../../shared/model/run";
import type { StepOutline } from "../../../../shared/model/scenario";
import { findStepsNow, stepsOfOutline, stepsOfResults, type StepsNow } from "./played-steps";
import { runOf, type FileRun, type ShownRun } from "./shown-run";

/** A run beside the file as it stands now: its results have the numbers that their steps have by now. */
export interface RunBesideFile extends FileRun {
  /** Null where every step stands where it was played. */
  moved: StepsNow | null;
  /** Steps with a result that are not in the file any more. */
  gone: number;
}

const placed = <K extends StepKey>(key: K | null, moved: StepsNow): K | null => {
  const number = key && moved.get(key.number);
  return key && number ? { ...key, number } : null;
};

const placedRun = (run: RunSummary, moved: StepsNow): RunSummary => ({
  ...run,
  pausedAt: placed(run.pausedAt, moved),
  stoppedAt: placed(run.stoppedAt, moved),
  firstFailure: placed(run.firstFailure, moved),
});

const placedShown = (shown: ShownRun, moved: StepsNow): ShownRun =>
  shown.state === "on" || shown.state === "ended" ? { ...shown, run: placedRun(shown.run, moved) } : shown;

/**
 * Puts a run beside its file.
 *
 * @param steps of the file now; null where it cannot be read, so that the list still shows what it said before
 */
export const besideFile = (file: FileRun, steps: readonly StepOutline[] | null): RunBesideFile => {
  const same: RunBesideFile = { ...file, moved: null, gone: 0 };
  if (steps === null || !runOf(file.shown)) return same;
  const results = file.results.all(file.iteration);
  const moved = findStepsNow(file.played ?? stepsOfResults(results), stepsOfOutline(steps));
  if (moved === null) return same;
  const gone = new Set(results.map(({ number }) => number).filter((number) => !moved.get(number)));
  return {
    ...file,
    ...{ moved, gone: gone.size },
    shown: placedShown(file.shown, moved),
    results: file.results.renumbered(moved),
  };
};

/** The number that a step of the file has in the run; null where the run does not know the step. */
export const numberInRun = ({ moved }: RunBesideFile, number: string): string | null => {
  if (moved === null) return number;
  for (const [was, is] of moved) if (is === number) return was;
  return null;
};
