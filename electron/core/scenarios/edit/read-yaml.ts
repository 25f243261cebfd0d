import type { Document } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { parseYaml } from "../../files/parse-yaml";
import { notHere } from "./edit-error";
import { isObject } from "./step-places";

/** A text as its nodes, each with where it stands, and as what it says. */
export interface ReadYaml {
  document: Document;
  data: JsonObject;
}

/** As the loader of scenarios has them. */
const limits = { largest: 1_000_000, deepest: 64, keepSourceTokens: true };
const mostAliases = 100;

/** Values, counting what aliases repeat. */
const mostValues = 1_000_000;

/**
 * A copy in which nothing is in two places: an alias gives the very object of its anchor, and changing one would change
 * both.
 */
const unshared = (value: JsonValue, budget = { left: mostValues }): JsonValue => {
  if (--budget.left < 0) throw new Error("With what its aliases repeat, the file is too large.");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => unshared(item, budget));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unshared(inner, budget)]));
};

const flawAt = (text: string, offset: number, message: string): Error => {
  const before = text.slice(0, offset);
  const [line, column] = [before.split("\n").length, offset - before.lastIndexOf("\n")];
  return notHere(`Line ${line}, column ${column}: ${message}.`);
};

/** @throws AppError INVALID_INPUT with line and column, where the text is no YAML map */
export const readYaml = (text: string): ReadYaml => {
  const parsed = parseYaml(text, limits);
  if ("flaw" in parsed) throw flawAt(text, parsed.flaw.offset, parsed.flaw.message);
  const { document, flaws } = parsed;
  const [flaw] = flaws;
  if (flaw !== undefined) throw flawAt(text, flaw.offset, flaw.message);
  let data: JsonValue;
  try {
    data = unshared((document.toJS({ maxAliasCount: mostAliases }) ?? {}) as JsonValue);
  } catch (error) {
    // Aliases without a name, or more of them than any person writes.
    throw notHere(error instanceof Error ? error.message : String(error));
  }
  if (!isObject(data)) throw notHere("The text is not a map of keys and values.");
  return { document, data };
};
