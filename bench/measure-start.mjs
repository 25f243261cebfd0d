// @ts-check
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spreadOf } from "./figures.mjs";
import { root } from "../scripts/run-command.mjs";

/**
 * Starts node and waits for a word on its standard output.
 *
 * @param {readonly string[]} args
 * @param {string} word
 * @returns {Promise<number>} milliseconds until the word
 */
const timeUntil = (args, word) =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let took = 0;
    child.stdout.on("data", (chunk) => {
      if (took > 0 || !String(chunk).includes(word)) return;
      took = performance.now() - start;
      child.kill("SIGINT");
    });
    child.on("exit", () => (took > 0 ? resolve(took) : reject(new Error(`${word} was never said.`))));
  });

/**
 * From process start to the address, against a bare Node process.
 *
 * @param {number} runs
 * @returns {Promise<import("./figures.mjs").Figure[]>}
 */
export const measureStart = async (runs) => {
  const bellhop = [];
  const bare = [];
  for (let run = 0; run < runs; run++) {
    const profile = await mkdtemp(join(tmpdir(), "bellhop-start-"));
    const open = ["dist/node/cli.mjs", "--profile", profile, "open", "--no-open", "--port", "0"];
    bellhop.push(await timeUntil(open, "Bellhop is ready"));
    bare.push(await timeUntil(["-e", "console.log('ready'); setInterval(() => {}, 1000)"], "ready"));
    await rm(profile, { recursive: true, force: true });
  }
  const name = "from process start to the address";
  return [{ name, unit: "ms", ours: spreadOf(bellhop), against: "bare Node", theirs: spreadOf(bare) }];
};
