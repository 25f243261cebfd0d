import { CsvError, parse } from "csv-parse/sync";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { DataError } from "./data-error";
import type { DataColumn, DataFile } from "./data-file";

const types = ["string", "number", "integer", "boolean"] as const;

const readHeader = (cells: readonly string[]): DataColumn[] => {
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const [, name = "", suffix] = /^(.*?)(?::([A-Za-z]*))?$/s.exec(cell.trim()) ?? [];
    const type = types.find((known) => known === (suffix ?? "string").toLowerCase());
    if (type === undefined) {
      const hint = "A column is a text unless its header ends in :number, :integer or :boolean.";
      throw new DataError(1, 1, `has a column of the unknown type ${String(suffix)}: ${cell}`, hint);
    }
    if (name === "")
      throw new DataError(1, 1, `has no name for column ${index + 1}`, "The first line names the columns.");
    if (seen.has(name)) throw new DataError(1, 1, `has two columns called ${name}`);
    seen.add(name);
    return { name, type };
  });
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
  ["yes", true],
  ["no", false],
  ["1", true],
  ["0", false],
]);

/** @returns undefined where the text is no value of the type */
const typed = (text: string, type: DataColumn["type"]): JsonValue | undefined => {
  if (type === "string") return text;
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (type === "boolean") return booleans.get(trimmed.toLowerCase());
  if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(trimmed)) return undefined;
  const number = Number(trimmed);
  if (type === "integer" && !Number.isSafeInteger(number)) return undefined;
  return Number.isFinite(number) ? number : undefined;
};

const wanted: Readonly<Record<DataColumn["type"], string>> = {
  string: "a text",
  number: "a number, with a point before its decimals",
  integer: "a whole number",
  boolean: "true or false",
  json: "JSON",
};

const readRow = (cells: readonly string[], columns: readonly DataColumn[], line: number): JsonObject => {
  if (cells.length !== columns.length) {
    const hint = "A value with the delimiter in it stands in double quotes.";
    throw new DataError(
      line,
      1,
      `has ${cells.length} values in this line, and ${columns.length} columns`,
      hint,
    );
  }
  return Object.fromEntries(
    columns.map(({ name, type }, index) => {
      const text = cells[index] ?? "";
      const value = typed(text, type);
      if (value !== undefined) return [name, value];
      throw new DataError(
        line,
        1,
        `has ${JSON.stringify(text.slice(0, 60))} in ${name}, which must be ${wanted[type]}`,
      );
    }),
  );
};

interface Row {
  record: string[];
  /** `lines` is where the record ends. */
  info: { lines: number };
}

const records = (text: string, delimiter: string): Row[] => {
  try {
    return parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines) || 1;
    throw new DataError(
      line,
      1,
      `is no CSV: ${error.message.replace(/ at line \d+.*$/s, "").replace(/\.$/, "")}`,
    );
  }
};

/** Reads CSV (RFC 4180); its first line names the columns. @throws DataError with the line that a row ends in */
export const readCsv = (text: string, delimiter: string): Omit<DataFile, "file"> => {
  const [header, ...body] = records(text, delimiter);
  if (header === undefined)
    throw new DataError(1, 1, "is empty", "The first line of a CSV names its columns.");
  const columns = readHeader(header.record);
  return {
    types: columns,
    columns: columns.map(({ name }) => name),
    rows: body.map(({ record, info }) => readRow(record, columns, info.lines)),
  };
};
