import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { DataRows } from "../plan";

/** A column of the data file as a variable of the script. */
export interface ScriptColumn {
  column: string;
  variable: string;
  /** What makes the value of the text that a CSV holds; null where it is a text. */
  code: string | null;
  /** Whether a text around its value is put together by the processor. */
  isAwkward: boolean;
}

/**
 * What Artillery would read as a pattern of a replacement, or as a template of its own, when it puts a value into a
 * text: `$&` would have it go on for ever.
 */
const awkward = /\$[$&`'<\d]|\{\{/;

const codeFor = (values: JsonValue[], variable: string): string | null => {
  const isAll = (type: string): boolean => values.every((value) => typeof value === type);
  if (isAll("string")) return null;
  if (isAll("number")) return `Number(vars.${variable})`;
  if (isAll("boolean")) return `vars.${variable} === "true"`;
  return `JSON.parse(vars.${variable})`;
};

/** @returns each column with its variable; values that are no texts are made such again by the processor */
export const scriptColumns = (
  { columns, rows }: DataRows,
  newName: (wish: string) => string,
): ScriptColumn[] =>
  columns.map((column) => {
    const variable = newName(`row_${column}`);
    return {
      column,
      variable,
      code: codeFor(
        rows.map((row) => row[column] ?? null),
        variable,
      ),
      isAwkward: rows.some((row) => awkward.test(JSON.stringify(row[column] ?? null))),
    };
  });

/** RFC 4180. An empty one in quotes: of a single column it would else be an empty line, which Artillery skips. */
const cell = (text: string): string => (/^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellOf = (row: JsonObject, { column, code }: ScriptColumn): string => {
  const value = row[column] ?? null;
  if (code?.startsWith("JSON")) return cell(JSON.stringify(value));
  return cell(typeof value === "string" ? value : String(value));
};

/** The rows as a CSV that Artillery reads, whatever they were written in. */
export const rowsAsCsv = (rows: readonly JsonObject[], columns: readonly ScriptColumn[]): string =>
  [
    columns.map(({ column }) => cell(column.replaceAll(/[\r\n]+/g, " "))).join(","),
    ...rows.map((row) => columns.map((column) => cellOf(row, column)).join(",")),
    "",
  ].join("\n");
