import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/**
 * Writes a whole file so that a reader, or a crash, sees either the old content or the new one, never a part.
 *
 * @param file absolute path; its folder exists
 * @param mode permissions of the new file, such as 0o600
 * @param check is asked when all is written and before it takes its place; what it throws leaves the old content
 */
export const replaceFile = async (
  file: string,
  content: string | Buffer,
  mode: number,
  check?: () => Promise<void>,
): Promise<void> => {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await check?.();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};
