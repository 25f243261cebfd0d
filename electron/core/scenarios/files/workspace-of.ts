import { dirname, isAbsolute, join } from "node:path";
import { workspaceFileName } from "../../../../shared/workspace";
import { stampOf } from "./scan-folder";

/**
 * The workspace of a file (interface "Starting it"): the nearest folder upward with a `bellhop.yaml`, else the file's
 * own folder.
 *
 * @param opened the folder that Bellhop was opened on, which a relative path belongs to
 * @param path relative to it, or absolute where the file lies outside
 */
export const workspaceOf = async (opened: string, path: string): Promise<string> => {
  if (!isAbsolute(path)) return opened;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((await stampOf(join(folder, workspaceFileName))) !== null) return folder;
    if (folder === dirname(folder)) return dirname(path);
  }
};
