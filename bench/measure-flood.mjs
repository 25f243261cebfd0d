// @ts-check
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "../scripts/find-chromium.mjs";
import { root } from "../scripts/run-command.mjs";
import { spreadOf } from "./figures.mjs";
import { heapOf, recordFrames, recordTasks } from "./flood/watch-page.mjs";
import { startNode } from "./processes.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {{ tasks: import("./flood/watch-page.mjs").Task[], frames: number[], heaps: number[], answers: number[] }} Watched
 */

const writer = fileURLToPath(new URL("./flood/write-entries.mjs", import.meta.url));

/** A process that writes entries once it is told to. */
const startWriter = async (
  /** @type {string} */ profile,
  /** @type {number} */ count,
  /** @type {number} */ rate,
) => {
  const child = spawn(process.execPath, [writer, profile, String(count), String(rate)], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve, reject) =>
    child.on("exit", (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`The writer ended with ${code}.`)),
    ),
  );
  let said = "";
  const ready = new Promise((resolve) =>
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.includes("Ready")) resolve(undefined);
    }),
  );
  await Promise.race([ready, ended]);
  return async () => {
    child.stdin.write("go\n");
    await ended;
    return Number(/Written in (\d+) ms/.exec(said)?.[1] ?? Number.NaN);
  };
};

const openLog = async (/** @type {Page} */ page, /** @type {string} */ address) => {
  await page.goto(address);
  await page.waitForURL((url) => !url.search.includes("token"));
  const close = page.getByRole("button", { name: "Close, and show the scenarios" });
  const log = page.getByRole("region", { name: "Log", exact: true });
  await page.getByText(/Sandbox running/).waitFor();
  if (await close.isVisible()) await close.click();
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Compose" }).click();
  await log.waitFor();
  return log;
};

const countOf = async (/** @type {import("@playwright/test").Locator} */ log) =>
  Number(((await log.getByRole("status").first().textContent()) ?? "").replace(/\D/g, ""));

/**
 * Does what a person does who looks for something while entries pour in, again and again until told to stop.
 *
 * @param {Page} page
 * @param {import("@playwright/test").Locator} log
 * @param {() => boolean} isOver
 */
const useLog = async (page, log, isOver) => {
  const grid = log.getByRole("grid");
  const search = log.getByRole("searchbox");
  /** @type {number[]} milliseconds from a key press to what it shows */
  const answers = [];
  const scroll = async (/** @type {number} */ pixels) => {
    await grid.hover({ force: true });
    for (let turn = 0; turn < 8 && !isOver(); turn++) {
      await page.mouse.wheel(0, pixels);
      await page.waitForTimeout(40);
    }
  };
  while (!isOver()) {
    await scroll(-900);
    await grid.focus();
    for (let turn = 0; turn < 6 && !isOver(); turn++) {
      const started = performance.now();
      await page.keyboard.press("ArrowUp");
      await log.locator("section.detail[aria-busy='false']").waitFor();
      answers.push(performance.now() - started);
    }
    await page.keyboard.press("Escape");
    await search.fill("IDENTITY", { timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(600);
    await scroll(-300);
    await search.fill("", { timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(200);
    await scroll(3000);
    await page.keyboard.press("End");
    await page.waitForTimeout(500);
  }
  return answers;
};

/** Writes what the page's processor did to a file that developer tools open, where one is asked for. */
const profiled = async (/** @type {import("@playwright/test").CDPSession} */ session) => {
  const file = process.env["BELLHOP_BENCH_PROFILE"];
  if (file === undefined) return () => Promise.resolve();
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 500 });
  await session.send("Profiler.start");
  return async () => {
    const { profile } = await session.send("Profiler.stop");
    await writeFile(file, JSON.stringify(profile));
  };
};

/**
 * The log under load: so many entries a second for so long, written by another process, while somebody scrolls, opens
 * entries and filters. Throws where the window has lost one.
 *
 * @param {{ rate: number, seconds: number, before: number }} options `before`: entries that are there already, at least some
 * @returns {Promise<Figure[]>}
 */
export const measureFlood = async ({ rate, seconds, before }) => {
  const profile = await mkdtemp(join(tmpdir(), "bellhop-flood-"));
  await (
    await startWriter(profile, before, 1_000_000)
  )();
  const host = await startNode(
    ["dist/node/cli.mjs", "--profile", profile, "open", "--no-open", "--port", "0"],
    /Bellhop is ready at (\S+)\n/,
  );
  const executablePath = (await findChromium()) ?? undefined;
  const unsandboxed = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: unsandboxed });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const log = await openLog(page, host.word);
    const session = await page.context().newCDPSession(page);
    const start = await startWriter(profile, rate * seconds, rate);
    // The first look at everything loads code; that is not the flood's.
    let over = false;
    setTimeout(() => (over = true), 4000);
    await useLog(page, log, () => over);
    const heapBefore = await heapOf(session);
    const endProfile = await profiled(session);
    const endTasks = await recordTasks(await browser.newBrowserCDPSession());
    const endFrames = await recordFrames(page);
    over = false;
    const using = useLog(page, log, () => over);
    const took = await start();
    const whole = before + rate * seconds;
    const written = performance.now();
    over = true;
    const answers = await using;
    await log
      .getByRole("searchbox")
      .fill("")
      .catch(() => undefined);
    while ((await countOf(log)) < whole && performance.now() - written < 20_000)
      await page.waitForTimeout(50);
    const lag = performance.now() - written;
    const counted = await countOf(log);
    const frames = await endFrames();
    const tasks = await endTasks();
    await endProfile();
    const heapAfter = await heapOf(session);
    if (counted !== whole)
      throw new Error(
        `${whole} entries were written in ${took} ms, and ${Math.round(lag)} ms after the last the window counts ${counted}: ${await log.getByRole("status").first().textContent()}.`,
      );
    return floodFigures({ rate, seconds, before, took, lag, frames, tasks, answers, heapBefore, heapAfter });
  } finally {
    await browser.close();
    await host.stop();
    await rm(profile, { recursive: true, force: true });
  }
};

/** @param {{ rate: number, seconds: number, before: number, took: number, lag: number, frames: number[], tasks: import("./flood/watch-page.mjs").Task[], answers: number[], heapBefore: number, heapAfter: number }} seen */
const floodFigures = ({
  rate,
  seconds,
  before,
  took,
  lag,
  frames,
  tasks,
  answers,
  heapBefore,
  heapAfter,
}) => {
  const where = `${rate.toLocaleString("en-GB")} entries/s for ${seconds} s on top of ${before.toLocaleString("en-GB")}`;
  const one = (/** @type {number} */ value) => spreadOf([value]);
  const longest = (/** @type {"wall" | "cpu"} */ of) => Math.max(0, ...tasks.map((task) => task[of]));
  const over = (/** @type {"wall" | "cpu"} */ of) => tasks.filter((task) => task[of] > 50).length;
  const bytes = (/** @type {number} */ value) => value / 1_000_000;
  const sorted = [...frames].sort((a, b) => a - b);
  /** @type {(name: string, unit: string, ours: import("./figures.mjs").Spread, against?: string, theirs?: import("./figures.mjs").Spread | null) => Figure} */
  const figure = (name, unit, ours, against = "", theirs = null) => ({
    name: `${name}, ${where}`,
    unit,
    ours,
    against,
    theirs,
  });
  return [
    figure("entries written", "/s", one((rate * seconds * 1000) / took), "asked for", one(rate)),
    figure("longest task, on the processor", "ms", one(longest("cpu")), "goal", one(50)),
    figure("longest task, on the clock", "ms", one(longest("wall")), "goal", one(50)),
    figure("tasks over 50 ms, on the processor", "", one(over("cpu"))),
    figure("tasks over 50 ms, on the clock", "", one(over("wall"))),
    figure(
      "main thread busy",
      "ms",
      one(tasks.reduce((sum, { cpu }) => sum + cpu, 0)),
      "of",
      one(took + lag),
    ),
    figure(
      "frames",
      "/s",
      one((frames.length * 1000) / frames.reduce((sum, value) => sum + value, 0)),
      "screen",
      one(60),
    ),
    figure(
      "longest time between two frames of a hundred",
      "ms",
      one(sorted[Math.floor(sorted.length * 0.99)] ?? 0),
    ),
    figure("from an arrow key to the entry", "ms", spreadOf(answers)),
    figure("until the window had every entry, after the last", "ms", one(lag)),
    figure("JavaScript heap after", "MB", one(bytes(heapAfter)), "before", one(bytes(heapBefore))),
  ];
};
