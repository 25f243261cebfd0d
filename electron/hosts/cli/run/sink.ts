import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { once } from "node:events";
import { AppError } from "../../../../shared/contract/errors";

/** Where a report goes. */
export interface Sink {
  /** @returns a promise where the reader is slower than the run: the next text has to wait for it */
  write(text: string): Promise<void> | undefined;
  /** Settles when all of it has been written. */
  end(): Promise<void>;
}

/** The process's own standard output or error, which stays open. */
export const streamSink = (stream: NodeJS.WriteStream): Sink => ({
  write(text) {
    if (text === "" || stream.write(text)) return undefined;
    return once(stream, "drain").then(() => undefined);
  },
  end: () => new Promise((resolve) => void stream.write("", () => resolve())),
});

const cannot = (file: string, error: unknown): AppError => {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const reasons: Record<string, string> = {
    EACCES: "it may not be written",
    EISDIR: "it is a folder",
    ENOTDIR: "its folder is a file",
    EROFS: "its file system is read-only",
    ENOSPC: "the disk is full",
  };
  return new AppError({
    code: "INVALID_INPUT",
    message: `${file}: the report cannot be written there: ${reasons[code] ?? code}.`,
  });
};

/** Characters that are written at once. */
const block = 65_536;

/**
 * A file for a report, with its folder. It is opened before anything is sent, so that no run is played for a report
 * that cannot be kept.
 *
 * @throws AppError INVALID_INPUT that says why it cannot be written; so do later writes and the end
 */
export const openFileSink = async (file: string): Promise<Sink> => {
  const refuse = (error: unknown): never => {
    throw cannot(file, error);
  };
  const handle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(file, "w"))
    .catch(refuse);
  let text = "";
  let written = Promise.resolve();
  const flush = (): Promise<void> => {
    written = written.then(async () => {
      const next = text;
      text = "";
      if (next !== "") await handle.appendFile(next).catch(refuse);
    });
    return written;
  };
  return {
    write(more) {
      text += more;
      return text.length < block ? undefined : flush();
    },
    end: () => flush().finally(() => handle.close()),
  };
};
