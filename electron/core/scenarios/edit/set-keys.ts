import { isDeepStrictEqual } from "node:util";
import {
  isMap,
  isScalar,
  isSeq,
  type Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { rankOf } from "./key-order";
import {
  colonEnd,
  dashOf,
  isFirstInLine,
  itemEnd,
  keyName,
  keyNode,
  pairEnd,
  pairOf,
  startOf,
  valueNode,
  writtenEnd,
  type TextStyle,
} from "./node-places";
import { printInFlow, printInline, printItems, printKey, printPair } from "./print-value";
import { isObject } from "./step-places";
import {
  breakOf,
  columnOf,
  isComment,
  lineEnd,
  linesOf,
  lineStart,
  nextLine,
  type Splice,
} from "./text-lines";

/** Thrown inside this folder where a text cannot be changed in place; the way through the printer is next. */
export class NotInPlace extends Error {}

const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new NotInPlace();
  return value;
};

type Keys = ReadonlyMap<string, JsonValue | undefined>;

/** Changes of a text that give a map other values, and leave every line alone that stays true. */
export const createKeySplices = (text: string, document: Document, style: TextStyle) => {
  const splices: Splice[] = [];
  const newLine = breakOf(text);
  const put = (from: number, to: number, inserted: string): void => {
    splices.push({ from, to, text: inserted.replace(/\r?\n/g, newLine) });
  };
  const lineOf = (offset: number): number => lineStart(text, offset);
  /** Where the last written character of a node is: a block of text ends behind its line break. */
  const endOf = (end: number | null): number => {
    const at = known(end);
    return text[at - 1] === "\n" ? (text[at - 2] === "\r" ? at - 2 : at - 1) : at;
  };
  const said = (node: Node): JsonValue => node.toJS(document, { maxAliasCount: 100 }) as JsonValue;

  const quoteOf = (node: unknown): Scalar.Type | undefined =>
    isScalar(node) && (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") ? node.type : undefined;

  const isBelow = (pair: Pair, value: Node): boolean =>
    lineOf(startOf(value)) !== lineOf(known(colonEnd(text, pair)));

  /** The lines below a key, with the break before them. */
  const block = (key: string, value: JsonValue, column: number): { inline: string } | { below: string } => {
    const [head = "", ...rest] = printPair(key, value, column, style);
    const inline = head
      .trimStart()
      .slice(printKey(key).length + 1)
      .trim();
    if (rest.length === 0) return { inline };
    // The head of a block of text (`|`) stands on the key's line.
    return inline === ""
      ? { below: rest.map((line) => `\n${line}`).join("") }
      : { inline: [inline, ...rest].join("\n") };
  };

  const rewrite = (pair: Pair, value: JsonValue, column: number): void => {
    const colon = known(colonEnd(text, pair));
    const node = valueNode(pair);
    const end = node === null ? null : writtenEnd(node);
    const printed = block(keyName(pair), value, column);
    const colonLine = lineEnd(text, colon);
    if (node === null || end === null) {
      if ("inline" in printed) put(colon, colon, ` ${printed.inline}`);
      else put(colonLine, colonLine, printed.below);
    } else if (isBelow(pair, node)) {
      if ("inline" in printed) put(colon, colon, ` ${printed.inline}`);
      put(colonLine, endOf(end), "inline" in printed ? "" : printed.below);
    } else if ("inline" in printed) put(startOf(node), endOf(end), printed.inline);
    else {
      put(colon, endOf(end), "");
      const last = lineEnd(text, endOf(end));
      put(last, last, printed.below);
    }
  };

  const setScalar = (node: Scalar, value: JsonValue, isFlow: boolean): void => {
    const quote = quoteOf(node);
    const print = isFlow ? printInFlow : printInline;
    put(startOf(node), endOf(known(writtenEnd(node))), print(value, quote));
  };

  const isPlain = (value: JsonValue): boolean => typeof value !== "object" || value === null;
  const isOneLine = (value: JsonValue): boolean => typeof value !== "string" || !value.includes("\n");

  /** @returns false where the node must be written anew */
  const setNode = (node: Node, value: JsonValue, isFlow: boolean): boolean => {
    if (isDeepStrictEqual(said(node), value)) return true;
    if (isMap(node) && isObject(value) && node.items.length > 0 && Object.keys(value).length > 0)
      return changeMap(node, value, isFlow || node.flow === true);
    if (isSeq(node) && Array.isArray(value) && node.items.length > 0 && value.length > 0) {
      return setList(node, value, isFlow || node.flow === true);
    }
    const isBlockText = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
    if (isScalar(node) && writtenEnd(node) !== null && isPlain(value) && isOneLine(value) && !isBlockText) {
      setScalar(node, value, isFlow);
      return true;
    }
    return false;
  };

  const goneAndSet = (map: YAMLMap, value: JsonObject): Keys =>
    new Map<string, JsonValue | undefined>([
      ...map.items
        .map(keyName)
        .filter((key) => !Object.hasOwn(value, key))
        .map((key) => [key, undefined] as const),
      ...Object.entries(value),
    ]);

  /** Two members that go from one pair of braces would take the same comma: then it is written anew. */
  const changeMap = (map: YAMLMap, value: JsonObject, isFlow: boolean): boolean => {
    const keys = goneAndSet(map, value);
    const gone = [...keys.values()].filter((inner) => inner === undefined).length;
    const added = Object.keys(value).some((key) => pairOf(map, key) === undefined);
    const isNew = gone === map.items.length || (isFlow && (gone > 1 || (gone > 0 && added)));
    if (isNew && !isFlow) return false;
    if (isNew) {
      const [from, to] = [startOf(map), known(writtenEnd(map))];
      if (text.slice(from, to).includes("#")) throw new NotInPlace();
      return false;
    }
    setMap(map, keys, isFlow, false);
    return true;
  };

  const setList = (list: YAMLSeq, value: readonly JsonValue[], isFlow: boolean): boolean => {
    if (list.items.length !== value.length) return isFlow ? false : resizeList(list, value);
    return list.items.every((item, index) => {
      const [node, wanted] = [item as Node, value[index] ?? null];
      if (setNode(node, wanted, isFlow)) return true;
      if (!isFlow) return false;
      put(startOf(node), known(writtenEnd(node)), printInFlow(wanted));
      return true;
    });
  };

  /** Of a list with dashes: what is too much goes at its end, what is missing comes there. */
  const resizeList = (list: YAMLSeq, value: readonly JsonValue[]): boolean => {
    const shared = Math.min(list.items.length, value.length);
    for (let index = 0; index < shared; index += 1)
      if (!setNode(list.items[index] as Node, value[index] ?? null, false)) return false;
    const last = endOf(known(itemEnd(list, shared - 1)));
    const lastLine = lineEnd(text, last);
    if (value.length > shared) {
      const column = columnOf(text, known(dashOf(list, 0)));
      const added = printItems(value.slice(shared), column, style);
      put(lastLine, lastLine, added.map((line) => `\n${line}`).join(""));
    } else put(lastLine, lineEnd(text, endOf(known(itemEnd(list, list.items.length - 1)))), "");
    return true;
  };

  const setValue = (pair: Pair, value: JsonValue, column: number, isFlow: boolean): void => {
    const node = valueNode(pair);
    if (node !== null && setNode(node, value, isFlow)) return;
    if (!isFlow) return rewrite(pair, value, column);
    const end = node === null ? null : writtenEnd(node);
    if (node === null || end === null) throw new NotInPlace();
    put(startOf(node), end, printInFlow(value));
  };

  const addInFlow = (map: YAMLMap, key: string, value: JsonValue): void => {
    const [first, last] = [map.items[0], map.items.at(-1)];
    const member = `${printKey(key, quoteOf(first?.key))}: ${printInFlow(value, quoteOf(first?.value))}`;
    if (last === undefined) {
      const [start, end] = known(map.range);
      put(start, end, `{ ${member} }`);
      return;
    }
    const at = known(pairEnd(last));
    const lastKey = startOf(known(keyNode(last)));
    const isOnOwnLine = map.items.length > 1 && isFirstInLine(text, lastKey);
    put(at, at, `,${isOnOwnLine ? `\n${" ".repeat(columnOf(text, lastKey))}` : " "}${member}`);
  };

  /** @param staying the pairs that stay; at least one */
  const addInBlock = (staying: readonly Pair[], key: string, value: JsonValue, isRanked: boolean): void => {
    const first = startOf(known(keyNode(known(staying[0]))));
    const column = columnOf(text, first);
    const printed = printPair(key, value, column, style);
    const before = isRanked ? staying.findIndex((pair) => rankOf(keyName(pair)) > rankOf(key)) : -1;
    if (before === 0) {
      put(first, first, `${printed.join("\n").trimStart()}\n${" ".repeat(column)}`);
      return;
    }
    const previous = known(staying.at(before === -1 ? -1 : before - 1));
    const at = lineEnd(text, endOf(known(pairEnd(previous))));
    put(at, at, printed.map((line) => `\n${line}`).join(""));
  };

  const dropInFlow = (map: YAMLMap, index: number): void => {
    const pair = known(map.items[index]);
    const [previous, next] = [map.items[index - 1], map.items[index + 1]];
    const [from, to] =
      next === undefined
        ? [
            previous === undefined ? startOf(known(keyNode(pair))) : known(pairEnd(previous)),
            known(pairEnd(pair)),
          ]
        : [startOf(known(keyNode(pair))), startOf(known(keyNode(next)))];
    if (text.slice(from, to).includes("#")) throw new NotInPlace();
    put(from, to, "");
  };

  const dropInBlock = (map: YAMLMap, index: number): void => {
    const pair = known(map.items[index]);
    const start = startOf(known(keyNode(pair)));
    const lastLine = endOf(known(pairEnd(pair)));
    if (isFirstInLine(text, start)) {
      put(lineOf(start), nextLine(text, lastLine), "");
      return;
    }
    // It stands behind the dash of its step: the next key takes its place, and the comments above that go above both.
    const next = startOf(known(keyNode(known(map.items[index + 1]))));
    const between = linesOf(text.slice(nextLine(text, lastLine), lineOf(next))).filter(isComment);
    put(lineOf(start), lineOf(start), between.join(""));
    put(start, next, "");
  };

  const setMap = (map: YAMLMap, keys: Keys, isFlow: boolean, isRanked: boolean): void => {
    const isGone = (pair: Pair): boolean => {
      const key = keyName(pair);
      return keys.has(key) && keys.get(key) === undefined;
    };
    const staying = map.items.filter((pair) => !isGone(pair));
    if (staying.length === 0 && map.items.length > 0) throw new NotInPlace();
    for (const [key, value] of keys) {
      const index = map.items.findIndex((pair) => keyName(pair) === key);
      const pair = map.items[index];
      if (pair !== undefined && value !== undefined)
        setValue(pair, value, columnOf(text, startOf(known(keyNode(pair)))), isFlow);
      else if (pair !== undefined && isFlow) dropInFlow(map, index);
      else if (pair !== undefined) dropInBlock(map, index);
      else if (value !== undefined && isFlow) addInFlow(map, key, value);
      else if (value !== undefined) addInBlock(staying, key, value, isRanked);
    }
  };

  return {
    splices,
    /**
     * At most one key may go at a time.
     * @throws NotInPlace
     */
    set: (map: YAMLMap, keys: Keys): void => setMap(map, keys, map.flow === true, true),
  };
};
