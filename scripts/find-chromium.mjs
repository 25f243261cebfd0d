// @ts-check
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const macApplications = ["Chromium", "Google Chrome", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
  const folder = process.env[name];
  return folder
    ? [
        join(folder, "Google/Chrome/Application/chrome.exe"),
        join(folder, "Microsoft/Edge/Application/msedge.exe"),
      ]
    : [];
});

const runs = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The one that Playwright has downloaded, where it has. */
const playwrights = async () => {
  try {
    const { chromium } = await import("@playwright/test");
    return [chromium.executablePath()];
  } catch {
    return [];
  }
};

/** @returns {Promise<string | null>} the path of a Chromium for the tests: a named one, the system's, Playwright's */
export const findChromium = async () => {
  const named = ["BELLHOP_CHROMIUM", "CHROME_PATH"].flatMap((name) => process.env[name] ?? []);
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const installed = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  const candidates = [...named, ...installed, ...macApplications, ...windowsPrograms];
  return [...candidates, ...(await playwrights())].find(runs) ?? null;
};
