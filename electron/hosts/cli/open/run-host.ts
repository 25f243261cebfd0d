import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { windowLine } from "../../joined";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Passes signals on to the host, which ends in order, until it has ended. @returns its exit code */
const endOf = async (child: ChildProcess): Promise<number> => {
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of forwarded) process.on(signal, forward);
  try {
    const [code] = (await once(child, "exit")) as [number | null];
    return code ?? 1;
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
  }
};

/** Runs the loopback host until it ends. @returns its exit code */
export const runLoopback = (program: string, args: readonly string[]): Promise<number> =>
  // The IPC channel tells the host when this process is gone, however it went.
  endOf(spawn(process.execPath, [program, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] }));

/**
 * Runs the desktop host until it ends.
 *
 * @returns its exit code, or a sentence that says why its window never opened
 */
export const runDesktop = async (
  runtime: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number } | { failed: string }> => {
  // With this variable Electron would be a plain Node.
  const env = { ...variables, ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(runtime, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let opened = false;
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    opened ||= (said = (said + chunk.toString()).slice(-1000)).includes(windowLine);
    process.stdout.write(chunk);
  });
  // Chromium talks of drivers and buses; only what Bellhop itself reports is for people.
  child.stderr.on("data", (chunk: Buffer) => {
    if (opened) process.stderr.write(chunk);
  });
  try {
    const code = await endOf(child);
    return opened || code === 0 ? { code } : { failed: `it ended with code ${code}` };
  } catch (error) {
    return { failed: (error as Error).message };
  }
};
