import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Marks the place of the fuses in Electron's binary; then their version, their number, and a character for each. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const fuses = "101111101";

/**
 * Makes what stands for Electron's distribution where that cannot be downloaded: enough for the packer, and for the
 * fuses to be set and read.
 *
 * @param folder a new one
 */
export const makeStubElectron = async (folder: string): Promise<void> => {
  await mkdir(join(folder, "resources"), { recursive: true });
  const executable = join(folder, "electron");
  const bytes = [Buffer.from("#!/bin/sh\nexit 0\n"), Buffer.from(sentinel), Buffer.from([1, fuses.length])];
  await writeFile(executable, Buffer.concat([...bytes, Buffer.from(fuses)]));
  await chmod(executable, 0o755);
};
