// @ts-check
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const isWindows = process.platform === "win32";

/**
 * Runs a command in the project's folder.
 *
 * @param {string} command
 * @param {readonly string[]} args fixed words, never input from outside
 * @param {{ show?: boolean, variables?: Record<string, string> }} [options] `show`: print what it prints
 * @returns {Promise<{ code: number, output: string }>} `output` is empty with `show`
 */
export const runCommand = (command, args, { show = false, variables = {} } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...variables },
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      // npm is a script there, which only a shell can start.
      shell: isWindows && command === "npm",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: output + error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });

/**
 * Runs npm: the one that started this script, where there is one.
 *
 * @param {readonly string[]} args
 * @param {{ show?: boolean, variables?: Record<string, string> }} [options]
 */
export const runNpm = (args, options) => {
  const npm = process.env["npm_execpath"];
  return npm && /\.c?js$/.test(npm)
    ? runCommand(process.execPath, [npm, ...args], options)
    : runCommand("npm", args, options);
};
