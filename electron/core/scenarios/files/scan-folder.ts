import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDataName, isScenarioName } from "./file-kind";

/** What lies in a workspace that has to do with scenarios. */
export interface FolderScan {
  /** Path relative to the workspace, with slashes -> a stamp that is another once the file has changed. */
  files: ReadonlyMap<string, string>;
  /** Absolute paths of the folders that were looked into. */
  folders: readonly string[];
  /** Whether it is all there is: a folder with too much in it is not looked through to its end. */
  complete: boolean;
}

/** Enough for any project that people keep by hand; a home folder taken for a workspace must not hold anybody up. */
const limits = { depth: 20, folders: 2_000, entries: 50_000, files: 5_000 };

const isSkipped = (name: string): boolean => name.startsWith(".") || name === "node_modules";

/** A stamp of a file as it stands; null where it is none, or gone. */
export const stampOf = async (file: string): Promise<string | null> => {
  try {
    const found = await stat(file, { bigint: true });
    return found.isFile() ? [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(" ") : null;
  } catch {
    return null;
  }
};

const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Not ours to read, or gone meanwhile: it has nothing to show.
    return [];
  }
};

/**
 * Looks for scenarios and data files, breadth first, so that what lies near the root is found in any case. Links are
 * not followed: a link may lead out of the folder, or round in circles.
 *
 * @param root absolute path of the workspace
 * @param also names of further files at the root that are stamped, too
 */
export const scanFolder = async (root: string, also: readonly string[] = []): Promise<FolderScan> => {
  const files = new Map<string, string>();
  const folders: string[] = [];
  const pending = [{ folder: root, path: "", depth: 0 }];
  let entries = 0;
  let complete = true;

  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { folder, path, depth } = next;
    if (folders.length >= limits.folders || entries >= limits.entries)
      return { files, folders, complete: false };
    folders.push(folder);
    for (const entry of await entriesOf(folder)) {
      entries += 1;
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && !isSkipped(entry.name)) {
        if (depth < limits.depth)
          pending.push({ folder: join(folder, entry.name), path: below, depth: depth + 1 });
        else complete = false;
      }
      const isWanted = isScenarioName(below) || isDataName(below) || also.includes(below);
      if (!entry.isFile() || !isWanted || entry.name.startsWith(".")) continue;
      if (files.size >= limits.files) return { files, folders, complete: false };
      const stamp = await stampOf(join(folder, entry.name));
      if (stamp !== null) files.set(below, stamp);
    }
  }
  return { files, folders, complete };
};
