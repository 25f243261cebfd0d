import { mkdir, rmdir, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../../../shared/contract/errors";

/** Milliseconds. A claim takes a few; a lock this old was left by a crash. */
const abandoned = 10_000;
const patience = 20_000;
const pause = 20;

const take = async (lock: string): Promise<boolean> => {
  try {
    await mkdir(lock, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
};

const removeAbandoned = async (lock: string): Promise<void> => {
  try {
    if (Date.now() - (await stat(lock)).mtimeMs > abandoned) await rmdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
};

/** Runs `work` while no other process runs its own under the same lock: a folder that one alone can make. */
export const underLock = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  const end = Date.now() + patience;
  while (!(await take(lock))) {
    if (Date.now() > end)
      throw new AppError({
        code: "CONFLICT",
        message: `Another Bellhop holds ${lock} and does not let go.`,
        hint: "Remove that folder if no other Bellhop is starting.",
      });
    await removeAbandoned(lock);
    await wait(pause);
  }
  try {
    return await work();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
};
