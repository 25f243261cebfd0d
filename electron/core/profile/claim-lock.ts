import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../../../shared/contract/errors";

/** Milliseconds. A claim takes a few; a lock this old was left by a crash. */
const abandoned = 10_000;
const patience = 20_000;
const pause = 20;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

/** Runs what may find that another process was quicker. @returns null where it was */
const unlessGone = async <T>(work: Promise<T>, ...codes: string[]): Promise<T | null> => {
  try {
    return await work;
  } catch (error) {
    if (["ENOENT", ...codes].includes(codeOf(error))) return null;
    throw error;
  }
};

/** The tokens in a lock: one, or none while it is being taken away; null where there is no lock. */
const holders = (lock: string): Promise<string[] | null> => unlessGone(readdir(lock));

/**
 * Takes a lock that is free. It comes into being with its owner's token in it, so that nobody meets it without one.
 *
 * @returns the token; null where another process was quicker
 */
const take = async (lock: string): Promise<string | null> => {
  const token = randomUUID();
  const made = `${lock}.${token}`;
  await mkdir(made, { mode: 0o700 });
  try {
    await writeFile(join(made, token), "", { mode: 0o600 });
    await rename(made, lock);
    return token;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Windows renames onto no folder, not even onto an empty one, and calls that a matter of rights.
    const held = process.platform === "win32" ? ["EPERM", "EACCES", "EEXIST"] : ["ENOTEMPTY", "EEXIST"];
    if (held.includes(codeOf(error))) return null;
    throw error;
  }
};

/** Takes a token out of a lock, and the lock away where it was the last. */
const removeToken = async (lock: string, token: string): Promise<void> => {
  await unlessGone(unlink(join(lock, token)));
  await unlessGone(rmdir(lock), "ENOTEMPTY", "EEXIST");
};

/** By its token, so that a lock which has changed hands meanwhile stays. */
const removeAbandoned = async (lock: string, tokens: readonly string[]): Promise<void> => {
  for (const token of tokens) {
    const found = await unlessGone(stat(join(lock, token)));
    if (found !== null && Date.now() - found.mtimeMs > abandoned) await removeToken(lock, token);
  }
  if (tokens.length === 0) await unlessGone(rmdir(lock), "ENOTEMPTY", "EEXIST");
};

const takeIfFree = async (lock: string): Promise<string | null> => {
  const tokens = await holders(lock);
  if (tokens === null) return take(lock);
  await removeAbandoned(lock, tokens);
  return null;
};

/**
 * Runs `work` while no other process runs its own under the same lock: a folder with a token of its owner in it. One
 * that is held for more than ten seconds counts as left by a crash and is taken over; its first owner then leaves it to
 * the second.
 */
export const underLock = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  const end = Date.now() + patience;
  let token = await takeIfFree(lock);
  for (; token === null; token = await takeIfFree(lock)) {
    if (Date.now() > end)
      throw new AppError({
        code: "CONFLICT",
        message: `Another Bellhop holds ${lock} and does not let go.`,
        hint: "Remove that folder if no other Bellhop is starting.",
      });
    await wait(pause);
  }
  try {
    return await work();
  } finally {
    await removeToken(lock, token).catch(() => undefined);
  }
};
