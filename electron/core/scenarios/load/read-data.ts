import type { DataRows } from "../plan";

export type DataColumnType = "string" | "number" | "integer" | "boolean" | "json";

export interface DataFile extends DataRows {
  /** The columns with their types, in their order. */
  types: { name: string; type: DataColumnType }[];
}

/**
 * Reads a data file (interface "Scenario files", data): CSV (RFC 4180, UTF-8), a JSON array of maps, or NDJSON.
 *
 * @param file its absolute path
 * @param options `delimiter` of a CSV; `name` how errors call the file
 * @throws DataError with line and column
 */
export const readData = (
  file: string,
  options: { delimiter?: string | undefined; name?: string } = {},
): Promise<DataFile> => {
  void options;
  return Promise.resolve({ file, columns: [], rows: [], types: [] });
};
