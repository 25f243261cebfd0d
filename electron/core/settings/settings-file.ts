import { readFile, stat, writeFile } from "node:fs/promises";
import { replaceFile } from "../files/replace-file";

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

const exists = async (file: string): Promise<boolean> => {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
};

/** What a file that nobody has written yet says. */
export const emptySettings = "{}\n";

/** The file's text, without a byte order mark; that of an empty one where it is missing. @throws where it cannot be read */
export const readSettingsFile = async (file: string): Promise<string> => {
  try {
    return (await readFile(file, "utf8")).replace(/^\u{feff}/u, "");
  } catch (error) {
    if (isMissing(error)) return emptySettings;
    throw error;
  }
};

/** Replaces a settings file (mode 0600) in one step: whoever reads finds the old one or the new one, whole. */
export const writeSettingsFile = (file: string, text: string): Promise<void> =>
  replaceFile(file, text, 0o600);

/**
 * Keeps a text that cannot be read as settings beside the file, before it is written over.
 *
 * @returns where; an earlier one is not lost to a later one
 */
export const keepDamaged = async (file: string, text: string): Promise<string> => {
  let name = `${file}.damaged`;
  for (let number = 2; await exists(name); number += 1) name = `${file}.damaged-${number}`;
  await writeFile(name, text, { mode: 0o600, flag: "wx" });
  return name;
};
