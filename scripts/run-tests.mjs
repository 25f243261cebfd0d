// @ts-check
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildStale } from "./prepare-build.mjs";
import { prepareChromium } from "./prepare-chromium.mjs";
import { installMissing } from "./prepare-packages.mjs";
import { runNpm } from "./run-command.mjs";
import { addCounts, countPlaywright, countVitest, noCounts, summarise } from "./test-counts.mjs";

/** @typedef {import("./test-counts.mjs").Counts} Counts */

const folder = mkdtempSync(join(tmpdir(), "bellhop-tests-"));
const vitestReport = join(folder, "vitest.json");
const playwrightReport = join(folder, "playwright.json");

/** @returns {Counts} */
const failure = (/** @type {string} */ name) => ({ ...noCounts(), failed: 1, failures: [name] });

/**
 * Runs one of the tasks of package.json and prints a line for it. Where it failed, the names of what failed follow, and
 * only then all that it said: a log that is cut off still says what is wrong.
 *
 * @param {string} task
 * @param {readonly string[]} args
 * @param {Record<string, string>} variables
 * @param {() => Counts} count what it counted itself, beside passing or failing as a whole
 * @returns {Promise<Counts>}
 */
const check = async (task, args = [], variables = {}, count = noCounts) => {
  const start = performance.now();
  const { code, output } = await runNpm(["run", "--silent", task, "--", ...args], { variables });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? "passed" : "FAILED"}  ${task}  ${seconds} s`);
  const counts = count();
  for (const name of counts.failures) console.log(`        ${name}`);
  if (code !== 0) console.log(output);
  return addCounts(counts, code === 0 ? { ...noCounts(), passed: 1 } : failure(task));
};

const checkUnits = () =>
  check(
    "test:unit",
    ["--no-color", "--reporter=dot", "--reporter=json", `--outputFile.json=${vitestReport}`],
    {},
    () => countVitest(vitestReport),
  );

/** Two at a time: a small machine has two cores. The units use one of them for about as long as all others together. */
const checkSources = async () => {
  const statics = ["check:types", "check:lint", "check:format", "check:layers"];
  const waiting = [checkUnits, ...statics.map((task) => () => check(task))];
  /** @type {Counts[]} */
  const counts = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) counts.push(await next());
  };
  await Promise.all([lane(), lane()]);
  return counts;
};

const checkEndToEnd = (/** @type {string | null} */ chromium) =>
  check(
    "test:e2e",
    ["--reporter=dot,json"],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      ...(chromium !== null && { BELLHOP_CHROMIUM: chromium }),
    },
    () => countPlaywright(playwrightReport),
  );

/** @returns {Promise<Counts[]>} */
const runAll = async () => {
  try {
    await installMissing();
    const chromium = await prepareChromium();
    if ("failed" in chromium) return [failure(chromium.failed)];
    if ("skipped" in chromium) console.log(chromium.skipped);
    await buildStale();
    const ofSources = await checkSources();
    return [...ofSources, await checkEndToEnd("path" in chromium ? chromium.path : null)];
  } catch (error) {
    return [failure(error instanceof Error ? error.message : String(error))];
  }
};

const counts = (await runAll()).reduce(addCounts, noCounts());
rmSync(folder, { recursive: true, force: true });
console.log(`\n${summarise(counts)}`);
process.exit(counts.failed === 0 ? 0 : 1);
