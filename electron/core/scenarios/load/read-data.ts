import { basename, extname } from "node:path";
import { DataError } from "./data-error";
import type { DataFile } from "./data-file";
import { readCsv } from "./read-csv";
import { readJsonArray, readNdjson } from "./read-json-rows";
import { FileProblem, readUtf8 } from "./scenario-files";

export { DataError } from "./data-error";
export type { DataColumn, DataColumnType, DataFile } from "./data-file";

export interface DataOptions {
  /** Of a CSV; one character. Default: a comma, and a tab for `.tsv`. */
  delimiter?: string | undefined;
  /** How the result and errors call the file. */
  name?: string | undefined;
}

/** Bytes. A million rows, which is the limit of a run's events, take less. */
export const largestDataFile = 100_000_000;

/** Rows that a table may have. */
const mostRows = 1_000_000;

const rowsOf = (text: string, extension: string, { delimiter }: DataOptions): Omit<DataFile, "file"> => {
  switch (extension) {
    case ".csv":
    case ".txt":
      return readCsv(text, delimiter ?? ",");
    case ".tsv":
      return readCsv(text, delimiter ?? "\t");
    case ".json":
      return readJsonArray(text);
    case ".ndjson":
    case ".jsonl":
      return readNdjson(text);
    default:
      throw new DataError(
        1,
        1,
        "is no data file that Bellhop reads",
        "Data files end in .csv, .tsv, .json or .ndjson.",
      );
  }
};

/**
 * Reads the text of a data file (interface "Scenario files", data): CSV (RFC 4180), a JSON array of maps, or NDJSON.
 * Values of a CSV are strings unless the header says `price:number`, `qty:integer` or `vip:boolean`; an empty one that
 * is typed is null.
 *
 * @param file its name: the ending says what it is
 * @throws DataError with line and column
 */
export const parseData = (text: string, file: string, options: DataOptions = {}): DataFile => {
  const content = text.replace(/^\uFEFF/, "");
  const data = rowsOf(content, extname(file).toLowerCase(), options);
  if (data.rows.length > mostRows) {
    throw new DataError(1, 1, `has ${data.rows.length} rows; ${mostRows} are the most`);
  }
  return { ...data, file: options.name ?? file };
};

/**
 * Reads a data file. What may be read is the caller's to decide.
 *
 * @param file its absolute path
 * @throws DataError with line and column
 */
export const readData = async (file: string, options: DataOptions = {}): Promise<DataFile> => {
  try {
    const text = await readUtf8(file, largestDataFile);
    return parseData(text, file, { name: basename(file), ...options });
  } catch (error) {
    throw error instanceof FileProblem ? new DataError(1, 1, error.message) : error;
  }
};
