import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioEdit } from "../../../../shared/model/scenario";
import { refusedEdit } from "./edit-error";
import {
  isObject,
  isWithin,
  numberOf,
  outermost,
  placeOf,
  stepAt,
  stepsAt,
  type StepPlace,
} from "./step-places";

/** A slot in a list of steps: before the step that has this index now, or behind the last. */
export interface StepSlot {
  parent: StepPlace;
  index: number;
}

/** An edit in terms of places, checked against what the text says. */
export type ResolvedEdit =
  /** Sets keys, and takes out those that are undefined. A place of null is the top of the file. */
  | { op: "set"; place: StepPlace | null; keys: ReadonlyMap<string, JsonValue | undefined> }
  | { op: "insert"; slot: StepSlot; steps: JsonObject[] }
  | { op: "remove"; places: StepPlace[] }
  | { op: "move"; places: StepPlace[]; slot: StepSlot }
  /** Each group is copied into its slot; of a copy, other ids are set than the original's. */
  | { op: "duplicate"; copies: { places: StepPlace[]; slot: StepSlot }[] };

const slotOf = (data: JsonObject, parent: string | null, before: string | null): StepSlot => {
  const place = parent === null ? [] : placeOf(parent);
  const holder = place.length === 0 ? data : stepAt(data, place);
  if (place.length > 0 && !("repeat" in holder) && !("steps" in holder))
    throw refusedEdit(`Step ${numberOf(place)} has no steps of its own.`, "Only `repeat` has.");
  const steps = stepsAt(data, place);
  if (before === null) return { parent: place, index: steps.length };
  const target = placeOf(before);
  stepAt(data, target);
  if (numberOf(target.slice(0, -1)) !== numberOf(place))
    throw refusedEdit(
      `Step ${before} does not stand in ${parent === null ? "the scenario" : `step ${parent}`} itself.`,
      "Name the list that it stands in.",
    );
  return { parent: place, index: target.at(-1) ?? 0 };
};

const existing = (data: JsonObject, numbers: readonly string[]): StepPlace[] => {
  const places = outermost(numbers);
  for (const place of places) {
    const steps = stepsAt(data, place.slice(0, -1));
    if (steps[place.at(-1) ?? 0] === undefined) stepAt(data, place);
  }
  return places;
};

const replacing = (before: JsonObject, after: JsonObject): Map<string, JsonValue | undefined> => {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key) && key !== "steps");
  return new Map<string, JsonValue | undefined>([
    ...gone.map((key) => [key, undefined] as const),
    ...Object.entries(after),
  ]);
};

const copiesOf = (places: readonly StepPlace[]): { places: StepPlace[]; slot: StepSlot }[] => {
  const lists = new Map<string, StepPlace[]>();
  for (const place of places) {
    const list = numberOf(place.slice(0, -1));
    lists.set(list, [...(lists.get(list) ?? []), place]);
  }
  return [...lists.values()].map((list) => ({
    places: list,
    slot: { parent: list[0]?.slice(0, -1) ?? [], index: (list.at(-1)?.at(-1) ?? 0) + 1 },
  }));
};

/** @throws AppError INVALID_INPUT in words, where the text has no such step or the edit makes no sense */
export const resolveEdit = (data: JsonObject, edit: ScenarioEdit): ResolvedEdit => {
  switch (edit.op) {
    case "setHead":
      return { op: "set", place: null, keys: new Map([[edit.key, edit.value]]) };
    case "setStep": {
      const place = placeOf(edit.step);
      stepAt(data, place);
      return { op: "set", place, keys: new Map([[edit.key, edit.value]]) };
    }
    case "replaceStep": {
      const place = placeOf(edit.step);
      return { op: "set", place, keys: replacing(stepAt(data, place), edit.with) };
    }
    case "insert":
      return { op: "insert", slot: slotOf(data, edit.parent, edit.before), steps: edit.steps };
    case "remove":
      return { op: "remove", places: existing(data, edit.steps) };
    case "duplicate":
      return { op: "duplicate", copies: copiesOf(existing(data, edit.steps)) };
    case "move": {
      const places = existing(data, edit.steps);
      const slot = slotOf(data, edit.parent, edit.before);
      if (places.some((place) => isWithin(slot.parent, place)))
        throw refusedEdit("A step cannot be moved into itself.", "Choose a place outside of it.");
      return { op: "move", places, slot };
    }
  }
};

/** Every id that a step of these has, with those of their children. */
export const idsIn = (steps: readonly JsonValue[]): string[] =>
  steps.flatMap((step) => {
    if (!isObject(step)) return [];
    const below = Array.isArray(step["steps"]) ? idsIn(step["steps"]) : [];
    return typeof step["id"] === "string" ? [step["id"], ...below] : below;
  });
