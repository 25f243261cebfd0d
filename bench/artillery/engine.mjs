// @ts-check
// Both engines on the same sandbox: Bellhop's own run, and Artillery with what Bellhop exported.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { root } from "../../scripts/run-command.mjs";

/**
 * @typedef {{ folder: string, origin: string, bin: string }} Place `bin`: where Artillery's command is
 * @typedef {{ code: number | null, output: string }} Ended
 * @typedef {{ counters: Record<string, number>, summaries: Record<string, { min: number }> }} Report
 */

/** Milliseconds: nothing here takes a minute, and what never ends is a flaw to be told of. */
const longest = 120_000;

/**
 * Runs a program to its end, whatever it ends with.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, variables?: Record<string, string> }} options
 * @returns {Promise<Ended>}
 */
const runProgram = ([program = "", ...args], { cwd, variables = {} }) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    const patience = setTimeout(() => child.kill("SIGKILL"), longest);
    child.on("close", (code) => {
      clearTimeout(patience);
      resolve({ code, output });
    });
  });

/** @param {Place} place @param {string} environment @param {readonly string[]} words */
const bellhop = async ({ folder, origin }, environment, words) => {
  const global = ["--profile", join(folder, "profile"), "--env", environment];
  const command = [process.execPath, join(root, "dist", "node", "cli.mjs"), ...global, ...words];
  return runProgram(command, { cwd: folder, variables: { BELLHOP_SANDBOX_URL: origin } });
};

/**
 * Writes a scenario for Artillery, by the command that a person would use.
 *
 * @param {Place} place
 * @param {{ file: string, environment: string }} journey
 * @returns {Promise<{ script: string, said: string }>} the script's path, and what the command said of it
 */
export const exportScript = async (place, { file, environment }) => {
  const script = join(place.folder, "load", `${basename(file, ".scenario.yaml")}.yaml`);
  const words = ["scenario", "export", file, "--format", "artillery", "--out", script];
  const { code, output } = await bellhop(place, environment, words);
  if (code !== 0) throw new Error(`${file} was not exported (${code}): ${output}`);
  return { script, said: output };
};

/**
 * Plays a scenario itself.
 *
 * @param {Place} place
 * @param {{ file: string, environment: string }} journey
 * @param {readonly string[]} options
 */
export const playScenario = async (place, { file, environment }, options) => {
  const { code, output } = await bellhop(place, environment, ["run", file, ...options]);
  if (code !== 0) throw new Error(`bellhop run ${file} ended with ${code}: ${output.slice(-2_000)}`);
};

/**
 * Lets virtual users live through a script. Only how many come, and how fast, is another than in the file.
 *
 * @param {Place} place
 * @param {string} script
 * @param {number} users they arrive within a second
 * @returns {Promise<Ended & { report: Report }>} Artillery ends with 21 where an expectation failed
 */
export const runArtillery = async ({ bin }, script, users) => {
  const result = `${script}.report.json`;
  const phases = [{ duration: 1, arrivalCount: users }];
  const options = ["--quiet", "--output", result, "--overrides", JSON.stringify({ config: { phases } })];
  const ended = await runProgram(
    [process.execPath, join(bin, "artillery"), "run", ...options, script],
    // Nobody outside is told of the bench.
    { cwd: dirname(script), variables: { ARTILLERY_DISABLE_TELEMETRY: "true" } },
  );
  try {
    return { ...ended, report: JSON.parse(await readFile(result, "utf8")).aggregate };
  } catch {
    throw new Error(`artillery run ${script} ended with ${ended.code}, without a report: ${ended.output}`);
  }
};
