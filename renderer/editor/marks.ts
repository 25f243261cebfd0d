import type { Node } from "jsonc-parser";
import type { Issue, Severity, Verdict } from "../../shared/model/verdict";
import type { TextProblem, TextRange } from "./read-event-text";

/** One mark in the editor: an issue of the verdict, or a problem of the text, and where it stands. */
export interface Mark {
  severity: Severity;
  code: string;
  /** JSON Pointer of the issue; null for a problem of the text itself. */
  path: string | null;
  message: string;
  hint?: string;
  range: TextRange;
}

/** Issues about a field's name stand on the name, all others on its value. */
const aboutTheName: ReadonlySet<string> = new Set(["unknown-field"]);

const rangeOf = (node: Node): TextRange => ({ start: node.offset, end: node.offset + node.length });

const decodePointer = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

interface Step {
  key: Node | null;
  value: Node;
}

/** The last of repeated fields, because that is the one that counts. */
const childOf = (node: Node, segment: string): Step | null => {
  if (node.type === "array") {
    const item = /^\d+$/.test(segment) ? node.children?.[Number(segment)] : undefined;
    return item ? { key: null, value: item } : null;
  }
  if (node.type !== "object") return null;
  const property = node.children?.findLast((child) => child.children?.[0]?.value === segment);
  const [key, value] = property?.children ?? [];
  return key && value ? { key, value } : null;
};

/** An object or list as a place is too much to underline: its key stands for it, or else its first bracket. */
const short = ({ key, value }: Step): TextRange => {
  if (value.type !== "object" && value.type !== "array") return rangeOf(value);
  return key ? rangeOf(key) : { start: value.offset, end: value.offset + 1 };
};

/**
 * Where an issue stands in the text.
 *
 * @param tree the syntax tree of the text
 * @param pointer JSON Pointer (RFC 6901) into the event
 * @param at whether the name or the value is to be marked
 * @returns the field's range; for a field that is not in the text, the key or opening brace of its parent
 */
export const locate = (tree: Node, pointer: string, at: "name" | "value" = "value"): TextRange => {
  let step: Step = { key: null, value: tree };
  for (const segment of decodePointer(pointer)) {
    const next = childOf(step.value, segment);
    if (!next)
      return step.value.type === "object" || step.value.type === "array" ? short(step) : rangeOf(step.value);
    step = next;
  }
  return at === "name" && step.key ? rangeOf(step.key) : short(step);
};

/** Whether a field stands in the text itself, rather than being inherited or missing. */
export const isWritten = (tree: Node, pointer: string): boolean => {
  let node = tree;
  for (const segment of decodePointer(pointer)) {
    const next = childOf(node, segment);
    if (!next) return false;
    node = next.value;
  }
  return true;
};

const markOf = (tree: Node, issue: Issue): Mark => ({
  severity: issue.severity,
  code: issue.code,
  path: issue.path,
  message: issue.message,
  ...(issue.hint !== undefined && { hint: issue.hint }),
  range: locate(tree, issue.path, aboutTheName.has(issue.code) ? "name" : "value"),
});

/** One mark for each issue of a verdict, in its order: the editor says what the sender says, no more and no less. */
export const marksOfVerdict = (tree: Node, verdict: Pick<Verdict, "issues">): Mark[] =>
  verdict.issues.map((issue) => markOf(tree, issue));

/** Marks for what is wrong with the text itself. */
export const marksOfText = (problems: readonly TextProblem[]): Mark[] =>
  problems.map((problem) => ({ ...problem, path: null }));

/**
 * The few words that stand after a line: the reason without the field, which is already in that line.
 * "/email must be an e-mail address: the domain has no dot." becomes "the domain has no dot".
 */
export const inlineWords = (mark: Mark): string => {
  const sentence = mark.message.replace(/\.$/, "");
  if (mark.path === null) return sentence;
  const withoutPath = sentence.startsWith(`${mark.path} `) ? sentence.slice(mark.path.length + 1) : sentence;
  // A field that is not in the text has no line of its own, so its name must be said.
  if (mark.code === "missing-field") return `${decodePointer(mark.path).at(-1)} ${withoutPath}`;
  return /^must be [^:]*: (.+)$/.exec(withoutPath)?.[1] ?? withoutPath;
};
