import { modify, parseTree, type Node } from "jsonc-parser";
import type { JsonValue } from "../../shared/model/json";

/** A replacement in the text: `length` units at `offset` become `content`. */
export interface TextEdit {
  offset: number;
  length: number;
  content: string;
}

const formatting = { insertSpaces: true, tabSize: 2, eol: "\n" };

/** After `type`, where the common fields of an event are looked for. */
const afterType = (names: string[]): number => (names[0] === "type" ? 1 : 0);

const countOf = (text: string, name: string): number =>
  parseTree(text)?.children?.filter((property: Node) => property.children?.[0]?.value === name).length ?? 0;

/** The edits that write a field of the event, leaving everything else as it was typed. */
export const writeField = (text: string, name: string, value: JsonValue): TextEdit[] =>
  modify(text, [name], value, { formattingOptions: formatting, getInsertionIndex: afterType });

/** The edits that take a field out of the event; [] where it is not there. */
export const removeField = (text: string, name: string): TextEdit[] =>
  countOf(text, name) === 0 ? [] : modify(text, [name], undefined, { formattingOptions: formatting });

/** Applies edits to a text that no editor shows. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .sort((one, other) => other.offset - one.offset)
    .reduce(
      (changed, { offset, length, content }) =>
        changed.slice(0, offset) + content + changed.slice(offset + length),
      text,
    );

/** An event as a fresh draft shows it. */
export const prettyJson = (value: JsonValue): string => JSON.stringify(value, null, 2);
