// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPage, startBrowser } from "./browser.mjs";
import { spreadOf } from "./figures.mjs";
import { startHost } from "./host-channel.mjs";
import { residentBytes } from "./processes.mjs";
import { openProductLog } from "./product-log.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./browser.mjs").Browser} Browser
 * @typedef {import("./browser.mjs").Page} Page
 * @typedef {{ core: number[], heap: number[], renderer: number[] }} Memory megabytes
 */

const megabyte = 1024 ** 2;

/** The process that draws the page: of the browser's renderers the largest. @param {Browser} browser */
const rendererBytes = async (browser) => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return Math.max(...renderers.map(({ id }) => residentBytes(id) ?? 0));
};

/** What the page's JavaScript holds, after what nothing holds was thrown away. @param {Page} page */
const heapBytes = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
};

/** Goes through the whole log as a person does who looks for something: its ends, and places between. @param {Page} page */
const walkThroughLog = async (page) => {
  const list = page.getByRole("region", { name: "Log" }).getByRole("grid");
  await list.focus();
  for (const key of ["End", "PageUp", "PageUp", "Home", "PageDown", "PageDown", "End", "Home"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
  }
};

/** @param {Browser} browser @param {string} profile @param {Memory} memory */
const look = async (browser, profile, memory) => {
  const host = await startHost({ profile });
  const page = await openPage(browser);
  try {
    await page.goto(host.word);
    await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Compose" }).click();
    await walkThroughLog(page);
    memory.heap.push((await heapBytes(page)) / megabyte);
    memory.renderer.push((await rendererBytes(browser)) / megabyte);
    memory.core.push((host.memory() ?? 0) / megabyte);
  } finally {
    await page.close();
    await host.stop();
  }
};

/**
 * Memory with a large log beside memory with ten entries: of the core's process, of the page's JavaScript, and of the
 * process that draws the page. Somebody has walked through the whole log before.
 *
 * @param {number} entries
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 */
export const measureMemory = async (entries, rounds) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-memory-"));
  const browser = await startBrowser();
  /** @type {{ small: Memory, large: Memory }} */
  const memory = {
    small: { core: [], heap: [], renderer: [] },
    large: { core: [], heap: [], renderer: [] },
  };
  try {
    for (const [name, count] of Object.entries({ small: 10, large: entries })) {
      const log = await openProductLog(join(folder, name));
      await log.write("inRun", count, 500);
      await log.close();
    }
    for (let round = 0; round < rounds; round++) {
      await look(browser, join(folder, "small"), memory.small);
      await look(browser, join(folder, "large"), memory.large);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  const named = `with ${entries.toLocaleString("en-GB")} entries`;
  const figure = (/** @type {string} */ name, /** @type {keyof Memory} */ part) => ({
    ...{ name: `${name}, ${named}`, unit: "MB", ours: spreadOf(memory.large[part]) },
    ...{ against: "with 10 entries", theirs: spreadOf(memory.small[part]) },
  });
  const figures = [figure("JavaScript of the window", "heap")];
  // Only Linux says what a process holds.
  if (memory.large.core.every((megabytes) => megabytes > 0))
    figures.unshift(
      figure("memory of the core's process", "core"),
      figure("memory of the window's process", "renderer"),
    );
  return figures;
};
