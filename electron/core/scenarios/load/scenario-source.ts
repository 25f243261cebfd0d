import { isMap, isNode, isScalar, isSeq, type Document, type LineCounter, type Node } from "yaml";
import type { JsonValue } from "../../../../shared/model/json";
import type { ScenarioIssue } from "../../../../shared/model/scenario";

/** Keys and positions from the top of a file: `["steps", 3, "event", "email"]`. */
export type Path = readonly (string | number)[];

/** Where something stands. Lines and columns count from 1. */
export interface TextRange {
  line: number;
  column: number;
  end: { line: number; column: number };
}

/** A scenario's text, read, with the way back from a value to its place. */
export interface ScenarioSource {
  /** How issues name it: relative to the workspace. */
  path: string;
  text: string;
  document: Document;
  /** What it says, as JSON; undefined where that could not be read. */
  value: JsonValue | undefined;
  /** Of a value, of its key, or of the nearest thing around it that is there. */
  placeOf(path: Path, of?: "value" | "key"): TextRange;
  /** Of a part of a text, such as one of its templates: the value's place where it is not found. */
  placeOfPart(path: Path, part: string): TextRange;
  rangeOf(offset: number, end: number): TextRange;
}

export const pointerOf = (path: Path): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

export const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));

interface Found {
  key: Node | null;
  value: Node | null;
}

/** The node at a path, or the deepest one on the way to it. An alias is where its contents are blamed. */
const find = (root: Node | null, path: Path): Found & { whole: boolean } => {
  let found: Found = { key: null, value: root };
  for (const step of path) {
    const node = found.value;
    let next: Found | null = null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair)
        next = { key: isNode(pair.key) ? pair.key : null, value: isNode(pair.value) ? pair.value : null };
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (isNode(item)) next = { key: null, value: item };
    }
    if (next === null) return { ...found, whole: false };
    found = next;
  }
  return { ...found, whole: true };
};

const isBlock = (node: Node | null): boolean => (isMap(node) || isSeq(node)) && node.flow !== true;

/** Nothing stands behind a key. */
const isEmpty = (node: Node): boolean =>
  node.range !== null && node.range !== undefined && node.range[0] === node.range[1];

/** What of a found node a mark goes under: of a whole block, its key or its first key. */
const blamed = ({ key, value, whole }: Found & { whole: boolean }, of: "value" | "key"): Node | null => {
  if (of === "key" && whole && key !== null) return key;
  if (value === null || isEmpty(value)) return key ?? value;
  if (!isBlock(value)) return value;
  if (key !== null) return key;
  const [first] = isMap(value) ? value.items : [];
  return isNode(first?.key) ? first.key : value;
};

export const createSource = (
  path: string,
  text: string,
  document: Document,
  lines: LineCounter,
  value: JsonValue | undefined,
): ScenarioSource => {
  const root = document.contents as Node | null;
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const rangeOf = (offset: number, end: number): TextRange => ({
    ...at(offset),
    end: at(Math.max(end, offset)),
  });
  const rangeOfNode = (node: Node | null): TextRange => {
    const [start, end] = node?.range ?? [0, 0];
    return rangeOf(start, end);
  };
  return {
    path,
    text,
    document,
    value,
    rangeOf,
    placeOf: (at, of = "value") => rangeOfNode(blamed(find(root, at), of)),
    placeOfPart(at, part) {
      const { value: node, whole } = find(root, at);
      if (!whole || !isScalar(node) || !node.range) return rangeOfNode(blamed(find(root, at), "value"));
      const [start, end] = node.range;
      const offset = text.slice(start, end).indexOf(part);
      return offset === -1 ? rangeOf(start, end) : rangeOf(start + offset, start + offset + part.length);
    },
  };
};

export interface IssueWords {
  code: string;
  message: string;
  hint?: string | undefined;
  severity?: ScenarioIssue["severity"];
}

/** An issue at a place of a source. */
export const issueAt = (
  source: ScenarioSource,
  path: Path,
  range: TextRange,
  words: IssueWords,
): ScenarioIssue => ({
  severity: words.severity ?? "error",
  code: words.code,
  file: source.path,
  line: range.line,
  column: range.column,
  end: range.end,
  path: pointerOf(path),
  message: words.message,
  ...(words.hint !== undefined && { hint: words.hint }),
});

/** File by file, as they were come upon, and in the order of a file's lines. */
export const inOrder = (issues: readonly ScenarioIssue[]): ScenarioIssue[] => {
  const files = [...new Set(issues.map(({ file }) => file))];
  return [...issues].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
};
