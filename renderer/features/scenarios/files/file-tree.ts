import type { WorkspaceFileRow } from "../../../../shared/model/scenario";
import { baseName, folderOf } from "./file-names";

/** A line of the tree of files. */
export type FileTreeRow =
  | { type: "folder"; path: string; name: string; depth: number; folded: boolean }
  | { type: "file"; path: string; name: string; depth: number; file: WorkspaceFileRow };

interface Folder {
  folders: Map<string, Folder>;
  files: WorkspaceFileRow[];
}
const emptyFolder = (): Folder => ({ folders: new Map(), files: [] });

const fits = (file: WorkspaceFileRow, words: readonly string[]): boolean => {
  const text = `${file.name} ${file.path}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const treeOf = (files: readonly WorkspaceFileRow[]): Folder => {
  const root = emptyFolder();
  for (const file of files) {
    let folder = root;
    for (const name of folderOf(file.path).split("/").filter(Boolean)) {
      const next = folder.folders.get(name) ?? emptyFolder();
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return root;
};

/** Journeys come first, then what they are made of. */
const rank: Record<WorkspaceFileRow["kind"], number> = { scenario: 0, fragment: 1, data: 2 };
const inOrder = (one: WorkspaceFileRow, other: WorkspaceFileRow): number =>
  rank[one.kind] - rank[other.kind] || one.name.localeCompare(other.name);

/** A data file is called as it is; a scenario by its name, for a person reads that. */
const labelOf = (file: WorkspaceFileRow): string => (file.kind === "data" ? baseName(file.path) : file.name);

/**
 * The files as lines of a tree: folders first, each in the order of names.
 *
 * @param folded paths of the folders that are closed; a search opens all
 */
export const fileTree = (
  files: readonly WorkspaceFileRow[],
  folded: ReadonlySet<string>,
  search = "",
): FileTreeRow[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: FileTreeRow[] = [];
  const walk = (folder: Folder, path: string, depth: number): void => {
    for (const [name, inner] of [...folder.folders].sort(([a], [b]) => a.localeCompare(b))) {
      const its = path === "" ? name : `${path}/${name}`;
      const closed = words.length === 0 && folded.has(its);
      rows.push({ type: "folder", path: its, name, depth, folded: closed });
      if (!closed) walk(inner, its, depth + 1);
    }
    for (const file of [...folder.files].sort(inOrder))
      rows.push({ type: "file", path: file.path, name: labelOf(file), depth, file });
  };
  walk(treeOf(files.filter((file) => fits(file, words))), "", 0);
  return rows;
};
