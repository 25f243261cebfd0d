import { isMap, isScalar, isSeq, type YAMLMap, YAMLSeq, type Document, type Node } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { isDeepStrictEqual } from "node:util";
import { renameIds, slotWithout } from "./apply-to-data";
import { notHere } from "./edit-error";
import { idsIn, type ResolvedEdit, type StepSlot } from "./resolve-edit";
import { comparePlaces, isObject, numberOf, stepsAt, type StepPlace } from "./step-places";

const rootOf = (document: Document): YAMLMap => {
  if (isMap(document.contents)) return document.contents;
  throw notHere("The text is not a map of keys and values.");
};

const holderAt = (document: Document, place: StepPlace): YAMLMap => {
  let holder = rootOf(document);
  for (const [depth, index] of place.entries()) {
    const steps = holder.get("steps");
    const step = isSeq(steps) ? steps.items[index] : undefined;
    if (!isMap(step)) throw notHere(`Step ${numberOf(place.slice(0, depth + 1))} is written as an alias.`);
    holder = step;
  }
  return holder;
};

const listAt = (document: Document, parent: StepPlace): YAMLSeq => {
  const holder = holderAt(document, parent);
  const steps = holder.get("steps");
  if (isSeq(steps)) {
    if (steps.items.length === 0 && !holder.flow) steps.flow = false;
    return steps;
  }
  const made = new YAMLSeq();
  holder.set("steps", made);
  return made;
};

/** Changes a node to say something else, as little as that takes: what stays keeps its comments, order and style. */
const mergeNode = (document: Document, node: Node | null, value: JsonValue): Node => {
  if (isMap(node) && isObject(value)) {
    for (const { key } of [...node.items]) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (!Object.hasOwn(value, name)) node.delete(key);
    }
    for (const [key, inner] of Object.entries(value)) setKey(document, node, key, inner);
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    node.items.length = Math.min(node.items.length, value.length);
    value.forEach((item, index) => {
      node.items[index] = mergeNode(document, (node.items[index] as Node | undefined) ?? null, item);
    });
    return node;
  }
  if (isScalar(node) && (typeof value !== "object" || value === null)) {
    if (node.value !== value) {
      node.value = value;
      delete node.source;
    }
    return node;
  }
  return document.createNode(value) as Node;
};

const setKey = (document: Document, map: YAMLMap, key: string, value: JsonValue): void => {
  const present = map.get(key, true) as Node | undefined;
  const before = present === undefined ? undefined : (present.toJS(document) as JsonValue);
  if (before !== undefined && isDeepStrictEqual(before, value)) return;
  map.set(key, mergeNode(document, present ?? null, value));
};

const put = (document: Document, { parent, index }: StepSlot, nodes: unknown[]): void => {
  listAt(document, parent).items.splice(index, 0, ...nodes);
};

const takeOut = (document: Document, place: StepPlace): unknown =>
  listAt(document, place.slice(0, -1)).items.splice(place.at(-1) ?? 0, 1)[0];

const backwards = (places: readonly StepPlace[]): StepPlace[] =>
  [...places].sort((a, b) => comparePlaces(b, a));

const copyOf = (document: Document, place: StepPlace, value: JsonValue): unknown => {
  const list = listAt(document, place.slice(0, -1));
  const original = list.items[place.at(-1) ?? 0];
  if (!isMap(original)) throw notHere(`Step ${numberOf(place)} is written as an alias.`);
  const copy = original.clone() as YAMLMap;
  return mergeNode(document, copy, value);
};

/** Makes an edit in a parsed document: the way for texts that are not written in blocks. */
export const editDocument = (document: Document, before: JsonObject, edit: ResolvedEdit): void => {
  switch (edit.op) {
    case "set": {
      const holder = edit.place === null ? rootOf(document) : holderAt(document, edit.place);
      for (const [key, value] of edit.keys) {
        if (value === undefined) holder.delete(key);
        else setKey(document, holder, key, value);
      }
      return;
    }
    case "insert":
      put(
        document,
        edit.slot,
        edit.steps.map((step) => document.createNode(step)),
      );
      return;
    case "remove":
      for (const place of backwards(edit.places)) takeOut(document, place);
      return;
    case "move": {
      const moved = backwards(edit.places).map((place) => takeOut(document, place));
      put(document, slotWithout(edit.slot, edit.places), moved.reverse());
      return;
    }
    case "duplicate": {
      const rename = renameIds(new Set(idsIn(stepsAt(before, []))));
      const copies = edit.copies.map(({ places, slot }) => ({
        slot,
        nodes: places.map((place) => {
          const value = stepsAt(before, place.slice(0, -1))[place.at(-1) ?? 0] ?? null;
          return copyOf(document, place, rename(structuredClone(value)));
        }),
      }));
      for (const { slot, nodes } of copies.sort((a, b) =>
        comparePlaces([...b.slot.parent, b.slot.index], [...a.slot.parent, a.slot.index]),
      ))
        put(document, slot, nodes);
    }
  }
};
