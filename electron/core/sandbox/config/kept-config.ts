import { rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { configText } from "./config-text";
import { readConfig } from "./read-config";
import { defaultConfig, type SandboxConfig } from "./sandbox-config";

/** Keeps a configuration for the next start. @returns why that was not done, as a sentence; null where it was */
export type KeepConfig = (config: SandboxConfig) => Promise<string | null>;

const fileIn = (profileFolder: string): string => join(profileFolder, "sandbox.config.yaml");

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * What a profile's own sandbox begins with: what was set while it ran, else the defaults. Something unreadable is
 * told and left as it is, because a sandbox with the defaults is better than none.
 */
export const readKeptConfig = async (
  profileFolder: string,
  report: (problem: string) => void,
): Promise<SandboxConfig> => {
  const file = fileIn(profileFolder);
  if (!(await isThere(file))) return defaultConfig;
  try {
    return (await readConfig(file)).config;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report(`The sandbox starts with its defaults, because what was set before cannot be used. ${reason}`);
    return defaultConfig;
  }
};

/** Writes in one step, so that nobody reads half of it; without keys, which never lie in plain text on a disk. */
export const keepConfig = async (profileFolder: string, config: SandboxConfig): ReturnType<KeepConfig> => {
  const file = fileIn(profileFolder);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, configText(config), { mode: 0o600 });
    await rename(draft, file);
    return null;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    return `This holds until the sandbox ends, because it could not be kept: ${reason}`;
  }
};
