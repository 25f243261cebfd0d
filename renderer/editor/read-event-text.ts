import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import type { JsonObject } from "../../shared/model/json";

/** A stretch of the editor's text, in UTF-16 units; `end` is exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

/** Something wrong with the text itself, before any catalog looks at it. */
export interface TextProblem {
  severity: "error" | "warning";
  code: string;
  /** A sentence for people. */
  message: string;
  range: TextRange;
}

/** What the editor's text says: an event with its syntax tree, or why it is none. */
export type EventText =
  | { state: "event"; event: JsonObject; tree: Node; warnings: TextProblem[] }
  | { state: "unreadable"; problems: TextProblem[] };

const problem = (
  code: string,
  message: string,
  range: TextRange,
  severity: TextProblem["severity"] = "error",
): TextProblem => ({ severity, code, message, range });

/** The parser's codes in words: what is wrong there, and what JSON wants. */
const sentences: Record<string, (found: string) => string> = {
  InvalidSymbol: (found) =>
    `${found} is not a JSON value: text stands in double quotes; only true, false, null and numbers do without.`,
  InvalidNumberFormat: () => "This is not a complete number.",
  PropertyNameExpected: (found) =>
    found === "}"
      ? "There is a comma too many before this brace."
      : "A field name in double quotes is expected here.",
  ValueExpected: (found) =>
    found === "]" ? "There is a comma too many before this bracket." : "A value is expected here.",
  ColonExpected: () => "A colon is expected between a field's name and its value.",
  CommaExpected: () => "A comma is missing before this.",
  CloseBraceExpected: () => "The closing brace } is missing.",
  CloseBracketExpected: () => "The closing bracket ] is missing.",
  EndOfFileExpected: () => "There is more text after the end of the event.",
  InvalidCommentToken: () => "JSON has no comments; remove this one.",
  UnexpectedEndOfComment: () => "This comment has no end, and JSON has no comments.",
  UnexpectedEndOfString: () => "The closing double quote of this text is missing.",
  UnexpectedEndOfNumber: () => "This number is not complete.",
  InvalidUnicode: () => "After \\u stand four hexadecimal digits.",
  InvalidEscapeCharacter: () => 'After a backslash stands one of " \\ / b f n r t u.',
  InvalidCharacter: () => "Text holds no line breaks or control characters; write \\n or \\t.",
};

const ofParser = (text: string, { error, offset, length }: ParseError): TextProblem => {
  const name = printParseErrorCode(error);
  const atEnd = offset >= text.length;
  const start = atEnd ? Math.max(0, text.trimEnd().length - 1) : offset;
  const end = atEnd ? start + 1 : offset + Math.max(1, length);
  const found = text.slice(offset, offset + Math.min(length, 40));
  const sentence = sentences[name]?.(found) ?? "This is not JSON.";
  return problem("not-json", sentence, { start, end });
};

const whole = (text: string): TextRange => ({ start: 0, end: Math.max(1, text.trimEnd().length) });

const objectProblems = (node: Node): TextProblem[] => {
  const seen = new Map<string, Node>();
  const found: TextProblem[] = [];
  for (const property of node.children ?? []) {
    const key = property.children?.[0];
    if (!key) continue;
    const name = String(key.value);
    const earlier = seen.get(name);
    if (earlier) {
      found.push(
        problem(
          "repeated-field",
          `${name} stands here and again further down; only the last one counts.`,
          { start: earlier.offset, end: earlier.offset + earlier.length },
          "warning",
        ),
      );
    }
    seen.set(name, key);
  }
  return found;
};

/** Repeated fields (warnings) and numbers that no JSON reader can hold (errors), found without recursion. */
const inspect = (tree: Node): TextProblem[] => {
  const found: TextProblem[] = [];
  const pending = [tree];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === "object") found.push(...objectProblems(node));
    if (node.type === "number" && !Number.isFinite(node.value)) {
      const range = { start: node.offset, end: node.offset + node.length };
      found.push(problem("number-too-large", "This number is too large to be sent as JSON.", range));
    }
    for (const child of node.children ?? []) pending.push(child);
  }
  return found.sort((one, other) => one.range.start - other.range.start);
};

const kindOf: Partial<Record<Node["type"], string>> = {
  array: "a list",
  string: "text",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

const unreadable = (...problems: TextProblem[]): EventText => ({ state: "unreadable", problems });

const readTree = (text: string): EventText => {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  // What follows the first mistake is mostly its consequence, and would send a person to the wrong place.
  if (errors[0]) return unreadable(ofParser(text, errors[0]));
  if (tree?.type !== "object") {
    const kind = (tree && kindOf[tree.type]) ?? "something else";
    return unreadable(
      problem("not-an-object", `An event is a JSON object in braces, and this is ${kind}.`, whole(text)),
    );
  }
  const problems = inspect(tree);
  const mistakes = problems.filter(({ severity }) => severity === "error");
  if (mistakes.length > 0) return unreadable(...mistakes);
  return { state: "event", event: JSON.parse(text) as JsonObject, tree, warnings: problems };
};

/**
 * Reads the editor's text as an event. Never throws.
 *
 * @param text as typed: it need not be JSON
 * @returns the event and its tree, or what is wrong with the text and where
 */
export const readEventText = (text: string): EventText => {
  if (text.trim() === "") {
    return unreadable(
      problem("empty", "There is nothing to send yet. An event is a JSON object in braces.", whole("")),
    );
  }
  try {
    return readTree(text);
  } catch (error) {
    // The parsers recurse, so a text of thousands of open brackets ends in a RangeError.
    const message =
      error instanceof RangeError ? "The event is nested too deeply to be read." : "This is not JSON.";
    return unreadable(problem("not-json", message, whole(text)));
  }
};

/** Line and column (both from 1) of an offset, for a sentence. */
export const lineAndColumn = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: offset - lastBreak };
};
