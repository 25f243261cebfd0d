// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/run-command.mjs";

/** @typedef {{ median: number, lowest: number, highest: number }} Spread */
/** @typedef {{ name: string, unit: string, ours: Spread, against: string, theirs: Spread | null }} Figure */
/** @typedef {{ at: string, machine: string, load?: number, figures: Figure[] }} Results `load`: of the machine before */

/**
 * @param {readonly number[]} values
 * @returns {Spread}
 */
export const spreadOf = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    lowest: sorted[0] ?? 0,
    highest: sorted.at(-1) ?? 0,
  };
};

/** A number as people read it. */
export const short = (/** @type {number} */ value) =>
  value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString("en-GB");

/** A median with its spread, where it has one. */
export const inWords = (/** @type {Spread} */ { median, lowest, highest }, /** @type {string} */ unit) =>
  lowest === highest
    ? `${short(median)} ${unit}`
    : `${short(median)} ${unit} (${short(lowest)} to ${short(highest)})`;

const ratio = (/** @type {Figure} */ { ours, theirs }) =>
  theirs && theirs.median > 0 ? (ours.median / theirs.median).toFixed(2) : "";

/** @param {readonly Figure[]} figures */
export const toTable = (figures) =>
  [
    "| what | Bellhop | beside it | ratio |",
    "| --- | --- | --- | --- |",
    ...figures.map((figure) => {
      const { name, unit, ours, against, theirs } = figure;
      const beside = theirs ? `${against}: ${inWords(theirs, unit)}` : against;
      return `| ${name} | ${inWords(ours, unit)} | ${beside} | ${ratio(figure)} |`;
    }),
  ].join("\n");

/** The machine, as far as it tells figures apart. */
export const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}, ${process.platform}`;

/**
 * Writes `bench/results/<name>.md` and `.json`: figures of this machine and this day.
 *
 * @param {string} name
 * @param {readonly Figure[]} figures
 * @param {number} load of the machine before, as processes that wanted to run
 */
export const writeResults = async (name, figures, load) => {
  const folder = join(root, "bench", "results");
  const at = new Date().toISOString().slice(0, 10);
  await mkdir(folder, { recursive: true });
  const results = { at, machine, load, figures };
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  const head = `# ${name}\n\n${at}, ${machine}. Medians with the lowest and highest; each beside its limit or a peer from the same run.\n`;
  await writeFile(join(folder, `${name}.md`), `${head}\n${toTable(figures)}\n`);
};
