import { fileURLToPath } from "node:url";
import { askRunning, prepareProfile } from "../../../core/profile";
import { builtFiles } from "../../built-files";
import { hasDisplay, type Surroundings } from "../../display";
import { tellJoined } from "../../joined";
import { findElectron } from "./electron-runtime";
import { failedLately, installElectron } from "./install-electron";
import { runDesktop, runLoopback } from "./run-host";

export interface OpenOptions {
  /** Insist on the desktop window: try to install its runtime even if that failed lately. */
  desktop: boolean;
  /** Do without the desktop window: the default browser. */
  browser: boolean;
  /** Open a browser once the loopback host is ready. */
  open: boolean;
  port: number | undefined;
  /** Absolute paths. */
  profileFolder: string;
  workspaceFolder: string;
  /** Words for people, beside the one line that tells the address. */
  note(sentence: string): void;
}

const hostArguments = (options: OpenOptions): string[] => [
  ...["--profile", options.profileFolder],
  ...["--workspace", options.workspaceFolder],
  ...(options.port === undefined ? [] : ["--port", String(options.port)]),
  ...(options.open ? [] : ["--no-open"]),
  ...(options.browser ? ["--browser"] : []),
];

/** Whether to try for the desktop window. A port or `--no-open` only make sense for the loopback host. */
const wantsDesktop = (options: OpenOptions, where: Surroundings): boolean =>
  options.desktop ||
  // Electron does not start as root unless its sandbox is off, which it never is.
  (!options.browser && options.open && options.port === undefined && hasDisplay(where) && !where.isRoot);

/** @returns Electron's executable, or a sentence that says why there is none */
const prepareRuntime = async (
  options: OpenOptions,
  where: Surroundings,
): Promise<{ runtime: string } | { missing: string }> => {
  const find = () => findElectron(fileURLToPath(import.meta.url), where.variables);
  const electron = find();
  if (!electron) return { missing: "Electron is not installed" };
  if (electron.runtime) return { runtime: electron.runtime };
  const { profileFolder } = options;
  const now = Date.now();
  if (!options.desktop && (await failedLately(profileFolder, now)))
    return { missing: "its runtime could not be downloaded lately; --desktop tries again" };
  options.note("Bellhop downloads Electron's runtime for its window, once.");
  const problem = await installElectron({
    folder: electron.folder,
    profileFolder,
    variables: where.variables,
    now,
  });
  const runtime = find()?.runtime;
  return runtime ? { runtime } : { missing: problem ?? "its runtime is not there after its download" };
};

const openDesktop = async (
  options: OpenOptions,
  where: Surroundings,
): Promise<{ code: number } | { failed: string }> => {
  if (!hasDisplay(where)) return { failed: "there is no display" };
  const electron = await prepareRuntime(options, where);
  if ("missing" in electron) return { failed: electron.missing };
  return runDesktop(electron.runtime, [builtFiles.application, ...hostArguments(options)], where.variables);
};

/**
 * Opens Bellhop: joins the one that runs on the profile, else as the desktop window, else on the loopback host.
 * Ends when Bellhop ends.
 *
 * @returns the exit code
 */
export const openBellhop = async (options: OpenOptions, where: Surroundings): Promise<number> => {
  await prepareProfile(options.profileFolder);
  const reply = await askRunning(options.profileFolder, { ask: "open" }).catch(() => null);
  if (reply) {
    await tellJoined(reply, options.open);
    return 0;
  }
  if (wantsDesktop(options, where)) {
    const result = await openDesktop(options, where);
    if ("code" in result) return result.code;
    options.note(`No desktop window: ${result.failed}. Bellhop opens in a browser instead.`);
  }
  return runLoopback(builtFiles.loopback, hostArguments(options));
};
