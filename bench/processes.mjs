// @ts-check
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "../scripts/run-command.mjs";

/** @typedef {{ word: string, memory: () => number | null, stop: () => Promise<void> }} Running */

/**
 * Starts node and waits for what it says.
 *
 * @param {readonly string[]} args
 * @param {RegExp} pattern with one group
 * @param {Record<string, string>} [variables] added to those of this process
 * @returns {Promise<Running>} `word` is what the group caught; `memory` the resident bytes where they can be known
 */
export const startNode = (args, pattern, variables = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      ...{ cwd: root, env: { ...process.env, ...variables } },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    const ended = new Promise((end) => child.on("exit", end));
    child.on("exit", () => reject(new Error(`${args.join(" ")} ended and said: ${said}`)));
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const word = pattern.exec(said)?.[1];
      if (word === undefined) return;
      resolve({
        word,
        memory: () => residentBytes(child.pid),
        async stop() {
          child.kill("SIGINT");
          await ended;
        },
      });
    });
  });

/** @returns the bytes of memory that a process holds; null where the system does not say */
export const residentBytes = (/** @type {number | undefined} */ pid) => {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
};
