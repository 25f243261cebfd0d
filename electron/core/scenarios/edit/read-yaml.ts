import { LineCounter, parseDocument, type Document } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { notHere } from "./edit-error";
import { isObject } from "./step-places";

/** A text as its nodes, each with where it stands, and as what it says. */
export interface ReadYaml {
  document: Document;
  data: JsonObject;
}

/** @throws AppError INVALID_INPUT with line and column, where the text is no YAML map */
export const readYaml = (text: string): ReadYaml => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    logLevel: "error",
    keepSourceTokens: true,
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw notHere(`Line ${line}, column ${col}: this is not YAML: ${error.message}`);
  }
  let data: JsonValue;
  try {
    data = (document.toJS({ maxAliasCount: 100 }) ?? {}) as JsonValue;
  } catch (error) {
    // Aliases without a name, or more of them than any person writes.
    throw notHere(error instanceof Error ? error.message : String(error));
  }
  if (!isObject(data)) throw notHere("The text is not a map of keys and values.");
  return { document, data };
};
