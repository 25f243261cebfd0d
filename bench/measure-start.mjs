// @ts-check
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/run-command.mjs";
import { openFirstDraft, openPage, startBrowser, typeOneLetter } from "./browser.mjs";
import { spreadOf } from "./figures.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./browser.mjs").Browser} Browser
 * @typedef {import("./browser.mjs").Page} Page
 * @typedef {{ address: string, stop: () => Promise<void> }} Started
 * @typedef {{ command: readonly string[], use: (page: Page) => Promise<unknown> }} Way
 * @typedef {{ address: number[], usable: number[] }} Times milliseconds
 */

const typeIntoField = async (/** @type {Page} */ page) => {
  await page.getByRole("textbox", { name: "text" }).focus();
  await page.keyboard.insertText("§");
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "§");
};

/** The npm that runs the bench, or the one of the system. */
const npm = () => {
  const running = process.env["npm_execpath"];
  return running && /\.c?js$/.test(running) ? [process.execPath, running] : ["npm"];
};

/**
 * Starts a program and waits until it says its address.
 *
 * @param {readonly string[]} command
 * @returns {Promise<Started>}
 */
const begin = ([program = "", ...args]) =>
  new Promise((resolve, reject) => {
    // A group of its own, so that it can be ended as Ctrl-C ends it, npm and all.
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], detached: true });
    const ended = new Promise((end) => child.on("close", end));
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const address = /ready at (http:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      const stop = async () => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
        await ended;
      };
      resolve({ address, stop });
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${program} ${args.join(" ")} ended and said: ${said}`)));
  });

/** @param {Browser} browser @param {Way} way @param {Times} times */
const startOnce = async (browser, { command, use }, times) => {
  const page = await openPage(browser);
  const start = performance.now();
  const { address, stop } = await begin(command);
  try {
    times.address.push(performance.now() - start);
    await page.goto(address);
    await use(page);
    times.usable.push(performance.now() - start);
  } finally {
    await page.close();
    await stop();
  }
};

/**
 * From the start of the process, and from `npm start`, to the address and to a composer that takes a letter. The
 * browser runs already, as a person's does; the profile has a draft that is open.
 *
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 */
export const measureStart = async (rounds) => {
  const profile = await mkdtemp(join(tmpdir(), "bellhop-start-"));
  const browser = await startBrowser();
  const options = ["--no-open", "--port", "0", "--profile", profile];
  const fromProcess = [process.execPath, "dist/node/cli.mjs", "open", ...options];
  /** @type {Record<"process" | "npm" | "bare", Way>} */
  const ways = {
    process: { command: fromProcess, use: typeOneLetter },
    npm: { command: [...npm(), "start", "--silent", "--", ...options], use: typeOneLetter },
    bare: { command: [process.execPath, "bench/bare-page.mjs"], use: typeIntoField },
  };
  const times = Object.fromEntries(
    Object.keys(ways).map((name) => [name, /** @type {Times} */ ({ address: [], usable: [] })]),
  );
  try {
    // Leaves a draft behind that the others find open.
    await startOnce(browser, { command: fromProcess, use: openFirstDraft }, { address: [], usable: [] });
    for (let round = 0; round < rounds; round++)
      for (const [name, way] of Object.entries(ways)) {
        const itsTimes = times[name];
        if (itsTimes) await startOnce(browser, way, itsTimes);
      }
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
  const figure = (
    /** @type {"process" | "npm"} */ from,
    /** @type {keyof Times} */ until,
    /** @type {string} */ name,
  ) => ({
    ...{ name, unit: "ms", ours: spreadOf(times[from]?.[until] ?? []) },
    against: until === "address" ? "a bare Node server" : "a bare Node server and a page with a text field",
    theirs: spreadOf(times["bare"]?.[until] ?? []),
  });
  return [
    figure("process", "address", "from process start to the address"),
    figure("process", "usable", "from process start to a composer that takes a letter"),
    figure("npm", "address", "from npm start to the address"),
    figure("npm", "usable", "from npm start to a composer that takes a letter"),
  ];
};
