// @ts-check
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, runCommand } from "../scripts/run-command.mjs";
import { inWords, short } from "./figures.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./figures.mjs").Results} Results
 * @typedef {{ name: string, against: string, unit: string, before: Figure, now: Figure, change: "worse" | "better" | "same" }} Compared
 */

/** Of these more is better; of all else less. */
const rates = new Set(["/s"]);

/** Figures of several measurements have a spread; of one alone every difference counts. */
const width = (/** @type {Figure} */ { ours }) => ours.highest - ours.lowest;

/**
 * Whether a figure is another one than before: its median has moved by more than the wider of both spreads.
 *
 * @param {Figure} before
 * @param {Figure} now
 * @returns {"worse" | "better" | "same"}
 */
export const changeOf = (before, now) => {
  const gain = (now.ours.median - before.ours.median) * (rates.has(now.unit) ? 1 : -1);
  if (Math.abs(gain) <= Math.max(width(before), width(now))) return "same";
  return gain < 0 ? "worse" : "better";
};

/**
 * @param {readonly Figure[]} before
 * @param {readonly Figure[]} now
 * @returns {Compared[]} what both have, in the order of now
 */
export const compareFigures = (before, now) => {
  const keyOf = (/** @type {Figure} */ { name, against }) => JSON.stringify([name, against]);
  const known = new Map(before.map((figure) => [keyOf(figure), figure]));
  return now.flatMap((figure) => {
    const old = known.get(keyOf(figure));
    if (!old || old.unit !== figure.unit) return [];
    const { name, against, unit } = figure;
    return [{ name, against, unit, before: old, now: figure, change: changeOf(old, figure) }];
  });
};

const ratioOf = (/** @type {Figure} */ { ours, theirs }) =>
  theirs && theirs.median > 0 ? short(ours.median / theirs.median) : "";

/**
 * Old value, new value, both with their spread, the ratios to what stands beside them, and what became of it.
 *
 * @param {readonly Compared[]} compared
 */
export const toComparison = (compared) =>
  [
    "| what | before | now | ratio before | ratio now | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...compared.map(
      ({ name, against, unit, before, now, change }) =>
        `| ${name}, beside ${against} | ${inWords(before.ours, unit)} | ${inWords(now.ours, unit)} | ${ratioOf(before)} | ${ratioOf(now)} | ${change === "same" ? "" : change} |`,
    ),
  ].join("\n");

/**
 * What got worse by more than its spread, a sentence each.
 *
 * @param {readonly Compared[]} compared
 * @returns {string[]}
 */
export const worseInWords = (compared) => {
  // A figure stands in a row of its own beside each peer, and got worse only once.
  const worse = new Map(compared.filter(({ change }) => change === "worse").map((each) => [each.name, each]));
  return [...worse.values()].map(({ name, against, unit, before, now }) => {
    const spread = Math.max(width(before), width(now));
    const margin = spread > 0 ? `more than the spread of ${short(spread)} ${unit}` : "measured once each";
    const ratios =
      now.theirs && before.theirs
        ? ` Beside ${against}: ${ratioOf(before)} before, ${ratioOf(now)} now.`
        : "";
    return `${name}: ${short(before.ours.median)} ${unit} before, ${short(now.ours.median)} ${unit} now, ${margin}.${ratios}`;
  });
};

/**
 * The results of a part that are committed; null where there are none, or no Git.
 *
 * @param {string} part
 * @returns {Promise<Results | null>}
 */
export const committedResults = async (part) => {
  const { code, output } = await runCommand("git", ["show", `HEAD:bench/results/${part}.json`]);
  return code === 0 ? JSON.parse(output) : null;
};

/**
 * The results of a part as they are in the working tree; null where there are none.
 *
 * @param {string} part
 * @returns {Promise<Results | null>}
 */
export const writtenResults = async (part) => {
  const text = await readFile(join(root, "bench", "results", `${part}.json`), "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
};

/**
 * Prints how the figures of a part differ from those that are committed.
 *
 * @param {string} part
 * @param {{ machine: string, figures: readonly Figure[] }} now
 * @returns {Promise<string[]>} what got worse, in sentences
 */
export const printComparison = async (part, now) => {
  const before = await committedResults(part);
  if (!before) {
    console.log(`No results of ${part} are committed yet, so there is nothing to compare with.\n`);
    return [];
  }
  const compared = compareFigures(before.figures, now.figures);
  console.log(
    `${part}, beside the results of ${before.at} that are committed:\n\n${toComparison(compared)}\n`,
  );
  if (before.machine !== now.machine) {
    console.log(`Those are of another machine (${before.machine}): compare the ratios alone.\n`);
    return [];
  }
  return worseInWords(compared).map((sentence) => `${part}: ${sentence}`);
};
