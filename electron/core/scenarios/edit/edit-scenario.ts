import { isDeepStrictEqual } from "node:util";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioEdit } from "../../../../shared/model/scenario";
import { keepFormatting } from "../../files/keep-formatting";
import { applyToData } from "./apply-to-data";
import { editDocument } from "./edit-document";
import { notHere, refusedEdit } from "./edit-error";
import { resolveEdit, type ResolvedEdit } from "./resolve-edit";
import { isObject } from "./step-places";

/** Characters times edits: each edit reads the whole text. */
const mostWork = 20_000_000;

const read = (text: string): { document: Document; data: JsonObject } => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: "error" });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw notHere(`Line ${line}, column ${col}: this is not YAML: ${error.message}`);
  }
  const data = (document.toJS({ maxAliasCount: 100 }) ?? {}) as JsonValue;
  if (!isObject(data)) throw notHere("The text is not a map of keys and values.");
  return { document, data };
};

const says = (text: string, data: JsonObject): boolean => {
  try {
    return isDeepStrictEqual(read(text).data, data);
  } catch {
    return false;
  }
};

/** How deep the person who wrote a text indents: the first indented line decides. */
const indentOf = (text: string): number => {
  const [, spaces = "  "] = /^( {2,8})\S/m.exec(text) ?? [];
  return spaces.length;
};

const throughDocument = (text: string, before: JsonObject, edit: ResolvedEdit): string => {
  const { document } = read(text);
  const options = { lineWidth: 0, indent: indentOf(text), flowCollectionPadding: true };
  const printed = document.toString(options);
  editDocument(document, before, edit);
  return keepFormatting(text, printed, document.toString(options));
};

const editOnce = (text: string, edit: ScenarioEdit): string => {
  const { data } = read(text);
  const resolved = resolveEdit(data, edit);
  const expected = applyToData(data, resolved);
  if (isDeepStrictEqual(data, expected)) return text;
  const after = throughDocument(text, data, resolved);
  if (says(after, expected)) return after;
  throw notHere("This part of the file uses anchors, or is written in a way that only a person can change.");
};

/**
 * Changes a scenario's text and leaves all else in it as the person wrote it: comments, order, quotes, line ends.
 *
 * @param edits one after the other; each names steps by their numbers in the text that those before it have made
 * @throws AppError INVALID_INPUT where the text cannot be read, has no such step, or says with anchors what an edit
 * would change in two places
 */
export const editScenario = (text: string, edits: readonly ScenarioEdit[]): string => {
  if (text.length * edits.length > mostWork)
    throw refusedEdit("These are too many changes at once for a file of this size.", "Make fewer at once.");
  return edits.reduce(editOnce, text);
};
