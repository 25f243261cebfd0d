import { join, posix } from "node:path";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonValue } from "../../../../shared/model/json";
import { readSource } from "../load/read-source";
import { isScenarioName } from "./file-kind";
import type { FolderScan } from "./scan-folder";
import { readTextFile } from "./text-file";

/** What a list of steps names with `use`, those inside a `repeat` as well. */
const usedIn = (steps: JsonValue | undefined): string[] =>
  (Array.isArray(steps) ? steps : []).flatMap((step) => {
    if (!isJsonObject(step)) return [];
    const { use, steps: inner } = step;
    return [...(typeof use === "string" ? [use] : []), ...usedIn(inner)];
  });

const names = (text: string, path: string, wanted: string): boolean => {
  // Most files do not have the name anywhere, and need no reading.
  if (!text.includes(posix.basename(wanted))) return false;
  const value = readSource(text, path).source?.value;
  if (!isJsonObject(value)) return false;
  const written = [...(typeof value["data"] === "string" ? [value["data"]] : []), ...usedIn(value["steps"])];
  return written.some((one) => posix.join(posix.dirname(path), one) === wanted);
};

/**
 * The scenarios of a workspace that name a file with `use` or `data`, so that whoever renames it knows what to change.
 *
 * @param root absolute path of the workspace
 * @param wanted relative to it, with slashes; it need not be there any more
 * @returns paths relative to the workspace, in their order
 */
export const findUses = async (root: string, { files }: FolderScan, wanted: string): Promise<string[]> => {
  const found: string[] = [];
  for (const path of [...files.keys()].filter(isScenarioName)) {
    const read = await readTextFile(join(root, path), path).catch(() => null);
    // What cannot be read says so when it is opened.
    if (read !== null && names(read.text, path, wanted)) found.push(path);
  }
  return found.sort();
};
