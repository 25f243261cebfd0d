import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

/** A file that a scenario may read. */
export interface AllowedFile {
  /** Its real path. */
  real: string;
  /** Relative to the workspace with slashes where it lies inside, else absolute. */
  name: string;
  folder: string;
}

/** Why a file cannot be used: the end of a sentence that begins with its name. */
export class FileProblem extends Error {
  constructor(
    message: string,
    /** Whether there is no such file. */
    readonly isMissing = false,
  ) {
    super(message);
  }
}

export interface ScenarioFiles {
  /** How a file is called, whether or not it is there. */
  nameOf(file: string): string;
  /** @param written as it stands in a file @param folder what it is relative to @throws FileProblem */
  find(written: string, folder: string): Promise<AllowedFile>;
  /** As UTF-8. @param largest bytes @throws FileProblem */
  read(file: AllowedFile, largest: number): Promise<string>;
}

const isInside = (folder: string, file: string): boolean => {
  const path = relative(folder, file);
  return path === "" || (path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path));
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not there",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link in a circle",
  ENAMETOOLONG: "has too long a name",
  ERR_INVALID_ARG_VALUE: "has a name that no file can have",
};

const problem = (error: unknown): FileProblem => {
  if (error instanceof FileProblem) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isMissing = code === "ENOENT" || code === "ENOTDIR";
  return new FileProblem(reasons[code] ?? `cannot be read (${code || String(error)})`, isMissing);
};

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblem("is not UTF-8; save it as UTF-8");
  }
};

/** Reads a file that is one. @param largest bytes @throws FileProblem */
export const readUtf8 = async (file: string, largest: number): Promise<string> => {
  try {
    const found = await stat(file);
    // A pipe or a device would never end, and git can bring a link to one.
    if (!found.isFile()) throw new FileProblem("is a folder, a pipe or a device");
    if (found.size > largest) throw new FileProblem(`is larger than ${largest / 1_000_000} MB`);
    return decode(await readFile(file));
  } catch (error) {
    throw problem(error);
  }
};

const realOr = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/**
 * The files that scenarios of a workspace may read (interface "Scenario files", fragments): their real paths must lie
 * inside the workspace or an allowed folder, because what comes from git may hold links to anywhere.
 */
export const openScenarioFiles = async (
  workspace: string,
  allowPaths: readonly string[] = [],
): Promise<ScenarioFiles> => {
  const root = await realOr(workspace);
  const allowed = [root, ...(await Promise.all(allowPaths.map(realOr)))];
  const nameOf = (file: string): string =>
    isInside(root, file) ? relative(root, file).replaceAll(sep, "/") : file;

  return {
    nameOf,
    async find(written, folder) {
      try {
        const real = await realpath(resolve(folder, written));
        if (!allowed.some((one) => isInside(one, real))) {
          throw new FileProblem("lies outside the workspace; --allow-path lets a run read another folder");
        }
        return { real, name: nameOf(real), folder: dirname(real) };
      } catch (error) {
        throw problem(error);
      }
    },
    read: ({ real }, largest) => readUtf8(real, largest),
  };
};
