import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { renameIds, slotWithout } from "./apply-to-data";
import { insertBodies, printSteps, removeSteps, takeBodies } from "./edit-steps";
import { mapAt, styleOf } from "./node-places";
import { readYaml } from "./read-yaml";
import { idsIn, type ResolvedEdit, type StepSlot } from "./resolve-edit";
import { createKeySplices, NotInPlace } from "./set-keys";
import { comparePlaces, isObject, stepsAt, type StepPlace } from "./step-places";
import { applySplices } from "./text-lines";

type Keys = ReadonlyMap<string, JsonValue | undefined>;

/** Sets keys of several maps of one text. */
const setAll = (text: string, changes: readonly { place: StepPlace | null; keys: Keys }[]): string => {
  const read = readYaml(text);
  const keys = createKeySplices(text, read.document, styleOf(text, read));
  for (const { place, keys: wanted } of changes) {
    const map = mapAt(read, place);
    if (map === null) throw new NotInPlace();
    keys.set(map, wanted);
  }
  return applySplices(text, keys.splices);
};

/** What goes, goes one by one: what takes its place depends on what has gone before. */
const set = (text: string, place: StepPlace | null, keys: Keys): string => {
  const [gone, kept] = [
    [...keys].filter(([, value]) => value === undefined),
    [...keys].filter(([, value]) => value !== undefined),
  ];
  const filled = kept.length === 0 ? text : setAll(text, [{ place, keys: new Map(kept) }]);
  return gone.reduce((current, pair) => setAll(current, [{ place, keys: new Map([pair]) }]), filled);
};

const idChanges = (
  place: StepPlace,
  before: JsonValue,
  after: JsonValue,
): { place: StepPlace; keys: Keys }[] => {
  if (!isObject(before) || !isObject(after)) return [];
  const own = before["id"] === after["id"] ? [] : [{ place, keys: new Map([["id", after["id"]]]) }];
  const [inner, changed] = [before["steps"], after["steps"]];
  if (!Array.isArray(inner) || !Array.isArray(changed)) return own;
  return [
    ...own,
    ...inner.flatMap((step, index) => idChanges([...place, index], step, changed[index] ?? null)),
  ];
};

const duplicate = (
  text: string,
  data: JsonObject,
  copies: { places: StepPlace[]; slot: StepSlot }[],
): string => {
  const rename = renameIds(new Set(idsIn(stepsAt(data, []))));
  const renamed = copies.map(({ places, slot }) => ({
    ...{ places, slot },
    changes: places.flatMap((place, count) => {
      const step = stepsAt(data, place.slice(0, -1))[place.at(-1) ?? 0] ?? null;
      return idChanges([...slot.parent, slot.index + count], step, rename(structuredClone(step)));
    }),
  }));
  const backwards = [...renamed].sort((a, b) =>
    comparePlaces([...b.slot.parent, b.slot.index], [...a.slot.parent, a.slot.index]),
  );
  return backwards.reduce((current, { places, slot, changes }) => {
    const inserted = insertBodies(current, slot, takeBodies(text, places));
    return changes.length === 0 ? inserted : setAll(inserted, changes);
  }, text);
};

/**
 * Makes an edit in the lines of a text: what it does not mean is not touched, and what moves, moves as it was written.
 *
 * @param data what the text says
 * @throws NotInPlace where the text is written in another way than with dashes and keys on lines of their own
 */
export const editInPlace = (text: string, data: JsonObject, edit: ResolvedEdit): string => {
  switch (edit.op) {
    case "set":
      return set(text, edit.place, edit.keys);
    case "insert":
      return insertBodies(text, edit.slot, [printSteps(text, edit.steps, styleOf(text, readYaml(text)))]);
    case "remove":
      return removeSteps(text, edit.places);
    case "move": {
      const bodies = takeBodies(text, edit.places);
      return insertBodies(removeSteps(text, edit.places), slotWithout(edit.slot, edit.places), bodies);
    }
    case "duplicate":
      return duplicate(text, data, edit.copies);
  }
};
