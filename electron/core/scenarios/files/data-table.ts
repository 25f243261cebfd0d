import type { DataPage } from "../../../../shared/contract/commands";
import { AppError } from "../../../../shared/contract/errors";
import type { JsonValue } from "../../../../shared/model/json";
import { DataError, parseData } from "../load/read-data";

/** A data file as a table: what each cell says, as text. */
export type DataTable = Pick<DataPage, "columns" | "rows">;

/** Bytes of a data file that is shown as a table; a run reads larger ones. */
export const largestTable = 10_000_000;

const cell = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

const refused = (path: string, { line, column, message, hint }: DataError): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${path}, line ${line}, column ${column}: the file ${message}.`,
    hint: hint ?? "A data file is a CSV with a header, a JSON array of objects, or one JSON object a line.",
    field: "/path",
  });

/**
 * The rows of a data file, as a run reads them, for showing.
 *
 * @param path says by its ending what it is
 * @throws AppError INVALID_INPUT with line and column
 */
export const readDataTable = (text: string, path: string): DataTable => {
  try {
    const { types, rows } = parseData(text, path);
    return { columns: types, rows: rows.map((row) => types.map(({ name }) => cell(row[name]))) };
  } catch (error) {
    throw error instanceof DataError ? refused(path, error) : error;
  }
};
