import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../../shared/model/json";
import type { ScenarioEdit } from "../../../../shared/model/scenario";
import { keepFormatting } from "../../files/keep-formatting";
import { applyToData } from "./apply-to-data";
import { editDocument } from "./edit-document";
import { notHere, refusedEdit } from "./edit-error";
import { editInPlace } from "./edit-in-place";
import { styleOf } from "./node-places";
import { readYaml } from "./read-yaml";
import { resolveEdit, type ResolvedEdit } from "./resolve-edit";
import { NotInPlace } from "./set-keys";

/** Characters times edits: each edit reads the whole text. */
const mostWork = 20_000_000;

const says = (text: string, data: JsonObject): boolean => {
  try {
    return isDeepStrictEqual(readYaml(text).data, data);
  } catch {
    return false;
  }
};

const inPlace = (text: string, data: JsonObject, edit: ResolvedEdit): string | null => {
  try {
    return editInPlace(text, data, edit);
  } catch (error) {
    if (error instanceof NotInPlace || error instanceof RangeError) return null;
    throw error;
  }
};

/** For texts that are not written in lines, such as JSON: printed anew, but for the lines that stay as they were. */
const throughPrinter = (text: string, data: JsonObject, edit: ResolvedEdit): string | null => {
  const read = readYaml(text);
  const options = { lineWidth: 0, indent: styleOf(text, read).indent, flowCollectionPadding: true };
  const printed = read.document.toString(options);
  editDocument(read.document, data, edit);
  try {
    return keepFormatting(text, printed, read.document.toString(options));
  } catch {
    // An alias that would stand before its anchor.
    return null;
  }
};

const editOnce = (text: string, edit: ScenarioEdit): string => {
  const { data } = readYaml(text);
  const resolved = resolveEdit(data, edit);
  const expected = applyToData(data, resolved);
  // Steps that say the same may still have other comments, so moving one is a change.
  if (resolved.op === "set" && isDeepStrictEqual(data, expected)) return text;
  const changed = inPlace(text, data, resolved);
  if (changed !== null && says(changed, expected)) return changed;
  const printed = throughPrinter(text, data, resolved);
  if (printed !== null && says(printed, expected)) return printed;
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
