// @ts-check
import { existsSync } from "node:fs";
import { findChromium } from "./find-chromium.mjs";
import { runCommand } from "./run-command.mjs";

const hasApt = existsSync("/usr/bin/apt-get");
const isRoot = process.getuid?.() === 0;

/** The one command that a person can run where this script may not. */
const wayOut = hasApt ? "sudo apt-get install -y chromium" : "npx playwright install chromium";

const installBySystem = async () => {
  console.log("The tests need a Chromium, so it is installed: apt-get install -y chromium");
  const variables = { DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update"], { variables });
  return runCommand("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { variables });
};

const installByPlaywright = () => {
  console.log("The tests need a Chromium, so it is downloaded: playwright install chromium");
  return runCommand(process.execPath, ["node_modules/playwright/cli.js", "install", "chromium"]);
};

/**
 * Finds a Chromium, or installs one where this account may.
 *
 * @returns {Promise<{ path: string } | { skipped: string } | { failed: string }>}
 */
export const prepareChromium = async () => {
  if (process.env["BELLHOP_NO_BROWSER"] === "1")
    return { skipped: "BELLHOP_NO_BROWSER=1: everything that needs a browser is skipped" };
  const found = await findChromium();
  if (found) return { path: found };
  const { output } = await (hasApt && isRoot ? installBySystem() : installByPlaywright());
  const installed = await findChromium();
  if (installed) return { path: installed };
  const reason = output.trim().split("\n").at(-1) ?? "";
  return {
    failed: `There is no Chromium, and it could not be installed here (${reason}). Run: ${wayOut}   (or set BELLHOP_NO_BROWSER=1 to skip what needs one)`,
  };
};
