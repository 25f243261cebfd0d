import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../../shared/contract/errors";

async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError({
      code: "INVALID_INPUT",
      message: "What arrived is not UTF-8.",
      hint: "Send the file as it was exported.",
    });
  }
}

const receive = async (file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(file, "wx", 0o600);
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
};

/**
 * Receives a body whole, into a file of its own, before anything is done with it: so that a slow or broken client
 * holds nothing up, and a large body needs no memory.
 *
 * @param use is given the text; the file is gone when it has settled
 * @throws AppError INVALID_INPUT where it is not UTF-8, and what `bytes` and `use` throw
 */
export const spool = async (
  bytes: AsyncIterable<Uint8Array>,
  use: (text: AsyncIterable<string>) => Promise<void>,
): Promise<void> => {
  // mkdtemp makes the folder with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), "bellhop-import-"));
  try {
    const file = join(folder, "state.json");
    await receive(file, bytes);
    await use(decode(createReadStream(file) as AsyncIterable<Buffer>));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
