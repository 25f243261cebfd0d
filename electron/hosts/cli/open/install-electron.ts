import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/** Milliseconds. */
const connectTimeout = 5000;
const pauseAfterFailure = 24 * 60 * 60 * 1000;

const stampFile = (profileFolder: string): string => join(profileFolder, "electron-install-failed.txt");

/** Whether the last try failed less than a day ago. */
export const failedLately = async (profileFolder: string, now: number): Promise<boolean> => {
  try {
    const failedAt = Date.parse((await readFile(stampFile(profileFolder), "utf8")).trim());
    return now - failedAt < pauseAfterFailure;
  } catch {
    return false;
  }
};

const rememberFailure = (profileFolder: string, now: number): Promise<void> =>
  writeFile(stampFile(profileFolder), `${new Date(now).toISOString()}\n`, { mode: 0o600 });

/** Where the download goes first: through a proxy, to a mirror, or to GitHub. */
const firstHop = (variables: Variables): URL =>
  new URL(
    variables["HTTPS_PROXY"] ||
      variables["https_proxy"] ||
      variables["ELECTRON_MIRROR"] ||
      variables["npm_config_electron_mirror"] ||
      "https://github.com/",
  );

const isReachable = async ({ hostname, port, protocol }: URL, timeout: number): Promise<boolean> => {
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "http:" ? 80 : 443),
  });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(timeout) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

export interface InstallOptions {
  /** The folder of the npm package. */
  folder: string;
  profileFolder: string;
  variables: Variables;
  /** The clock, in milliseconds. */
  now: number;
  /** Milliseconds to wait for a connection. */
  timeout?: number;
}

/**
 * Lets Electron download its runtime, with its own progress, and remembers a failure.
 *
 * @returns null when it is there now, or a sentence that says why it is not
 */
export const installElectron = async (options: InstallOptions): Promise<string | null> => {
  const { folder, profileFolder, variables, now, timeout = connectTimeout } = options;
  let hop: URL;
  try {
    hop = firstHop(variables);
  } catch {
    return "the address of the proxy or of ELECTRON_MIRROR cannot be read";
  }
  if (!(await isReachable(hop, timeout))) {
    await rememberFailure(profileFolder, now);
    return `${hop.hostname} cannot be reached to download it`;
  }
  const child = spawn(process.execPath, [join(folder, "install.js")], {
    stdio: ["ignore", "inherit", "ignore"],
    env: { ...variables },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return null;
  await rememberFailure(profileFolder, now);
  return "its download failed";
};
