import { readFile, stat } from "node:fs/promises";
import { AppError } from "../../../../shared/contract/errors";
import { parseConfig, type ParsedConfig } from "./parse-config";

const largest = 1_000_000;

const unreadable = (file: string, reason: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${file}: the sandbox's configuration cannot be read: ${reason}`,
    hint: "Give --config the path of a YAML or JSON file.",
  });

/**
 * Reads a configuration file.
 *
 * @throws AppError INVALID_INPUT with file, and line and column where it can be read
 */
export const readConfig = async (file: string): Promise<ParsedConfig> => {
  const bytes = await readAll(file);
  try {
    return parseConfig(new TextDecoder("utf-8", { fatal: true }).decode(bytes), file);
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(file, "it is not UTF-8.");
    throw error;
  }
};

/** What the file system says, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  ENOTDIR: "there is no such file.",
  EACCES: "this account may not read it.",
  EPERM: "this account may not read it.",
  ELOOP: "it is a link in a circle.",
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return ("code" in error ? reasons[String(error.code)] : undefined) ?? error.message;
};

const readAll = async (file: string): Promise<Buffer> => {
  try {
    const found = await stat(file);
    // A device or a pipe would never end.
    if (!found.isFile()) throw new Error("it is not a file.");
    if (found.size > largest) throw new Error("it is larger than 1 MB.");
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, reasonOf(error));
  }
};
