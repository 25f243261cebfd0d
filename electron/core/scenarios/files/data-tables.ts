import { extname } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import { largestTable, readDataTable, type DataTable } from "./data-table";
import { isDataName } from "./file-kind";
import { stampOf } from "./scan-folder";
import type { NamedFile } from "./scenario-paths";
import { readTextFile } from "./text-file";

/** Data files as tables. */
export interface DataTables {
  /** @throws AppError NOT_FOUND, INVALID_INPUT */
  of(file: NamedFile): Promise<DataTable>;
  /**
   * Looks at an uploaded file before it is kept.
   * @param name as its sender called it
   * @returns a name that is safe on every system @throws AppError INVALID_INPUT
   */
  accept(name: string, text: string): { name: string; slug: string; ending: string };
}

/** Names that mean a device on Windows. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Letters, digits and dashes of a name, as a file's name on every system. @param otherwise where nothing is left */
export const slugOf = (name: string, otherwise: string): string => {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");
  return slug === "" || devices.test(slug) ? otherwise : slug;
};

export const createDataTables = (): DataTables => {
  /** A person pages through one file at a time. */
  let last: { file: string; stamp: string; table: DataTable } | null = null;

  return {
    async of({ file, path }) {
      const stamp = await stampOf(file);
      if (stamp !== null && last?.file === file && last.stamp === stamp) return last.table;
      const { text } = await readTextFile(file, path, largestTable);
      const table = readDataTable(text, path);
      last = stamp === null ? null : { file, stamp, table };
      return table;
    },
    accept(name, text) {
      const ending = extname(name).toLowerCase();
      const slug = slugOf(name.slice(0, name.length - extname(name).length), "data");
      if (!isDataName(`${slug}${ending}`))
        throw new AppError({
          code: "INVALID_INPUT",
          message: `${name} is no data file: those end in .csv, .tsv, .json or .ndjson.`,
          hint: "Save the table as CSV with a header line, then choose it again.",
          field: "/ticket",
        });
      readDataTable(text, name);
      return { name: `${slug}${ending}`, slug, ending };
    },
  };
};
