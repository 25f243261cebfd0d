import { Document, isCollection, isPair, Scalar, visit } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { TextStyle } from "./node-places";
import { isObject } from "./step-places";

/** Characters of a line up to which a map or list is written on it. */
const widest = 90;

/** As other programs read it, too: YAML 1.1 takes a plain `no` for false. */
const options = { compat: "yaml-1.1" } as const;
const printing = { lineWidth: 0, flowCollectionPadding: true } as const;

/** A value on one line: maps and lists in braces and brackets. @param quote the quotes that a text had so far */
export const printInline = (value: JsonValue, quote?: Scalar.Type): string => {
  const document = new Document(value, options);
  visit(document, (_, node) => {
    if (isCollection(node)) node.flow = true;
  });
  if (typeof value === "string" && quote !== undefined) {
    const scalar = new Scalar(value);
    scalar.type = quote;
    document.contents = scalar as unknown as typeof document.contents;
  }
  return document.toString(printing).replace(/\n$/, "");
};

/** As a member of braces or brackets, where commas and brackets have a meaning. */
export const printInFlow = (value: JsonValue, quote?: Scalar.Type): string => {
  const document = new Document([value], options);
  visit(document, (_, node) => {
    if (isCollection(node)) node.flow = true;
    else if (!isPair(node) && quote !== undefined && typeof value === "string" && node instanceof Scalar)
      node.type = quote;
  });
  return document.toString(printing).trim().slice(1, -1).trim();
};

/** A key as it is written; quotes where it needs them. */
export const printKey = (key: string, quote?: Scalar.Type): string => printInline(key, quote);

const isShort = (value: JsonValue, room: number): boolean => {
  const text = printInline(value);
  return text.length <= room && !text.includes("\n");
};

const isEmpty = (value: JsonValue): boolean =>
  Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;

const lines = (text: string): string[] => text.split("\n");

/** A text of several lines, as a block below its key. */
const printText = (key: string, value: string, column: number, style: TextStyle): string[] => {
  const printed = new Document({ [key]: value }, options).toString({ ...printing, indent: style.indent });
  return lines(printed.replace(/\n$/, "")).map((line, index) =>
    index === 0 || line === "" ? line : " ".repeat(column) + line,
  );
};

/** A list whose items begin with dashes at a column. Each line is complete but for its break. */
export const printItems = (items: readonly JsonValue[], column: number, style: TextStyle): string[] =>
  items.flatMap((item) => {
    const pairs = isObject(item) && !isEmpty(item) ? Object.entries(item) : null;
    if (pairs === null) return [`${" ".repeat(column)}- ${printInline(item)}`];
    return pairs
      .flatMap(([key, value]) => printPair(key, value, column + 2, style))
      .map((line, index) => (index === 0 ? `${" ".repeat(column)}- ${line.trimStart()}` : line));
  });

/**
 * A key and its value in lines. Short maps and lists stand on the key's line, as in the examples of the format; steps
 * always have lines of their own.
 *
 * @param column where the key begins; the first line has its spaces
 */
export const printPair = (key: string, value: JsonValue, column: number, style: TextStyle): string[] => {
  const head = `${" ".repeat(column)}${printKey(key)}:`;
  const below = column + style.indent;
  if (typeof value === "string" && value.includes("\n")) {
    const [first = "", ...rest] = printText(key, value, column, style);
    return [" ".repeat(column) + first, ...rest];
  }
  const isInline = typeof value !== "object" || value === null || isEmpty(value);
  if (isInline || (key !== "steps" && isShort(value, widest - head.length)))
    return [`${head} ${printInline(value)}`];
  if (Array.isArray(value)) return [head, ...printItems(value, column + style.dash, style)];
  return [
    head,
    ...Object.entries(value as JsonObject).flatMap(([name, inner]) => printPair(name, inner, below, style)),
  ];
};
