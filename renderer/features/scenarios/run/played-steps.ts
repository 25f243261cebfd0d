import type { StepResult } from "../../../../shared/model/run";
import type { StepOutline } from "../../../../shared/model/scenario";
import { allSteps } from "../steps/step-rows";

/** What a step was called when it was played: enough to know it again in a file that has changed since. */
export interface PlayedStep {
  number: string;
  kind: string;
  title: string;
  id: string | null;
}

/** Where each step of a run stands in the file now, by its number in the run; null where it stands nowhere. */
export type StepsNow = ReadonlyMap<string, string | null>;

/** The steps of a file, as a run that begins now plays them. */
export const stepsOfOutline = (steps: readonly StepOutline[]): PlayedStep[] =>
  allSteps(steps).map(({ number, kind, title, id }) => ({ number, kind, title, id }));

/** The steps of a run of which only the results are known, because it began elsewhere or long ago. */
export const stepsOfResults = (results: readonly StepResult[]): PlayedStep[] => [
  ...new Map(
    results.map(({ number, kind, title, stepId }) => [
      number,
      // A step without an id goes by its number.
      { number, kind, title, id: stepId === number ? null : stepId },
    ]),
  ).values(),
];

const isSame = (one: PlayedStep, other: PlayedStep | undefined): boolean =>
  other?.kind === one.kind && other.title === one.title;

const keyOf = ({ number, kind, title, id }: PlayedStep): string =>
  JSON.stringify([number.split(".").length, kind, id === null ? title : { id }]);

const numbersByKey = (steps: readonly PlayedStep[]): Map<string, string[]> => {
  const numbers = new Map<string, string[]>();
  for (const step of steps) {
    const key = keyOf(step);
    numbers.set(key, [...(numbers.get(key) ?? []), step.number]);
  }
  return numbers;
};

/**
 * Finds the steps of a run in the file as it stands now. A step is known by its id, else by what it is called; several
 * that are called the same go in their order, as long as there are as many as there were. Rather none than a wrong one.
 *
 * @returns null where every step stands where it was played
 */
export const findStepsNow = (played: readonly PlayedStep[], file: readonly PlayedStep[]): StepsNow | null => {
  const at = new Map(file.map((step) => [step.number, step]));
  if (played.every((step) => isSame(step, at.get(step.number)))) return null;
  const now = numbersByKey(file);
  const found = new Map<string, string | null>();
  for (const [key, numbers] of numbersByKey(played)) {
    const its = now.get(key) ?? [];
    numbers.forEach((number, index) =>
      found.set(number, its.length === numbers.length ? (its[index] ?? null) : null),
    );
  }
  return found;
};
