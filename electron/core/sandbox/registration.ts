import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { isLoopback } from "../../../shared/origin";

/** What a running sandbox writes into the profile, so that other processes of the same profile find it. */
export interface Registration {
  url: string;
  /** What the sandbox at `url` must call itself: a stale address may by now be another profile's. */
  instance: string;
  pid: number;
  /** ISO time. */
  startedAt: string;
  /** A person stopped it in a window that is still open: nobody starts another one behind their back. */
  stoppedByHand: boolean;
}

const isLoopbackUrl = (text: string): boolean => {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === "http:" && isLoopback(hostname);
  } catch {
    return false;
  }
};

const schema = v.object({
  url: v.pipe(v.string(), v.check(isLoopbackUrl)),
  instance: v.string(),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  startedAt: v.string(),
  stoppedByHand: v.optional(v.boolean(), false),
});

const fileIn = (profileFolder: string): string => join(profileFolder, "sandbox.json");

/** @returns null where there is none, or none that can be read */
export const readRegistration = async (profileFolder: string): Promise<Registration | null> => {
  try {
    const result = v.safeParse(schema, JSON.parse(await readFile(fileIn(profileFolder), "utf8")));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
};

/** Writes a registration in one step, so that nobody reads half of one. */
export const writeRegistration = async (profileFolder: string, registration: Registration): Promise<void> => {
  const file = fileIn(profileFolder);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(registration, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
};

/** Removes a registration where it is still this one. */
export const removeRegistration = async (
  profileFolder: string,
  registration: Registration,
): Promise<void> => {
  const found = await readRegistration(profileFolder);
  if (found?.instance !== registration.instance) return;
  await rm(fileIn(profileFolder), { force: true });
};

/**
 * Whether another process that wrote it still runs. A number that another program has got since counts as running;
 * this process's own number is an earlier start's, as in a container where every start has the same.
 */
export const isWriterAlive = ({ pid }: Registration): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};
