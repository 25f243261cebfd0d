import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startDatabaseThread } from "./database/database";
import { defaultConfig, isPublic } from "./sandbox/config/sandbox-config";
import { keepConfig, readKeptConfig, type KeepConfig } from "./sandbox/config/kept-config";
import type { ParsedConfig } from "./sandbox/config/parse-config";
import { readConfig } from "./sandbox/config/read-config";
import { isLoopback } from "../../shared/origin";
import { readRegistration, removeRegistration, writeRegistration } from "./sandbox/registration";
import { runSandbox, type RunningSandbox } from "./sandbox/running-sandbox";
import { findSandbox } from "./sandbox/sandbox-client";

export interface StandAloneOptions {
  /** The first port to try, 4680 by default; 0 for any. */
  port?: number;
  /** The address to listen on, 127.0.0.1 by default. */
  host?: string;
  /** Path of a configuration, YAML or JSON. Without it: the profile's, where the state is the profile's. */
  config?: string;
  /** Path of the state; by default the profile's, which the window uses too. `:memory:` forgets it. */
  data?: string;
  /** Answer 400 to events that their catalog calls invalid. */
  strict?: boolean;
  profileFolder: string;
  /** Is told of problems while it runs. */
  onProblem(problem: string): void;
}

export interface StandAloneSandbox {
  url: string;
  /** Sentences for whoever started it: warnings, and what turned out otherwise than asked for. */
  said: string[];
  close(): Promise<void>;
}

export const defaultPort = 4680;

/**
 * Makes the sandbox known to the profile, where the public credential opens it and no other one is live.
 *
 * @returns what takes that back
 */
const register = async (
  { url, config, instance }: RunningSandbox,
  host: string,
  profileFolder: string,
): Promise<() => Promise<void>> => {
  const found = await readRegistration(profileFolder);
  const isTaken = found !== null && (await findSandbox(found.url))?.instance === found.instance;
  if (isTaken || !isPublic(config.current()) || !isLoopback(host)) return async () => undefined;
  const startedAt = new Date().toISOString();
  const registration = { url, instance, pid: process.pid, startedAt, stoppedByHand: false };
  await writeRegistration(profileFolder, registration);
  return () => removeRegistration(profileFolder, registration);
};

/** Which configuration it starts with, and what becomes of a change while it runs. */
const configure = async ({
  config: file,
  data,
  profileFolder,
  onProblem,
}: StandAloneOptions): Promise<Pick<ParsedConfig, "config" | "warnings"> & { keep?: KeepConfig }> => {
  if (file !== undefined) {
    const keep = async () => `This holds until the sandbox ends: the next start reads ${file} again.`;
    return { ...(await readConfig(file)), keep };
  }
  // Another state is another tenant: what was set up for the profile's does not follow it there.
  if (data !== undefined) return { config: defaultConfig, warnings: [] };
  const config = await readKeptConfig(profileFolder, onProblem);
  return { config, warnings: [], keep: (next) => keepConfig(profileFolder, next) };
};

/**
 * Runs a sandbox without the rest of Bellhop.
 *
 * @throws AppError INVALID_INPUT for its configuration (with file, line and column) or host, CONFLICT without a
 *   free port, DATABASE_FAILED
 */
export const startStandAloneSandbox = async (options: StandAloneOptions): Promise<StandAloneSandbox> => {
  const { host = "127.0.0.1", port = defaultPort, profileFolder, onProblem } = options;
  const { config: given, warnings, keep } = await configure(options);
  const config = { ...given, strict: options.strict === true || given.strict };
  await mkdir(profileFolder, { recursive: true, mode: 0o700 });

  const thread = startDatabaseThread();
  const file = options.data ?? join(profileFolder, "sandbox.db");
  const sandbox = await runSandbox({
    ...{ thread, file, config, host, port },
    ...(keep && { keepConfig: keep }),
    report: onProblem,
  }).catch(async (error: unknown) => {
    await thread.close();
    throw error;
  });
  const unregister = await register(sandbox, host, profileFolder);
  const moved =
    port === 0 || sandbox.port === port
      ? []
      : [`Port ${port} is taken, so the sandbox listens on ${sandbox.port}.`];
  return {
    url: sandbox.url,
    said: [...warnings, ...moved],
    async close() {
      await unregister();
      await sandbox.close();
      await thread.close();
    },
  };
};
