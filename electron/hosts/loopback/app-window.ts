import { spawn, type ChildProcess } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Surroundings } from "../display";

const macApplications = [
  "Google Chrome.app/Contents/MacOS/Google Chrome",
  "Chromium.app/Contents/MacOS/Chromium",
  "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const windowsPrograms = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];
const linuxCommands = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/** Where a Chrome, Chromium or Edge may be, the best first. */
const candidates = ({ platform, variables }: Surroundings): string[] => {
  const named = variables["CHROME_PATH"] ? [variables["CHROME_PATH"]] : [];
  const set = (...names: string[]): string[] => names.flatMap((name) => variables[name] ?? []);
  if (platform === "darwin") {
    const folders = ["/Applications", ...set("HOME").map((home) => join(home, "Applications"))];
    return [...named, ...macApplications.flatMap((app) => folders.map((folder) => join(folder, app)))];
  }
  if (platform === "win32") {
    const folders = set("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA");
    return [...named, ...windowsPrograms.flatMap((name) => folders.map((folder) => join(folder, name)))];
  }
  const folders = (variables["PATH"] ?? "").split(delimiter).filter(Boolean);
  return [...named, ...linuxCommands.flatMap((name) => folders.map((folder) => join(folder, name)))];
};

/** @returns the path of an installed browser that can show a page as a window of its own, or null */
export const findAppBrowser = async (where: Surroundings): Promise<string | null> => {
  for (const path of candidates(where)) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return null;
};

/**
 * Shows the address as a window without tabs or address bar. The browser is a process of its own, with its data in
 * the profile, so its end is the end of the window.
 */
export const openAppWindow = (browser: string, address: string, profileFolder: string): ChildProcess =>
  spawn(
    browser,
    [
      `--app=${address}`,
      `--user-data-dir=${join(profileFolder, "app-window")}`,
      "--no-first-run",
      "--no-default-browser-check",
      "--disable-background-mode",
      "--window-size=1280,800",
    ],
    { stdio: "ignore" },
  );
