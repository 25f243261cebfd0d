import { parse, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { DataError } from "./data-error";
import type { DataColumn, DataFile } from "./data-file";

const hint = 'A row is a map of columns, such as {"email": "ada@example.com"}.';

/** Levels of lists and maps in a row. */
const deepest = 64;

const isTooDeep = (root: JsonValue): boolean => {
  const pending: { value: JsonValue; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > deepest) return true;
    for (const item of Object.values(value)) pending.push({ value: item, depth: depth + 1 });
  }
  return false;
};

const placeAt = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
};

const notJson = (text: string, firstLine: number): DataError => {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    return new DataError(firstLine, 1, "is nested too deeply");
  }
  const [error] = errors;
  const { line, column } = placeAt(text, error?.offset ?? 0);
  const reason =
    error === undefined
      ? "not JSON"
      : printParseErrorCode(error.error)
          .replace(/([A-Z])/g, " $1")
          .trim()
          .toLowerCase();
  return new DataError(firstLine + line - 1, column, `is no JSON (${reason})`);
};

const parseJson = (text: string, firstLine: number): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw notJson(text, firstLine);
  }
};

const typeOf = (value: JsonValue): DataColumn["type"] => {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "string" : "json";
};

/** Columns in the order in which rows bring them; one whose values differ in type is `json`. */
const columnsOf = (rows: readonly JsonObject[]): DataColumn[] => {
  const types = new Map<string, DataColumn["type"] | null>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const before = types.get(name) ?? null;
      const type = value === null ? before : typeOf(value);
      const both = new Set([before, type]);
      if (before === null || type === null) types.set(name, type ?? before);
      else if (before !== type)
        types.set(name, both.has("integer") && both.has("number") ? "number" : "json");
    }
  }
  return [...types].map(([name, type]) => ({ name, type: type ?? "json" }));
};

const asTable = (rows: JsonObject[]): Omit<DataFile, "file"> => {
  const types = columnsOf(rows);
  return { types, columns: types.map(({ name }) => name), rows };
};

/** Where the items of a list begin; looked for only once something is wrong with one. */
const placeOfItem = (text: string, index: number): { line: number; column: number } =>
  placeAt(text, parseTree(text)?.children?.[index]?.offset ?? 0);

/** Reads a JSON array of maps. @throws DataError with line and column */
export const readJsonArray = (text: string): Omit<DataFile, "file"> => {
  const value = parseJson(text, 1);
  if (!Array.isArray(value)) {
    throw new DataError(
      1,
      1,
      "is no list of rows",
      `It must be an array of maps. One map a line is NDJSON: call it .ndjson. ${hint}`,
    );
  }
  const wrong = value.findIndex((row) => !isJsonObject(row) || isTooDeep(row));
  if (wrong === -1) return asTable(value as JsonObject[]);
  const { line, column } = isJsonObject(value[wrong]) ? { line: 1, column: 1 } : placeOfItem(text, wrong);
  throw new DataError(
    line,
    column,
    `has a row ${wrong + 1} that is no map, or is nested deeper than ${deepest} levels`,
    hint,
  );
};

/** Reads one map a line; empty lines count nothing. @throws DataError with line and column */
export const readNdjson = (text: string): Omit<DataFile, "file"> => {
  const rows: JsonObject[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const row = parseJson(line, index + 1);
    if (!isJsonObject(row) || isTooDeep(row)) {
      throw new DataError(
        index + 1,
        1,
        `has a line that is no map, or is nested deeper than ${deepest} levels`,
        hint,
      );
    }
    rows.push(row);
  }
  return asTable(rows);
};
