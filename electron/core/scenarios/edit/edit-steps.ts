import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from "yaml";
import type { JsonObject } from "../../../../shared/model/json";
import {
  colonEnd,
  keyNode,
  mapAt,
  pairEnd,
  pairOf,
  startOf,
  styleOf,
  valueNode,
  writtenEnd,
  type TextStyle,
} from "./node-places";
import { printItems } from "./print-value";
import { readYaml, type ReadYaml } from "./read-yaml";
import type { StepSlot } from "./resolve-edit";
import { NotInPlace } from "./set-keys";
import { cutList, joinSteps, usualLead, type ListLines, type StepLines } from "./step-lines";
import { numberOf, type StepPlace } from "./step-places";
import { applySplices, breakOf, columnOf, lineEnd, shiftLines } from "./text-lines";

/** Steps as lines, with the column of their dashes. */
export interface StepBodies {
  column: number;
  bodies: string[];
}

const listOf = (map: YAMLMap | null): YAMLSeq | null => {
  const list = map === null ? null : (pairOf(map, "steps")?.value ?? null);
  return isSeq(list) && list.items.length > 0 ? list : null;
};

const cut = (text: string, read: ReadYaml, parent: StepPlace): ListLines | null => {
  const list = listOf(mapAt(read, parent));
  if (list === null) return null;
  const lines = cutList(text, list);
  if (lines === null) throw new NotInPlace();
  return lines;
};

const replaceList = (text: string, { from, to }: ListLines, steps: readonly StepLines[]): string => {
  const joined = joinSteps(steps, breakOf(text));
  // A text that does not end with a line break goes on not to.
  const isOpen = to === text.length && !text.endsWith("\n");
  return text.slice(0, from) + (isOpen ? joined.replace(/\r?\n$/, "") : joined) + text.slice(to);
};

/** New steps as lines. */
export const printSteps = (text: string, steps: readonly JsonObject[], style: TextStyle): StepBodies => ({
  column: 0,
  bodies: steps.map((step) =>
    printItems([step], 0, style)
      .map((line) => line + breakOf(text))
      .join(""),
  ),
});

/** @throws NotInPlace */
export const takeBodies = (text: string, places: readonly StepPlace[]): StepBodies[] => {
  const read = readYaml(text);
  return places.map((place) => {
    const list = cut(text, read, place.slice(0, -1));
    const body = list?.steps[place.at(-1) ?? 0]?.body;
    if (list === null || body === undefined) throw new NotInPlace();
    return { column: list.column, bodies: [body.endsWith("\n") ? body : body + breakOf(text)] };
  });
};

/** Where a step goes that empty lines kept apart, they stay with the next one. */
const without = (
  steps: readonly StepLines[],
  gone: ReadonlySet<number>,
): { steps: StepLines[]; rest: string } => {
  const kept: StepLines[] = [];
  let [fixed, lead] = ["", ""];
  for (const [index, step] of steps.entries()) {
    fixed += step.fixed;
    if (step.lead !== "") lead = step.lead;
    if (gone.has(index)) continue;
    kept.push({ ...step, fixed, lead });
    [fixed, lead] = ["", ""];
  }
  return { steps: kept, rest: fixed };
};

const emptyList = (text: string, map: YAMLMap, list: ListLines, rest: string): string => {
  const pair = pairOf(map, "steps");
  const colon = pair === undefined ? null : colonEnd(text, pair);
  if (colon === null) throw new NotInPlace();
  return applySplices(text, [
    { from: colon, to: colon, text: " []" },
    { from: list.from, to: list.to, text: rest },
  ]);
};

/** @throws NotInPlace */
export const removeSteps = (text: string, places: readonly StepPlace[]): string => {
  const lists = new Map<string, StepPlace[]>();
  for (const place of places) {
    const parent = numberOf(place.slice(0, -1));
    lists.set(parent, [...(lists.get(parent) ?? []), place]);
  }
  // From behind, so that what stands before keeps its place.
  return [...lists.values()].reverse().reduce((current, group) => {
    const read = readYaml(current);
    const parent = group[0]?.slice(0, -1) ?? [];
    const [map, list] = [mapAt(read, parent), cut(current, read, parent)];
    if (map === null || list === null) throw new NotInPlace();
    const { steps, rest } = without(list.steps, new Set(group.map((place) => place.at(-1) ?? 0)));
    if (steps.length === 0) return emptyList(current, map, list, rest);
    const after = replaceList(current, list, steps);
    // What stood fixed above the last step now stands below the list.
    return rest === ""
      ? after
      : current.slice(0, list.from) + joinSteps(steps, breakOf(current)) + rest + current.slice(list.to);
  }, text);
};

const beginList = (
  text: string,
  map: YAMLMap,
  style: TextStyle,
  print: (column: number) => string,
): string => {
  const newLine = breakOf(text);
  const pair = pairOf(map, "steps");
  const first = map.items[0];
  const key = first === undefined ? null : keyNode(first);
  if (key === null || map.flow === true) throw new NotInPlace();
  const keyColumn = columnOf(text, startOf(key));
  const block = newLine + print(keyColumn + style.dash).replace(/\r?\n$/, "");
  if (pair === undefined) {
    const last = map.items.at(-1);
    const end = last === undefined ? null : pairEnd(last);
    if (end === null) throw new NotInPlace();
    const at = lineEnd(text, text[end - 1] === "\n" ? end - 1 : end);
    return applySplices(text, [
      { from: at, to: at, text: `${newLine}${" ".repeat(keyColumn)}steps:${block}` },
    ]);
  }
  const colon = colonEnd(text, pair);
  const value = valueNode(pair);
  if (colon === null || !(value === null || isSeq(value) || isScalar(value))) throw new NotInPlace();
  const end = value === null ? null : writtenEnd(value);
  if (end !== null && text.slice(colon, end).trim() !== "[]") throw new NotInPlace();
  const at = lineEnd(text, end ?? colon);
  return applySplices(text, [
    { from: colon, to: end ?? colon, text: "" },
    { from: at, to: at, text: block },
  ]);
};

/** @throws NotInPlace */
export const insertBodies = (
  text: string,
  { parent, index }: StepSlot,
  added: readonly StepBodies[],
): string => {
  const read = readYaml(text);
  const style = styleOf(text, read);
  const map = mapAt(read, parent);
  if (!isMap(map)) throw new NotInPlace();
  const at = (column: number): string[] =>
    added.flatMap(({ column: from, bodies }) => bodies.map((body) => shiftLines(body, column - from)));
  const list = cut(text, read, parent);
  if (list === null) return beginList(text, map, style, (column) => at(column).join(""));
  const usual = usualLead(list.steps);
  const steps = [...list.steps];
  const following = steps[index];
  // What is put first has nothing above it but the list's key; the step that was first gets the usual distance.
  if (index === 0 && following !== undefined) steps[0] = { ...following, lead: following.lead || usual };
  steps.splice(index, 0, ...at(list.column).map((body) => ({ fixed: "", lead: usual, body })));
  return replaceList(text, list, steps);
};
