import { parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { AppError } from "../../../shared/contract/errors";
import { isJsonValue } from "../../../shared/contract/inputs";
import type { StreamEvent } from "../../../shared/model/event";
import type { JsonValue } from "../../../shared/model/json";
import { checkDepth } from "../sender/check-send";
import type { Piece } from "./event-pieces";

/** An event as it is written in the file, or a sentence that says why there is none. */
export type ReadEvent = { event: StreamEvent } | { unreadable: string };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const kindOf = (value: unknown): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
};

/** Longer texts are not gone through once more only to say where they break. */
const longestExplained = 100_000;

/** Where JSON breaks, without the text itself: that is shown, and may hold a secret. */
const explain = (text: string): string => {
  if (text.trim() === "") return "There is no event between two commas.";
  if (text.length > longestExplained) return "This is not JSON.";
  try {
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true });
    const [error] = errors;
    if (!error) return "This is not JSON.";
    const words = printParseErrorCode(error.error)
      .replace(/([A-Z])/g, " $1")
      .trim()
      .toLowerCase();
    const line = text.slice(0, error.offset).split("\n").length;
    const column = error.offset - text.lastIndexOf("\n", error.offset - 1);
    return `This is not JSON: ${words}, ${line > 1 ? `line ${line} of it, ` : ""}column ${column}.`;
  } catch {
    // Nested so deep that the parser ran out of stack.
    return "This is not JSON, and nested too deeply to say where it breaks.";
  }
};

const asEvent = (value: unknown): ReadEvent => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { unreadable: `An event is an object, and this is ${kindOf(value)}.` };
  }
  if (!isJsonValue(value)) {
    return { unreadable: "A number in it is out of range, or it is nested more than 500 levels deep." };
  }
  try {
    checkDepth(value as JsonValue);
    return { event: value as StreamEvent };
  } catch (error) {
    if (error instanceof AppError) return { unreadable: error.message };
    throw error;
  }
};

/** Reads one piece of a file. Never throws. */
export const readEvent = ({ bytes, isTooLong }: Piece): ReadEvent => {
  if (isTooLong) return { unreadable: "This is longer than 1 MB. An event is a few kilobytes at most." };
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { unreadable: "This is not UTF-8 text." };
  }
  try {
    // By JSON.parse, which keeps a field named __proto__ a plain field.
    return asEvent(JSON.parse(text));
  } catch {
    return { unreadable: explain(text) };
  }
};
