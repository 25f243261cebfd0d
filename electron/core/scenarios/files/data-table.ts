import { parse as parseCsv } from "csv-parse/sync";
import type { DataPage } from "../../../../shared/contract/commands";
import type { JsonValue } from "../../../../shared/model/json";
import { AppError } from "../../../../shared/contract/errors";

/** A data file as a table: what each cell says, as text. */
export type DataTable = Pick<DataPage, "columns" | "rows">;

/** Bytes of a data file that is shown as a table. */
export const largestTable = 10_000_000;

type ColumnType = DataPage["columns"][number]["type"];

const refused = (path: string, why: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${path} ${why}.`,
    hint: "A data file is a CSV with a header, a JSON array of objects, or one JSON object a line.",
    field: "/path",
  });

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const columnOf = (head: string): DataPage["columns"][number] => {
  const [, name = head, type = "string"] = /^(.*):(string|number|integer|boolean)$/.exec(head) ?? [];
  return { name, type: type as ColumnType };
};

const tableOfCsv = (text: string, path: string): DataTable => {
  try {
    const records = parseCsv(text, { bom: true, skip_empty_lines: true });
    const [head = [], ...rows] = records;
    return { columns: head.map(columnOf), rows };
  } catch (error) {
    throw refused(path, `is not a CSV file: ${reasonOf(error)}`);
  }
};

const typeOf = (values: readonly JsonValue[]): ColumnType => {
  const present = values.filter((value) => value !== null);
  const all = (is: (value: JsonValue) => boolean): boolean => present.length > 0 && present.every(is);
  if (all(Number.isInteger)) return "integer";
  if (all((value) => typeof value === "number")) return "number";
  if (all((value) => typeof value === "boolean")) return "boolean";
  return present.every((value) => typeof value === "string") ? "string" : "json";
};

const cell = (value: JsonValue | undefined): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

const tableOfObjects = (values: readonly unknown[], path: string): DataTable => {
  const records = values.map((value, index) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return new Map(Object.entries(value as Record<string, JsonValue>));
    throw refused(path, `has no object as its row ${index + 1}`);
  });
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return {
    columns: names.map((name) => ({
      name,
      type: typeOf(records.flatMap((record) => record.get(name) ?? [null])),
    })),
    rows: records.map((record) => names.map((name) => cell(record.get(name)))),
  };
};

const valuesOfLines = (text: string, path: string): unknown[] =>
  text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (error) {
      throw refused(path, `is not one JSON object a line; line ${index + 1}: ${reasonOf(error)}`);
    }
  });

const valuesOfJson = (text: string, path: string): unknown[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refused(path, `is not JSON: ${reasonOf(error)}`);
  }
  if (!Array.isArray(value)) throw refused(path, "is not a JSON array");
  return value;
};

/**
 * Reads a data file for showing. What a run makes of the rows is the loader's work.
 *
 * @param path says by its ending what it is
 * @throws AppError INVALID_INPUT
 */
export const readDataTable = (text: string, path: string): DataTable => {
  const ending = path.toLowerCase();
  if (ending.endsWith(".csv")) return tableOfCsv(text, path);
  return tableOfObjects(
    ending.endsWith(".ndjson") ? valuesOfLines(text, path) : valuesOfJson(text, path),
    path,
  );
};
