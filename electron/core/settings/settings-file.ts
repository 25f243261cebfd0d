import { readFile, rename, stat } from "node:fs/promises";
import { replaceFile } from "../files/replace-file";

/** The file's own keys and values, known or not. */
export type RawSettings = Record<string, unknown>;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

const exists = async (file: string): Promise<boolean> => {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
};

const parse = (text: string): RawSettings | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
};

/** A name beside the file that is not taken, so that an earlier damaged file is not lost to a later one. */
const nameForDamaged = async (file: string): Promise<string> => {
  let name = `${file}.damaged`;
  for (let number = 2; await exists(name); number += 1) name = `${file}.damaged-${number}`;
  return name;
};

/**
 * Reads a settings file. One that is not a JSON object is kept aside, not overwritten.
 *
 * @param file absolute path; a missing file is an empty one
 * @param report is told of a damaged file, and where it is now
 */
export const readSettingsFile = async (
  file: string,
  report: (problem: string) => void,
): Promise<RawSettings> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (!isMissing(error))
      report(`The settings ${file} cannot be read, so the defaults hold: ${String(error)}`);
    return {};
  }
  const settings = parse(text.replace(/^\u{feff}/u, ""));
  if (settings) return settings;
  const aside = await nameForDamaged(file);
  try {
    await rename(file, aside);
    report(`The settings ${file} are not a JSON object, so the defaults hold. The file is now ${aside}.`);
  } catch (error) {
    report(`The settings ${file} are not a JSON object and cannot be kept aside: ${String(error)}`);
  }
  return {};
};

/** Replaces a settings file (mode 0600) in one step: whoever reads finds the old one or the new one, whole. */
export const writeSettingsFile = (file: string, settings: RawSettings): Promise<void> =>
  replaceFile(file, `${JSON.stringify(settings, null, 2)}\n`, 0o600);
