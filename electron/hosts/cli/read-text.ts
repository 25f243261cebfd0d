import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { AppError } from "../../../shared/contract/errors";

/**
 * Reads a file, or standard input for `-`, as UTF-8.
 * @throws AppError INVALID_INPUT that names the file and why it cannot be read
 */
export const readText = async (file: string): Promise<string> => {
  if (file === "-") return text(process.stdin);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const reasons: Record<string, string> = {
      ENOENT: "there is no such file",
      EACCES: "it may not be read",
      EISDIR: "it is a folder",
    };
    throw new AppError({ code: "INVALID_INPUT", message: `${file}: ${reasons[code] ?? code}.` });
  }
};
