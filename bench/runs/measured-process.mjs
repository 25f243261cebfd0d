// @ts-check
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** @typedef {{ milliseconds: number, peak: number | null, output: string }} Ended */

/** The most memory a process has held so far, in megabytes; null where the system does not say. */
const peakOf = (/** @type {number | undefined} */ pid) => {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
};

/**
 * Runs a program to its end, from process start to process end.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, variables?: Record<string, string>, codes?: readonly number[] }} options `codes`: exit codes
 *   that are no failure
 * @returns {Promise<Ended>}
 */
export const runToEnd = (command, { cwd, variables = {}, codes = [0] }) =>
  new Promise((resolve, reject) => {
    const [program = "", ...args] = command;
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let peak = peakOf(child.pid);
    const look = setInterval(() => (peak = peakOf(child.pid) ?? peak), 20);
    // The end is what says how a run went; what comes before may be long.
    const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(look);
      if (codes.includes(code ?? -1)) resolve({ milliseconds: performance.now() - start, peak, output });
      else reject(new Error(`${command.join(" ")} ended with ${code}: ${output.slice(-2_000)}`));
    });
  });
