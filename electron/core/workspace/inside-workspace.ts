import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { AppError } from "../../../shared/contract/errors";

/**
 * The real path of a file that a workspace names, such as `caFile`. A workspace is other people's input: links and
 * `..` that lead out of its folder are refused.
 *
 * @param path relative to the workspace folder
 * @throws AppError FORBIDDEN outside, NOT_FOUND where there is no such file
 */
export const insideWorkspace = async (folder: string, path: string): Promise<string> => {
  const refused = new AppError({
    code: "FORBIDDEN",
    message: `${path} leads out of the workspace ${folder}.`,
    hint: "Copy the file into the workspace and name it by its path there.",
  });
  const lexical = relative(folder, resolve(folder, path));
  if (isAbsolute(path) || isAbsolute(lexical) || lexical.split(sep)[0] === "..") throw refused;
  try {
    const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(resolve(folder, path))]);
    const way = relative(realFolder, realFile);
    if (isAbsolute(way) || way.split(sep)[0] === "..") throw refused;
    return realFile;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError({
      code: "NOT_FOUND",
      message: `The workspace has no file ${path}.`,
      hint: `Put it into ${folder}, or correct bellhop.yaml.`,
    });
  }
};
