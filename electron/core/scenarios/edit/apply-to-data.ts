import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ResolvedEdit, StepSlot } from "./resolve-edit";
import { idsIn } from "./resolve-edit";
import { comparePlaces, isObject, stepAt, stepsAt, type StepPlace } from "./step-places";

/** Gives a copied step's ids another number, because an id names one step of a file. */
export const renameIds = (taken: Set<string>) => {
  const free = (id: string): string => {
    const [, stem = id] = /^(.*?)(?:-\d+)?$/.exec(id) ?? [];
    for (let count = 2; ; count += 1) {
      const name = `${stem}-${count}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
  const rename = (step: JsonValue): JsonValue => {
    if (!isObject(step)) return step;
    const { id, steps } = step;
    return {
      ...step,
      ...(typeof id === "string" && { id: free(id) }),
      ...(Array.isArray(steps) && { steps: steps.map(rename) }),
    };
  };
  return rename;
};

const listAt = (data: JsonObject, parent: StepPlace): JsonValue[] => {
  const holder = parent.length === 0 ? data : stepAt(data, parent);
  const steps = [...stepsAt(data, parent)];
  holder["steps"] = steps;
  return steps;
};

const put = (data: JsonObject, { parent, index }: StepSlot, steps: readonly JsonValue[]): void => {
  listAt(data, parent).splice(index, 0, ...steps);
};

const takeOut = (data: JsonObject, place: StepPlace): void => {
  listAt(data, place.slice(0, -1)).splice(place.at(-1) ?? 0, 1);
};

const backwards = (places: readonly StepPlace[]): StepPlace[] =>
  [...places].sort((a, b) => comparePlaces(b, a));

const valueAt = (data: JsonObject, place: StepPlace): JsonValue =>
  stepsAt(data, place.slice(0, -1))[place.at(-1) ?? 0] ?? null;

/** Where a slot is once these steps are out of the way. */
export const slotWithout = ({ parent, index }: StepSlot, places: readonly StepPlace[]): StepSlot => {
  const shift = (path: StepPlace): number[] =>
    path.map((at, depth) => {
      const before = path.slice(0, depth);
      const gone = places.filter(
        (place) =>
          place.length === depth + 1 &&
          before.every((step, level) => place[level] === step) &&
          (place.at(-1) ?? 0) < at,
      );
      return at - gone.length;
    });
  const shifted = shift([...parent, index]);
  return { parent: shifted.slice(0, -1), index: shifted.at(-1) ?? 0 };
};

/**
 * What a scenario says after an edit: what the edited text is held against.
 *
 * @param before is left as it is
 */
export const applyToData = (before: JsonObject, edit: ResolvedEdit): JsonObject => {
  const data = structuredClone(before);
  switch (edit.op) {
    case "set": {
      const holder = edit.place === null ? data : stepAt(data, edit.place);
      for (const [key, value] of edit.keys) {
        if (value === undefined) delete holder[key];
        else holder[key] = value;
      }
      return data;
    }
    case "insert":
      put(data, edit.slot, edit.steps);
      return data;
    case "remove":
      for (const place of backwards(edit.places)) takeOut(data, place);
      return data;
    case "move": {
      const moved = edit.places.map((place) => valueAt(data, place));
      for (const place of backwards(edit.places)) takeOut(data, place);
      put(data, slotWithout(edit.slot, edit.places), moved);
      return data;
    }
    case "duplicate": {
      const rename = renameIds(new Set(idsIn(stepsAt(data, []))));
      const copies = edit.copies.map(({ places, slot }) => ({
        slot,
        steps: places.map((place) => rename(structuredClone(valueAt(before, place)))),
      }));
      // From behind, so that the places of those before still hold.
      for (const { slot, steps } of [...copies].sort((a, b) =>
        comparePlaces([...b.slot.parent, b.slot.index], [...a.slot.parent, a.slot.index]),
      ))
        put(data, slot, steps);
      return data;
    }
  }
};
