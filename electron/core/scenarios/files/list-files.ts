import { join } from "node:path";
import type { WorkspaceFileRow } from "../../../../shared/model/scenario";
import { readDataTable } from "./data-table";
import { isDataName, isScenarioName, plainName } from "./file-kind";
import { readHead } from "./read-head";
import type { FolderScan } from "./scan-folder";
import { largestScenario, readTextFile } from "./text-file";

type Described = Omit<WorkspaceFileRow, "path" | "lastRun">;

/** How the last run of each of these files ended. */
export type LastRuns = (
  paths: readonly string[],
) => Promise<ReadonlyMap<string, WorkspaceFileRow["lastRun"]>>;

/** Many files at once would only wait for each other. */
const atOnce = 16;

/** A JSON file that is no list of rows has nothing to do with scenarios. */
const isRows = (path: string, text: string): boolean =>
  !path.toLowerCase().endsWith(".json") || text.trimStart().startsWith("[");

const describeText = (path: string, text: string): Described | null => {
  if (isScenarioName(path)) {
    const { name, fragment } = readHead(text);
    return { kind: fragment ? "fragment" : "scenario", name: name ?? plainName(path), rows: null };
  }
  if (!isRows(path, text)) return null;
  try {
    return { kind: "data", name: plainName(path), rows: readDataTable(text, path).rows.length };
  } catch {
    return { kind: "data", name: plainName(path), rows: null };
  }
};

/** @returns null for what has nothing to do with scenarios */
const describe = async (root: string, path: string): Promise<Described | null> => {
  try {
    const { text } = await readTextFile(join(root, path), path, largestScenario);
    return describeText(path, text);
  } catch {
    // Too large, unreadable, no text: a scenario shows that when it is opened; a large CSV is still one.
    if (isScenarioName(path)) return { kind: "scenario", name: plainName(path), rows: null };
    return path.toLowerCase().endsWith(".json") ? null : { kind: "data", name: plainName(path), rows: null };
  }
};

/** Describes the files of a scan. What has not changed since is not read again. */
export const createFileList = (root: string, lastRuns: LastRuns) => {
  let known = new Map<string, { stamp: string; described: Described | null }>();

  const describeAll = async (files: FolderScan["files"]): Promise<typeof known> => {
    const result: typeof known = new Map();
    const pending = [...files].filter(([path]) => isScenarioName(path) || isDataName(path));
    const work = async (): Promise<void> => {
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        const [path, stamp] = next;
        const before = known.get(path);
        const described = before?.stamp === stamp ? before.described : await describe(root, path);
        result.set(path, { stamp, described });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return result;
  };

  return async ({ files }: FolderScan): Promise<WorkspaceFileRow[]> => {
    known = await describeAll(files);
    const runs = await lastRuns([...known.keys()]);
    return [...known]
      .flatMap(([path, { described }]) =>
        described === null ? [] : [{ path, ...described, lastRun: runs.get(path) ?? null }],
      )
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  };
};
