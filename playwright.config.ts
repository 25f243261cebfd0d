import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppOptions } from "./e2e/fixtures/app";
import { findChromium } from "./scripts/find-chromium.mjs";

const executablePath = (await findChromium()) ?? undefined;

/** A folder of this run's own: another run would empty a shared one. Workers load this file too, and get its name. */
const outputDir = (process.env["BELLHOP_PLAYWRIGHT_OUTPUT"] ??= mkdtempSync(
  join(tmpdir(), "bellhop-playwright-"),
));

export default defineConfig<AppOptions>({
  testDir: "e2e",
  // Traces and pictures of failures stay out of the repository.
  outputDir,
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  // Only what hangs reaches these: a busy machine takes several times as long for a walk with axe at each step.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    launchOptions: { ...(executablePath && { executablePath }) },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    // Recording costs a third more processor time, and most runs are green: `--trace=retain-on-failure` where one is not.
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "contract", testDir: "e2e/contract" },
    { name: "hosts", testDir: "e2e/hosts" },
    { name: "packed", testDir: "e2e/packed" },
    { name: "chromium", testDir: "e2e/specs", use: { host: "loopback" } },
    { name: "electron", testDir: "e2e/specs", use: { host: "electron" } },
  ],
});
