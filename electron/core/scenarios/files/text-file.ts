import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import { replaceFile } from "../../files/replace-file";

/** Bytes: 1 MB, as the format says. */
export const largestScenario = 1_000_000;

/** A file as it stands on the disk. */
export interface TextFile {
  text: string;
  /** SHA-256 of its bytes in hex. */
  version: string;
  /** Whether it begins with a byte order mark, which is not part of `text`. */
  marked: boolean;
  /** Its permissions. */
  mode: number;
}

const mark = "\u{feff}";

const refused = (path: string, why: string, hint: string): AppError =>
  new AppError({ code: "INVALID_INPUT", message: `${path} ${why}.`, hint, field: "/path" });

/** What the file system says, in words. */
export const fileError = (path: string, error: unknown): AppError => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new AppError({
      code: "NOT_FOUND",
      message: `${path} is no longer there.`,
      hint: "It may have been renamed, moved or removed by another program.",
      field: "/path",
    });
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new AppError({
      code: "FORBIDDEN",
      message: `${path} cannot be used by this account: ${message}.`,
      hint: "Check the permissions of the file and of its folder.",
      field: "/path",
    });
  return new AppError({
    code: "INVALID_INPUT",
    message: `${path} cannot be used: ${message}.`,
    hint: "Check the file, its folder, and that the disk is not full.",
    field: "/path",
  });
};

const read = async (handle: FileHandle, path: string, largest: number): Promise<[Buffer, number]> => {
  const found = await handle.stat();
  if (!found.isFile()) throw refused(path, "is not a file", "Choose a file.");
  const tooLarge = refused(
    path,
    `is larger than ${largest / 1_000_000} MB`,
    largest === largestScenario
      ? "Split it: `use` plays the steps of another file, and `data` brings many rows."
      : "It can be played, and is too large to be shown.",
  );
  if (found.size > largest) throw tooLarge;
  // It may grow while it is read.
  const bytes = Buffer.alloc(largest + 1);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  if (bytesRead > largest) throw tooLarge;
  return [Buffer.from(bytes.subarray(0, bytesRead)), found.mode & 0o777];
};

const textOf = (path: string, bytes: Buffer): string => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(path, "is not UTF-8 text", "Save it as UTF-8 in an editor.");
  }
  if (text.includes("\0"))
    throw refused(path, "is no text: it has zero bytes in it", "Save it as UTF-8 in an editor.");
  return text;
};

/**
 * Reads a text of at most `largest` bytes.
 *
 * @param path how messages call the file
 * @throws AppError NOT_FOUND; FORBIDDEN; INVALID_INPUT where it is no UTF-8 text, or too large
 */
export const readTextFile = async (
  file: string,
  path: string,
  largest: number = largestScenario,
): Promise<TextFile> => {
  try {
    // A pipe would be waited for without end, and git can bring a link to one.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const [bytes, mode] = await read(handle, path, largest);
      const text = textOf(path, bytes);
      const marked = text.startsWith(mark);
      const version = createHash("sha256").update(bytes).digest("hex");
      return { text: marked ? text.slice(1) : text, version, marked, mode };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof AppError ? error : fileError(path, error);
  }
};

const changedElsewhere = (path: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${path} was changed by another program since it was read.`,
    hint: "Compare the two, then load the file's text or write yours over it.",
    field: "/version",
  });

const alreadyThere = (path: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${path} is already there.`,
    hint: "Choose another name.",
    field: "/path",
  });

const writeNew = async (file: string, path: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, "wx", 0o644).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "EEXIST" ? alreadyThere(path) : error;
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeOver = async (file: string, path: string, text: string, version: string): Promise<void> => {
  const before = await readTextFile(file, path);
  const unchanged = async (): Promise<void> => {
    if ((await readTextFile(file, path)).version !== version) throw changedElsewhere(path);
  };
  if (before.version !== version) throw changedElsewhere(path);
  // Looked at once more when all is written: an editor may save meanwhile.
  await replaceFile(file, before.marked ? mark + text : text, before.mode, unchanged);
};

/**
 * Writes a text as a whole: a reader sees the old one or the new one.
 *
 * @param version what the text was made from; null for a file that is not there yet
 * @throws AppError CONFLICT where another program has changed or made the file; NOT_FOUND where it is gone;
 * INVALID_INPUT; FORBIDDEN
 */
export const writeTextFile = async (
  file: string,
  path: string,
  text: string,
  version: string | null,
  largest: number = largestScenario,
): Promise<void> => {
  if (Buffer.byteLength(text) > largest)
    throw refused(path, `would be larger than ${largest / 1_000_000} MB`, "Split it into several files.");
  if (text.includes("\0")) throw refused(path, "would have zero bytes in it", "Take them out of the text.");
  try {
    await (version === null ? writeNew(file, path, text) : writeOver(file, path, text, version));
  } catch (error) {
    throw error instanceof AppError ? error : fileError(path, error);
  }
};
