import { stat } from "node:fs/promises";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { DataError } from "./data-error";
import type { DataFile } from "./data-file";
import { largestDataFile, parseData } from "./read-data";
import { FileProblem, type ScenarioFiles } from "./scenario-files";

/** The last file read: an editor asks for the same one at every key press. */
let last: { stamp: string; data: DataFile } | null = null;

/** Larger ones are not kept. */
const largestKept = 5_000_000;

/** What is wrong with a data file: at its place in that file, or that it cannot be read at all. */
export type DataProblem = { issue: ScenarioIssue } | { issue: null; message: string; isMissing: boolean };

/**
 * Reads the data of a scenario.
 *
 * @param written as the scenario or `--data` says it
 * @param folder what it is relative to
 */
export const loadData = async (
  files: ScenarioFiles,
  written: string,
  folder: string,
  delimiter: string | undefined,
): Promise<DataFile | DataProblem> => {
  try {
    const file = await files.find(written, folder);
    const { ino, size, mtimeMs } = await stat(file.real);
    const stamp = JSON.stringify([file.real, file.name, ino, size, mtimeMs, delimiter]);
    if (last?.stamp === stamp) return last.data;
    const text = await files.read(file, largestDataFile);
    try {
      const data = parseData(text, file.real, { delimiter, name: file.name });
      if (size <= largestKept) last = { stamp, data };
      return data;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const { line, column, message, hint } = error;
      const words = { message: `${file.name} ${message}.`, ...(hint !== undefined && { hint }) };
      const at = { file: file.name, line, column, path: "" };
      return { issue: { severity: "error", code: "wrong-data", ...at, ...words } };
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return { issue: null, message: `${written} ${error.message}.`, isMissing: error.isMissing };
  }
};
