import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { workspaceOfFile } from "../../../core/profile";
import { AppError } from "../../../../shared/contract/errors";

/** Files of one workspace, in the order in which they are played. */
export interface WorkspaceFiles {
  /** Absolute. */
  workspace: string;
  files: ScenarioPath[];
}

export interface ScenarioPath {
  /** Relative to the workspace with slashes; absolute where it lies outside. */
  path: string;
  /** Whether a person named it, and not only a folder above it: then a fragment is a mistake. */
  named: boolean;
}

const ending = ".scenario.yaml";

const byName = (one: { name: string }, other: { name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

const unusable = (given: string, why: string, hint: string): AppError =>
  new AppError({ code: "INVALID_INPUT", message: `${given}: ${why}.`, hint });

/** Every scenario file below a folder, in the order of their names, whatever the system's language is. */
const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    // Passed over in silence, a folder's scenarios would be missing from a report that says all is well.
    throw unusable(
      folder,
      `this folder cannot be read (${why})`,
      "Check its permissions, or name another folder.",
    );
  });
  const found: string[] = [];
  for (const entry of entries.sort(byName)) {
    const path = join(folder, entry.name);
    const isHidden = entry.name.startsWith(".") || entry.name === "node_modules";
    // A link could lead out of the workspace, or round in a circle.
    if (entry.isDirectory() && !isHidden) found.push(...(await filesBelow(path)));
    if (entry.isFile() && entry.name.endsWith(ending)) found.push(path);
  }
  return found;
};

const expand = async (given: string, folder: string): Promise<{ file: string; named: boolean }[]> => {
  const path = resolve(folder, given);
  const found = await stat(path).catch(() => null);
  const hint = "Give scenario files, or folders with *.scenario.yaml files.";
  if (found === null) throw unusable(given, "there is no such file or folder", hint);
  if (!found.isDirectory()) return [{ file: path, named: true }];
  const files = await filesBelow(path);
  if (files.length === 0) throw unusable(given, `there is no *${ending} file in this folder or below`, hint);
  return files.map((file) => ({ file, named: false }));
};

/** A path as the core takes it. */
export const pathIn = (workspace: string, file: string): string => {
  const path = relative(workspace, file);
  const isOutside = path === ".." || path.startsWith(`..${sep}`) || resolve(path) === path;
  return isOutside ? file : path.split(sep).join("/");
};

/**
 * What `run FILE|DIR…` is to play. Each file belongs to its own workspace; those of one workspace are played together,
 * in the order in which they were given, a folder's by name. What is given twice is played once.
 *
 * @param given files and folders, relative to `folder`
 * @param workspace `--workspace`: then it is the workspace of all
 * @throws AppError INVALID_INPUT for what is not there, and for a folder without scenarios
 */
export const collectScenarios = async (
  given: readonly string[],
  folder: string,
  workspace: string | undefined,
): Promise<WorkspaceFiles[]> => {
  const groups = new Map<string, Map<string, ScenarioPath>>();
  for (const argument of given) {
    for (const { file, named } of await expand(argument, folder)) {
      const home = workspace === undefined ? workspaceOfFile(file) : resolve(folder, workspace);
      const files = groups.get(home) ?? new Map<string, ScenarioPath>();
      groups.set(home, files);
      files.set(file, { path: pathIn(home, file), named: named || files.get(file)?.named === true });
    }
  }
  return [...groups].map(([home, files]) => ({ workspace: home, files: [...files.values()] }));
};
