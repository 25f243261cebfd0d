import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { AppError } from "../../../shared/contract/errors";
import { isJsonValue } from "../../../shared/contract/inputs";
import type { JsonObject } from "../../../shared/model/json";

/** An event of a file, and where it begins. Lines and columns count from 1. */
export interface EventInFile {
  event: JsonObject;
  line: number;
  column: number;
}

/** Larger files are not events. */
const maximumSize = 100_000_000;

interface Position {
  line: number;
  column: number;
}

const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
};

/** As `positionAt`, of places that come in rising order, so that the text is gone through once. */
const createPositionFinder = (text: string): ((offset: number) => Position) => {
  let line = 1;
  let lineStart = 0;
  let lineEnd = text.indexOf("\n");
  return (offset) => {
    for (; lineEnd !== -1 && lineEnd < offset; lineEnd = text.indexOf("\n", lineStart)) {
      line += 1;
      lineStart = lineEnd + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
};

const unreadable = (file: string, text: string, offset: number, what: string, firstLine = 1): AppError => {
  const { line, column } = positionAt(text, offset);
  return new AppError({
    code: "INVALID_INPUT",
    message: `${file}, line ${line + firstLine - 1}, column ${column}: ${what}.`,
    hint: "Give one JSON object, an array of them, or one object a line (NDJSON).",
  });
};

const inWords = (error: ParseError): string =>
  `this is not JSON (${printParseErrorCode(error.error)
    .replace(/([A-Z])/g, " $1")
    .trim()
    .toLowerCase()})`;

const parse = (file: string, text: string, firstLine: number): Node => {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowEmptyContent: false });
  const error = errors[0];
  if (error) throw unreadable(file, text, error.offset, inWords(error), firstLine);
  if (!root) throw unreadable(file, text, 0, "the file is empty", firstLine);
  return root;
};

const eventOf = (
  file: string,
  text: string,
  node: Node,
  positionOf: (offset: number) => Position,
  firstLine: number,
): EventInFile => {
  if (node.type !== "object")
    throw unreadable(file, text, node.offset, `an event is an object, not ${node.type}`, firstLine);
  // By JSON.parse, which keeps a field named __proto__ a plain field.
  const event: unknown = JSON.parse(text.slice(node.offset, node.offset + node.length));
  if (!isJsonValue(event)) throw unreadable(file, text, node.offset, "a number is out of range", firstLine);
  const { line, column } = positionOf(node.offset);
  return { event: event as JsonObject, line: line + firstLine - 1, column };
};

const isNdjson = (text: string): boolean => {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.length > 1 &&
    lines.every((line) => line.trimStart().startsWith("{") && line.trimEnd().endsWith("}"))
  );
};

const eventsOf = (file: string, content: string): EventInFile[] => {
  if (content.length > maximumSize) throw unreadable(file, "", 0, "this is larger than 100 MB");
  if (isNdjson(content)) {
    return content
      .split("\n")
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => line.trim() !== "")
      .map(({ line, number }) =>
        eventOf(file, line, parse(file, line, number), (offset) => ({ line: 1, column: offset + 1 }), number),
      );
  }
  const root = parse(file, content, 1);
  const nodes = root.type === "array" ? (root.children ?? []) : [root];
  const positionOf = createPositionFinder(content);
  return nodes.map((node) => eventOf(file, content, node, positionOf, 1));
};

/**
 * Reads the events of a text: one JSON object, an array of objects, or NDJSON.
 *
 * @param file how the source is named in an error
 * @throws AppError INVALID_INPUT with file, line and column
 */
export const readEvents = (file: string, text: string): EventInFile[] => {
  const content = text.replace(/^\uFEFF/, "");
  try {
    return eventsOf(file, content);
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(file, content, 0, "this is nested too deeply");
    throw error;
  }
};
