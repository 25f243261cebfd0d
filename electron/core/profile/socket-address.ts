import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero among them. */
const longestPath = 103;

/** A folder in the temporary one, for paths that are too long for a socket; only this account may enter it. */
const shortFolder = async (): Promise<string> => {
  const folder = join(tmpdir(), `bellhop-${process.getuid?.() ?? 0}`);
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const status = await lstat(folder);
  if (!status.isDirectory() || status.uid !== process.getuid?.() || (status.mode & 0o077) !== 0)
    throw new AppError({
      code: "FORBIDDEN",
      message: `${folder} is not this account's own folder, so it cannot hold Bellhop's socket.`,
      hint: "Remove it, or give a profile with a shorter path.",
    });
  return folder;
};

/** Where the instance that runs on a profile listens: a socket in the profile, or a named pipe on Windows. */
export const socketAddress = async (folder: string): Promise<string> => {
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\bellhop-${hash}`;
  const path = join(folder, "instance.sock");
  return Buffer.byteLength(path) <= longestPath ? path : join(await shortFolder(), `${hash}.sock`);
};
