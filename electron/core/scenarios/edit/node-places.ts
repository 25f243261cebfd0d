import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { columnOf, lineStart } from "./text-lines";
import type { StepPlace } from "./step-places";
import type { ReadYaml } from "./read-yaml";

/** Where in a text its nodes stand. Null or undefined is said of what is not written as a person usually would. */

export const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** Where the writing of a node ends; comments behind it are not part of it. Null where nothing is written. */
export const writtenEnd = (node: Node | null): number | null => {
  if (node === null || !node.range) return null;
  const [, end] = node.range;
  if (isScalar(node)) return node.source === "" && node.value === null ? null : end;
  if (isAlias(node) || (isCollection(node) && node.flow === true)) return end;
  if (isMap(node)) {
    const pair = node.items.at(-1);
    return pair === undefined ? null : pairEnd(pair);
  }
  if (isSeq(node)) return itemEnd(node, node.items.length - 1);
  return end;
};

export const keyNode = (pair: Pair): Node | null => (isNode(pair.key) ? pair.key : null);
export const valueNode = (pair: Pair): Node | null => (isNode(pair.value) ? pair.value : null);

export const keyName = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key));

/** Where the colon of a pair ends; null for a pair without one, or with its key behind a question mark. */
export const colonEnd = (text: string, pair: Pair): number | null => {
  const end = keyNode(pair)?.range?.[1];
  if (end === undefined) return null;
  const [colon] = /^[ \t]*:/.exec(text.slice(end, end + 200)) ?? [];
  return colon === undefined ? null : end + colon.length;
};

export const pairEnd = (pair: Pair): number | null => {
  const value = writtenEnd(valueNode(pair));
  if (value !== null) return value;
  const key = keyNode(pair)?.range?.[1];
  return key === undefined ? null : key + 1;
};

interface SequenceToken {
  type?: string;
  items?: { start?: { type: string; offset: number }[] }[];
}

/** Where the dash of an item stands, in a list that is written with dashes. */
export const dashOf = (list: YAMLSeq, index: number): number | null => {
  const token = list.srcToken as SequenceToken | undefined;
  if (token?.type !== "block-seq") return null;
  return token.items?.[index]?.start?.find(({ type }) => type === "seq-item-ind")?.offset ?? null;
};

export const itemEnd = (list: YAMLSeq, index: number): number | null => {
  const dash = dashOf(list, index);
  const item: unknown = list.items[index];
  return writtenEnd(isNode(item) ? item : null) ?? (dash === null ? null : dash + 1);
};

/** Whether nothing but spaces stands before an offset in its line. */
export const isFirstInLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === "";

export const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((pair) => keyName(pair) === key);

/** The map that holds a step's keys, or the scenario's own for no place; null where it is no map of its own. */
export const mapAt = ({ document }: Pick<ReadYaml, "document">, place: StepPlace | null): YAMLMap | null => {
  let map: unknown = document.contents;
  for (const index of place ?? []) {
    const steps: unknown = isMap(map) ? map.get("steps", true) : undefined;
    map = isSeq(steps) ? steps.items[index] : undefined;
  }
  return isMap(map) ? map : null;
};

/** How steps are indented in this text. */
export interface TextStyle {
  /** Spaces from a key to the keys below it. */
  indent: number;
  /** Spaces from a key to the dashes below it. */
  dash: number;
}

/** As the scenario's own steps are; else as the first indented line says. */
export const styleOf = (text: string, { document }: Pick<ReadYaml, "document">): TextStyle => {
  const [, spaces = "  "] = /^( {2,8})\S/m.exec(text) ?? [];
  const root: unknown = document.contents;
  const pair = isMap(root) ? pairOf(root as YAMLMap, "steps") : undefined;
  const list = pair?.value;
  const dash = isSeq(list) ? dashOf(list, 0) : null;
  const key = pair === undefined ? null : keyNode(pair);
  return {
    indent: spaces.length,
    dash:
      dash === null || key === null
        ? spaces.length
        : Math.max(0, columnOf(text, dash) - columnOf(text, startOf(key))),
  };
};
