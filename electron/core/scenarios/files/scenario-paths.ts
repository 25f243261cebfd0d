import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import { isDataName, isScenarioName, scenarioEnding } from "./file-kind";

/** A file that a command names. */
export interface NamedFile {
  /** Its real path: no link is left in it. */
  file: string;
  /** How it is called from now on: relative to the workspace with slashes, or absolute where it lies outside. */
  path: string;
  /** Whether it really lies inside the workspace. */
  inside: boolean;
}

/** Turns the paths of commands, which are anybody's input, into files. */
export interface ScenarioPaths {
  /**
   * @param kinds what it may be
   * @throws AppError INVALID_INPUT where the name is none of a scenario (or data file), or a relative path leads out
   * of the workspace, also through a link
   */
  file(path: string, kinds?: "scenario" | "data" | "any"): Promise<NamedFile>;
  /** A folder inside the workspace; it need not be there. @throws AppError INVALID_INPUT */
  folder(path: string): Promise<NamedFile>;
}

/** Whether `file` lies below `folder`. Both are real paths. */
export const isBelow = (folder: string, file: string): boolean => {
  const path = relative(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
};

/** The real path of what may not be there yet: that of the nearest folder that is, and the rest. */
export const realPathOf = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const folder = dirname(path);
    if (code !== "ENOENT" || folder === path) throw error;
    return join(await realPathOf(folder), basename(path));
  }
};

const unusable = (path: string, error: unknown): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${path} cannot be used as a path: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Look for a link that leads nowhere, or a folder that this account may not read.",
    field: "/path",
  });

const outside = (path: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${path} lies outside the workspace.`,
    hint: "Name a file inside it. A scenario from elsewhere is opened by its absolute path.",
    field: "/path",
  });

const wrongName = (path: string, kinds: "scenario" | "data" | "any"): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message:
      kinds === "data"
        ? `${path} is no data file: those end in .csv, .tsv, .json or .ndjson.`
        : `${path} is no scenario: those end in ${scenarioEnding}.`,
    hint: "Choose another file, or give it the right ending.",
    field: "/path",
  });

const hasKind = (path: string, kinds: "scenario" | "data" | "any"): boolean =>
  (kinds !== "data" && isScenarioName(path)) || (kinds !== "scenario" && isDataName(path));

/** @param workspace the workspace's absolute folder; it need not be there yet */
export const createScenarioPaths = (workspace: string): ScenarioPaths => {
  const named = async (path: string): Promise<NamedFile> => {
    try {
      const root = await realPathOf(workspace);
      const file = await realPathOf(resolve(root, path));
      const inside = file === root || isBelow(root, file);
      return { file, inside, path: inside ? relative(root, file).replaceAll(sep, "/") : file };
    } catch (error) {
      throw unusable(path, error);
    }
  };

  return {
    async file(path, kinds = "scenario") {
      if (!hasKind(path, kinds)) throw wrongName(path, kinds);
      const found = await named(path);
      if (!found.inside && !isAbsolute(path)) throw outside(path);
      // A link called like a scenario must not show what is none.
      if (!hasKind(found.file, kinds)) throw wrongName(found.file, kinds);
      return found;
    },
    async folder(path) {
      const found = await named(path);
      if (!found.inside) throw outside(path);
      return found;
    },
  };
};
