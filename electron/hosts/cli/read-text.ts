import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { AppError } from "../../../shared/contract/errors";

/**
 * Reads a file, or standard input for `-`, as UTF-8.
 * @throws AppError INVALID_INPUT that names the file and why it cannot be read
 */
export const readText = async (file: string): Promise<string> => {
  try {
    const bytes = file === "-" ? await buffer(process.stdin) : await readFile(file);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const reasons: Record<string, string> = {
      ENOENT: "there is no such file",
      EACCES: "it may not be read",
      EISDIR: "it is a folder",
      // Another encoding's characters would be sent as question marks.
      ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8; save it as UTF-8",
    };
    throw new AppError({ code: "INVALID_INPUT", message: `${file}: ${reasons[code] ?? code}.` });
  }
};
