import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { refusedEdit } from "./edit-error";

/** Where a step stands: `[4, 0]` is the first step of the fifth. */
export type StepPlace = readonly number[];

/** @param number as in the outline, such as `5.1` */
export const placeOf = (number: string): StepPlace => number.split(".").map((part) => Number(part) - 1);

export const numberOf = (place: StepPlace): string => place.map((index) => index + 1).join(".");

export const isWithin = (place: StepPlace, ancestor: StepPlace): boolean =>
  ancestor.length <= place.length && ancestor.every((index, depth) => place[depth] === index);

/** In the order in which they stand in the file. */
export const comparePlaces = (a: StepPlace, b: StepPlace): number => {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth += 1) {
    const difference = (a[depth] ?? 0) - (b[depth] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** Places in their order, each once, without those that lie inside another of them: they go where that one goes. */
export const outermost = (numbers: readonly string[]): StepPlace[] =>
  numbers
    .map(placeOf)
    .sort(comparePlaces)
    .filter((place, index, all) => !all.slice(0, index).some((before) => isWithin(place, before)));

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const noStep = (place: StepPlace): Error =>
  refusedEdit(
    `There is no step ${numberOf(place)} in this file.`,
    "The text may have changed meanwhile: try again. A fragment's steps are edited in the fragment's own file.",
  );

/** The list of steps below a place; the scenario's own for an empty one. @throws AppError INVALID_INPUT */
export const stepsAt = (data: JsonObject, parent: StepPlace): JsonValue[] => {
  const holder = parent.length === 0 ? data : stepAt(data, parent);
  const steps = holder["steps"];
  if (steps === undefined || steps === null) return [];
  if (Array.isArray(steps)) return steps;
  throw refusedEdit(
    parent.length === 0
      ? "`steps` is not a list."
      : `The \`steps\` of step ${numberOf(parent)} are not a list.`,
    "Correct it in the text of the file.",
    "/text",
  );
};

/** @throws AppError INVALID_INPUT where there is no such step, or it is no map */
export const stepAt = (data: JsonObject, place: StepPlace): JsonObject => {
  const step = stepsAt(data, place.slice(0, -1))[place.at(-1) ?? 0];
  if (step === undefined) throw noStep(place);
  if (!isObject(step))
    throw refusedEdit(
      `Step ${numberOf(place)} is not a map of keys and values.`,
      "Correct it in the text of the file.",
      "/text",
    );
  return step;
};
